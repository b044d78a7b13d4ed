package org.lama.core.book;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.market.Side;

/**
 * A book by order (L3): each level is a queue in the order of arrival, so that it is known how much stands before an
 * order. Orders are known by the venue's numbers. What cannot be right (a number that stands already or is unknown, more
 * taken than there is) is refused and counted, never repaired. Each change costs O(1) on average, {@link #lotsAhead}
 * O(length of the queue); nothing is allocated once the arrays have their room. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OrderQueueBook implements BookView {
    private static final int NONE = LongSlots.NONE;

    private final LevelBook levels;
    private final LongSlots orders = new LongSlots();
    private final LongSlots queues = new LongSlots();

    private long[] id = new long[64];
    /** Price in ticks, negative for asks. */
    private int[] key = new int[64];

    private long[] lots = new long[64];
    /** When each joined its queue, as a number that only rises. */
    private long[] place = new long[64];

    private int[] before = new int[64];
    private int[] after = new int[64];
    private int freeOrder = NONE;
    private int usedOrders;

    private int[] first = new int[64];
    private int[] last = new int[64];
    private int freeQueue = NONE;
    private int usedQueues;

    private long refused;
    private long nextPlace;

    private OrderQueueBook(BookScale scale) {
        levels = LevelBook.keepingCrossings(scale);
    }

    /**
     * An empty book that is not valid yet.
     *
     * @param scale what ticks and lots are worth
     * @return the book
     */
    public static OrderQueueBook of(BookScale scale) {
        return new OrderQueueBook(scale);
    }

    /**
     * Adds an order behind all others of its price.
     *
     * @param number the venue's number
     * @param side BUY for bids, SELL for asks
     * @param ticks price, 1 to {@link BookScale#MOST_TICKS}
     * @param size lots, above 0
     * @return false if it is refused: the number stands already, or price or size are out of range
     */
    public boolean add(long number, Side side, int ticks, long size) {
        if (ticks < 1 || ticks > BookScale.MOST_TICKS || size <= 0 || orders.get(number) != NONE) {
            refused++;
            return false;
        }
        int slot = newOrder();
        id[slot] = number;
        key[slot] = side == Side.BUY ? ticks : -ticks;
        lots[slot] = size;
        orders.add(number, slot);
        join(slot);
        return true;
    }

    /**
     * Changes an order. It keeps its place if its price stays and it does not grow; else it goes behind all others.
     *
     * @param number the venue's number
     * @param ticks new price, 1 to {@link BookScale#MOST_TICKS}
     * @param size new lots, above 0
     * @return false if it is refused: the number is unknown, or price or size are out of range
     */
    public boolean change(long number, int ticks, long size) {
        int slot = orders.get(number);
        if (slot == NONE || ticks < 1 || ticks > BookScale.MOST_TICKS || size <= 0) {
            refused++;
            return false;
        }
        int newKey = key[slot] > 0 ? ticks : -ticks;
        if (newKey == key[slot] && size <= lots[slot]) {
            resize(key[slot], size - lots[slot]);
            lots[slot] = size;
        } else {
            leave(slot);
            key[slot] = newKey;
            lots[slot] = size;
            join(slot);
        }
        return true;
    }

    /**
     * Takes an order away.
     *
     * @param number the venue's number
     * @return false if it is refused: the number is unknown
     */
    public boolean cancel(long number) {
        int slot = orders.remove(number);
        if (slot == NONE) {
            refused++;
            return false;
        }
        leave(slot);
        after[slot] = freeOrder;
        freeOrder = slot;
        return true;
    }

    /**
     * Takes a traded quantity from an order; an order without rest goes.
     *
     * @param number the venue's number
     * @param size lots, above 0, at most what the order has left
     * @return false if it is refused: the number is unknown, or the size is out of range
     */
    public boolean execute(long number, long size) {
        int slot = orders.get(number);
        if (slot == NONE || size <= 0 || size > lots[slot]) {
            refused++;
            return false;
        }
        if (size == lots[slot]) {
            return cancel(number);
        }
        resize(key[slot], -size);
        lots[slot] -= size;
        return true;
    }

    /** Takes all orders away and makes the book invalid. */
    public void clear() {
        levels.clear();
        orders.clear();
        queues.clear();
        freeOrder = NONE;
        usedOrders = 0;
        freeQueue = NONE;
        usedQueues = 0;
    }

    /** Says that a snapshot is complete: from now on the book holds all orders there are. */
    public void complete() {
        levels.complete();
    }

    /**
     * What an order has left.
     *
     * @param number the venue's number
     * @return lots, 0 if the number is unknown
     */
    public long lotsOf(long number) {
        int slot = orders.get(number);
        return slot == NONE ? 0 : lots[slot];
    }

    /**
     * What stands before an order at its price.
     *
     * @param number the venue's number
     * @return lots, -1 if the number is unknown
     */
    public long lotsAhead(long number) {
        int slot = orders.get(number);
        if (slot == NONE) {
            return -1;
        }
        long sum = 0;
        for (int other = before[slot]; other != NONE; other = before[other]) {
            sum += lots[other];
        }
        return sum;
    }

    /**
     * When an order joined its queue: of two orders of one level the one with the lower number trades first.
     *
     * @param number the venue's number
     * @return a number that rises with each order that joins, -1 if the order is unknown
     */
    public long placeOf(long number) {
        int slot = orders.get(number);
        return slot == NONE ? -1 : place[slot];
    }

    /**
     * The place that the next order to join any queue will get.
     *
     * @return above all places there are
     */
    public long nextPlace() {
        return nextPlace;
    }

    /**
     * What stands at a price before somebody who joined at some time.
     *
     * @param side BUY for bids, SELL for asks
     * @param ticks price
     * @param joined a place, as {@link #nextPlace} told it then
     * @return lots
     */
    public long lotsBefore(Side side, int ticks, long joined) {
        int queue = queues.get(side == Side.BUY ? ticks : -ticks);
        long sum = 0;
        int slot = queue == NONE ? NONE : first[queue];
        while (slot != NONE && place[slot] < joined) {
            sum += lots[slot];
            slot = after[slot];
        }
        return sum;
    }

    /**
     * Price of an order.
     *
     * @param number the venue's number
     * @return ticks, 0 if the number is unknown
     */
    public int ticksOf(long number) {
        int slot = orders.get(number);
        return slot == NONE ? 0 : Math.abs(key[slot]);
    }

    /**
     * Whether an order buys.
     *
     * @param number the venue's number
     * @return false if it sells or is unknown
     */
    public boolean isBid(long number) {
        int slot = orders.get(number);
        return slot != NONE && key[slot] > 0;
    }

    /**
     * Whether the book was completed and not cleared since, whatever its sides look like.
     *
     * @return true if so
     */
    public boolean isWhole() {
        return levels.isWhole();
    }

    /**
     * Whether both sides have a best price and the bid is not below the ask.
     *
     * @return true for a crossed or locked book
     */
    public boolean isCrossed() {
        return levels.isCrossed();
    }

    /**
     * How often a new best price met the other side.
     *
     * @return at least 0
     */
    public long crossings() {
        return levels.crossings();
    }

    /**
     * The first order of a level, the next one to trade.
     *
     * @param side BUY for bids, SELL for asks
     * @param ticks price
     * @return the venue's number
     * @throws IllegalArgumentException if the level is empty
     */
    public long firstOrder(Side side, int ticks) {
        int queue = queues.get(side == Side.BUY ? ticks : -ticks);
        if (queue == NONE) {
            throw new IllegalArgumentException("there is no order of side " + side + " at " + ticks + " ticks");
        }
        return id[first[queue]];
    }

    /**
     * How many orders stand.
     *
     * @return at least 0
     */
    public int orders() {
        return orders.size();
    }

    /**
     * How many changes were refused since the book was made.
     *
     * @return at least 0
     */
    public long refused() {
        return refused;
    }

    private void join(int slot) {
        int queue = queues.get(key[slot]);
        if (queue == NONE) {
            queue = newQueue();
            queues.add(key[slot], queue);
            first[queue] = slot;
            before[slot] = NONE;
        } else {
            before[slot] = last[queue];
            after[last[queue]] = slot;
        }
        after[slot] = NONE;
        last[queue] = slot;
        place[slot] = nextPlace++;
        resize(key[slot], lots[slot]);
    }

    private void leave(int slot) {
        resize(key[slot], -lots[slot]);
        int queue = queues.get(key[slot]);
        int previous = before[slot];
        int next = after[slot];
        if (previous == NONE) {
            first[queue] = next;
        } else {
            after[previous] = next;
        }
        if (next == NONE) {
            last[queue] = previous;
        } else {
            before[next] = previous;
        }
        if (first[queue] == NONE) {
            queues.remove(key[slot]);
            first[queue] = freeQueue;
            freeQueue = queue;
        }
    }

    private void resize(int level, long by) {
        if (level > 0) {
            levels.setBid(level, levels.bidLots(level) + by);
        } else {
            levels.setAsk(-level, levels.askLots(-level) + by);
        }
    }

    private int newOrder() {
        if (freeOrder != NONE) {
            int slot = freeOrder;
            freeOrder = after[slot];
            return slot;
        }
        if (usedOrders == id.length) {
            int room = 2 * usedOrders;
            id = Arrays.copyOf(id, room);
            key = Arrays.copyOf(key, room);
            lots = Arrays.copyOf(lots, room);
            place = Arrays.copyOf(place, room);
            before = Arrays.copyOf(before, room);
            after = Arrays.copyOf(after, room);
        }
        return usedOrders++;
    }

    private int newQueue() {
        if (freeQueue != NONE) {
            int queue = freeQueue;
            freeQueue = first[queue];
            return queue;
        }
        if (usedQueues == first.length) {
            first = Arrays.copyOf(first, 2 * usedQueues);
            last = Arrays.copyOf(last, 2 * usedQueues);
        }
        return usedQueues++;
    }

    @Override
    public BookScale scale() {
        return levels.scale();
    }

    @Override
    public boolean isValid() {
        return levels.isValid();
    }

    @Override
    public int bidTicks() {
        return levels.bidTicks();
    }

    @Override
    public int askTicks() {
        return levels.askTicks();
    }

    @Override
    public long bidLots(int ticks) {
        return levels.bidLots(ticks);
    }

    @Override
    public long askLots(int ticks) {
        return levels.askLots(ticks);
    }

    @Override
    public int nextBid(int ticks) {
        return levels.nextBid(ticks);
    }

    @Override
    public int nextAsk(int ticks) {
        return levels.nextAsk(ticks);
    }
}
