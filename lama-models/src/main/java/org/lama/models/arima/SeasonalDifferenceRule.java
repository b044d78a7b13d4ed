package org.lama.models.arima;

import java.util.Arrays;
import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.stats.CanovaHansen;
import org.lama.core.stats.Ocsb;
import org.lama.core.stats.SeasonalStrength;
import org.lama.core.stats.Stl;
import org.lama.core.stats.TestResult;

/**
 * How the number of seasonal differences D is chosen; it is chosen before d, which then looks at the seasonally
 * differenced series. One seasonal difference is taken after the other while the rule asks for it and the series is not
 * constant. Missing rows have no weight in the strength and are filled by season and trend for the tests.
 *
 * @param kind the rule
 * @param d the largest D of a test, or the fixed D itself, 0 to 2
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SeasonalDifferenceRule(Kind kind, int d) {
    private static final double LEVEL = 0.05;
    private static final int MAX = 2;

    /**
     * Checks the parts.
     *
     * @param kind the rule
     * @param d the largest D of a test, or the fixed D itself, 0 to 2
     */
    public SeasonalDifferenceRule {
        Check.notNull(kind, "kind");
        Check.inRange(d, 0, MAX, "D");
    }

    /** What asks for a seasonal difference. */
    public enum Kind {
        /** A seasonal strength above 0.64 in an STL decomposition ({@link SeasonalStrength}); R's default. */
        STRENGTH,
        /** A seasonal unit root that {@link Ocsb} does not reject at 5 %, with the lags of R's forecast. */
        OCSB,
        /** A stable season that {@link CanovaHansen} rejects at 5 %. */
        CH,
        /** No test. */
        FIXED
    }

    /**
     * By seasonal strength, at most one difference: the default.
     *
     * @return the rule
     */
    public static SeasonalDifferenceRule strength() {
        return new SeasonalDifferenceRule(Kind.STRENGTH, 1);
    }

    /**
     * By the test of Osborn, Chui, Smith and Birchenhall, at most one difference.
     *
     * @return the rule
     */
    public static SeasonalDifferenceRule ocsb() {
        return new SeasonalDifferenceRule(Kind.OCSB, 1);
    }

    /**
     * By the test of Canova and Hansen, at most one difference.
     *
     * @return the rule
     */
    public static SeasonalDifferenceRule canovaHansen() {
        return new SeasonalDifferenceRule(Kind.CH, 1);
    }

    /**
     * Always the same D.
     *
     * @param d the number of seasonal differences, 0 to 2
     * @return the rule
     */
    public static SeasonalDifferenceRule fixed(int d) {
        return new SeasonalDifferenceRule(Kind.FIXED, d);
    }

    /**
     * Applies the rule.
     *
     * @param y the series, NaN where missing
     * @param period rows per season, at least 1; 1 has no seasonal difference
     * @return the number of seasonal differences; the present one where the rule is undefined (constant, at most two
     *     periods)
     */
    public int choose(double[] y, int period) {
        Check.notNull(y, "y");
        Check.atLeast(period, 1, "period");
        if (kind == Kind.FIXED || period == 1) {
            return period == 1 ? 0 : d;
        }
        double[] x = trimmed(y);
        int chosen = 0;
        while (chosen < d && asks(x, period)) {
            x = difference(x, period);
            chosen++;
        }
        return chosen;
    }

    private boolean asks(double[] x, int period) {
        SeasonalStrength strength = SeasonalStrength.measure(x, period);
        if (Double.isNaN(strength.seasonal())) {
            return false;
        }
        if (kind == Kind.STRENGTH) {
            return strength.seasonal() > SeasonalStrength.DIFFERENCE_ABOVE;
        }
        double[] filled = filled(x, period, strength.observations());
        if (kind == Kind.CH) {
            return CanovaHansen.test(filled, CanovaHansen.Settings.of(period)).rejects(LEVEL);
        }
        TestResult root = Ocsb.test(filled, period, Ocsb.LagRule.forecast());
        return root.statistic() > root.criticalValue(LEVEL);
    }

    /** The test behind the choice with its statistic at each number of differences, as part of a sentence. */
    String reason(double[] y, int period) {
        if (kind == Kind.FIXED) {
            return "as given";
        }
        StringBuilder text = new StringBuilder("by " + kind);
        double[] x = trimmed(y);
        for (int k = 0; k <= d; k++) {
            boolean more = k < d && asks(x, period);
            text.append(k == 0 ? ": " : ", ")
                    .append(k == d ? "no more than " + d : measured(x, period) + " at D = " + k);
            if (!more) {
                break;
            }
            x = difference(x, period);
        }
        return text.toString();
    }

    private String measured(double[] x, int period) {
        SeasonalStrength strength = SeasonalStrength.measure(x, period);
        if (Double.isNaN(strength.seasonal())) {
            return "undefined";
        }
        double statistic = strength.seasonal();
        double critical = SeasonalStrength.DIFFERENCE_ABOVE;
        if (kind != Kind.STRENGTH) {
            double[] filled = filled(x, period, strength.observations());
            TestResult result = kind == Kind.CH
                    ? CanovaHansen.test(filled, CanovaHansen.Settings.of(period))
                    : Ocsb.test(filled, period, Ocsb.LagRule.forecast());
            statistic = result.statistic();
            critical = result.criticalValue(LEVEL);
        }
        return String.format(Locale.ROOT, "%.4f against %.4f", statistic, critical);
    }

    /** Without missing rows at either end. */
    private static double[] trimmed(double[] y) {
        int from = 0;
        int to = y.length;
        while (from < to && Double.isNaN(y[from])) {
            from++;
        }
        while (to > from && Double.isNaN(y[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(y, from, to);
    }

    private static double[] filled(double[] x, int period, int observations) {
        if (observations == x.length) {
            return x;
        }
        Stl.Decomposition parts = Stl.period(period).decompose(x);
        double[] seasonal = parts.seasonal();
        double[] trend = parts.trend();
        double[] filled = x.clone();
        for (int t = 0; t < x.length; t++) {
            filled[t] = Double.isNaN(x[t]) ? seasonal[t] + trend[t] : x[t];
        }
        return filled;
    }

    /** Differences over a lag; missing where either value is. */
    static double[] difference(double[] x, int lag) {
        double[] w = new double[Math.max(0, x.length - lag)];
        for (int t = 0; t < w.length; t++) {
            w[t] = x[t + lag] - x[t];
        }
        return w;
    }
}
