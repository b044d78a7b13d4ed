package org.lama.models.garch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Where searches begin: the best points of a grid over reaction, asymmetry and persistence. */
final class GarchStarts {
    private static final double[] REACTIONS = {0.02, 0.05, 0.1, 0.2};
    private static final double[] PERSISTENCES = {0.5, 0.8, 0.95, 0.99};
    private static final double[] ARCH_REACTIONS = {0.05, 0.2, 0.5, 0.8};
    private static final double[] SPLITS = {0, 0.5};
    private static final double[] LOG_REACTIONS = {0.1, 0.25};
    private static final double[] LOG_PERSISTENCES = {0.7, 0.93, 0.985};
    private static final double[] LOG_SPLITS = {-0.08, 0.03};
    private static final double[] FREEDOMS = {4, 8, 25};
    private static final double MIDDLE_FREEDOM = 8;

    private final GarchSpec spec;
    private final GarchSample sample;

    GarchStarts(GarchSpec spec, GarchSample sample) {
        this.spec = spec;
        this.sample = sample;
    }

    /** A start in natural parameters with its likelihood. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Point(double[] theta, double value) {}

    /** The best points of the grid, best first; each with the best of three degrees of freedom. */
    List<double[]> best(int count, VolatilityLikelihood likelihood) {
        List<Point> points = new ArrayList<>();
        for (double[] theta : spec.logarithmic() ? logarithmicGrid() : grid()) {
            double value = likelihood.value(theta);
            if (Double.isFinite(value)) {
                points.add(new Point(theta, value));
            }
        }
        points.sort(Comparator.comparingDouble(point -> -point.value()));
        List<double[]> best = new ArrayList<>();
        for (Point point : points.subList(0, Math.min(count, points.size()))) {
            best.add(spec.student() ? freedom(point.theta(), likelihood) : point.theta());
        }
        return best;
    }

    private double[] freedom(double[] theta, VolatilityLikelihood likelihood) {
        double best = Double.NEGATIVE_INFINITY;
        double[] chosen = theta;
        for (double nu : FREEDOMS) {
            double[] other = theta.clone();
            other[spec.nuAt()] = nu;
            double value = likelihood.value(other);
            if (value > best) {
                best = value;
                chosen = other;
            }
        }
        return chosen;
    }

    private List<double[]> grid() {
        List<double[]> grid = new ArrayList<>();
        for (double split : spec.o() > 0 ? SPLITS : new double[] {0}) {
            if (spec.q() == 0) {
                for (double reaction : ARCH_REACTIONS) {
                    grid.add(point(reaction, split, reaction));
                }
                continue;
            }
            for (double persistence : PERSISTENCES) {
                for (double reaction : REACTIONS) {
                    grid.add(point(reaction, split, persistence));
                }
            }
        }
        return grid;
    }

    /** reaction = sum of alpha + gamma / 2, spread evenly over the lags. */
    private double[] point(double reaction, double split, double persistence) {
        double[] theta = start();
        int lags = Math.max(spec.p(), spec.o());
        double each = reaction / lags;
        for (int i = 0; i < lags; i++) {
            boolean both = i < spec.p() && i < spec.o();
            if (i < spec.p()) {
                theta[spec.alphaAt() + i] = both ? each * (1 - split) : each;
            }
            if (i < spec.o()) {
                theta[spec.gammaAt() + i] = both ? 2 * each * split : 2 * each;
            }
        }
        fillBeta(theta, persistence - reaction);
        theta[spec.omegaAt()] = sample.variance * (1 - persistence);
        return theta;
    }

    private List<double[]> logarithmicGrid() {
        List<double[]> grid = new ArrayList<>();
        for (double persistence : spec.q() > 0 ? LOG_PERSISTENCES : new double[] {0}) {
            for (double reaction : LOG_REACTIONS) {
                for (double split : spec.o() > 0 ? LOG_SPLITS : new double[] {0}) {
                    double[] theta = start();
                    Arrays.fill(theta, spec.alphaAt(), spec.gammaAt(), reaction / spec.p());
                    Arrays.fill(theta, spec.gammaAt(), spec.betaAt(), split / Math.max(1, spec.o()));
                    fillBeta(theta, persistence);
                    theta[spec.omegaAt()] = Math.log(sample.variance) * (1 - persistence);
                    grid.add(theta);
                }
            }
        }
        return grid;
    }

    private double[] start() {
        double[] theta = new double[spec.parameters()];
        if (spec.constantMean()) {
            theta[0] = sample.mean;
        }
        if (spec.student()) {
            theta[spec.nuAt()] = MIDDLE_FREEDOM;
        }
        return theta;
    }

    private void fillBeta(double[] theta, double total) {
        Arrays.fill(theta, spec.betaAt(), spec.betaAt() + spec.q(), total / Math.max(1, spec.q()));
    }
}
