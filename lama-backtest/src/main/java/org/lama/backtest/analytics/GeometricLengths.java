package org.lama.backtest.analytics;

import org.lama.core.base.Rng;

/**
 * Geometric block lengths by table look-up: P(length &gt; k) = (1 - 1/mean)^k. A logarithm per block would be the larger
 * part of a bootstrap's time, and its last bit may differ between machines. Immutable; O(1) per draw on average.
 */
final class GeometricLengths {
    private static final int GUIDE = 1024;
    private final double[] cumulative;
    private final int[] guide = new int[GUIDE];

    /** Lengths above the limit are cut to it: the caller never uses more rows than that. */
    GeometricLengths(double mean, int limit) {
        double stay = 1 - 1 / mean;
        double survival = 1;
        cumulative = new double[limit];
        for (int k = 0; k < limit; k++) {
            survival *= stay;
            cumulative[k] = 1 - survival;
        }
        cumulative[limit - 1] = 1;
        int k = 0;
        for (int g = 0; g < GUIDE; g++) {
            while (cumulative[k] <= (double) g / GUIDE) {
                k++;
            }
            guide[g] = k;
        }
    }

    int next(Rng rng) {
        double u = rng.nextDouble();
        int k = guide[(int) (u * GUIDE)];
        while (cumulative[k] <= u) {
            k++;
        }
        return k + 1;
    }
}
