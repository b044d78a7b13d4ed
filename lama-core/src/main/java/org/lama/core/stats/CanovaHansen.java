package org.lama.core.stats;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Cholesky;

/**
 * Test of Canova and Hansen (1995, Journal of Business and Economic Statistics 13, 237-252) for a stable season, in its
 * trigonometric form: with e the residuals of y on seasonal means, f(t) the cosines and sines of the seasonal frequencies
 * and S(t) the partial sums of f(t) e(t), the statistic is tr(W^-1 sum S(t) S(t)') / n^2, where W is the long-run
 * covariance of f e with Bartlett weights 1 - k / (lags + 1). <b>Null: the seasonal pattern is stable; large values
 * reject</b> (a seasonal unit root at one of the frequencies tested): then a seasonal difference is in place.
 *
 * <p>Lags: round(m (n / 100)^(1/4)) by default, as R's uroot. P-values and critical values come from the limit
 * distribution itself, of which the paper's table 1 holds simulated quantiles; in short series they are approximate.
 *
 * <p>A series with a missing or infinite value, a constant or exactly periodic one, one of fewer than three periods and a
 * singular covariance give NaN and a note. O(n m^2 lags) for the joint test; stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CanovaHansen {
    private static final String NAME = "Canova-Hansen";
    private static final double[] LEVELS = {0.01, 0.025, 0.05, 0.10};
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    private CanovaHansen() {}

    /**
     * Settings of the test.
     *
     * @param period rows per season m, at least 2
     * @param lagged whether y(t-1) is taken out too, which the paper advises where y is not already without a trend
     * @param lags lags of the long-run covariance, {@link #AUTOMATIC} for the rule
     */
    public record Settings(int period, boolean lagged, int lags) {
        /** Stands for round(m (n / 100)^(1/4)). */
        public static final int AUTOMATIC = -1;

        /**
         * Checks the ranges.
         *
         * @param period rows per season m, at least 2
         * @param lagged whether y(t-1) is taken out too
         * @param lags lags of the long-run covariance, {@link #AUTOMATIC} for the rule
         */
        public Settings {
            Check.atLeast(period, 2, "period");
            Check.atLeast(lags, AUTOMATIC, "lags");
        }

        /**
         * Without a lagged value and with the rule for the lags.
         *
         * @param period rows per season, at least 2
         * @return the settings
         */
        public static Settings of(int period) {
            return new Settings(period, false, AUTOMATIC);
        }
    }

    /**
     * The joint test of all seasonal frequencies, m - 1 degrees of freedom.
     *
     * @param y the series, oldest value first; not changed
     * @param settings period, lagged value and lags
     * @return statistic, p-value, lags, rows, critical values at 1, 2.5, 5 and 10 %
     */
    public static TestResult test(double[] y, Settings settings) {
        return run(y, settings, 0, settings.period() - 1, "stable season; rejected for large values");
    }

    /**
     * One test for each seasonal frequency 2 pi j / m, j = 1 to m / 2: 2 degrees of freedom, 1 at j = m / 2.
     *
     * @param y the series, oldest value first; not changed
     * @param settings period, lagged value and lags
     * @return the results in the order of j
     */
    public static List<TestResult> frequencies(double[] y, Settings settings) {
        List<TestResult> results = new ArrayList<>();
        for (int j = 1; j <= settings.period() / 2; j++) {
            int first = 2 * (j - 1);
            int columns = Math.min(2, settings.period() - 1 - first);
            String name = "stable cycle of " + j + " in " + settings.period() + " rows; rejected for large values";
            results.add(run(y, settings, first, columns, name));
        }
        return List.copyOf(results);
    }

    private static TestResult run(double[] y, Settings settings, int first, int columns, String nullHypothesis) {
        int n = y.length;
        String complaint = Samples.complaint(y, 0, n);
        if (complaint.isEmpty() && n < 3 * settings.period()) {
            complaint = "the series is too short: " + n + " rows for a period of " + settings.period();
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, nullHypothesis, Math.max(0, settings.lags()), n, complaint);
        }
        double[] e = residuals(Samples.scaled(y), settings);
        int rows = e.length;
        int lags =
                settings.lags() >= 0 ? settings.lags() : (int) Math.rint(settings.period() * Math.pow(n / 100.0, 0.25));
        double squares = 0;
        for (double value : e) {
            squares += value * value;
        }
        double statistic = squares > rows * NOISE * NOISE
                ? statistic(scores(e, settings.period(), first, columns, n - rows), Math.min(lags, rows - 1))
                : Double.NaN;
        if (Double.isNaN(statistic)) {
            String note = "the series is exactly periodic or the covariance is singular";
            return TestResult.undefined(NAME, nullHypothesis, lags, rows, note);
        }
        List<TestResult.CriticalValue> critical = new ArrayList<>();
        for (double level : LEVELS) {
            critical.add(new TestResult.CriticalValue(level, VonMises.quantile(level, columns)));
        }
        return new TestResult(
                NAME, nullHypothesis, statistic, VonMises.tail(statistic, columns), lags, rows, critical, "");
    }

    /** What seasonal means, and the value before if asked for, leave of the series. */
    private static double[] residuals(double[] y, Settings settings) {
        int m = settings.period();
        if (!settings.lagged()) {
            return withoutSeason(y, m);
        }
        int rows = y.length - 1;
        double[] now = new double[rows];
        double[] before = new double[rows];
        System.arraycopy(y, 1, now, 0, rows);
        System.arraycopy(y, 0, before, 0, rows);
        now = withoutSeason(now, m);
        before = withoutSeason(before, m);
        double cross = 0;
        double square = 0;
        for (int t = 0; t < rows; t++) {
            cross += now[t] * before[t];
            square += before[t] * before[t];
        }
        double slope = square > 0 ? cross / square : 0;
        for (int t = 0; t < rows; t++) {
            now[t] -= slope * before[t];
        }
        return now;
    }

    private static double[] withoutSeason(double[] y, int m) {
        double[] e = y.clone();
        for (int phase = 0; phase < m; phase++) {
            double sum = 0;
            int count = 0;
            for (int t = phase; t < y.length; t += m) {
                sum += y[t];
                count++;
            }
            for (int t = phase; t < y.length; t += m) {
                e[t] -= sum / count;
            }
        }
        return e;
    }

    /** The columns f_i(t) e(t): cosine and sine of each frequency in turn, the alternating sign last for even m. */
    private static double[][] scores(double[] e, int m, int first, int columns, int offset) {
        double[][] scores = new double[columns][e.length];
        for (int c = 0; c < columns; c++) {
            int j = (first + c) / 2 + 1;
            boolean sine = (first + c) % 2 == 1;
            for (int t = 0; t < e.length; t++) {
                double angle = 2 * Math.PI * ((long) j * (t + 1 + offset) % m) / m;
                scores[c][t] = e[t] * (sine ? Math.sin(angle) : Math.cos(angle));
            }
        }
        return scores;
    }

    private static double statistic(double[][] scores, int lags) {
        int k = scores.length;
        int n = scores[0].length;
        double[] covariance = new double[k * k];
        double[] squares = new double[k * k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b <= a; b++) {
                covariance[a * k + b] = longRun(scores[a], scores[b], lags) / n;
            }
        }
        accumulate(scores, squares);
        if (Cholesky.factor(covariance, k) < k) {
            return Double.NaN;
        }
        double trace = 0;
        double[] column = new double[k];
        for (int b = 0; b < k; b++) {
            for (int a = 0; a < k; a++) {
                column[a] = squares[a * k + b];
            }
            Cholesky.solve(covariance, k, column);
            trace += column[b];
        }
        return trace / ((double) n * n);
    }

    private static double longRun(double[] a, double[] b, int lags) {
        int n = a.length;
        double sum = 0;
        for (int t = 0; t < n; t++) {
            sum += a[t] * b[t];
        }
        for (int lag = 1; lag <= lags; lag++) {
            double product = 0;
            for (int t = lag; t < n; t++) {
                product += a[t] * b[t - lag] + b[t] * a[t - lag];
            }
            sum += product * (1 - lag / (lags + 1.0));
        }
        return sum;
    }

    /** The sum over t of the outer product of partial sums. */
    private static void accumulate(double[][] scores, double[] squares) {
        int k = scores.length;
        double[] partial = new double[k];
        for (int t = 0; t < scores[0].length; t++) {
            for (int a = 0; a < k; a++) {
                partial[a] += scores[a][t];
                for (int b = 0; b <= a; b++) {
                    squares[a * k + b] += partial[a] * partial[b];
                }
            }
        }
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < a; b++) {
                squares[b * k + a] = squares[a * k + b];
            }
        }
    }
}
