package org.lama.core.stats;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.NestedLeastSquares;

/**
 * Augmented Dickey-Fuller test: dy(t) = trend + rho y(t-1) + sum over j = 1..p of c(j) dy(t-j) + e(t). The statistic is
 * the t value of rho. <b>Null: the series has a unit root (rho = 0); small values reject (left tail).</b> Rejecting does
 * not prove stationarity (breaks and changing variance reject too) and not rejecting does not prove a unit root.
 *
 * <p>The number of lags p is fixed or chosen on a common sample (rows that the largest p leaves), then the regression is
 * run again on all rows that p allows, as statsmodels does. P-values of MacKinnon (1994), critical values of MacKinnon
 * (2010) for the number of regression rows.
 *
 * <p>A series with a missing or infinite value, a constant one, one that the regression fits without residual, and one
 * too short for the rule give NaN and a note. The statistic does not change when the series is multiplied by a number
 * or, unless the trend is {@link Trend#NONE}, shifted by one.
 *
 * <p>Cost: O(n m + m^3) for n rows and m lags by one Gram matrix and one Cholesky factor for all lag counts; O(n m^2) by
 * Householder reflections where the columns are close to dependent. Stateless and thread-safe.
 *
 * <p>Said and Dickey (1984), Biometrika 71, 599-607; Schwert (1989), Journal of Business and Economic Statistics 7,
 * 147-159.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Adf {
    private static final String NAME = "augmented Dickey-Fuller";
    private static final String NULL = "unit root; rejected for small values";
    /** Quantile 0.95 of the normal distribution: where the search by t values stops. */
    private static final double SIGNIFICANT = 1.6448536269514722;

    private Adf() {}

    /**
     * How many lagged differences the regression gets.
     *
     * @param kind the rule
     * @param maxLags the number of lags for FIXED, the largest number tried else; {@link #SCHWERT} for the default
     */
    public record LagRule(Kind kind, int maxLags) {
        /** Stands for min(ceil(12 (n / 100)^(1/4)), n / 2 - trend terms - 1), Schwert's rule with statsmodels' cap. */
        public static final int SCHWERT = -1;

        /**
         * Checks the number.
         *
         * @param kind the rule
         * @param maxLags number of lags, see the record
         */
        public LagRule {
            Check.notNull(kind, "kind");
            Check.that(
                    maxLags >= 0 || (maxLags == SCHWERT && kind != Kind.FIXED),
                    "maxLags must be >= 0 for " + kind + ", got " + maxLags);
        }

        /** Rules. */
        public enum Kind {
            /** A given number. */
            FIXED,
            /** The smallest Akaike criterion, ties to fewer lags. */
            AIC,
            /** The smallest Bayes criterion, ties to fewer lags. */
            BIC,
            /** From the largest number down to the first whose last lag has |t| of at least 1.645. */
            T_STATISTIC
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
         * By Akaike's criterion.
         *
         * @return the rule with Schwert's maximum
         */
        public static LagRule aic() {
            return new LagRule(Kind.AIC, SCHWERT);
        }

        /**
         * By the Bayes criterion.
         *
         * @return the rule with Schwert's maximum
         */
        public static LagRule bic() {
            return new LagRule(Kind.BIC, SCHWERT);
        }

        /**
         * By t values from the largest number of lags down.
         *
         * @return the rule with Schwert's maximum
         */
        public static LagRule tStatistic() {
            return new LagRule(Kind.T_STATISTIC, SCHWERT);
        }

        /**
         * The same rule with another maximum.
         *
         * @param lags at least 0
         * @return the rule
         */
        public LagRule withMax(int lags) {
            return new LagRule(kind, Check.atLeast(lags, 0, "lags"));
        }
    }

    /**
     * Runs the test.
     *
     * @param y the series, oldest value first; not changed
     * @param trend deterministic terms of the regression
     * @param lags rule for the number of lagged differences
     * @return statistic, p-value, lags used, regression rows, critical values at 1, 5 and 10 %
     */
    public static TestResult test(double[] y, Trend trend, LagRule lags) {
        Check.notNull(trend, "trend");
        int cap = y.length / 2 - trend.terms() - 1;
        int most = lags.maxLags() == LagRule.SCHWERT ? Math.min(cap, Samples.schwert(y.length)) : lags.maxLags();
        String complaint = Samples.complaint(y, 0, y.length);
        if (complaint.isEmpty() && cap < 0) {
            complaint = "the series is too short: " + y.length + " rows for a regression with this trend";
        } else if (complaint.isEmpty() && most > cap) {
            complaint = "the series is too short: " + y.length + " rows allow at most " + cap
                    + " lags with this trend, " + most + " asked";
        }
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, NULL, Math.max(0, most), 0, complaint);
        }
        AdfRegression regression = new AdfRegression(y, trend);
        int used = lags.kind() == LagRule.Kind.FIXED ? most : choose(regression, trend, most, lags.kind());
        return result(regression, trend, used);
    }

    private static TestResult result(AdfRegression regression, Trend trend, int lags) {
        NestedLeastSquares fit = regression.last(lags);
        int rows = regression.rows(lags);
        String complaint = complaint(regression, fit, rows);
        if (!complaint.isEmpty()) {
            return TestResult.undefined(NAME, NULL, lags, rows, complaint);
        }
        double statistic = fit.tStatistic(fit.columns());
        return new TestResult(
                NAME,
                NULL,
                statistic,
                MacKinnon.pValue(statistic, trend),
                lags,
                rows,
                MacKinnon.criticalValues(trend, rows),
                "");
    }

    /** Why the t value of the last column says nothing, or an empty text. */
    static String complaint(AdfRegression regression, NestedLeastSquares fit, int rows) {
        int columns = fit.columns();
        if (fit.degreesOfFreedom(columns) < 1) {
            return "the series is too short: no degree of freedom is left";
        }
        if (fit.rank(columns) < columns) {
            return "the regressors depend on each other";
        }
        return regression.isExact(fit.residualSumOfSquares(columns), rows)
                ? "the regression fits the series without residual"
                : "";
    }

    /** The number of lags by a rule, among 0 to most on the rows that all of them share. */
    static int choose(AdfRegression regression, Trend trend, int most, LagRule.Kind kind) {
        NestedLeastSquares fit = regression.search(most);
        int first = trend.terms() + 1;
        if (kind == LagRule.Kind.T_STATISTIC) {
            int lags = most;
            while (lags > 0 && !(Math.abs(fit.tStatistic(first + lags)) >= SIGNIFICANT)) {
                lags--;
            }
            return lags;
        }
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int lags = 0; lags <= most; lags++) {
            double criterion = criterion(fit, first + lags, kind);
            if (criterion < lowest) {
                lowest = criterion;
                best = lags;
            }
        }
        return best;
    }

    /** n ln RSS + penalty; a model without a residual degree of freedom or with a redundant column does not compete. */
    private static double criterion(NestedLeastSquares fit, int k, LagRule.Kind kind) {
        if (fit.rank(k) < k || fit.degreesOfFreedom(k) < 1) {
            return Double.POSITIVE_INFINITY;
        }
        int n = fit.degreesOfFreedom(k) + fit.rank(k);
        double penalty = kind == LagRule.Kind.AIC ? 2 : Math.log(n);
        return n * Math.log(fit.residualSumOfSquares(k)) + penalty * k;
    }
}
