package org.lama.core.search;

import java.util.Arrays;

/** Losses seen at one step of all trials, kept in order. Mutable. */
final class SortedLosses {
    private double[] sorted = new double[0];

    /** Adds the losses of a wave. O(seen + wave · log wave). */
    void add(double[] wave) {
        double[] fresh = wave.clone();
        Arrays.sort(fresh);
        double[] merged = new double[sorted.length + fresh.length];
        int a = 0;
        int b = 0;
        for (int i = 0; i < merged.length; i++) {
            boolean old = b == fresh.length || (a < sorted.length && sorted[a] <= fresh[b]);
            merged[i] = old ? sorted[a++] : fresh[b++];
        }
        sorted = merged;
    }

    int count() {
        return sorted.length;
    }

    /** The rank-th smallest loss, from 0. */
    double at(int rank) {
        return sorted[rank];
    }

    /** How many losses are strictly smaller. */
    int smaller(double loss) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < loss) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
