package org.lama.backtest.execution;

import java.util.Arrays;

/** From the numbers of living orders to their slots: open addressing, erased without tombstones, no object per entry. */
final class NumberIndex {
    static final int NONE = -1;

    private long[] keys = new long[64];
    private int[] slots = new int[64];
    private int size;

    int get(long number) {
        int at = place(number);
        return keys[at] == number && number > 0 ? slots[at] : NONE;
    }

    void put(long number, int slot) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int at = place(number);
        keys[at] = number;
        slots[at] = slot;
        size++;
    }

    void remove(long number) {
        int mask = keys.length - 1;
        int hole = place(number);
        if (keys[hole] != number) {
            return;
        }
        size--;
        // what follows in the same run moves up, unless it already stands at or after its own place
        for (int at = (hole + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
            int home = (int) keys[at] & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                slots[hole] = slots[at];
                hole = at;
            }
        }
        keys[hole] = 0;
    }

    /** Where the number stands, or the free place where it would. Numbers run on, so their low bits spread evenly. */
    private int place(long number) {
        int mask = keys.length - 1;
        int at = (int) number & mask;
        while (keys[at] != 0 && keys[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[2 * oldKeys.length];
        slots = new int[keys.length];
        Arrays.fill(slots, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                slots[at] = oldSlots[i];
            }
        }
    }
}
