package org.lama.core.features;

import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookView;
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
 * <p>Depth is measured anew only when the mid has moved or what changed since could have brought it over the line, so that
 * watching is cheap and exact. Mutable, single-threaded; allocates nothing.
 */
final class Resilience {
    private static final double DISTANCE_BPS = 10;
    private static final double SHARE = 0.9;
    /** Sums of changes are rounded: what could just reach the line is measured. */
    private static final double ALMOST = 1 - 1e-9;

    private final long limitNanos;
    private final Watch bids = new Watch(Side.BUY);
    private final Watch asks = new Watch(Side.SELL);
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
        private final Side side;
        private double line = Double.NaN;
        private boolean watching;
        private boolean below;
        private long since;
        /** What depth lacks to the line or has beyond it, and how much changed since; in ticks times lots. */
        private double distance;

        private double changed;
        private long middle;

        Watch(Side side) {
            this.side = side;
        }

        void usual(double median) {
            line = SHARE * median;
            middle = 0; // the distance was that to another line
        }

        void begin(long now) {
            if (!watching && line > 0) {
                watching = true;
                below = false;
                since = now;
                distance = 0;
                changed = 0;
                middle = 0;
            }
        }

        /** Looks after an event; gives the nanoseconds of a recovery, else -1. */
        long settle(BookView book, long now, long limit) {
            if (!book.isValid() || now - since > limit) {
                watching = false;
                return -1;
            }
            long twiceMid = (long) book.bidTicks() + book.askTicks();
            if (twiceMid == middle && changed < distance * ALMOST) {
                return -1;
            }
            double depth = BookMeasures.depthWithin(book, side, DISTANCE_BPS);
            middle = twiceMid;
            changed = 0;
            distance = Math.abs(depth - line);
            if (depth < line) {
                below = true;
            } else if (below && depth >= line) {
                watching = false;
                return now - since;
            }
            return -1;
        }
    }

    /** The medians of depth within 10 basis points of the mid from now on, in quote currency. */
    void usual(double bidMedian, double askMedian) {
        bids.usual(bidMedian);
        asks.usual(askMedian);
    }

    void trade(BookView book, boolean buy, int ticks, long lots, long exchange, long now) {
        boolean same = exchange == burstAt && buy == burstBuys && ticks == burstTicks;
        burstLots = same ? Math.addExact(burstLots, lots) : lots;
        burstAt = exchange;
        burstBuys = buy;
        burstTicks = ticks;
        if (book.isValid() && takesLevel(book)) {
            (buy ? asks : bids).begin(now);
        }
    }

    private boolean takesLevel(BookView book) {
        int bid = book.bidTicks();
        int ask = book.askTicks();
        if (burstBuys) {
            return burstTicks == ask ? burstLots >= book.askLots(ask) : burstTicks > bid;
        }
        return burstTicks == bid ? burstLots >= book.bidLots(bid) : burstTicks < ask;
    }

    /** A level went from one size to another. */
    void changed(BookView book, boolean bid, int ticks, long before, long after) {
        Watch watch = bid ? bids : asks;
        if (watch.watching) {
            double units = (double) ticks * Math.abs(after - before);
            watch.changed += units * book.scale().tickSize() * book.scale().lotSize();
        }
    }

    /** The book has a hole. */
    void lost() {
        bids.watching = false;
        asks.watching = false;
    }

    /** Looks at the book after an event. */
    void settle(BookView book, long now) {
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
