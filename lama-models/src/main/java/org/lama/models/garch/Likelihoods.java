package org.lama.models.garch;

/** The likelihood that belongs to a model. */
final class Likelihoods {
    private Likelihoods() {}

    static VolatilityLikelihood of(GarchSpec spec, GarchSample sample) {
        return spec.logarithmic() ? new LogVarianceLikelihood(spec, sample) : new VarianceLikelihood(spec, sample);
    }
}
