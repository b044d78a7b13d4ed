package org.lama.core.search;

/**
 * Walks through the points of a design in the unit cube, one dimension per parameter. Points that constraints forbid or
 * that were handed out already are passed over.
 */
final class DesignSampler extends PointSampler {
    /** Points in [0, 1), by number. */
    interface Design {
        /** Puts one point of the design. */
        void point(long index, double[] out);
    }

    private static final int PASSED_OVER = 10_000;

    private final Design design;
    private final double[] unit;
    private long next;

    DesignSampler(ParameterSpace space, Direction direction, String kind, long seed, Design design) {
        super(space, direction, kind, seed);
        this.design = design;
        this.unit = new double[dimensions().count()];
    }

    @Override
    double[] propose(long trial) {
        double[] point = new double[unit.length];
        for (int i = 0; i < PASSED_OVER; i++) {
            design.point(next++, unit);
            for (int p = 0; p < point.length; p++) {
                point[p] = dimensions().parameters().get(p).fromUnit(unit[p]);
            }
            dimensions().settle(point);
            if (dimensions().satisfies(point) && !isUsed(point)) {
                return point;
            }
        }
        return freshPoint(rng(trial));
    }

    @Override
    void learn(long trial, double[] coordinates, double loss) {
        // A design does not look at values.
    }
}
