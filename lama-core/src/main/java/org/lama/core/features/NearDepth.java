package org.lama.core.features;

import org.lama.core.book.LevelBook;

/**
 * Depth of one side within 10 basis points of the mid while it is followed: changes of levels are added as they come, and
 * where best price or mid move only the levels at that end are read. The sum is of ticks times lots, whole numbers, so it is
 * exact up to 2^53 and equals that of {@link org.lama.core.book.BookMeasures#depthWithin} in every bit. Mutable,
 * single-threaded; allocates nothing.
 */
final class NearDepth {
    private static final double DISTANCE_BPS = 10;
    private static final double BPS = 1e-4;
    /** A best price that steps back farther is no reason to look at every tick between. */
    private static final int MOST_TICKS = 1_000;

    private final boolean bids;
    /** Bids count upwards to the mid, asks downwards. */
    private final int towards;

    private boolean following;
    /** Of all levels from the edge to the top, those that the book does not show included. */
    private double sum;
    /** The level farthest from the mid that still counts, in ticks, and the best one. */
    private int edge;

    private int top;
    private long crossings;

    NearDepth(boolean bids) {
        this.bids = bids;
        towards = bids ? 1 : -1;
    }

    /** Follows no longer; the next look reads all. */
    void forget() {
        following = false;
    }

    /** A level went from one size to another. */
    void changed(int ticks, long before, long after) {
        if (following && (ticks - edge) * towards >= 0 && (top - ticks) * towards >= 0) {
            sum += (double) ticks * (after - before);
        }
    }

    /** Depth in quote currency of a valid book. */
    double of(LevelBook book) {
        int best = bids ? book.bidTicks() : book.askTicks();
        int far = edge((long) book.bidTicks() + book.askTicks());
        // levels that the other side has passed are no longer shown: the best steps back over them
        boolean passed = book.crossings() != crossings;
        if (!following || (passed && (top - best) * towards > MOST_TICKS)) {
            sum = shown(book, best + towards, far);
        } else {
            if (best != top) {
                sum += (best - top) * towards > 0
                        ? shown(book, best + towards, nearer(top + towards, edge))
                        : passed ? -hidden(book, best) : 0;
            }
            if (far != edge) {
                boolean wider = (edge - far) * towards > 0;
                sum += wider ? shown(book, edge, far) : -shown(book, far, edge);
            }
        }
        following = true;
        top = best;
        edge = far;
        crossings = book.crossings();
        return sum * book.scale().tickSize() * book.scale().lotSize();
    }

    private int nearer(int one, int other) {
        return bids ? Math.max(one, other) : Math.min(one, other);
    }

    /** Ticks times lots of the levels behind one price and up to another one. */
    private double shown(LevelBook book, int behind, int last) {
        double found = 0;
        if (bids) {
            for (int ticks = book.nextBid(behind); ticks >= last && ticks != 0; ticks = book.nextBid(ticks)) {
                found += (double) ticks * book.bidLots(ticks);
            }
        } else {
            for (int ticks = book.nextAsk(behind); ticks <= last && ticks != 0; ticks = book.nextAsk(ticks)) {
                found += (double) ticks * book.askLots(ticks);
            }
        }
        return found;
    }

    /** The same of the levels between a best price that stepped back and the last one. */
    private double hidden(LevelBook book, int best) {
        double found = 0;
        for (int ticks = nearer(best + towards, edge); (top - ticks) * towards >= 0; ticks += towards) {
            found += (double) ticks * (bids ? book.bidLots(ticks) : book.askLots(ticks));
        }
        return found;
    }

    /** The same comparison as that of the measure, so that rounding at the edge is the same. */
    private int edge(long twiceMid) {
        double mid = 0.5 * twiceMid;
        double reach = mid * DISTANCE_BPS * BPS;
        int at = (int) (mid - towards * reach);
        while (Math.abs(at - mid) <= reach) {
            at -= towards;
        }
        while (Math.abs(at - mid) > reach) {
            at += towards;
        }
        return at;
    }
}
