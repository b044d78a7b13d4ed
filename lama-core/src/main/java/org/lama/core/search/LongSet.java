package org.lama.core.search;

import java.util.Arrays;

/** A set of numbers that are not negative, open addressing, at most 22 bytes per number. Mutable. */
final class LongSet {
    private static final long FREE = -1;

    private long[] slots = free(16);
    private int size;

    private static long[] free(int length) {
        long[] slots = new long[length];
        Arrays.fill(slots, FREE);
        return slots;
    }

    int size() {
        return size;
    }

    boolean contains(long number) {
        return slots[slotOf(slots, number)] == number;
    }

    /** Adds a number; false if it was there. */
    boolean add(long number) {
        int slot = slotOf(slots, number);
        if (slots[slot] == number) {
            return false;
        }
        slots[slot] = number;
        size++;
        if (size * 4L > slots.length * 3L) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = free(slots.length * 2);
        for (long number : slots) {
            if (number != FREE) {
                larger[slotOf(larger, number)] = number;
            }
        }
        slots = larger;
    }

    private static int slotOf(long[] slots, long number) {
        long hash = number * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != FREE && slots[slot] != number) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
