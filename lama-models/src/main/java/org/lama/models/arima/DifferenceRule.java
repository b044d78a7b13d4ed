package org.lama.models.arima;

import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.stats.Adf;
import org.lama.core.stats.Kpss;
import org.lama.core.stats.PhillipsPerron;
import org.lama.core.stats.TestResult;
import org.lama.core.stats.Trend;

/**
 * How the number of differences is chosen. ADF's null is a unit root and KPSS's null is stationarity, so that neither
 * proves the other; ADF and Phillips-Perron difference until the unit root is rejected, KPSS until stationarity is not.
 * Missing values are left out and their neighbours joined for this choice. In a seasonal model the rule sees the series
 * after its seasonal differences.
 *
 * @param kind the test, or FIXED
 * @param d the largest d of a test, or the fixed d itself, 0 to 3
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record DifferenceRule(Kind kind, int d) {
    private static final double ADF_LEVEL = 0.05;
    /** 5 % point of the KPSS statistic around a level. */
    private static final double KPSS_CRITICAL = 0.463;

    /**
     * Checks the parts.
     *
     * @param kind the test, or FIXED
     * @param d the largest d of a test, or the fixed d itself, 0 to 3
     */
    public DifferenceRule {
        Check.notNull(kind, "kind");
        Check.inRange(d, 0, 3, "d");
    }

    /** The test behind the choice. */
    public enum Kind {
        /** Augmented Dickey-Fuller with a constant, lags by AIC, at 5 %. */
        ADF,
        /** Augmented Dickey-Fuller with a constant and one lag, at 5 % (the rule of R's ndiffs). */
        ADF_ONE_LAG,
        /** Phillips-Perron's tau with a constant and trunc(3 sqrt(n) / 13) lags, at 5 % (R's rule). */
        PP,
        /** KPSS around a level with trunc(3 sqrt(n) / 13) lags, at 5 % (R's rule). */
        KPSS,
        /** No test. */
        FIXED
    }

    /**
     * Differences until ADF rejects the unit root.
     *
     * @param maxD largest d
     * @return the rule
     */
    public static DifferenceRule adf(int maxD) {
        return new DifferenceRule(Kind.ADF, maxD);
    }

    /**
     * Differences until ADF with one lag rejects the unit root.
     *
     * @param maxD largest d
     * @return the rule
     */
    public static DifferenceRule adfOneLag(int maxD) {
        return new DifferenceRule(Kind.ADF_ONE_LAG, maxD);
    }

    /**
     * Differences until Phillips-Perron rejects the unit root.
     *
     * @param maxD largest d
     * @return the rule
     */
    public static DifferenceRule phillipsPerron(int maxD) {
        return new DifferenceRule(Kind.PP, maxD);
    }

    /**
     * Differences while KPSS rejects stationarity.
     *
     * @param maxD largest d
     * @return the rule
     */
    public static DifferenceRule kpss(int maxD) {
        return new DifferenceRule(Kind.KPSS, maxD);
    }

    /**
     * Always the same d.
     *
     * @param d the number of differences
     * @return the rule
     */
    public static DifferenceRule fixed(int d) {
        return new DifferenceRule(Kind.FIXED, d);
    }

    /**
     * Applies the rule.
     *
     * @param y the series, NaN where missing
     * @return the number of differences; the present one where a test is undefined (constant, short)
     */
    public int choose(double[] y) {
        if (kind == Kind.FIXED) {
            return d;
        }
        double[] x = observed(y);
        int chosen = 0;
        while (chosen < d && unitRoot(x)) {
            x = difference(x);
            chosen++;
        }
        return chosen;
    }

    /** Whether the rule allows one difference more than the given number. */
    boolean wantsMore(int present) {
        return kind != Kind.FIXED && present < d;
    }

    private boolean unitRoot(double[] x) {
        int lags = (int) (3 * Math.sqrt(x.length) / 13);
        return switch (kind) {
            case KPSS -> lags < x.length && Kpss.statistic(x, 0, x.length, lags) > KPSS_CRITICAL;
            case PP -> keeps(PhillipsPerron.test(x, Trend.CONSTANT, PhillipsPerron.Statistic.TAU, lags));
            case ADF_ONE_LAG -> keeps(Adf.test(x, Trend.CONSTANT, Adf.LagRule.fixed(1)));
            default -> Adf.test(x, Trend.CONSTANT, Adf.LagRule.aic()).pValue() >= ADF_LEVEL;
        };
    }

    /** Whether a unit root is not rejected, by the critical value for this number of rows. */
    private static boolean keeps(TestResult result) {
        return result.statistic() > result.criticalValue(ADF_LEVEL);
    }

    /** The test behind the choice with its statistic at each number of differences, as part of a sentence. */
    String reason(double[] y) {
        if (kind == Kind.FIXED) {
            return "as given";
        }
        StringBuilder text = new StringBuilder("by " + kind + " at 5 %");
        double[] x = observed(y);
        for (int k = 0; k <= d; k++) {
            boolean more = k < d && unitRoot(x);
            text.append(k == 0 ? ": " : ", ").append(k == d ? "no more than " + d : measured(x) + " at d = " + k);
            if (!more) {
                break;
            }
            x = difference(x);
        }
        return text.toString();
    }

    private String measured(double[] x) {
        int lags = (int) (3 * Math.sqrt(x.length) / 13);
        if (kind == Kind.KPSS) {
            double statistic = lags < x.length ? Kpss.statistic(x, 0, x.length, lags) : Double.NaN;
            return String.format(Locale.ROOT, "%.4f against %.4f", statistic, KPSS_CRITICAL);
        }
        TestResult result = switch (kind) {
            case PP -> PhillipsPerron.test(x, Trend.CONSTANT, PhillipsPerron.Statistic.TAU, lags);
            case ADF_ONE_LAG -> Adf.test(x, Trend.CONSTANT, Adf.LagRule.fixed(1));
            default -> Adf.test(x, Trend.CONSTANT, Adf.LagRule.aic());
        };
        return String.format(Locale.ROOT, "%.4f against %.4f", result.statistic(), result.criticalValue(ADF_LEVEL));
    }

    private static double[] observed(double[] y) {
        double[] x = new double[y.length];
        int n = 0;
        for (double value : y) {
            if (Double.isFinite(value)) {
                x[n++] = value;
            }
        }
        return java.util.Arrays.copyOf(x, n);
    }

    private static double[] difference(double[] x) {
        double[] w = new double[Math.max(0, x.length - 1)];
        for (int t = 0; t < w.length; t++) {
            w[t] = x[t + 1] - x[t];
        }
        return w;
    }
}
