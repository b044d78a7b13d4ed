package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Sums;

/**
 * Test of Kwiatkowski, Phillips, Schmidt and Shin (1992, Journal of Econometrics 54, 159-178): with e the residuals from
 * a level or a line and S their partial sums, the statistic is sum S(t)^2 / (n^2 s^2), where s^2 is the long-run variance
 * of e with Bartlett weights 1 - k / (lags + 1). <b>Null: stationary around the level or line; large values reject.</b>
 *
 * <p>P-values by linear interpolation in the paper's table (10, 5, 2.5 and 1 %), clipped to [0.01, 0.10] with a note. A
 * series with a missing or infinite value, a constant one or, around a line, an exact line gives NaN and a note. The
 * statistic does not change when the series is shifted or multiplied. O(n · lags), stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Kpss {
    private static final String NAME = "KPSS";
    private static final String LEVEL_NULL = "stationary around a level; rejected for large values";
    private static final String LINE_NULL = "stationary around a line; rejected for large values";
    private static final double[] LEVELS = {0.10, 0.05, 0.025, 0.01};
    private static final double[] LEVEL_TABLE = {0.347, 0.463, 0.574, 0.739};
    private static final double[] LINE_TABLE = {0.119, 0.146, 0.176, 0.216};
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    private Kpss() {}

    /**
     * How many lags the long-run variance gets.
     *
     * @param kind the rule
     * @param lags the number for FIXED, 0 else
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
            Check.atLeast(lags, 0, "lags");
        }

        /** Rules. */
        public enum Kind {
            /** A given number. */
            FIXED,
            /** From the data: Hobijn, Franses and Ooms (1998, 2004, Statistica Neerlandica 58, 483-502). */
            AUTOMATIC,
            /** ceil(12 (n / 100)^(1/4)). */
            LEGACY
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
         * The data-driven number of Hobijn, Franses and Ooms, at most n - 1.
         *
         * @return the rule
         */
        public static LagRule automatic() {
            return new LagRule(Kind.AUTOMATIC, 0);
        }

        /**
         * Schwert's ceil(12 (n / 100)^(1/4)), at most n - 1.
         *
         * @return the rule
         */
        public static LagRule legacy() {
            return new LagRule(Kind.LEGACY, 0);
        }
    }

    /**
     * Runs the test.
     *
     * @param y the series, oldest value first; not changed
     * @param trend {@link Trend#CONSTANT} or {@link Trend#CONSTANT_TREND}
     * @param rule rule for the lags of the long-run variance
     * @return statistic, clipped p-value, lags used, rows, critical values at 1, 2.5, 5 and 10 %
     * @throws IllegalArgumentException for another trend
     */
    public static TestResult test(double[] y, Trend trend, LagRule rule) {
        Check.that(
                trend == Trend.CONSTANT || trend == Trend.CONSTANT_TREND,
                "trend must be CONSTANT or CONSTANT_TREND, got " + trend);
        String nullHypothesis = trend == Trend.CONSTANT ? LEVEL_NULL : LINE_NULL;
        int n = y.length;
        String complaint = Samples.complaint(y, 0, n);
        if (complaint.isEmpty() && rule.kind() == LagRule.Kind.FIXED && rule.lags() >= n) {
            complaint = "the series is too short: " + n + " rows for " + rule.lags() + " lags";
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, nullHypothesis, rule.lags(), n, complaint);
        }
        double[] e = Samples.scaled(y);
        double size = Samples.largest(e);
        Samples.detrend(e, trend.terms());
        if (!(Sums.dot(e, 0, e, 0, n) > n * (NOISE * size) * (NOISE * size))) {
            return TestResult.undefined(NAME, nullHypothesis, rule.lags(), n, "the series is an exact line");
        }
        int lags = lags(e, rule);
        return result(nullHypothesis, kernel(e, 0, n, 0, 1, lags), lags, n, trend);
    }

    private static TestResult result(String nullHypothesis, double statistic, int lags, int rows, Trend trend) {
        double[] table = trend == Trend.CONSTANT ? LEVEL_TABLE : LINE_TABLE;
        String note = "";
        if (statistic <= table[0]) {
            note = "the p-value is at least 0.10: the table ends there";
        } else if (statistic >= table[3]) {
            note = "the p-value is at most 0.01: the table ends there";
        }
        List<TestResult.CriticalValue> critical = List.of(
                new TestResult.CriticalValue(LEVELS[3], table[3]),
                new TestResult.CriticalValue(LEVELS[2], table[2]),
                new TestResult.CriticalValue(LEVELS[1], table[1]),
                new TestResult.CriticalValue(LEVELS[0], table[0]));
        return new TestResult(NAME, nullHypothesis, statistic, pValue(statistic, table), lags, rows, critical, note);
    }

    /**
     * The statistic around a level on rows [from, to), without allocation: for the choice of d in automatic ARIMA.
     *
     * @param y the series; not changed
     * @param from first row
     * @param to row after the last
     * @param lags lags of the long-run variance, 0 up to the number of rows minus 1
     * @return the statistic; NaN if the rows are constant, fewer than lags + 1 or not all finite
     */
    public static double statistic(double[] y, int from, int to, int lags) {
        Check.atLeast(lags, 0, "lags");
        Check.that(0 <= from && from <= to && to <= y.length, "rows [" + from + ", " + to + ") outside of " + y.length);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t = from; t < to; t++) {
            if (!Double.isFinite(y[t])) {
                return Double.NaN;
            }
            low = Math.min(low, y[t]);
            high = Math.max(high, y[t]);
        }
        if (low >= high || lags >= to - from) {
            return Double.NaN;
        }
        double scale = Samples.scale(y, from, to);
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += y[t] * scale;
        }
        double centre = sum / (to - from);
        sum = 0;
        for (int t = from; t < to; t++) {
            sum += y[t] * scale - centre;
        }
        return kernel(y, from, to, centre + sum / (to - from), scale, lags);
    }

    /** Statistic of the residuals y * scale - centre. */
    private static double kernel(double[] y, int from, int to, double centre, double scale, int lags) {
        double partial = 0;
        double squares = 0;
        double variance = 0;
        for (int t = from; t < to; t++) {
            double e = y[t] * scale - centre;
            partial += e;
            squares += partial * partial;
            variance += e * e;
        }
        for (int k = 1; k <= lags; k++) {
            double product = 0;
            for (int t = from + k; t < to; t++) {
                product += (y[t] * scale - centre) * (y[t - k] * scale - centre);
            }
            variance += 2 * product * (1 - k / (lags + 1.0));
        }
        int n = to - from;
        return squares / n / variance;
    }

    private static int lags(double[] e, LagRule rule) {
        int n = e.length;
        int lags = switch (rule.kind()) {
            case FIXED -> rule.lags();
            case LEGACY -> Samples.schwert(n);
            case AUTOMATIC -> automatic(e);
        };
        return Math.min(lags, n - 1);
    }

    /** Hobijn, Franses and Ooms: trunc(1.1447 (s1 / s0)^(2/3) n^(1/3)) with trunc(n^(2/9)) autocovariances. */
    private static int automatic(double[] e) {
        int n = e.length;
        int covariances = (int) Math.pow(n, 2.0 / 9);
        double s0 = Sums.dot(e, 0, e, 0, n) / n;
        double s1 = 0;
        for (int k = 1; k <= covariances; k++) {
            double product = Sums.dot(e, k, e, 0, n - k) / (n / 2.0);
            s0 += product;
            s1 += k * product;
        }
        double ratio = s1 / s0;
        double lags = 1.1447 * Math.pow(ratio * ratio, 1.0 / 3) * Math.pow(n, 1.0 / 3);
        // A long-run variance of zero makes the ratio infinite; then the cap n - 1 decides.
        return (int) Math.min(lags, n);
    }

    private static double pValue(double statistic, double[] table) {
        if (Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (statistic <= table[0]) {
            return LEVELS[0];
        }
        for (int i = 1; i < table.length; i++) {
            if (statistic < table[i]) {
                double share = (statistic - table[i - 1]) / (table[i] - table[i - 1]);
                return LEVELS[i - 1] + share * (LEVELS[i] - LEVELS[i - 1]);
            }
        }
        return LEVELS[LEVELS.length - 1];
    }
}
