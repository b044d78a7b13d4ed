package org.lama.core.stats;

import org.lama.core.base.Api;
import org.lama.core.math.Sums;

/**
 * Mean, variance and shape of a sample, in two passes with a compensated mean: variance never comes from a difference of
 * squares. Missing values (NaN) are skipped; an infinite value makes everything NaN. Immutable and thread-safe; O(n).
 *
 * <p>Biased and unbiased forms: Joanes and Gill (1998), The Statistician 47, 183-189 (g1, G1, b2 and G2). Checked against
 * NIST's univariate reference data sets.
 *
 * @param count number of values that are not missing
 * @param mean arithmetic mean, NaN without a value
 * @param populationVariance sum of squared deviations over count (biased), NaN without a value
 * @param skewness g1 = m3 / m2^(3/2) (biased), NaN if the values are all equal
 * @param kurtosis b = m4 / m2^2 (biased, 3 for the normal distribution), NaN if the values are all equal
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Moments(int count, double mean, double populationVariance, double skewness, double kurtosis) {
    /**
     * The moments of a sample.
     *
     * @param x the values, not changed
     * @return the moments
     */
    public static Moments of(double[] x) {
        return of(x, 0, x.length);
    }

    /**
     * The moments of a range of values.
     *
     * @param x the values, not changed
     * @param from first row
     * @param to row after the last
     * @return the moments
     */
    public static Moments of(double[] x, int from, int to) {
        double scale = Samples.scale(x, from, to);
        double[] y = new double[to - from];
        int n = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(x[i])) {
                y[n++] = x[i] * scale;
                low = Math.min(low, x[i]);
                high = Math.max(high, x[i]);
            }
        }
        if (n == 0 || low == Double.NEGATIVE_INFINITY || high == Double.POSITIVE_INFINITY) {
            return new Moments(n, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        if (low >= high) {
            return new Moments(n, low, 0, Double.NaN, Double.NaN);
        }
        return central(y, n, scale);
    }

    /** Deviations are taken twice: the second pass removes what rounding left of the mean. */
    private static Moments central(double[] y, int n, double scale) {
        double mean = Sums.mean(y, 0, n);
        for (int i = 0; i < n; i++) {
            y[i] -= mean;
        }
        double rest = Sums.mean(y, 0, n);
        double unit = Samples.scale(y, 0, n);
        double m2 = 0;
        double m3 = 0;
        double m4 = 0;
        for (int i = 0; i < n; i++) {
            double d = (y[i] - rest) * unit;
            double square = d * d;
            m2 += square;
            m3 += square * d;
            m4 += square * square;
        }
        m2 /= n;
        double variance = m2 / unit / scale / unit / scale;
        return new Moments(n, (mean + rest) / scale, variance, m3 / n / (m2 * Math.sqrt(m2)), m4 / n / (m2 * m2));
    }

    /**
     * Sample variance, the sum of squared deviations over count - 1.
     *
     * @return at least 0, NaN for fewer than two values
     */
    public double variance() {
        return count > 1 ? populationVariance * ((double) count / (count - 1)) : Double.NaN;
    }

    /**
     * Sample standard deviation, the root of {@link #variance()}.
     *
     * @return at least 0, NaN for fewer than two values
     */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /**
     * Skewness G1 = g1 sqrt(n (n - 1)) / (n - 2), unbiased under normality.
     *
     * @return any number, NaN for fewer than three values
     */
    public double sampleSkewness() {
        double n = count;
        return count > 2 ? skewness * Math.sqrt(n * (n - 1)) / (n - 2) : Double.NaN;
    }

    /**
     * Excess kurtosis b - 3 (biased).
     *
     * @return at least -2
     */
    public double excessKurtosis() {
        return kurtosis - 3;
    }

    /**
     * Excess kurtosis G2 = (n - 1) ((n + 1) (b - 3) + 6) / ((n - 2) (n - 3)), unbiased under normality.
     *
     * @return any number, NaN for fewer than four values
     */
    public double sampleExcessKurtosis() {
        double n = count;
        return count > 3 ? (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excessKurtosis() + 6) : Double.NaN;
    }
}
