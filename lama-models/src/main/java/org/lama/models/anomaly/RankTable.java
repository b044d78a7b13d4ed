package org.lama.models.anomaly;

import java.util.Arrays;

/**
 * Turns the values of one feature into ranks among the forest's thresholds of that feature: rank(x) = number of
 * thresholds below x. Then x &gt; threshold k exactly if rank(x) &gt; k, so that comparing ranks decides like comparing
 * doubles. A table of equal buckets gives the first candidate, a short scan or a binary search the rank.
 */
final class RankTable {
    private static final int LONGEST_SCAN = 16;

    private final double[] cuts;
    private final int[] start;
    private final double low;
    private final double high;
    private final double scale;

    /** Takes the thresholds of one feature in any order, with repeats. */
    RankTable(double[] thresholds) {
        double[] sorted = thresholds.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[distinct - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        cuts = Arrays.copyOf(sorted, distinct);
        low = distinct == 0 ? Double.POSITIVE_INFINITY : cuts[0];
        high = distinct == 0 ? Double.POSITIVE_INFINITY : cuts[distinct - 1];
        int buckets = Math.max(16, Integer.highestOneBit(4 * distinct + 1));
        scale = buckets / (high - low);
        start = new int[buckets + 1];
        for (double cut : cuts) {
            start[bucket(cut) + 1]++;
        }
        for (int b = 0; b < buckets; b++) {
            start[b + 1] += start[b];
        }
    }

    int size() {
        return cuts.length;
    }

    int rank(double x) {
        if (!(x > low)) {
            return 0;
        }
        if (x > high) {
            return cuts.length;
        }
        int b = bucket(x);
        int from = start[b];
        int to = start[b + 1];
        while (to - from > LONGEST_SCAN) {
            int middle = (from + to) >>> 1;
            if (cuts[middle] < x) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        while (from < to && cuts[from] < x) {
            from++;
        }
        return from;
    }

    /** Never decreases with x, whatever is rounded; an overflowing range puts everything into bucket 0. */
    private int bucket(double x) {
        return Math.min(start.length - 2, (int) ((x - low) * scale));
    }
}
