package org.lama.core.book;

import java.util.Arrays;

/**
 * One side of a book: lots by key, where a higher key is a better price. A ring of slots covers a window of keys around
 * the best, with one bit for each slot, so that the next level is found by counting zeros; keys outside of the window lie
 * in two sorted arrays. The window follows the best. Keys must all have one sign. Setting is O(1) within the window; the
 * next level O(window / 64) at worst; keys far away O(their number). Allocates only while the arrays of far keys grow.
 * Not thread-safe.
 */
final class Ladder {
    /** No key. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int WORD = 64;

    private final int window;
    private final int mask;
    private final long[] lots;
    private final long[] words;
    /** Lowest key of the window, a multiple of 64, so that no word holds both ends of the ring. */
    private int base;

    private int best = NONE;
    private int levels;
    private int[] farKeys = new int[64];
    private long[] farLots = new long[64];
    private int far;

    /** A ladder with a window of a power of two, at least 256: what is left of it at a multiple of 64 must hold the best. */
    Ladder(int window) {
        this.window = window;
        mask = window - 1;
        lots = new long[window];
        words = new long[window / WORD];
    }

    /** The best key that is not hidden, or {@link #NONE}. */
    int best() {
        return best;
    }

    /** How many keys hold lots, hidden ones too. */
    int levels() {
        return levels;
    }

    /** Lots at a key. */
    long get(int key) {
        int offset = key - base;
        if (offset >= 0 && offset < window) {
            return lots[key & mask];
        }
        int at = Arrays.binarySearch(farKeys, 0, far, key);
        return at >= 0 ? farLots[at] : 0;
    }

    /** Sets the lots at a key, keeps the best, and gives what was there before. */
    long put(int key, long size) {
        long before = store(key, size);
        if (size == 0) {
            if (key == best) {
                follow(below(key));
            }
        } else if (key > best) {
            follow(key);
        }
        return before;
    }

    /** The best steps back below a key; what lies at it and above is hidden until it is set again. */
    void retreat(int key) {
        follow(below(key));
    }

    /** Takes away all keys above a key. */
    void cut(int key) {
        while (best > key) {
            put(best, 0);
        }
    }

    /** Takes away everything. */
    void clear() {
        for (int word = 0; word < words.length; word++) {
            if (words[word] != 0) {
                Arrays.fill(lots, word * WORD, (word + 1) * WORD, 0);
                words[word] = 0;
            }
        }
        far = 0;
        levels = 0;
        best = NONE;
    }

    /** The highest key below a key that holds lots, or {@link #NONE}. */
    int below(int key) {
        if (key == NONE || levels == 0) {
            return NONE;
        }
        int end = base + window;
        if (key > base && key <= end) { // nothing beside the window lies between
            int found = inWindow(key - 1);
            if (found != NONE) {
                return found;
            }
        }
        int at = firstFar(key);
        if (at > 0 && farKeys[at - 1] >= end) {
            return farKeys[at - 1];
        }
        if (key > end) {
            int found = inWindow(end - 1);
            if (found != NONE) {
                return found;
            }
        }
        while (at > 0 && farKeys[at - 1] >= base) {
            at--;
        }
        return at > 0 ? farKeys[at - 1] : NONE;
    }

    /** The highest key of the window at or below one of its keys. */
    private int inWindow(int from) {
        int slot = from & mask;
        int word = slot / WORD;
        long bits = words[word] & (-1L >>> (WORD - 1 - (slot & (WORD - 1))));
        int low = from & -WORD;
        while (true) {
            if (bits != 0) {
                return low + WORD - 1 - Long.numberOfLeadingZeros(bits);
            }
            low -= WORD;
            if (low < base) {
                return NONE;
            }
            word = (low & mask) / WORD;
            bits = words[word];
        }
    }

    private long store(int key, long size) {
        int offset = key - base;
        if (offset >= 0 && offset < window) {
            return storeNear(key & mask, size);
        }
        if (levels == 0 && size > 0) {
            base = placed(key);
            return storeNear(key & mask, size);
        }
        return storeFar(key, size);
    }

    private long storeNear(int slot, long size) {
        long before = lots[slot];
        lots[slot] = size;
        long bit = 1L << slot;
        if (size == 0) {
            if (before != 0) {
                words[slot / WORD] &= ~bit;
                levels--;
            }
        } else if (before == 0) {
            words[slot / WORD] |= bit;
            levels++;
        }
        return before;
    }

    private long storeFar(int key, long size) {
        int at = Arrays.binarySearch(farKeys, 0, far, key);
        if (at >= 0) {
            long before = farLots[at];
            farLots[at] = size;
            if (size == 0) {
                removeFar(at, at + 1);
                levels--;
            }
            return before;
        }
        if (size != 0) {
            insertFar(-at - 1, key, size);
            levels++;
        }
        return 0;
    }

    private void insertFar(int at, int key, long size) {
        if (far == farKeys.length) {
            farKeys = Arrays.copyOf(farKeys, 2 * far);
            farLots = Arrays.copyOf(farLots, 2 * far);
        }
        System.arraycopy(farKeys, at, farKeys, at + 1, far - at);
        System.arraycopy(farLots, at, farLots, at + 1, far - at);
        farKeys[at] = key;
        farLots[at] = size;
        far++;
    }

    private void removeFar(int from, int to) {
        System.arraycopy(farKeys, to, farKeys, from, far - to);
        System.arraycopy(farLots, to, farLots, from, far - to);
        far -= to - from;
    }

    /** Where the window begins that has a key at three quarters of its length. */
    private int placed(int key) {
        return (key - 3 * (window / 4)) & -WORD;
    }

    /** The best moves, and the window with it once less than a quarter of it lies behind, or the best lies outside. */
    private void follow(int key) {
        best = key;
        int offset = key - base;
        if (key != NONE && (offset < window / 4 || offset >= window)) {
            move(placed(key));
        }
    }

    private void move(int to) {
        for (int low = base; low < base + window; low += WORD) {
            if (low < to || low >= to + window) {
                evict(low);
            }
        }
        base = to;
        int from = firstFar(to);
        int end = firstFar(to + window);
        for (int i = from; i < end; i++) {
            int slot = farKeys[i] & mask;
            lots[slot] = farLots[i];
            words[slot / WORD] |= 1L << slot;
        }
        if (end > from) {
            removeFar(from, end);
        }
    }

    private void evict(int low) {
        int word = (low & mask) / WORD;
        long bits = words[word];
        words[word] = 0;
        while (bits != 0) {
            int bit = Long.numberOfTrailingZeros(bits);
            bits &= bits - 1;
            int slot = word * WORD + bit;
            insertFar(firstFar(low + bit), low + bit, lots[slot]);
            lots[slot] = 0;
        }
    }

    /** Place of the first far key that is not below a key. */
    private int firstFar(int key) {
        int at = Arrays.binarySearch(farKeys, 0, far, key);
        return at >= 0 ? at : -at - 1;
    }
}
