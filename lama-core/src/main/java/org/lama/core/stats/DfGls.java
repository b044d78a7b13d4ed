package org.lama.core.stats;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.LeastSquares;
import org.lama.core.math.NestedLeastSquares;
import org.lama.core.math.Sums;

/**
 * Dickey-Fuller test after generalised least-squares detrending, by Elliott, Rothenberg and Stock (1996, Econometrica 64,
 * 813-836): level or line are fitted to y(1) and y(t) - (1 + c / n) y(t-1) with c = -7 (level) or -13.5 (line), taken off
 * the series, and the augmented Dickey-Fuller regression runs without deterministic terms. <b>Null: the series has a unit
 * root; small values reject (left tail).</b> Near the null it finds stationarity far more often than {@link Adf}.
 *
 * <p>Lags as in {@link Adf}: fixed or chosen by a rule, on the series detrended by ordinary least squares (Perron and Qu
 * 2007, Economics Letters 94, 12-19); Schwert's maximum is capped at (n - 1) / 2 - 1. P-values and critical values:
 * simulations by MacKinnon's method as arch 8.0.0 uses; below some 30 rows the polynomial of the critical values leaves its
 * range.
 *
 * <p>A series with a missing or infinite value, a constant one, an exact line around a line, one that the regression fits
 * without residual and one that is too short give NaN and a note. The statistic does not change when the series is shifted
 * or multiplied. Cost as {@link Adf}; stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DfGls {
    private static final String NAME = "Dickey-Fuller GLS";
    private static final String NULL = "unit root; rejected for small values";
    private static final double LEVEL_LOCAL = -7;
    private static final double LINE_LOCAL = -13.5;
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    private DfGls() {}

    /**
     * Runs the test.
     *
     * @param y the series, oldest value first; not changed
     * @param trend {@link Trend#CONSTANT} or {@link Trend#CONSTANT_TREND}
     * @param rule rule for the number of lagged differences
     * @return statistic, p-value, lags used, regression rows, critical values at 1, 5 and 10 %
     * @throws IllegalArgumentException for another trend
     */
    public static TestResult test(double[] y, Trend trend, Adf.LagRule rule) {
        Check.that(
                trend == Trend.CONSTANT || trend == Trend.CONSTANT_TREND,
                "trend must be CONSTANT or CONSTANT_TREND, got " + trend);
        int n = y.length;
        int cap = Math.max((n - 1) / 2 - 1, 0);
        int most = rule.maxLags() == Adf.LagRule.SCHWERT ? Math.min(cap, Samples.schwert(n)) : rule.maxLags();
        String complaint = Samples.complaint(y, 0, n);
        if (complaint.isEmpty() && (n < 3 + trend.terms() || most > (n - 3) / 2)) {
            complaint = "the series is too short: " + n + " rows for this trend and " + most + " lags";
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, NULL, most, 0, complaint);
        }
        double[] scaled = centred(y);
        double[] detrended = scaled.clone();
        Samples.detrend(detrended, trend.terms());
        double noise = n * Math.pow(NOISE * Samples.largest(Samples.scaled(y)), 2);
        if (!(Sums.dot(detrended, 0, detrended, 0, n) > noise)) {
            return TestResult.undefined(NAME, NULL, most, 0, "the series is an exact line");
        }
        int lags = rule.kind() == Adf.LagRule.Kind.FIXED
                ? most
                : Adf.choose(new AdfRegression(detrended, Trend.NONE), Trend.NONE, most, rule.kind());
        return result(new AdfRegression(quasiDetrended(scaled, trend), Trend.NONE), trend, lags);
    }

    private static TestResult result(AdfRegression regression, Trend trend, int lags) {
        NestedLeastSquares fit = regression.last(lags);
        int rows = regression.rows(lags);
        String complaint = Adf.complaint(regression, fit, rows);
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, NULL, lags, rows, complaint);
        }
        double statistic = fit.tStatistic(fit.columns());
        return new TestResult(
                NAME,
                NULL,
                statistic,
                MacKinnon.pValueGls(statistic, trend),
                lags,
                rows,
                MacKinnon.criticalValuesGls(trend, rows),
                "");
    }

    /** A scaled copy that starts at zero: a shift changes nothing but the digits that are lost. */
    private static double[] centred(double[] y) {
        double[] scaled = Samples.scaled(y);
        double first = scaled[0];
        for (int t = 0; t < scaled.length; t++) {
            scaled[t] -= first;
        }
        return scaled;
    }

    private static double[] quasiDetrended(double[] y, Trend trend) {
        int n = y.length;
        int terms = trend.terms();
        double root = 1 + (terms == 1 ? LEVEL_LOCAL : LINE_LOCAL) / n;
        double[][] columns = new double[terms][n];
        double[] response = new double[n];
        for (int t = 0; t < n; t++) {
            boolean first = t == 0;
            response[t] = first ? y[0] : y[t] - root * y[t - 1];
            columns[0][t] = first ? 1 : 1 - root;
            if (terms > 1) {
                columns[1][t] = first ? 1 : t + 1 - root * t;
            }
        }
        LeastSquares fit = LeastSquares.fit(columns, response);
        double[] detrended = new double[n];
        for (int t = 0; t < n; t++) {
            double line = terms > 1 ? fit.coefficient(1) * (t + 1) : 0;
            detrended[t] = y[t] - fit.coefficient(0) - line;
        }
        return detrended;
    }
}
