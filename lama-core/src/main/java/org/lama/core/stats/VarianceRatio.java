package org.lama.core.stats;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.math.Sums;

/**
 * Variance ratio test of Lo and MacKinlay (1988, Review of Financial Studies 1, 41-66): the variance of q-period changes
 * over q times the variance of one-period changes. <b>Null: the series is a random walk (ratio 1); large values of either
 * sign reject (two tails).</b> A positive statistic means that changes follow each other, a negative one that they revert.
 *
 * <p>With N changes, mean m (or 0), s1 = sum (dy - m)^2 / N and sq from all overlapping q-period changes or from blocks
 * side by side, the statistic is sqrt(N) (sq / s1 - 1) / sqrt(v), where v is 2 (2q - 1)(q - 1) / (3q) for overlapping
 * changes, 2 (q - 1) for blocks and, robust against changing variance, sum over k &lt; q of 4 (1 - k / q)^2 d(k) with
 * d(k) = N sum z(t) z(t-k) / (sum z)^2 of the squares z = (dy - m)^2 (Campbell, Lo and MacKinlay 1997, The Econometrics of
 * Financial Markets, equations 2.4.39 to 2.4.43). The normal distribution is reached slowly when q is a large part of N.
 *
 * <p>Blocks side by side need whole blocks: the newest values that do not fill one are left out. A series with a missing or
 * infinite value, a constant one, an exact line and one that is too short give NaN and a note. Nothing changes when the
 * series is multiplied by a positive number or shifted. O(N · q) robust, else O(N); stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class VarianceRatio {
    private static final String NAME = "variance ratio";
    private static final String NULL = "random walk; rejected for large values of either sign";
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    private VarianceRatio() {}

    /**
     * How the variances are estimated.
     *
     * @param robust whether the standard error allows changing variance; only with overlapping changes
     * @param overlap whether all q-period changes count, or only those of blocks side by side
     * @param debiased whether the sums are divided by their degrees of freedom; only with overlapping changes
     * @param drift whether changes have a mean of their own
     */
    public record Options(boolean robust, boolean overlap, boolean debiased, boolean drift) {
        /**
         * All of them on, as arch 8.0.0.
         *
         * @return the options
         */
        public static Options defaults() {
            return new Options(true, true, true, true);
        }

        /**
         * The same with another choice of standard error.
         *
         * @param value whether it allows changing variance
         * @return the options
         */
        public Options withRobust(boolean value) {
            return new Options(value, overlap, debiased, drift);
        }

        /**
         * The same with another choice of changes.
         *
         * @param value whether all q-period changes count
         * @return the options
         */
        public Options withOverlap(boolean value) {
            return new Options(robust, value, debiased, drift);
        }

        /**
         * The same with another divisor.
         *
         * @param value whether the sums are divided by their degrees of freedom
         * @return the options
         */
        public Options withDebiased(boolean value) {
            return new Options(robust, overlap, value, drift);
        }

        /**
         * The same with or without a mean of the changes.
         *
         * @param value whether changes have a mean
         * @return the options
         */
        public Options withDrift(boolean value) {
            return new Options(robust, overlap, debiased, value);
        }
    }

    /**
     * The ratio and its test.
     *
     * @param ratio variance of q-period changes over q times that of one-period changes, at least 0; 1 for a random walk,
     *     NaN if undefined
     * @param test statistic and two-sided p-value; its lags are q, its observations the changes used
     */
    public record Result(double ratio, TestResult test) implements Tabular {
        /**
         * Checks the parts.
         *
         * @param ratio variance ratio, NaN if undefined
         * @param test statistic and p-value
         */
        public Result {
            Check.notNull(test, "test");
        }

        /** The ratio, then the columns of the test. */
        @Override
        public List<Column> columns() {
            List<Column> columns = new ArrayList<>(test.columns());
            columns.add(1, new Column("ratio", List.of(ratio)));
            return List.copyOf(columns);
        }
    }

    /**
     * Runs the test with {@link Options#defaults()}.
     *
     * @param y the series in levels (log prices), oldest value first; not changed
     * @param lags q, at least 2
     * @return ratio and test
     */
    public static Result test(double[] y, int lags) {
        return test(y, lags, Options.defaults());
    }

    /**
     * Runs the test.
     *
     * @param y the series in levels (log prices), oldest value first; not changed
     * @param lags q, at least 2
     * @param options how the variances are estimated
     * @return ratio and test
     */
    public static Result test(double[] y, int lags, Options options) {
        Check.atLeast(lags, 2, "lags");
        Check.notNull(options, "options");
        long required = options.overlap() ? lags + 1L + (options.debiased() ? 1 : 0) : 2L * lags;
        String complaint = Samples.complaint(y, 0, y.length);
        if (complaint.isEmpty() && y.length < required) {
            complaint =
                    "the series is too short: " + y.length + " rows, " + required + " needed for " + lags + " periods";
        }
        if (!complaint.isEmpty()) {
            return undefined(lags, Math.max(0, y.length - 1), complaint);
        }
        int changes = y.length - 1;
        int used = options.overlap() ? changes : changes - changes % lags;
        double[] scaled = Samples.scaled(y);
        double mean = options.drift() ? (scaled[used] - scaled[0]) / used : 0;
        double[] squares = squares(scaled, used, 1, 1, mean);
        double sum1 = sum(squares);
        double noise = used * Math.pow(NOISE * Samples.largest(scaled), 2);
        if (!(sum1 > noise)) {
            return undefined(lags, used, "all changes are equal");
        }
        double sumQ = sum(squares(scaled, used, lags, options.overlap() ? 1 : lags, mean));
        double ratio = ratio(sum1, sumQ, used, lags, options);
        double variance = variance(squares, sum1, lags, options);
        double statistic = Math.sqrt(used) * (ratio - 1) / Math.sqrt(variance);
        if (Double.isNaN(statistic) || Double.isInfinite(statistic)) {
            return undefined(lags, used, "no two neighbouring changes differ from their mean");
        }
        double p = Math.min(1, 2 * Distributions.normalTail(Math.abs(statistic)));
        return new Result(ratio, new TestResult(NAME, NULL, statistic, p, lags, used, List.of(), ""));
    }

    private static Result undefined(int lags, int changes, String note) {
        return new Result(Double.NaN, TestResult.undefined(NAME, NULL, lags, changes, note));
    }

    private static double ratio(double sum1, double sumQ, int used, int lags, Options options) {
        double n = used;
        double q = lags;
        if (!options.overlap()) {
            return sumQ / sum1;
        }
        if (!options.debiased()) {
            return sumQ / (n * q) / (sum1 / n);
        }
        return sumQ / (q * (n - q + 1) * (1 - q / n)) / (sum1 / (n - 1));
    }

    private static double variance(double[] squares, double sum, int lags, Options options) {
        double q = lags;
        if (!options.overlap()) {
            return 2 * (q - 1);
        }
        if (!options.robust()) {
            return 2 * (2 * q - 1) * (q - 1) / (3 * q);
        }
        double variance = 0;
        int n = squares.length;
        for (int k = 1; k < lags; k++) {
            double products = Sums.dot(squares, k, squares, 0, n - k);
            double weight = 1 - k / q;
            variance += 4 * weight * weight * (n * products / (sum * sum));
        }
        return variance;
    }

    /** Squared deviations of the changes over so many periods, each so many rows after the one before. */
    private static double[] squares(double[] y, int used, int periods, int step, double mean) {
        double[] squares = new double[(used - periods) / step + 1];
        for (int i = 0; i < squares.length; i++) {
            int t = i * step;
            double deviation = y[t + periods] - y[t] - periods * mean;
            squares[i] = deviation * deviation;
        }
        return squares;
    }

    private static double sum(double[] x) {
        return Sums.neumaier(x, 0, x.length);
    }
}
