package org.lama.core.stats;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Sums;

/**
 * Unit-root test of Phillips and Perron (1988, Biometrika 75, 335-346): the regression y(t) = trend + a y(t-1) + u(t)
 * without lagged differences; autocorrelation of u is met by correcting the statistic. With n rows, k regressors, s^2 =
 * u'u / (n - k), the standard error se of a, g = u'u / n and the long-run variance w^2 of u (Newey and West 1987,
 * Bartlett weights 1 - j / (lags + 1)):
 *
 * <pre>
 * TAU = sqrt(g / w^2) (a - 1) / se - (w^2 - g) n se / (2 w s)
 * RHO = n (a - 1) - n^2 se^2 (w^2 - g) / (2 s^2)
 * </pre>
 *
 * <p><b>Null: the series has a unit root; small values reject (left tail).</b> It needs no choice of lagged differences
 * and allows changing variance, but rejects far too often where differences have a negative moving average. P-values of
 * TAU: MacKinnon (1994); of RHO: simulations by his method as arch 8.0.0 uses; critical values for n rows.
 *
 * <p>Lags: given, or ceil(12 (N / 100)^(1/4)) for N values. A series with a missing or infinite value, a constant one, one
 * that the regression fits without residual and one that is too short give NaN and a note. Neither statistic changes when
 * the series is multiplied or, unless the trend is {@link Trend#NONE}, shifted. O(N · lags), stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PhillipsPerron {
    private static final String NULL = "unit root; rejected for small values";
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    private PhillipsPerron() {}

    /** Which of the two statistics. */
    public enum Statistic {
        /** The corrected t value, usual choice. */
        TAU,
        /** The corrected n (a - 1). */
        RHO
    }

    /**
     * The t statistic with the default number of lags.
     *
     * @param y the series, oldest value first; not changed
     * @param trend {@link Trend#NONE}, {@link Trend#CONSTANT} or {@link Trend#CONSTANT_TREND}
     * @return the result
     * @throws IllegalArgumentException for another trend
     */
    public static TestResult test(double[] y, Trend trend) {
        return test(y, trend, Statistic.TAU, defaultLags(y.length));
    }

    /**
     * The default number of lags of the long-run variance.
     *
     * @param observations number of values, at least 0
     * @return ceil(12 (observations / 100)^(1/4))
     */
    public static int defaultLags(int observations) {
        return Samples.schwert(Check.atLeast(observations, 0, "observations"));
    }

    /**
     * Runs the test.
     *
     * @param y the series, oldest value first; not changed
     * @param trend {@link Trend#NONE}, {@link Trend#CONSTANT} or {@link Trend#CONSTANT_TREND}
     * @param statistic which statistic
     * @param lags lags of the long-run variance, at least 0
     * @return statistic, p-value, lags, regression rows, critical values at 1, 5 and 10 %
     * @throws IllegalArgumentException for another trend
     */
    public static TestResult test(double[] y, Trend trend, Statistic statistic, int lags) {
        Check.that(
                Check.notNull(trend, "trend") != Trend.CONSTANT_TREND_SQUARED,
                "trend must be NONE, CONSTANT or CONSTANT_TREND, got " + trend);
        Check.atLeast(lags, 0, "lags");
        String name = "Phillips-Perron " + (Check.notNull(statistic, "statistic") == Statistic.TAU ? "tau" : "rho");
        int rows = Math.max(0, y.length - 1);
        String complaint = Samples.complaint(y, 0, y.length);
        if (complaint.isEmpty() && (y.length < 3 + trend.terms() || lags > rows)) {
            complaint = "the series is too short: " + y.length + " rows for this trend and " + lags + " lags";
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(name, NULL, lags, rows, complaint);
        }
        double value = statistic(y, trend, statistic, lags);
        if (Double.isNaN(value)) {
            return TestResult.undefined(name, NULL, lags, rows, "the regression fits the series without residual");
        }
        boolean tau = statistic == Statistic.TAU;
        return new TestResult(
                name,
                NULL,
                value,
                tau ? MacKinnon.pValue(value, trend) : MacKinnon.pValueRho(value, trend),
                lags,
                rows,
                tau ? MacKinnon.criticalValues(trend, rows) : MacKinnon.criticalValuesRho(trend, rows),
                "");
    }

    private static double statistic(double[] y, Trend trend, Statistic statistic, int lags) {
        int n = y.length - 1;
        double[] scaled = Samples.scaled(y);
        double[] level = new double[n];
        double[] u = new double[n];
        for (int t = 0; t < n; t++) {
            level[t] = scaled[t];
            u[t] = scaled[t + 1] - scaled[t];
        }
        double largest = Samples.largest(scaled);
        Samples.detrend(level, trend.terms());
        Samples.detrend(u, trend.terms());
        double square = Sums.dot(level, 0, level, 0, n);
        double slope = Sums.dot(level, 0, u, 0, n) / square;
        for (int t = 0; t < n; t++) {
            u[t] -= slope * level[t];
        }
        double rss = Sums.dot(u, 0, u, 0, n);
        double noise = n * (NOISE * largest) * (NOISE * largest);
        if (!(rss > noise) || !(square > noise)) {
            return Double.NaN;
        }
        double longRun = longRun(u, lags) / n;
        double s2 = rss / (n - 1 - trend.terms());
        double gamma = rss / n;
        double error = Math.sqrt(s2 / square);
        return statistic == Statistic.TAU
                ? Math.sqrt(gamma / longRun) * (slope / error)
                        - 0.5 * ((longRun - gamma) / Math.sqrt(longRun)) * (n * error / Math.sqrt(s2))
                : n * slope - 0.5 * ((double) n * n / square) * (longRun - gamma);
    }

    /** Sum of squares plus twice the weighted sums of lagged products. */
    private static double longRun(double[] u, int lags) {
        double sum = Sums.dot(u, 0, u, 0, u.length);
        for (int j = 1; j <= lags && j < u.length; j++) {
            sum += 2 * (1 - j / (lags + 1.0)) * Sums.dot(u, j, u, 0, u.length - j);
        }
        return sum;
    }
}
