package org.lama.core.features;

import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookView;
import org.lama.core.market.Side;

/**
 * Sizes of the best 1, 5 and 10 levels and depths within 10, 25 and 50 basis points of one side, read in one pass: the
 * bits of {@link org.lama.core.book.BookMeasures}. Mutable, single-threaded; allocates nothing.
 */
final class BookLevels {
    private static final int[] LEVELS = {1, 5, 10};
    private static final int[] DISTANCES_BPS = {10, 25, 50};
    private static final double BPS = 1e-4;

    private final boolean bids;
    /** Base units within the best levels; NaN while the book is not valid. */
    final double[] sizes = {Double.NaN, Double.NaN, Double.NaN};
    /** Quote currency within distances; NaN while the book is not valid. */
    final double[] depths = {Double.NaN, Double.NaN, Double.NaN};

    BookLevels(boolean bids) {
        this.bids = bids;
    }

    /** Says that there is nothing to read. */
    void forget() {
        for (int i = 0; i < LEVELS.length; i++) {
            sizes[i] = Double.NaN;
            depths[i] = Double.NaN;
        }
    }

    /** What reaches beyond the levels that are known says nothing. */
    void leaveOutUnknown(BookView book) {
        Side side = bids ? Side.BUY : Side.SELL;
        for (int i = 0; i < DISTANCES_BPS.length; i++) {
            depths[i] = BookMeasures.isKnownWithin(book, side, DISTANCES_BPS[i]) ? depths[i] : Double.NaN;
        }
        int known = bids ? book.knownBidTicks() : book.knownAskTicks();
        if (known == 0) {
            return;
        }
        int ticks = bids ? book.bidTicks() : book.askTicks();
        int levels = 0;
        while (levels < LEVELS[LEVELS.length - 1] && ticks != 0 && (bids ? ticks >= known : ticks <= known)) {
            levels++;
            ticks = bids ? book.nextBid(ticks) : book.nextAsk(ticks);
        }
        for (int i = 0; i < LEVELS.length; i++) {
            sizes[i] = levels >= LEVELS[i] ? sizes[i] : Double.NaN;
        }
    }

    /** Reads a valid book. */
    void read(BookView book) {
        double mid = 0.5 * ((long) book.bidTicks() + book.askTicks());
        double unit = book.scale().tickSize();
        double lotSize = book.scale().lotSize();
        long lots = 0;
        double notional = 0;
        int levels = 0;
        int near = 0; // distances that the walk has left behind
        int counted = 0; // numbers of levels that the walk has left behind
        int ticks = bids ? book.bidTicks() : book.askTicks();
        while (ticks != 0 && (counted < LEVELS.length || near < DISTANCES_BPS.length)) {
            while (near < DISTANCES_BPS.length && Math.abs(ticks - mid) > mid * DISTANCES_BPS[near] * BPS) {
                depths[near++] = notional * unit * lotSize;
            }
            long here = bids ? book.bidLots(ticks) : book.askLots(ticks);
            lots += here;
            notional += (double) ticks * here;
            levels++;
            if (counted < LEVELS.length && levels == LEVELS[counted]) {
                sizes[counted++] = book.scale().quantity(lots);
            }
            ticks = bids ? book.nextBid(ticks) : book.nextAsk(ticks);
        }
        while (near < DISTANCES_BPS.length) {
            depths[near++] = notional * unit * lotSize;
        }
        while (counted < LEVELS.length) {
            sizes[counted++] = book.scale().quantity(lots);
        }
    }
}
