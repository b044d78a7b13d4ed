package org.lama.datasets;

import org.lama.core.base.Rng;

/**
 * Fat-tailed innovations with variance 1: a mixture of two normal laws (kurtosis 6.8), whose moment generating function
 * exists, unlike that of Student's t, so that expected simple returns can be set exactly.
 */
final class Innovations {
    private static final double WILD_SHARE = 0.08;
    private static final double WILD_VARIANCE = 2.2 * 2.2;
    private static final double CALM_VARIANCE = (1 - WILD_SHARE * WILD_VARIANCE) / (1 - WILD_SHARE);

    private Innovations() {}

    static double next(Rng rng) {
        double variance = rng.nextDouble() < WILD_SHARE ? WILD_VARIANCE : CALM_VARIANCE;
        return StrictMath.sqrt(variance) * rng.nextGaussian();
    }

    /** log E exp(scale · innovation). */
    static double logMoment(double scale) {
        double half = 0.5 * scale * scale;
        return StrictMath.log((1 - WILD_SHARE) * StrictMath.exp(half * CALM_VARIANCE)
                + WILD_SHARE * StrictMath.exp(half * WILD_VARIANCE));
    }
}
