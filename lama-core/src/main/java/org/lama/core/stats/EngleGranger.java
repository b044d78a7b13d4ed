package org.lama.core.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.LeastSquares;
import org.lama.core.math.Sums;

/**
 * Cointegration test of Engle and Granger (1987, Econometrica 55, 251-276): y is regressed on other series and
 * deterministic terms, and the residuals get an augmented Dickey-Fuller regression without deterministic terms. <b>Null:
 * no cointegration (the residuals have a unit root); small values reject (left tail).</b> It assumes that every series by
 * itself has one unit root; the answer depends on which series stands on the left, see {@link #bothDirections}.
 *
 * <p>Lags by the rules of {@link Adf}. P-values of MacKinnon (1994) for up to six series, critical values of MacKinnon (2010)
 * for up to twelve and n - 1 rows; none without deterministic terms beyond the p-value.
 *
 * <p>Series with a missing or infinite value, constant ones, regressors that depend on each other, an exact linear relation
 * and series that are too short give NaN and a note. The statistic does not change when a series is multiplied or, unless
 * the trend is {@link Trend#NONE}, shifted. O(n k^2) for k regressors and the cost of {@link Adf}; stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class EngleGranger {
    private static final String NAME = "Engle-Granger";
    private static final String NULL = "no cointegration; rejected for small values";
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    private EngleGranger() {}

    /** The test with the regression behind it. Immutable and thread-safe. */
    public static final class Result implements Tabular {
        private final TestResult test;
        private final double[] hedgeRatios;
        private final double[] deterministic;
        private final double[] spread;

        private Result(TestResult test, double[] hedgeRatios, double[] deterministic, double[] spread) {
            this.test = test;
            this.hedgeRatios = hedgeRatios;
            this.deterministic = deterministic;
            this.spread = spread;
        }

        /**
         * The test on the residuals.
         *
         * @return statistic, p-value, lags, rows of the Dickey-Fuller regression
         */
        public TestResult test() {
            return test;
        }

        /**
         * Coefficients of the other series: units of the first that hedge one of theirs.
         *
         * @return a copy, one per regressor; empty if the regression was impossible
         */
        public double[] hedgeRatios() {
            return hedgeRatios.clone();
        }

        /**
         * Coefficients of 1, t and t^2 with t = 1..n, as many as the trend has terms.
         *
         * @return a copy; empty if the regression was impossible
         */
        public double[] deterministic() {
            return deterministic.clone();
        }

        /**
         * The residuals: the first series less its regression, deterministic terms included.
         *
         * @return a copy, one per row; empty if the regression was impossible
         */
        public double[] spread() {
            return spread.clone();
        }

        /** The columns of the test, then one per hedge ratio. */
        @Override
        public List<Column> columns() {
            List<Column> columns = new ArrayList<>(test.columns());
            int last = columns.size() - 2;
            for (int i = 0; i < hedgeRatios.length; i++) {
                columns.add(last + i, new Column("hedge ratio " + (i + 1), List.of(hedgeRatios[i])));
            }
            return List.copyOf(columns);
        }
    }

    /**
     * Tests a pair.
     *
     * @param y the series on the left, oldest value first; not changed
     * @param x the other one, as many values; not changed
     * @param trend deterministic terms of the regression of y on x
     * @param lags rule for the lagged differences of the residuals
     * @return the result
     */
    public static Result test(double[] y, double[] x, Trend trend, Adf.LagRule lags) {
        return test(y, List.of(x), trend, lags);
    }

    /**
     * Tests one series against several.
     *
     * @param y the series on the left, oldest value first; not changed
     * @param x the others, at least one, each as many values; not changed
     * @param trend deterministic terms of the regression of y on x
     * @param lags rule for the lagged differences of the residuals
     * @return the result
     */
    public static Result test(double[] y, List<double[]> x, Trend trend, Adf.LagRule lags) {
        Check.notNull(trend, "trend");
        Check.notNull(lags, "lags");
        Check.that(!x.isEmpty(), "x must hold at least one series");
        for (double[] column : x) {
            Check.that(
                    column.length == y.length,
                    "every series must have " + y.length + " rows as the first has, got " + column.length);
        }
        String complaint = complaint(y, x, trend);
        if (!complaint.isEmpty()) {
            return undefined(complaint);
        }
        double[] spread = spread(y, x, trend);
        double[] coefficients = coefficients(y, x, trend);
        double largest = Samples.largest(y);
        double rms = Math.sqrt(Sums.dot(spread, 0, spread, 0, spread.length) / spread.length);
        // The spread is on the scale at which y lies in [0.5, 2).
        if (!(rms > NOISE * largest * Samples.scale(y, 0, y.length)) || coefficients.length == 0) {
            return undefined("the series obey an exact linear relation, or the regressors depend on each other");
        }
        TestResult adf = Adf.test(spread, Trend.NONE, lags);
        double back = 1 / Samples.scale(y, 0, y.length);
        for (int t = 0; t < spread.length; t++) {
            spread[t] *= back;
        }
        return new Result(
                ofResiduals(adf, trend, x.size() + 1, y.length),
                Arrays.copyOf(coefficients, x.size()),
                Arrays.copyOfRange(coefficients, x.size(), coefficients.length),
                spread);
    }

    /**
     * Tests a pair with either series on the left. Choosing the better of the two p-values without correction rejects too
     * often; twice the smaller one is a safe bound.
     *
     * @param first a series, oldest value first; not changed
     * @param second another one, as many values; not changed
     * @param trend deterministic terms of the regressions
     * @param lags rule for the lagged differences of the residuals
     * @return two results: the first series on the second, then the second on the first
     */
    public static List<Result> bothDirections(double[] first, double[] second, Trend trend, Adf.LagRule lags) {
        return List.of(test(first, second, trend, lags), test(second, first, trend, lags));
    }

    private static TestResult ofResiduals(TestResult adf, Trend trend, int series, int rows) {
        double statistic = adf.statistic();
        if (Double.isNaN(statistic)) {
            return TestResult.undefined(NAME, NULL, adf.lags(), adf.observations(), adf.note());
        }
        String note = series > MacKinnon.MOST_SERIES ? "no p-value for more than six series" : "";
        List<TestResult.CriticalValue> critical = MacKinnon.criticalValues(trend, rows - 1, series);
        if (critical.isEmpty() && note.isEmpty()) {
            note = "no critical values without deterministic terms";
        }
        double p = MacKinnon.pValue(statistic, trend, series);
        return new TestResult(NAME, NULL, statistic, p, adf.lags(), adf.observations(), critical, note);
    }

    private static String complaint(double[] y, List<double[]> x, Trend trend) {
        String complaint = Samples.complaint(y, 0, y.length);
        for (int i = 0; i < x.size() && complaint.isEmpty(); i++) {
            complaint = Samples.complaint(x.get(i), 0, y.length);
        }
        if (complaint.isEmpty() && y.length < x.size() + trend.terms() + 4) {
            complaint = "the series are too short: " + y.length + " rows for " + (x.size() + 1) + " series";
        }
        return complaint;
    }

    private static Result undefined(String note) {
        double[] none = {};
        return new Result(TestResult.undefined(NAME, NULL, 0, 0, note), none, none, none);
    }

    private static double[] spread(double[] y, List<double[]> x, Trend trend) {
        Basis basis = Basis.ofTrend(trend.terms(), y.length, x.size());
        for (double[] column : x) {
            basis.add(Samples.scaled(column));
        }
        double[] spread = Samples.scaled(y);
        basis.residual(spread);
        return spread;
    }

    /** Coefficients of the series, then of 1, t and t^2; empty if the columns depend on each other. */
    private static double[] coefficients(double[] y, List<double[]> x, Trend trend) {
        int k = x.size();
        int terms = trend.terms();
        double[][] columns = new double[k + terms][];
        for (int i = 0; i < k; i++) {
            columns[i] = x.get(i);
        }
        for (int i = 0; i < terms; i++) {
            columns[k + i] = new double[y.length];
            for (int t = 0; t < y.length; t++) {
                columns[k + i][t] = Math.pow(t + 1.0, i);
            }
        }
        LeastSquares fit = LeastSquares.fit(columns, y);
        double[] coefficients = new double[fit.fullRank() ? columns.length : 0];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = fit.coefficient(i);
        }
        return coefficients;
    }
}
