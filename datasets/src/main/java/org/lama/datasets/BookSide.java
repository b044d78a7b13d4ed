package org.lama.datasets;

/**
 * One side of a made-up book: lots by price in a ring. Prices are counted towards the other side: a bid by its ticks, an ask
 * by its negative ticks, so that the best price is the highest key on both sides.
 */
final class BookSide {
    static final int ROOM = 1 << 13;
    private static final int MASK = ROOM - 1;

    private final long[] lots = new long[ROOM];

    /** Best key. */
    int best;

    /** No level lies below this key. */
    int lowest;

    /** How many keys hold lots. */
    int levels;

    BookSide(int best) {
        this.best = best;
        lowest = best;
    }

    long at(int key) {
        return lots[key & MASK];
    }

    void set(int key, long size) {
        levels += (size > 0 ? 1 : 0) - (at(key) > 0 ? 1 : 0);
        lots[key & MASK] = size;
        lowest = Math.min(lowest, key);
        if (size > 0) {
            best = Math.max(best, key);
        } else if (key == best) {
            descend();
        }
    }

    /** The best key goes down to the next level; it stays below all levels where there is none. */
    private void descend() {
        while (best >= lowest && lots[best & MASK] == 0) {
            best--;
        }
    }

    /** Whether the lowest level is so far from the best one that its place may be needed. */
    boolean isWide() {
        return best - lowest >= ROOM / 2;
    }
}
