package org.lama.core.features;

/** Exact sum of whole numbers over a sliding window of rows. O(1) per row, one array. Mutable, single-threaded. */
final class LongWindow {
    private final long[] ring;
    private int at;
    private long sum;

    LongWindow(int length) {
        ring = new long[length];
    }

    /** Moves the window on by one row and gives its sum. */
    long next(long value) {
        sum = Math.addExact(sum - ring[at], value);
        ring[at] = value;
        at = at + 1 == ring.length ? 0 : at + 1;
        return sum;
    }

    long sum() {
        return sum;
    }
}
