package org.lama.core.store;

/** Puts rows in the order of their time, sequence and availability. Stable. Used once. */
final class RowOrder {
    private final long[] time;
    private final long[] sequence;
    private final long[] available;

    /** Columns that rows are ordered by; empty ones do not count. */
    RowOrder(long[] time, long[] sequence, long[] available) {
        this.time = time;
        this.sequence = sequence;
        this.available = available;
    }

    private int compare(int a, int b) {
        int order = Long.compare(time[a], time[b]);
        if (order == 0 && sequence.length > 0) {
            order = Long.compare(sequence[a], sequence[b]);
        }
        if (order == 0 && available.length > 0) {
            order = Long.compare(available[a], available[b]);
        }
        return order;
    }

    boolean isSorted(int[] rows) {
        for (int i = 1; i < rows.length; i++) {
            if (compare(rows[i - 1], rows[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** The rows in order: merges runs that are in order already, so that files which are nearly sorted cost one pass. */
    int[] sorted(int[] rows) {
        int[] from = rows;
        int[] to = new int[rows.length];
        while (!isSorted(from)) {
            int start = 0;
            while (start < from.length) {
                int middle = runEnd(from, start);
                int end = middle == from.length ? middle : runEnd(from, middle);
                merge(from, start, middle, end, to);
                start = end;
            }
            int[] spare = from == rows ? new int[rows.length] : from;
            from = to;
            to = spare;
        }
        return from;
    }

    private int runEnd(int[] rows, int start) {
        int at = start + 1;
        while (at < rows.length && compare(rows[at - 1], rows[at]) <= 0) {
            at++;
        }
        return at;
    }

    private void merge(int[] from, int start, int middle, int end, int[] to) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
