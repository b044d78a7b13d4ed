package org.lama.core.features;

import org.lama.core.book.BookMeasures;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Side;

/**
 * How long a side of the book takes to come back: after a trade that took at least one level of it, the time from the trade
 * until the depth within 10 basis points of the mid is at 90 % of its median again, having been below. The median is the
 * last one of the sampled rows. A trade after which depth never falls below is no observation; neither is one whose book
 * becomes invalid, or is not back within the window. Further trades on the side belong to the first.
 *
 * <p>A level is taken when trades of one aggressor at one venue time took all that stood at the best price, print beyond it,
 * or print between the sides: then the change of the level came before the trade.
 *
 * <p>Mutable, single-threaded; O(1) per event for most events; allocates nothing.
 */
final class Resilience {
    private static final double SHARE = 0.9;
    private static final int DISTANCE_BPS = 10;

    private final long limitNanos;
    private final Watch bids = new Watch(true);
    private final Watch asks = new Watch(false);
    private final LongWindow nanos;
    private final LongWindow recoveries;
    private long stepNanos;
    private long stepRecoveries;

    /** The trades of one aggressor at one time. */
    private boolean burstBuys;

    private long burstAt = Long.MIN_VALUE;
    private int burstTicks;
    private long burstLots;

    Resilience(BookSampling settings) {
        limitNanos = settings.window().toNanos();
        nanos = new LongWindow(settings.sumWindow().lengthBars());
        recoveries = new LongWindow(settings.sumWindow().lengthBars());
    }

    /** One side that is watched after a trade. */
    private static final class Watch {
        private final NearDepth near;
        private final Side side;
        private double line = Double.NaN;
        private boolean watching;
        private boolean below;
        private long since;

        Watch(boolean bids) {
            near = new NearDepth(bids, DISTANCE_BPS);
            side = bids ? Side.BUY : Side.SELL;
        }

        void begin(long now) {
            if (!watching && line > 0) {
                watching = true;
                below = false;
                since = now;
            }
        }

        /** Looks after an event; gives the nanoseconds of a recovery, else -1. */
        long settle(LevelBook book, long now, long limit) {
            if (!book.isValid() || now - since > limit) {
                end();
                return -1;
            }
            if (!BookMeasures.isKnownWithin(book, side, DISTANCE_BPS)) {
                return -1;
            }
            near.look(book);
            double depth = near.depth(0, book);
            if (depth < line) {
                below = true;
            } else if (below && depth >= line) {
                end();
                return now - since;
            }
            return -1;
        }

        void end() {
            watching = false;
            near.forget();
        }
    }

    /** The medians of depth within 10 basis points of the mid from now on, in quote currency. */
    void usual(double bidMedian, double askMedian) {
        bids.line = SHARE * bidMedian;
        asks.line = SHARE * askMedian;
    }

    void trade(LevelBook book, boolean buy, int ticks, long lots, long exchange, long now) {
        boolean same = exchange == burstAt && buy == burstBuys && ticks == burstTicks;
        burstLots = same ? Math.addExact(burstLots, lots) : lots;
        burstAt = exchange;
        burstBuys = buy;
        burstTicks = ticks;
        if (book.isValid() && takesLevel(book)) {
            (buy ? asks : bids).begin(now);
        }
    }

    private boolean takesLevel(LevelBook book) {
        int bid = book.bidTicks();
        int ask = book.askTicks();
        if (burstBuys) {
            return burstTicks == ask ? burstLots >= book.askLots(ask) : burstTicks > bid;
        }
        return burstTicks == bid ? burstLots >= book.bidLots(bid) : burstTicks < ask;
    }

    /** A level went from one size to another. */
    void changed(boolean bid, int ticks, long before, long after) {
        (bid ? bids : asks).near.changed(ticks, before, after);
    }

    /** The book has a hole and is empty. */
    void lost() {
        bids.end();
        asks.end();
    }

    /** Looks at the book after an event. */
    void settle(LevelBook book, long now) {
        if (bids.watching) {
            count(bids.settle(book, now, limitNanos));
        }
        if (asks.watching) {
            count(asks.settle(book, now, limitNanos));
        }
    }

    private void count(long took) {
        if (took >= 0) {
            stepNanos += took;
            stepRecoveries++;
        }
    }

    /** Ends a step. */
    void close() {
        nanos.next(stepNanos);
        recoveries.next(stepRecoveries);
        stepNanos = 0;
        stepRecoveries = 0;
    }

    /** Mean seconds of the recoveries that ended within the window; NaN without one. */
    double seconds() {
        return (double) nanos.sum() / recoveries.sum() / 1e9;
    }
}
