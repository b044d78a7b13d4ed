package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.LeastSquares;

/**
 * Test of Osborn, Chui, Smith and Birchenhall (1988, Oxford Bulletin of Economics and Statistics 50, 361-377) for a
 * seasonal unit root: with D(t) = y(t) - y(t-m), d(t) = y(t) - y(t-1) and w(t) = D(t) - D(t-1), an autoregression of
 * order p for w gives the filter lambda(B), and the regression w(t) = b1 [lambda(B) D](t-1) + b2 [lambda(B) d](t-m) + sum
 * c(i) w(t-i) + e(t) has the t value of b2 as statistic. <b>Null: a seasonal unit root (b2 = 0); small values reject (left
 * tail)</b>: then the series needs no seasonal difference. The regression has no seasonal means: a strong season that
 * never changes is not told from a seasonal root.
 *
 * <p>There are 5 % critical values only, from R's response surface in the period, hence no p-value (NaN): compare the
 * statistic with {@code criticalValue(0.05)}. A series with a missing or infinite value, a constant one and one that the
 * regression fits without residual or has too few rows for give NaN and a note. O(n p^2), stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Ocsb {
    private static final String NAME = "Osborn-Chui-Smith-Birchenhall";
    private static final String NULL = "seasonal unit root; rejected for small values";
    private static final double LEVEL = 0.05;

    private final double[] y;
    private final int period;

    private Ocsb(double[] y, int period) {
        this.y = y;
        this.period = period;
    }

    /**
     * How many lags of the doubly differenced series enter.
     *
     * @param kind the rule
     * @param lags the number for FIXED, the largest number tried else
     */
    public record LagRule(Kind kind, int lags) {
        /**
         * Checks the number.
         *
         * @param kind the rule
         * @param lags number of lags, see the record
         */
        public LagRule {
            Check.notNull(kind, "kind");
            Check.atLeast(lags, kind == Kind.FORECAST ? 1 : 0, "lags");
        }

        /** Rules. */
        public enum Kind {
            /** A given number. */
            FIXED,
            /** The smallest Akaike criterion among 0..lags on a common sample, ties to fewer lags. */
            AIC,
            /** The smallest Bayes criterion among 0..lags on a common sample, ties to fewer lags. */
            BIC,
            /** One less than the minimiser of Akaike's criterion among 1..lags: what R's forecast does. */
            FORECAST
        }

        /**
         * A fixed number of lags.
         *
         * @param lags at least 0
         * @return the rule
         */
        public static LagRule fixed(int lags) {
            return new LagRule(Kind.FIXED, lags);
        }

        /**
         * The smallest Akaike criterion.
         *
         * @param largest most lags tried, at least 0
         * @return the rule
         */
        public static LagRule aic(int largest) {
            return new LagRule(Kind.AIC, largest);
        }

        /**
         * The smallest Bayes criterion.
         *
         * @param largest most lags tried, at least 0
         * @return the rule
         */
        public static LagRule bic(int largest) {
            return new LagRule(Kind.BIC, largest);
        }

        /**
         * The choice that R's nsdiffs makes: one lag less than the minimiser of Akaike's criterion among 1, 2 and 3.
         *
         * @return the rule
         */
        public static LagRule forecast() {
            return new LagRule(Kind.FORECAST, 3);
        }
    }

    /**
     * Runs the test.
     *
     * @param y the series, oldest value first; not changed
     * @param period rows per season m, at least 2
     * @param rule rule for the lags
     * @return statistic, lags used, regression rows and the critical value at 5 %; the p-value is NaN
     */
    public static TestResult test(double[] y, int period, LagRule rule) {
        Check.atLeast(period, 2, "period");
        Check.notNull(rule, "rule");
        String complaint = Samples.complaint(y, 0, y.length);
        int first = period + 1 + rule.lags();
        if (complaint.isEmpty() && y.length - first <= rule.lags() + 2) {
            complaint = "the series is too short: " + y.length + " rows for a period of " + period + " and "
                    + rule.lags() + " lags";
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, NULL, rule.lags(), y.length, complaint);
        }
        Ocsb test = new Ocsb(Samples.scaled(y), period);
        int lags = test.lags(rule);
        LeastSquares fit = test.fit(lags, period + 1 + lags);
        int rows = y.length - period - 1 - lags;
        double statistic = fit.tStatistic(lags + 1);
        if (!Double.isFinite(statistic) || !test.leavesResiduals(fit, rows)) {
            return TestResult.undefined(NAME, NULL, lags, rows, "the regression leaves no residual or is singular");
        }
        List<TestResult.CriticalValue> critical = List.of(new TestResult.CriticalValue(LEVEL, criticalValue(period)));
        return new TestResult(NAME, NULL, statistic, Double.NaN, lags, rows, critical, "no p-values are known");
    }

    /**
     * The statistic below which a test of size 5 % rejects, smoothed over the period as in R's forecast.
     *
     * @param period rows per season, at least 2
     * @return the value, about -1.95 for 2 rising to -1.65
     */
    public static double criticalValue(int period) {
        double x = Math.log(Check.atLeast(period, 2, "period")) - 0.7656451;
        return -1.652202 - 0.2937411 * Math.exp(-0.2850853 * x - 0.05983644 * x * x);
    }

    private int lags(LagRule rule) {
        if (rule.kind() == LagRule.Kind.FIXED) {
            return rule.lags();
        }
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        int start = rule.kind() == LagRule.Kind.FORECAST ? 1 : 0;
        int first = period + 1 + rule.lags();
        int rows = y.length - first;
        for (int lags = start; lags <= rule.lags(); lags++) {
            double squares = fit(lags, first).residualSumOfSquares();
            double penalty = rule.kind() == LagRule.Kind.BIC ? Math.log(rows) : 2;
            double value = rows * Math.log(squares / rows) + penalty * lags;
            if (value < lowest) {
                lowest = value;
                best = lags - start;
            }
        }
        return best;
    }

    private double seasonal(int t) {
        return y[t] - y[t - period];
    }

    private double step(int t) {
        return y[t] - y[t - 1];
    }

    private double both(int t) {
        return seasonal(t) - seasonal(t - 1);
    }

    /** The test regression on rows first..n-1: lags of w, then the two filtered columns. */
    private LeastSquares fit(int lags, int first) {
        int rows = y.length - first;
        double[] response = new double[rows];
        double[][] columns = new double[lags + 2][rows];
        for (int t = first; t < y.length; t++) {
            response[t - first] = both(t);
            for (int i = 1; i <= lags; i++) {
                columns[i - 1][t - first] = both(t - i);
            }
        }
        LeastSquares filter = LeastSquares.fit(java.util.Arrays.copyOf(columns, lags), response);
        for (int t = first; t < y.length; t++) {
            double left = seasonal(t - 1);
            double right = step(t - period);
            for (int i = 1; i <= lags; i++) {
                double c = filter.coefficient(i - 1);
                left -= c * seasonal(t - 1 - i);
                right -= c * step(t - period - i);
            }
            columns[lags][t - first] = left;
            columns[lags + 1][t - first] = right;
        }
        return LeastSquares.fit(columns, response);
    }

    private boolean leavesResiduals(LeastSquares fit, int rows) {
        double noise = 1e-14 * y.length;
        return fit.fullRank() && fit.residualSumOfSquares() > rows * noise * noise;
    }
}
