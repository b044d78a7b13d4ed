package org.lama.models.garch;

import org.lama.core.base.Rng;

/** Draws standardised shocks: normal, or Student's t scaled to unit variance (Marsaglia and Tsang 2000 for the gamma). */
final class Innovations {
    private final boolean student;
    private final double nu;
    private final Rng rng;

    Innovations(GarchSpec spec, double[] theta, Rng rng) {
        student = spec.student() && Double.isFinite(theta[spec.nuAt()]);
        nu = student ? theta[spec.nuAt()] : Double.NaN;
        this.rng = rng;
    }

    double next() {
        double normal = rng.nextGaussian();
        return student ? normal * Math.sqrt((nu - 2) / (2 * gamma(nu / 2))) : normal;
    }

    /** A gamma variable of shape above 1 and scale 1. */
    private double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = rng.nextGaussian();
            double v = 1 + c * normal;
            if (v > 0) {
                v = v * v * v;
                double bound = 0.5 * normal * normal + d - d * v + d * Math.log(v);
                if (Math.log(1 - rng.nextDouble()) < bound) {
                    return d * v;
                }
            }
        }
    }
}
