package org.lama.core.features;

import java.util.Arrays;

/**
 * Counts of the values in a sliding window, ordered by value: a Fenwick tree over the codes of all distinct finite values
 * of a column (Fenwick 1994). The codes only name values, so what is counted depends on the rows inside of the window
 * alone. O(log n) per change or question; arrays of the column's length. Mutable, single-threaded.
 */
final class OrderCounts {
    /** Code of a value that is NaN or infinite. */
    static final int MISSING = -1;

    private final double[] distinct;
    private final int[] codes;
    private final int[] tree;
    private final int[] equal;
    private final int top;
    private int size;

    OrderCounts(double[] x) {
        double[] sorted = new double[x.length];
        int present = 0;
        for (double value : x) {
            if (Double.isFinite(value)) {
                sorted[present++] = value + 0.0; // turns -0.0 into 0.0, which sort() would tell apart
            }
        }
        Arrays.sort(sorted, 0, present);
        int m = 0;
        for (int i = 0; i < present; i++) {
            if (i == 0 || sorted[i] != sorted[m - 1]) {
                sorted[m++] = sorted[i];
            }
        }
        distinct = Arrays.copyOf(sorted, m);
        codes = new int[x.length];
        for (int t = 0; t < x.length; t++) {
            codes[t] = Double.isFinite(x[t]) ? Arrays.binarySearch(distinct, x[t] + 0.0) : MISSING;
        }
        tree = new int[m + 1];
        equal = new int[m];
        top = Integer.highestOneBit(Math.max(1, m));
    }

    /** Moves the window on to row t; rows must come in order from 0. */
    void next(int t, int length) {
        if (t >= length) {
            change(codes[t - length], -1);
        }
        change(codes[t], 1);
    }

    private void change(int code, int by) {
        if (code == MISSING) {
            return;
        }
        size += by;
        equal[code] += by;
        for (int i = code + 1; i < tree.length; i += i & -i) {
            tree[i] += by;
        }
    }

    int code(int t) {
        return codes[t];
    }

    int size() {
        return size;
    }

    int equalTo(int code) {
        return equal[code];
    }

    int below(int code) {
        int count = 0;
        for (int i = code; i > 0; i -= i & -i) {
            count += tree[i];
        }
        return count;
    }

    /** The value at an ascending position from 1 to the size. */
    double at(int position) {
        int node = 0;
        int left = position;
        for (int step = top; step > 0; step >>= 1) {
            int next = node + step;
            if (next < tree.length && tree[next] < left) {
                node = next;
                left -= tree[next];
            }
        }
        return distinct[node];
    }
}
