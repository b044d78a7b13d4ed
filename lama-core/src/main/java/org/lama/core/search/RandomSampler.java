package org.lama.core.search;

/** Independent draws, uniform on the scale of each parameter; choices of conditions are drawn first. */
final class RandomSampler extends PointSampler {
    RandomSampler(ParameterSpace space, Direction direction, long seed) {
        super(space, direction, "random", seed);
    }

    @Override
    double[] propose(long trial) {
        return freshPoint(rng(trial));
    }

    @Override
    void learn(long trial, double[] coordinates, double loss) {
        // Draws do not look at values.
    }
}
