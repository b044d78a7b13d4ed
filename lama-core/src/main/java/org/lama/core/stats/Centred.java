package org.lama.core.stats;

import org.lama.core.math.Sums;

/**
 * A series minus its mean, missing values as zeros, on a scale at which fourth powers neither overflow nor vanish. All
 * correlations are formed from it.
 */
final class Centred {
    private final double[] values;
    private final boolean[] present;
    private final int observed;
    private final String complaint;

    private Centred(double[] values, boolean[] present, int observed, String complaint) {
        this.values = values;
        this.present = present;
        this.observed = observed;
        this.complaint = complaint;
    }

    static Centred of(double[] x) {
        int n = x.length;
        double[] values = new double[n];
        boolean[] present = new boolean[n];
        int observed = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double scale = Samples.scale(x, 0, n);
        for (int t = 0; t < n; t++) {
            if (!Double.isNaN(x[t])) {
                present[t] = true;
                values[t] = x[t] * scale;
                observed++;
                low = Math.min(low, x[t]);
                high = Math.max(high, x[t]);
            }
        }
        if (low == Double.NEGATIVE_INFINITY || high == Double.POSITIVE_INFINITY) {
            return new Centred(values, present, observed, observed == 0 ? "no values" : "a value is infinite");
        }
        centre(values, present, observed);
        return new Centred(values, present, observed, low >= high ? "the series is constant or empty" : "");
    }

    private static void centre(double[] values, boolean[] present, int observed) {
        // Twice: the second pass removes what rounding left of the mean. Then on the scale of the deviations.
        for (int pass = 0; pass < 2; pass++) {
            double mean = Sums.neumaier(values, 0, values.length) / observed;
            for (int t = 0; t < values.length; t++) {
                values[t] = present[t] ? values[t] - mean : 0;
            }
        }
        double scale = Samples.scale(values, 0, values.length);
        for (int t = 0; t < values.length; t++) {
            values[t] *= scale;
        }
    }

    /** Why nothing can be computed, or an empty text. */
    String complaint() {
        return complaint;
    }

    double[] values() {
        return values;
    }

    int rows() {
        return values.length;
    }

    int observed() {
        return observed;
    }

    boolean hasGaps() {
        return observed < values.length;
    }

    /** Sum over t of x(t) x(t - lag). */
    double product(int lag) {
        return Sums.dot(values, lag, values, 0, values.length - lag);
    }

    /** Sum over t of x(t)^2 x(t - lag)^2. */
    double squaredProduct(int lag) {
        double sum = 0;
        for (int t = lag; t < values.length; t++) {
            double product = values[t] * values[t - lag];
            sum += product * product;
        }
        return sum;
    }

    /** Rows at which both x(t) and x(t - lag) are present. */
    int pairs(int lag) {
        if (!hasGaps()) {
            return values.length - lag;
        }
        int pairs = 0;
        for (int t = lag; t < values.length; t++) {
            if (present[t] && present[t - lag]) {
                pairs++;
            }
        }
        return pairs;
    }
}
