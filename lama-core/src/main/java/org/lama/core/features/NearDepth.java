package org.lama.core.features;

import org.lama.core.book.LevelBook;

/**
 * Depth of one side within some distances of the mid while it is followed: changes of levels are added as they come, and
 * where best price or mid move only the levels at that end are read. Sums are of ticks times lots, whole numbers, and exact
 * up to 2^53; a book that holds more is read anew each time. So they equal those of
 * {@link org.lama.core.book.BookMeasures#depthWithin} in every bit. Mutable, single-threaded; allocates nothing.
 */
final class NearDepth {
    private static final double BPS = 1e-4;
    private static final double EXACT = 1L << 53;
    /** A best price that steps back farther is no reason to look at every tick between. */
    private static final int MOST_TICKS = 1_000;

    private final boolean bids;
    private final int[] distancesBps;
    /** Bids count upwards to the mid, asks downwards. */
    private final int towards;

    private boolean following;
    /** Of all levels from each edge to the top, those that the book does not show included; the last is the largest. */
    private final double[] sums;
    /** The level farthest from the mid that still counts, in ticks, for each distance. */
    private final int[] edges;

    private final int widest;
    private int top;
    private long crossings;

    /** Nothing yet; distances rise. */
    NearDepth(boolean bids, int... distancesBps) {
        this.bids = bids;
        this.distancesBps = distancesBps.clone();
        towards = bids ? 1 : -1;
        sums = new double[distancesBps.length];
        edges = new int[distancesBps.length];
        widest = distancesBps.length - 1;
    }

    /** Follows no longer; the next look reads all. */
    void forget() {
        following = false;
    }

    /** A level went from one size to another. */
    void changed(int ticks, long before, long after) {
        if (!following || (top - ticks) * towards < 0 || (ticks - edges[widest]) * towards < 0) {
            return;
        }
        double change = (double) ticks * (after - before);
        for (int k = widest; k >= 0 && (ticks - edges[k]) * towards >= 0; k--) {
            sums[k] += change;
        }
        following = sums[widest] < EXACT;
    }

    /** Looks at a valid book. */
    void look(LevelBook book) {
        int best = bids ? book.bidTicks() : book.askTicks();
        long twiceMid = (long) book.bidTicks() + book.askTicks();
        // levels that the other side has passed are no longer shown: the best steps back over them
        boolean passed = book.crossings() != crossings;
        boolean anew = !following || (passed && (top - best) * towards > MOST_TICKS);
        int behind = best + towards;
        double sum = 0;
        for (int k = 0; k <= widest; k++) {
            int far = edge(twiceMid, distancesBps[k]);
            if (anew) {
                sum = shown(book, behind, far, sum);
                sums[k] = sum;
                behind = far;
            } else {
                follow(book, k, best, far, passed);
            }
            edges[k] = far;
        }
        top = best;
        crossings = book.crossings();
        following = sums[widest] < EXACT;
    }

    private void follow(LevelBook book, int k, int best, int far, boolean passed) {
        if (best != top) {
            sums[k] += (best - top) * towards > 0
                    ? shown(book, best + towards, nearer(top + towards, edges[k]), 0)
                    : passed ? -hidden(book, best, edges[k]) : 0;
        }
        if (far != edges[k]) {
            boolean wider = (edges[k] - far) * towards > 0;
            sums[k] += wider ? shown(book, edges[k], far, 0) : -shown(book, far, edges[k], 0);
        }
    }

    /** Depth within a distance at the last look, in quote currency. */
    double depth(int distance, LevelBook book) {
        return sums[distance] * book.scale().tickSize() * book.scale().lotSize();
    }

    private int nearer(int one, int other) {
        return bids ? Math.max(one, other) : Math.min(one, other);
    }

    /** A sum, and ticks times lots of the levels behind one price and up to another one. */
    private double shown(LevelBook book, int behind, int last, double sum) {
        double found = sum;
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

    /** Ticks times lots between a best price that stepped back and the last one. */
    private double hidden(LevelBook book, int best, int edge) {
        double found = 0;
        for (int ticks = nearer(best + towards, edge); (top - ticks) * towards >= 0; ticks += towards) {
            found += (double) ticks * (bids ? book.bidLots(ticks) : book.askLots(ticks));
        }
        return found;
    }

    /** The same comparison as that of the measure, so that rounding at the edge is the same. */
    private int edge(long twiceMid, int bps) {
        double mid = 0.5 * twiceMid;
        double reach = mid * bps * BPS;
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
