package org.lama.core.book;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * What happened to a book and its tape, one column for each field: a stretch of a feed, in the order in which it came to
 * us. Grows as rows are added and may be cleared and used again, so that a long feed passes through in stretches. Reading
 * a row allocates nothing. Not thread-safe while rows are added.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookEvents {
    /** A bid level has this size from now on; 0 takes it away. */
    public static final byte BID = 1;
    /** An ask level has this size from now on; 0 takes it away. */
    public static final byte ASK = 2;
    /** A trade whose aggressor bought. */
    public static final byte BUY = 3;
    /** A trade whose aggressor sold. */
    public static final byte SELL = 4;
    /** The book is gone: a hole, or a snapshot begins. Price and size are 0. */
    public static final byte CLEAR = 5;
    /**
     * The book is whole from now on; of one that is whole: nothing has changed but how far it is known. The price is the
     * lowest at which bids are known and the size the highest price at which asks are, both in ticks; 0 where all are.
     */
    public static final byte WHOLE = 6;
    /** This is the best bid: all above it is gone. */
    public static final byte BID_QUOTE = 7;
    /** This is the best ask: all below it is gone. */
    public static final byte ASK_QUOTE = 8;
    /** A single order to buy comes and stands behind all others of its price. */
    public static final byte ADD_BID = 9;
    /** A single order to sell comes and stands behind all others of its price. */
    public static final byte ADD_ASK = 10;
    /** A single order has this price and size from now on. */
    public static final byte CHANGE = 11;
    /** A single order is gone. Price and size are 0. */
    public static final byte CANCEL = 12;
    /** This much of a single order was traded; its price is that of the order, the row's is 0. */
    public static final byte EXECUTE = 13;

    private static final int LEAST_ROOM = 16;

    private final BookScale scale;
    private long[] exchangeNanos;
    private long[] localNanos;
    private byte[] kinds;
    private int[] ticks;
    private long[] lots;
    /** Numbers of single orders; empty as long as there are none. */
    private long[] orders = new long[0];

    private boolean byOrder;
    private int size;

    /**
     * An empty stretch.
     *
     * @param scale what ticks and lots are worth
     * @param room rows that fit before anything grows, at least 0
     */
    public BookEvents(BookScale scale, int room) {
        this.scale = Check.notNull(scale, "scale");
        int length = Math.max(LEAST_ROOM, Check.atLeast(room, 0, "room"));
        exchangeNanos = new long[length];
        localNanos = new long[length];
        kinds = new byte[length];
        ticks = new int[length];
        lots = new long[length];
    }

    /**
     * Adds a row about a level or a trade.
     *
     * @param kind {@link #BID} to {@link #ASK_QUOTE}
     * @param exchange when it happened at the venue, UTC epoch nanoseconds
     * @param local when it came to us, UTC epoch nanoseconds
     * @param price ticks, 1 to {@link BookScale#MOST_TICKS}; 0 for {@link #CLEAR}, from 0 on for {@link #WHOLE}
     * @param quantity lots, at least 0; above 0 for trades; ticks for {@link #WHOLE}
     */
    public void add(byte kind, long exchange, long local, int price, long quantity) {
        if (kind > ASK_QUOTE || !isSound(kind, price, quantity)) {
            throw new IllegalArgumentException("row " + size
                    + " must have a known kind, a price in [1, 2^30] ticks and a"
                    + " size of at least 0 lots, above 0 for trades; got kind " + kind + ", " + price + " ticks, "
                    + quantity + " lots");
        }
        put(kind, exchange, local, price, quantity);
    }

    /**
     * Adds a row about a single order (L3). The column of numbers exists from the first such row on.
     *
     * @param kind {@link #ADD_BID}, {@link #ADD_ASK}, {@link #CHANGE}, {@link #CANCEL} or {@link #EXECUTE}
     * @param exchange when it happened at the venue, UTC epoch nanoseconds
     * @param local when it came to us, UTC epoch nanoseconds
     * @param price ticks, 1 to {@link BookScale#MOST_TICKS}; 0 for {@link #CANCEL} and {@link #EXECUTE}
     * @param quantity lots, above 0; 0 for {@link #CANCEL}
     * @param order the venue's number of the order
     */
    public void addOrder(byte kind, long exchange, long local, int price, long quantity, long order) {
        if (kind < ADD_BID || !isSound(kind, price, quantity)) {
            throw new IllegalArgumentException("row " + size
                    + " must have a kind of single orders, a price in [1, 2^30] ticks (0 for CANCEL and EXECUTE) and a"
                    + " size above 0 lots (0 for CANCEL); got kind " + kind + ", " + price + " ticks, " + quantity
                    + " lots");
        }
        put(kind, exchange, local, price, quantity);
        roomForOrders();
        orders[size - 1] = order;
        byOrder = true;
    }

    private void roomForOrders() {
        if (orders.length < kinds.length) {
            orders = Arrays.copyOf(orders, kinds.length);
        }
    }

    private void put(byte kind, long exchange, long local, int price, long quantity) {
        if (size == kinds.length) {
            grow(2 * size);
        }
        kinds[size] = kind;
        exchangeNanos[size] = exchange;
        localNanos[size] = local;
        ticks[size] = price;
        lots[size] = quantity;
        size++;
    }

    private static boolean isSound(byte kind, int price, long quantity) {
        if (kind == CLEAR) {
            return price == 0 && quantity == 0;
        }
        if (kind == WHOLE) {
            return price >= 0 && price <= BookScale.MOST_TICKS && quantity >= 0 && quantity <= BookScale.MOST_TICKS;
        }
        if (kind == CANCEL || kind == EXECUTE) {
            return price == 0 && (kind == CANCEL ? quantity == 0 : quantity > 0);
        }
        boolean mayBeEmpty = kind == BID || kind == ASK || kind == BID_QUOTE || kind == ASK_QUOTE;
        return kind >= BID
                && kind <= CHANGE
                && price >= 1
                && price <= BookScale.MOST_TICKS
                && quantity >= (mayBeEmpty ? 0 : 1);
    }

    /**
     * Adds rows of another stretch as they are.
     *
     * @param other a stretch of the same scale
     * @param from its first row
     * @param to the row after the last, at least {@code from}
     */
    public void append(BookEvents other, int from, int to) {
        if (!other.scale.equals(scale) || from < 0 || from > to || to > other.size) { // no text unless one is wrong
            throw new IllegalArgumentException("rows must lie in [0, " + other.size + "] and be of scale " + scale
                    + ", got " + from + " to " + to + " of " + other.scale);
        }
        int count = to - from;
        if (size + count > kinds.length) {
            grow(Math.max(size + count, 2 * size));
        }
        System.arraycopy(other.exchangeNanos, from, exchangeNanos, size, count);
        System.arraycopy(other.localNanos, from, localNanos, size, count);
        System.arraycopy(other.kinds, from, kinds, size, count);
        System.arraycopy(other.ticks, from, ticks, size, count);
        System.arraycopy(other.lots, from, lots, size, count);
        if (other.byOrder) {
            roomForOrders();
            int numbered =
                    Math.min(count, other.orders.length - from); // levels and prints behind the last order have none
            if (numbered > 0) {
                System.arraycopy(other.orders, from, orders, size, numbered);
            }
            byOrder = true;
        }
        size += count;
    }

    private void grow(int room) {
        exchangeNanos = Arrays.copyOf(exchangeNanos, room);
        localNanos = Arrays.copyOf(localNanos, room);
        kinds = Arrays.copyOf(kinds, room);
        ticks = Arrays.copyOf(ticks, room);
        lots = Arrays.copyOf(lots, room);
    }

    /**
     * Lets clocks that step back stand still instead.
     *
     * @param exchange what happened before these rows happened at this time, UTC epoch nanoseconds
     * @param local what came before these rows came at this time
     */
    public void holdClocks(long exchange, long local) {
        long venue = exchange;
        long ours = local;
        for (int row = 0; row < size; row++) {
            venue = Math.max(venue, exchangeNanos[row]);
            ours = Math.max(ours, localNanos[row]);
            exchangeNanos[row] = venue;
            localNanos[row] = ours;
        }
    }

    /** Takes all rows away; their room stays. */
    public void clear() {
        size = 0;
        byOrder = false;
    }

    /**
     * Moves the times at which all rows came to us, where the receiver's clock was wrong.
     *
     * @param nanos added to each
     * @param least a row that would have come less than this after it happened came this long after it, at least 0
     */
    public void shiftLocal(long nanos, long least) {
        for (int row = 0; row < size; row++) {
            localNanos[row] = Math.max(localNanos[row] + nanos, exchangeNanos[row] + least);
        }
    }

    /**
     * Number of rows.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * What ticks and lots are worth.
     *
     * @return the scale
     */
    public BookScale scale() {
        return scale;
    }

    /**
     * What a row says.
     *
     * @param row below {@link #size()}
     * @return one of the constants of this class
     */
    public byte kind(int row) {
        return kinds[row];
    }

    /**
     * When it happened at the venue.
     *
     * @param row below {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long exchangeNanos(int row) {
        return exchangeNanos[row];
    }

    /**
     * When it came to us.
     *
     * @param row below {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long localNanos(int row) {
        return localNanos[row];
    }

    /**
     * Price of a row.
     *
     * @param row below {@link #size()}
     * @return ticks
     */
    public int ticks(int row) {
        return ticks[row];
    }

    /**
     * Size of a row.
     *
     * @param row below {@link #size()}
     * @return lots
     */
    public long lots(int row) {
        return lots[row];
    }

    /**
     * The single order of a row.
     *
     * @param row below {@link #size()}
     * @return the venue's number; 0 for rows of levels and trades
     */
    public long order(int row) {
        return kinds[row] < ADD_BID ? 0 : orders[row];
    }

    /**
     * Whether the rows tell single orders (L3) and not levels.
     *
     * @return true once such a row was added
     */
    public boolean isByOrder() {
        return byOrder;
    }

    /**
     * Applies a row to a book by order; trades change nothing, since what they take comes as {@link #EXECUTE}. What
     * cannot be right is refused and counted by the book.
     *
     * @param row below {@link #size()}
     * @param book of the same scale
     * @throws IllegalArgumentException if the row tells a level
     */
    public void applyTo(int row, OrderQueueBook book) {
        switch (kinds[row]) {
            case ADD_BID -> book.add(orders[row], Side.BUY, ticks[row], lots[row]);
            case ADD_ASK -> book.add(orders[row], Side.SELL, ticks[row], lots[row]);
            case CHANGE -> book.change(orders[row], ticks[row], lots[row]);
            case CANCEL -> book.cancel(orders[row]);
            case EXECUTE -> book.execute(orders[row], lots[row]);
            case CLEAR -> book.clear();
            case WHOLE -> book.complete();
            case BUY, SELL -> {
                // a print: what it took comes as a row of its own
            }
            default ->
                throw new IllegalArgumentException("row " + row + " tells a level (kind " + kinds[row]
                        + "), but queues of single orders are to be followed (FIFO): that needs a feed by order (L3)");
        }
    }

    /**
     * Applies a row to a book; trades change nothing.
     *
     * @param row below {@link #size()}
     * @param book of the same scale
     * @throws IllegalArgumentException if the row tells a single order
     */
    public void applyTo(int row, LevelBook book) {
        switch (kinds[row]) {
            case BID -> book.setBid(ticks[row], lots[row]);
            case ASK -> book.setAsk(ticks[row], lots[row]);
            case CLEAR -> book.clear();
            case WHOLE -> book.complete(ticks[row], (int) lots[row]);
            case BID_QUOTE -> book.quoteBid(ticks[row], lots[row]);
            case ASK_QUOTE -> book.quoteAsk(ticks[row], lots[row]);
            case BUY, SELL -> {
                // a trade: the change of its level comes as a row of its own
            }
            default ->
                throw new IllegalArgumentException(
                        "row " + row + " tells a single order (kind " + kinds[row]
                                + "), but levels are to be followed: a feed by order (L3) needs queues of single orders (FIFO)");
        }
    }
}
