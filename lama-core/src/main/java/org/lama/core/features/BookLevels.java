package org.lama.core.features;

import java.util.Arrays;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Side;

/**
 * Sizes of the best 1, 5 and 10 levels and depths within 10, 25 and 50 basis points of one side: the bits of
 * {@link org.lama.core.book.BookMeasures}. Depths are followed from change to change, so that a look reads only levels at
 * their ends and not the hundreds between. Mutable, single-threaded; allocates nothing.
 */
final class BookLevels {
    private static final int[] LEVELS = {1, 5, 10};
    private static final int[] DISTANCES_BPS = {10, 25, 50};

    private final boolean bids;
    private final NearDepth near;
    /** Base units within the best levels; NaN while the book is not valid. */
    final double[] sizes = {Double.NaN, Double.NaN, Double.NaN};
    /** Quote currency within distances; NaN while the book is not valid. */
    final double[] depths = {Double.NaN, Double.NaN, Double.NaN};

    BookLevels(boolean bids) {
        this.bids = bids;
        near = new NearDepth(bids, DISTANCES_BPS);
    }

    /** Says that there is nothing to read. */
    void forget() {
        Arrays.fill(sizes, Double.NaN);
        Arrays.fill(depths, Double.NaN);
    }

    /** The book has a hole and is empty. */
    void lost() {
        near.forget();
    }

    /** A level went from one size to another. */
    void changed(int ticks, long before, long after) {
        near.changed(ticks, before, after);
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
    void read(LevelBook book) {
        near.look(book);
        for (int i = 0; i < depths.length; i++) {
            depths[i] = near.depth(i, book);
        }
        long lots = 0;
        int levels = 0;
        int ticks = bids ? book.bidTicks() : book.askTicks();
        for (int i = 0; i < LEVELS.length; i++) {
            for (; levels < LEVELS[i] && ticks != 0; levels++) {
                lots += bids ? book.bidLots(ticks) : book.askLots(ticks);
                ticks = bids ? book.nextBid(ticks) : book.nextAsk(ticks);
            }
            sizes[i] = book.scale().quantity(lots);
        }
    }
}
