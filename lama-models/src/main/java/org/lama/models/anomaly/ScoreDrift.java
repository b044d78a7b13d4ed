package org.lama.models.anomaly;

import java.util.Arrays;

/**
 * The two-sample Kolmogorov-Smirnov statistic D = max |F(recent) - F(reference)| of scores, with the asymptotic critical value
 * D* = sqrt(-ln(level / 2) / 2) · sqrt((n + m) / (n m)) (Smirnov 1948). Null hypothesis: both samples come from one
 * continuous distribution and are independent.
 */
final class ScoreDrift {
    private ScoreDrift() {}

    /** O(m log m + n + m); both without NaN, the reference sorted; the recent one is sorted here. */
    static double statistic(double[] sortedReference, double[] recent) {
        double[] sorted = recent.clone();
        Arrays.sort(sorted);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < sortedReference.length && j < sorted.length) {
            double x = Math.min(sortedReference[i], sorted[j]);
            while (i < sortedReference.length && sortedReference[i] <= x) {
                i++;
            }
            while (j < sorted.length && sorted[j] <= x) {
                j++;
            }
            double gap = (double) i / sortedReference.length - (double) j / sorted.length;
            largest = Math.max(largest, Math.abs(gap));
        }
        return largest;
    }

    static double critical(double level, int n, int m) {
        return StrictMath.sqrt(-StrictMath.log(level / 2) / 2 * ((double) n + m) / ((double) n * m));
    }
}
