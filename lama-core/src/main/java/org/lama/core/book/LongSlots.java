package org.lama.core.book;

import java.util.Arrays;

/**
 * Numbers of slots by 64-bit keys: open addressing with linear probing, removal without tombstones (Knuth, volume 3, 6.4,
 * algorithm R). O(1) on average; allocates only when it grows beyond half full. Not thread-safe.
 */
final class LongSlots {
    /** No slot. */
    static final int NONE = -1;

    private long[] keys;
    private int[] slots;
    private int mask;
    private int size;

    LongSlots() {
        keys = new long[64];
        slots = new int[64];
        Arrays.fill(slots, NONE);
        mask = 63;
    }

    int size() {
        return size;
    }

    int get(long key) {
        for (int at = home(key); slots[at] != NONE; at = (at + 1) & mask) {
            if (keys[at] == key) {
                return slots[at];
            }
        }
        return NONE;
    }

    /** Adds a key that is not there. */
    void add(long key, int slot) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int at = home(key);
        while (slots[at] != NONE) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        slots[at] = slot;
        size++;
    }

    /** Takes a key away and gives its slot. */
    int remove(long key) {
        int at = home(key);
        while (slots[at] != NONE && keys[at] != key) {
            at = (at + 1) & mask;
        }
        int slot = slots[at];
        if (slot != NONE) {
            size--;
            close(at);
        }
        return slot;
    }

    /** Moves later keys into a hole as long as that brings them nearer to where they belong. */
    private void close(int hole) {
        int at = (hole + 1) & mask;
        while (slots[at] != NONE) {
            int reach = (at - home(keys[at])) & mask;
            if (reach >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                slots[hole] = slots[at];
                hole = at;
            }
            at = (at + 1) & mask;
        }
        slots[hole] = NONE;
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(slots, NONE);
            size = 0;
        }
    }

    private int home(long key) {
        long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & mask;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[2 * oldKeys.length];
        slots = new int[keys.length];
        mask = keys.length - 1;
        Arrays.fill(slots, NONE);
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldSlots[i] != NONE) {
                add(oldKeys[i], oldSlots[i]);
            }
        }
    }
}
