package org.lama.core.features;

import org.lama.core.book.LevelBook;

/**
 * Depth of one side within 10 basis points of the mid while it is followed: changes of levels are added as they come, and
 * where the mid moves only the levels at the edge are read. The sum is of ticks times lots, whole numbers, so it is exact
 * up to 2^53 and equals that of {@link org.lama.core.book.BookMeasures#depthWithin} in every bit. Where sides met since the
 * book was last empty, levels may be hidden, and all that show are read each time. Mutable, single-threaded; allocates nothing.
 */
final class NearDepth {
    private static final double DISTANCE_BPS = 10;
    private static final double BPS = 1e-4;

    private final boolean bids;
    private boolean following;
    private double sum;
    /** The level farthest from the mid that still counts, in ticks. */
    private int edge;

    private long twiceMid;
    /** How often sides had met when the book was last empty. */
    private long crossings;

    NearDepth(boolean bids) {
        this.bids = bids;
    }

    /** Follows no longer; the next look reads all. */
    void forget() {
        following = false;
    }

    /** The book is empty, and hides nothing. */
    void clear(LevelBook book) {
        following = false;
        crossings = book.crossings();
    }

    /** A level went from one size to another. */
    void changed(int ticks, long before, long after) {
        if (following && (bids ? ticks >= edge : ticks <= edge)) {
            sum += (double) ticks * (after - before);
        }
    }

    /** Depth in quote currency of a valid book. */
    double of(LevelBook book) {
        long now = (long) book.bidTicks() + book.askTicks();
        if (!following) {
            following = true;
            readAll(book, now);
        } else if (book.crossings() != crossings) {
            readAll(book, now);
        } else if (now != twiceMid) {
            move(book, now);
        }
        return sum * book.scale().tickSize() * book.scale().lotSize();
    }

    private void readAll(LevelBook book, long now) {
        twiceMid = now;
        edge = edge(now);
        int beyond = bids ? edge - 1 : edge + 1;
        sum = between(book, bids ? book.bidTicks() + 1 : book.askTicks() - 1, beyond);
    }

    private void move(LevelBook book, long now) {
        int last = edge;
        twiceMid = now;
        edge = edge(now);
        boolean wider = bids ? edge < last : edge > last;
        int step = bids ? 1 : -1;
        // levels behind the old edge up to the new one come in, or levels before the new edge up to the old one go out
        sum += wider ? between(book, last, edge - step) : -between(book, edge, last - step);
    }

    /** Ticks times lots of the levels behind one price and before another one. */
    private double between(LevelBook book, int behind, int before) {
        double found = 0;
        if (bids) {
            for (int ticks = book.nextBid(behind); ticks > before; ticks = book.nextBid(ticks)) {
                found += (double) ticks * book.bidLots(ticks);
            }
        } else {
            for (int ticks = book.nextAsk(behind); ticks != 0 && ticks < before; ticks = book.nextAsk(ticks)) {
                found += (double) ticks * book.askLots(ticks);
            }
        }
        return found;
    }

    /** The same comparison as that of the measure, so that rounding at the edge is the same. */
    private int edge(long now) {
        double mid = 0.5 * now;
        double reach = mid * DISTANCE_BPS * BPS;
        int step = bids ? -1 : 1;
        int at = (int) (mid + step * reach);
        while (Math.abs(at - mid) <= reach) {
            at += step;
        }
        while (Math.abs(at - mid) > reach) {
            at -= step;
        }
        return at;
    }
}
