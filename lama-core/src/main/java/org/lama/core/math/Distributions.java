package org.lama.core.math;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Distribution functions and quantiles (Apache Commons Math's special functions behind them). Tails are computed as tails,
 * by the upper regularised gamma and beta functions, so that a probability of 1e-200 keeps its digits. NaN in gives NaN
 * out. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Distributions {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private static final int STEPS = 60;

    private Distributions() {}

    /**
     * Standard normal distribution function.
     *
     * @param x any number
     * @return P(Z &lt;= x)
     */
    public static double normalCdf(double x) {
        return Double.isNaN(x) ? Double.NaN : NORMAL.cumulativeProbability(x);
    }

    /**
     * Upper tail of the standard normal distribution.
     *
     * @param x any number
     * @return P(Z &gt; x)
     */
    public static double normalTail(double x) {
        return Double.isNaN(x) ? Double.NaN : 0.5 * Erf.erfc(x * Math.sqrt(0.5));
    }

    /**
     * Standard normal quantile.
     *
     * @param p probability in [0, 1]
     * @return x with P(Z &lt;= x) = p
     */
    public static double normalQuantile(double p) {
        return Double.isNaN(p) ? Double.NaN : NORMAL.inverseCumulativeProbability(Check.inRange(p, 0, 1, "p"));
    }

    /**
     * Upper tail of the chi-squared distribution.
     *
     * @param x any number
     * @param degreesOfFreedom above 0
     * @return P(X &gt; x)
     */
    public static double chiSquaredTail(double x, double degreesOfFreedom) {
        Check.positive(degreesOfFreedom, "degreesOfFreedom");
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x <= 0) {
            return 1;
        }
        return x == Double.POSITIVE_INFINITY ? 0 : Gamma.regularizedGammaQ(degreesOfFreedom / 2, x / 2);
    }

    /**
     * Student t distribution function.
     *
     * @param x any number
     * @param degreesOfFreedom above 0
     * @return P(T &lt;= x)
     */
    public static double studentCdf(double x, double degreesOfFreedom) {
        return studentTail(-x, degreesOfFreedom);
    }

    /**
     * Upper tail of the Student t distribution.
     *
     * @param x any number
     * @param degreesOfFreedom above 0
     * @return P(T &gt; x)
     */
    public static double studentTail(double x, double degreesOfFreedom) {
        Check.positive(degreesOfFreedom, "degreesOfFreedom");
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        double ratio = x / Math.sqrt(degreesOfFreedom);
        double half = 0.5 * Beta.regularizedBeta(1 / (1 + ratio * ratio), degreesOfFreedom / 2, 0.5);
        return x >= 0 ? half : 1 - half;
    }

    /**
     * Student t quantile, by Newton's steps on the tail (on its logarithm far out) to the last digits. O(1), about ten
     * evaluations of the incomplete beta function.
     *
     * @param p probability in [0, 1]
     * @param degreesOfFreedom above 0
     * @return x with P(T &lt;= x) = p; infinite for 0 and 1, and where it is beyond some 1e154 in size
     */
    public static double studentQuantile(double p, double degreesOfFreedom) {
        Check.positive(degreesOfFreedom, "degreesOfFreedom");
        if (Double.isNaN(p)) {
            return Double.NaN;
        }
        double tail = Math.min(Check.inRange(p, 0, 1, "p"), 1 - p);
        double x = tail == 0 ? Double.POSITIVE_INFINITY : studentUpper(tail, degreesOfFreedom);
        return p < 0.5 ? -x : x;
    }

    /** x with P(T &gt; x) = tail, for a tail in (0, 0.5]. */
    private static double studentUpper(double tail, double nu) {
        // In the middle the tail is convex in x, far out its logarithm is concave in ln x: Newton's steps come from one
        // side.
        boolean middle = tail > 0.2;
        double x = middle ? 0 : Math.max(0.5, -NORMAL.inverseCumulativeProbability(tail < 1e-15 ? 1e-15 : tail));
        for (int i = 0; i < STEPS; i++) {
            double above = studentTail(x, nu);
            double slope = Math.exp(studentLogDensity(x, nu));
            double next =
                    middle ? x + (above - tail) / slope : x * Math.exp(Math.log(above / tail) * above / (x * slope));
            if (!(next < Double.MAX_VALUE)) {
                return Double.POSITIVE_INFINITY;
            }
            if (Math.abs(next - x) <= 1e-15 * Math.abs(next)) {
                return next;
            }
            x = next;
        }
        return x;
    }

    private static double studentLogDensity(double x, double nu) {
        double ratio = Math.abs(x) / Math.sqrt(nu);
        double log = ratio > 1e8 ? 2 * Math.log(ratio) : Math.log1p(ratio * ratio);
        // Gamma((nu + 1) / 2) / (Gamma(nu / 2) Gamma(1 / 2)) is one over the beta function, stable for large nu.
        return -Beta.logBeta(nu / 2, 0.5) - 0.5 * Math.log(nu) - 0.5 * (nu + 1) * log;
    }

    /**
     * Density of the Student t distribution.
     *
     * @param x any number
     * @param degreesOfFreedom above 0
     * @return the density, at least 0
     */
    public static double studentDensity(double x, double degreesOfFreedom) {
        Check.positive(degreesOfFreedom, "degreesOfFreedom");
        return Math.exp(studentLogDensity(x, degreesOfFreedom));
    }

    /**
     * Upper tail of the F distribution.
     *
     * @param x any number
     * @param numerator numerator degrees of freedom, above 0
     * @param denominator denominator degrees of freedom, above 0
     * @return P(F &gt; x)
     */
    public static double fTail(double x, double numerator, double denominator) {
        Check.positive(numerator, "numerator");
        Check.positive(denominator, "denominator");
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        return x <= 0
                ? 1
                : Beta.regularizedBeta(1 / (1 + x * (numerator / denominator)), denominator / 2, numerator / 2);
    }
}
