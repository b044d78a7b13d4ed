package org.lama.backtest.analytics;

import org.lama.core.base.Check;
import org.lama.core.math.Sums;

/**
 * Two-pass central moments of a sample; shared by the metrics. NaN where there are too few rows.
 *
 * <p>Beside {@link org.lama.core.stats.Moments} for two reasons: that one skips missing values, which a return must not
 * have, and rescales the sample first, which rounds otherwise. The bits of stored studies hang on these.
 */
record Moments(int count, double mean, double standardDeviation, double skewness, double kurtosis) {
    private static final double ROUNDING = 1e-9;

    static Moments of(double[] x) {
        int n = x.length;
        double mean = Sums.mean(x, 0, n);
        if (n < 2 || isConstant(x)) {
            return new Moments(n, mean, n < 2 ? Double.NaN : 0, Double.NaN, Double.NaN);
        }
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        for (double value : x) {
            double d = value - mean;
            double d2 = d * d;
            s2 += d2;
            s3 += d2 * d;
            s4 += d2 * d2;
        }
        double m2 = s2 / n;
        return new Moments(n, mean, Math.sqrt(s2 / (n - 1)), s3 / n / (m2 * Math.sqrt(m2)), s4 / n / (m2 * m2));
    }

    double sharpe() {
        return Ratios.of(mean, standardDeviation);
    }

    /**
     * Rounding gives a constant sample a tiny spread and so an absurd Sharpe ratio: a return of 1e-6 that was taken from
     * prices is known to about 2e-16.
     */
    private static boolean isConstant(double[] x) {
        double lowest = x[0];
        double highest = x[0];
        for (double value : x) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        return highest - lowest <= ROUNDING * Math.max(Math.abs(lowest), Math.abs(highest));
    }

    static double[] requireFinite(double[] x, String name) {
        Check.notNull(x, name);
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] must be finite, got " + x[i]
                        + "; leave the row out or decide what it was worth");
            }
        }
        return x;
    }
}
