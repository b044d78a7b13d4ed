package org.lama.backtest.matching;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;

/**
 * The venue as it was when each message left it: the book, and the own orders that stand in its queues. The feed is not
 * changed by own orders. An own order at rest fills whole at its own price when
 *
 * <ul>
 *   <li>the best price of the other side comes to it or beyond,
 *   <li>a trade prints beyond it, or
 *   <li>trades at its price have taken what the {@link QueueModel} sees in front of it, and half a lot more.
 * </ul>
 *
 * A limit that meets the other side on arrival fills whole at the best price there as a taker, or is refused if it is
 * post-only. Nothing fills while the book is not whole; after a hole an order stands behind all that its level holds
 * then. O(number of own orders) for a row; allocates nothing once their arrays have room. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class VenueBook {
    private static final double HALF_A_LOT = 0.5;

    private final LevelBook book;
    private final QueueModel queue;
    private final Answers answers;
    private final double lotSize;
    /** What a lot is a part of: sizes are lots / lotsPerUnit where that is exact, as decimals are read. */
    private final double lotsPerUnit;

    private final boolean whole;

    private int[] slot = new int[8];
    private int[] ticks = new int[8];
    private boolean[] buys = new boolean[8];
    private double[] front = new double[8];
    private double[] traded = new double[8];
    private int size;

    /** Hears what the venue did with an order. */
    public interface Answers {
        /**
         * An order stands in the book.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void accepted(int slot, long tsNanos);

        /**
         * A post-only order would have taken.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void refused(int slot, long tsNanos);

        /**
         * An order is gone because it was asked for, or could not fill at once.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void cancelled(int slot, long tsNanos);

        /**
         * The order to cancel was gone already.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         */
        void notCancelled(int slot, long tsNanos);

        /**
         * An order filled whole.
         *
         * @param slot who
         * @param tsNanos when, at the venue
         * @param ticks at what price
         * @param maker whether it rested
         */
        void filled(int slot, long tsNanos, int ticks, boolean maker);
    }

    /** What happens to a limit order that cannot fill at once, or could. */
    public enum Terms {
        /** It rests with what does not fill. */
        REST,
        /** It rests, and is refused if it could fill at once. */
        POST_ONLY,
        /** It is cancelled if it cannot fill at once. */
        AT_ONCE
    }

    /**
     * An empty venue.
     *
     * @param book its empty book
     * @param queue where own orders stand
     * @param answers hears what happens to them
     */
    public VenueBook(LevelBook book, QueueModel queue, Answers answers) {
        this.book = Check.notNull(book, "book");
        this.queue = Check.notNull(queue, "queue");
        this.answers = Check.notNull(answers, "answers");
        lotSize = book.scale().lotSize();
        lotsPerUnit = Math.rint(1 / lotSize);
        whole = Math.abs(lotsPerUnit * lotSize - 1) < 1e-12;
    }

    /**
     * The book at the venue.
     *
     * @return a live view
     */
    public BookView book() {
        return book;
    }

    /**
     * Own orders at rest.
     *
     * @return at least 0
     */
    public int resting() {
        return size;
    }

    private double units(long quantity) {
        return whole ? quantity / lotsPerUnit : quantity * lotSize;
    }

    /**
     * Takes a row of the feed at its time at the venue.
     *
     * @param events the feed
     * @param row which row
     * @param now when the venue said it; never before an earlier message
     */
    public void row(BookEvents events, int row, long now) {
        if (size == 0) {
            events.applyTo(row, book);
            return;
        }
        int price = events.ticks(row);
        long quantity = events.lots(row);
        switch (events.kind(row)) {
            case BookEvents.BID -> level(true, price, quantity, now);
            case BookEvents.ASK -> level(false, price, quantity, now);
            case BookEvents.BUY, BookEvents.SELL -> trade(events.kind(row) == BookEvents.SELL, price, quantity, now);
            case BookEvents.WHOLE -> {
                book.complete();
                rejoin(now);
            }
            default -> quoteOrClear(events, row, now);
        }
    }

    private void level(boolean bids, int price, long quantity, long now) {
        int bestBefore = bids ? book.bidTicks() : book.askTicks();
        long before = bids ? book.setBid(price, quantity) : book.setAsk(price, quantity);
        for (int i = 0; i < size; i++) {
            if (ticks[i] == price && buys[i] == bids) {
                front[i] = queue.advance(front[i], traded[i], units(before), units(quantity));
                traded[i] = 0;
            }
        }
        int best = bids ? book.bidTicks() : book.askTicks();
        boolean nearer = bids ? best > bestBefore : best != 0 && (bestBefore == 0 || best < bestBefore);
        if (nearer) {
            meet(bids, best, now);
        }
    }

    /** A quote sets the best level, and with it takes away the levels before it. */
    private void quoteOrClear(BookEvents events, int row, long now) {
        byte kind = events.kind(row);
        if (kind == BookEvents.CLEAR) {
            book.clear();
            return;
        }
        boolean bids = kind == BookEvents.BID_QUOTE;
        int price = events.ticks(row);
        int best = bids ? book.bidTicks() : book.askTicks();
        while (best != 0 && (bids ? best > price : best < price)) {
            level(bids, best, 0, now);
            best = bids ? book.bidTicks() : book.askTicks();
        }
        level(bids, price, events.lots(row), now);
    }

    /** The best price of one side came nearer: own orders of the other side at it or beyond fill. */
    private void meet(boolean bids, int best, long now) {
        if (!book.isWhole()) {
            return;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (buys[i] != bids && (bids ? ticks[i] <= best : ticks[i] >= best)) {
                fill(i, now);
            }
        }
    }

    private void trade(boolean sold, int price, long quantity, long now) {
        if (!book.isWhole()) {
            return;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (buys[i] != sold) {
                continue;
            }
            if (ticks[i] == price) {
                double taken = units(quantity);
                front[i] -= taken;
                traded[i] += taken;
                if (-front[i] / lotSize >= HALF_A_LOT) {
                    fill(i, now);
                }
            } else if (sold ? ticks[i] > price : ticks[i] < price) {
                fill(i, now);
            }
        }
    }

    /** The book is whole again: what it has passed is filled, the rest stands behind all others. */
    private void rejoin(long now) {
        if (book.bidTicks() != 0) {
            meet(true, book.bidTicks(), now);
        }
        if (book.askTicks() != 0) {
            meet(false, book.askTicks(), now);
        }
        for (int i = 0; i < size; i++) {
            front[i] = units(buys[i] ? book.bidLots(ticks[i]) : book.askLots(ticks[i]));
            traded[i] = 0;
        }
    }

    private void fill(int i, long now) {
        int who = slot[i];
        int price = ticks[i];
        remove(i);
        answers.filled(who, now, price, true);
    }

    /** The order of the others stays, so that those of one level keep their turn. */
    private void remove(int i) {
        size--;
        for (int k = i; k < size; k++) {
            slot[k] = slot[k + 1];
            ticks[k] = ticks[k + 1];
            buys[k] = buys[k + 1];
            front[k] = front[k + 1];
            traded[k] = traded[k + 1];
        }
    }

    /**
     * An order arrives.
     *
     * @param who by what it is known here
     * @param buy whether it buys
     * @param price its limit in ticks
     * @param terms what it may do
     * @param now when it arrives
     */
    public void place(int who, boolean buy, int price, Terms terms, long now) {
        int other = buy ? book.askTicks() : book.bidTicks();
        boolean meets = other != 0 && (buy ? price >= other : price <= other);
        if (meets && terms == Terms.POST_ONLY) {
            answers.refused(who, now);
        } else if (meets && book.isValid()) {
            answers.filled(who, now, other, false);
        } else if (meets || terms == Terms.AT_ONCE) {
            answers.cancelled(who, now); // a book with a hole fills nothing
        } else {
            rest(who, buy, price);
            answers.accepted(who, now);
        }
    }

    private void rest(int who, boolean buy, int price) {
        if (size == slot.length) {
            int room = 2 * size;
            slot = Arrays.copyOf(slot, room);
            ticks = Arrays.copyOf(ticks, room);
            buys = Arrays.copyOf(buys, room);
            front = Arrays.copyOf(front, room);
            traded = Arrays.copyOf(traded, room);
        }
        slot[size] = who;
        ticks[size] = price;
        buys[size] = buy;
        front[size] = units(buy ? book.bidLots(price) : book.askLots(price));
        traded[size] = 0;
        size++;
    }

    /**
     * A request to cancel arrives.
     *
     * @param who by what the order is known here
     * @param now when it arrives
     */
    public void cancel(int who, long now) {
        for (int i = 0; i < size; i++) {
            if (slot[i] == who) {
                remove(i);
                answers.cancelled(who, now);
                return;
            }
        }
        answers.notCancelled(who, now);
    }
}
