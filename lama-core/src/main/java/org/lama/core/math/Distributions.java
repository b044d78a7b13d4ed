package org.lama.core.math;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Distribution functions and quantiles (Apache Commons Math behind them). NaN in gives NaN out. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Distributions {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

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
        return Double.isNaN(x)
                ? Double.NaN
                : 1 - new ChiSquaredDistribution(null, degreesOfFreedom).cumulativeProbability(x);
    }

    /**
     * Student t distribution function.
     *
     * @param x any number
     * @param degreesOfFreedom above 0
     * @return P(T &lt;= x)
     */
    public static double studentCdf(double x, double degreesOfFreedom) {
        return Double.isNaN(x) ? Double.NaN : new TDistribution(null, degreesOfFreedom).cumulativeProbability(x);
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
        return Double.isNaN(x)
                ? Double.NaN
                : 1 - new FDistribution(null, numerator, denominator).cumulativeProbability(x);
    }
}
