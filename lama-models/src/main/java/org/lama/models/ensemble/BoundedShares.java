package org.lama.models.ensemble;

/** Brings shares into their bounds while they sum to one. */
final class BoundedShares {
    private BoundedShares() {}

    /**
     * Euclidean projection onto {low <= x <= high, Σx = 1}: x = clamp(share - shift) with the shift found by bisection;
     * needs Σlow <= 1 <= Σhigh, and members with low = high = 0 stay out. O(60·n), in place.
     */
    static void project(double[] share, double[] low, double[] high) {
        double left = -2;
        double right = 2;
        for (int i = 0; i < 60; i++) {
            double middle = (left + right) / 2;
            if (sum(share, low, high, middle) > 1) {
                left = middle;
            } else {
                right = middle;
            }
        }
        double shift = (left + right) / 2;
        for (int m = 0; m < share.length; m++) {
            share[m] = Math.max(low[m], Math.min(high[m], share[m] - shift));
        }
    }

    private static double sum(double[] share, double[] low, double[] high, double shift) {
        double sum = 0;
        for (int m = 0; m < share.length; m++) {
            sum += Math.max(low[m], Math.min(high[m], share[m] - shift));
        }
        return sum;
    }
}
