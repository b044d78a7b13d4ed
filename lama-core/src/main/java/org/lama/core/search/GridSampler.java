package org.lama.core.search;

import org.lama.core.base.Check;

/** Every point once, the last parameter turning fastest. */
final class GridSampler extends PointSampler {
    private final Odometer odometer;

    GridSampler(ParameterSpace space, Direction direction, long largest) {
        super(space, direction, "grid", 0);
        Check.that(largest >= 1, "largest must be >= 1, got " + largest);
        space.requireSizeAtMost(largest);
        odometer = new Odometer(space.dimensions());
    }

    @Override
    double[] propose(long trial) {
        while (odometer.advance()) {
            if (!isUsed(odometer.coordinates())) {
                return odometer.coordinates().clone();
            }
        }
        return new double[0];
    }

    @Override
    void learn(long trial, double[] coordinates, double loss) {
        // The grid does not look at values.
    }
}
