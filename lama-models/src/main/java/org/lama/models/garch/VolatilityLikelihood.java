package org.lama.models.garch;

import org.jspecify.annotations.Nullable;

/**
 * Log-likelihood of a volatility model with its gradient by reverse mode: one pass forward for the variances, one back
 * for the derivatives, whatever the number of parameters. Parameters in natural form and in the units of the sample.
 * Mutable scratch, single-threaded; an evaluation allocates nothing.
 */
abstract class VolatilityLikelihood {
    /** ln sqrt(2 pi). */
    static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    final GarchSpec spec;
    final double[] x;
    /** Shocks x_t - mu of the last evaluation. */
    final double[] shock;
    /** Conditional variances of the last evaluation. */
    final double[] variance;

    private @Nullable Curvature scores;

    VolatilityLikelihood(GarchSpec spec, GarchSample sample) {
        this.spec = spec;
        x = sample.x;
        shock = sample.arrays.take(x.length);
        variance = sample.arrays.take(x.length);
    }

    /**
     * The log-likelihood; fills {@link #shock} and {@link #variance}.
     *
     * @param theta parameters
     * @return the value; not finite, or -infinity, outside of the domain
     */
    abstract double value(double[] theta);

    /**
     * The log-likelihood with its gradient.
     *
     * @param theta parameters
     * @param gradient receives the derivatives
     * @return as {@link #value(double[])}
     */
    abstract double evaluate(double[] theta, double[] gradient);

    /**
     * Expected information at some parameters, positive semi-definite; what the search takes for its first metric.
     *
     * @param sample the sample of this likelihood
     * @param theta parameters
     * @return k x k numbers, valid until the next call
     */
    double[] information(GarchSample sample, double[] theta) {
        if (scores == null) {
            scores = Curvature.scores(spec, sample);
        }
        scores.run(theta);
        return scores.information;
    }

    final double mu(double[] theta) {
        return spec.constantMean() ? theta[0] : 0;
    }
}
