package org.lama.core.search;

import java.util.Arrays;
import org.lama.core.base.Rng;

/**
 * A mixture over several axes at once: one kernel per observation and a wide one in the middle (the prior). A kernel is
 * a product of truncated normals, of their masses on steps, and of smoothed choices. All axes of a draw come from the
 * same kernel, which is what lets the mixture follow dependences (Falkner, Klein and Hutter 2018, arXiv:1807.01774). On
 * each axis a kernel is as wide as the larger distance to its neighbours (Watanabe 2023, arXiv:2304.11127), but not
 * below a share of the range that shrinks with the number of observations ("magic clipping"). Mutable scratch, for one
 * thread.
 */
final class ParzenEstimator {
    private static final double MOST_KERNELS = 100;
    private static final double ROOT_TWO_PI_LOG = 0.5 * Math.log(2 * Math.PI);

    private final Axis[] axes;
    private final int kernels;
    /** By axis, then kernel; the prior is the last kernel. */
    private final double[][] centres;

    private final double[][] deviations;
    private final double[] cumulative;
    /** Logarithm of weight / (deviations · truncation masses), by kernel. */
    private final double[] logFactors;
    /** Log mass of a step by kind of kernel and distance, NaN where not yet known; by axis. */
    private final double[][] stepMasses;

    private final double[] terms;

    /**
     * Makes the mixture.
     *
     * @param axes of the group
     * @param observations scaled numbers by axis, then observation
     * @param weights by observation, the prior has weight 1
     */
    ParzenEstimator(Axis[] axes, double[][] observations, double[] weights) {
        int n = weights.length;
        this.axes = axes;
        kernels = n + 1;
        centres = new double[axes.length][];
        deviations = new double[axes.length][];
        stepMasses = new double[axes.length][];
        logFactors = new double[kernels];
        terms = new double[kernels];
        cumulative = cumulate(weights);
        for (int k = 0; k < kernels; k++) {
            logFactors[k] = Math.log((k < n ? weights[k] : 1) / cumulative[n]);
        }
        for (int a = 0; a < axes.length; a++) {
            centres[a] = Arrays.copyOf(observations[a], kernels);
            centres[a][n] = (axes[a].low + axes[a].high) / 2;
            deviations[a] = axes[a].choices > 0 ? new double[0] : deviations(axes[a], observations[a]);
            stepMasses[a] = new double[axes[a].steps * (axes[a].steps + 1)];
            Arrays.fill(stepMasses[a], Double.NaN);
            if (axes[a].choices == 0) {
                truncate(a);
            }
        }
    }

    private static double[] cumulate(double[] weights) {
        double[] cumulative = new double[weights.length + 1];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k];
            cumulative[k] = sum;
        }
        cumulative[weights.length] = sum + 1;
        return cumulative;
    }

    private static double smallestDeviation(Axis axis, int observations) {
        return axis.width() / Math.min(MOST_KERNELS, 2.0 + observations);
    }

    private static double[] deviations(Axis axis, double[] observations) {
        int n = observations.length;
        double[] deviations = new double[n + 1];
        deviations[n] = axis.width();
        double smallest = smallestDeviation(axis, n);
        double[] sorted = observations.clone();
        Arrays.sort(sorted);
        for (int k = 0; k < n; k++) {
            int at = Arrays.binarySearch(sorted, observations[k]);
            double left = at > 0 ? sorted[at] - sorted[at - 1] : n == 1 ? sorted[at] - axis.low : 0;
            double right = at < n - 1 ? sorted[at + 1] - sorted[at] : n == 1 ? axis.high - sorted[at] : 0;
            deviations[k] = Math.max(smallest, Math.max(left, right));
        }
        return deviations;
    }

    private void truncate(int a) {
        Axis axis = axes[a];
        boolean stepped = axis.steps > 0;
        for (int k = 0; k < kernels; k++) {
            double sigma = deviations[a][k];
            double mass = NormalMass.between((axis.low - centres[a][k]) / sigma, (axis.high - centres[a][k]) / sigma);
            logFactors[k] -= Math.log(stepped ? mass : mass * sigma) + (stepped ? 0 : ROOT_TWO_PI_LOG);
        }
    }

    /** Draws one point, in scaled numbers that stand on steps where there are steps. */
    void draw(Rng rng, double[] out) {
        double u = rng.nextDouble() * cumulative[kernels - 1];
        int kernel = 0;
        while (kernel < kernels - 1 && u >= cumulative[kernel]) {
            kernel++;
        }
        for (int a = 0; a < axes.length; a++) {
            out[a] = axes[a].choices > 0 ? drawChoice(rng, a, kernel) : drawNumber(rng, a, kernel);
        }
    }

    private double drawNumber(Rng rng, int a, int kernel) {
        Axis axis = axes[a];
        double x;
        do {
            x = centres[a][kernel] + deviations[a][kernel] * rng.nextGaussian();
        } while (!(x >= axis.low && x <= axis.high));
        return axis.steps > 0 ? Math.max(0, Math.min(axis.steps - 1, Math.rint(x))) : x;
    }

    private double drawChoice(Rng rng, int a, int kernel) {
        int choices = axes[a].choices;
        if (kernel < kernels - 1 && rng.nextDouble() < ownShare(choices)) {
            return centres[a][kernel];
        }
        return rng.nextInt(choices);
    }

    /** What a kernel adds to the choice of its observation, over the even share that every choice has. */
    private double ownShare(int choices) {
        return 1 / (1 + (double) choices / kernels);
    }

    /** Natural logarithm of the density at a point. */
    double logDensity(double[] point) {
        System.arraycopy(logFactors, 0, terms, 0, kernels);
        for (int a = 0; a < axes.length; a++) {
            if (axes[a].choices > 0) {
                addChoice(a, point[a]);
            } else if (axes[a].steps > 0) {
                addStep(a, point[a]);
            } else {
                addNumber(a, point[a]);
            }
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            largest = Math.max(largest, term);
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - largest);
        }
        return largest + Math.log(sum);
    }

    private void addNumber(int a, double x) {
        double[] centre = centres[a];
        double[] deviation = deviations[a];
        for (int k = 0; k < kernels; k++) {
            double z = (x - centre[k]) / deviation[k];
            terms[k] -= 0.5 * z * z;
        }
    }

    /** Most kernels have the smallest width or one of a whole number of steps, so that few masses are ever needed. */
    private void addStep(int a, double x) {
        double[] centre = centres[a];
        double[] masses = stepMasses[a];
        int steps = axes[a].steps;
        double smallest = smallestDeviation(axes[a], kernels - 1);
        for (int k = 0; k < kernels; k++) {
            double sigma = deviations[a][k];
            double distance = Math.abs(x - centre[k]);
            boolean known = distance == Math.rint(distance)
                    && (sigma == smallest || (sigma == Math.rint(sigma) && sigma <= steps));
            if (!known) {
                terms[k] += logStepMass(distance, sigma);
                continue;
            }
            int slot = (sigma == smallest ? 0 : (int) sigma * steps) + (int) distance;
            if (Double.isNaN(masses[slot])) {
                masses[slot] = logStepMass(distance, sigma);
            }
            terms[k] += masses[slot];
        }
    }

    private static double logStepMass(double distance, double sigma) {
        double mass = NormalMass.between((distance - 0.5) / sigma, (distance + 0.5) / sigma);
        return Math.log(Math.max(mass, Double.MIN_NORMAL));
    }

    private void addChoice(int a, double choice) {
        int choices = axes[a].choices;
        double own = ownShare(choices);
        double others = Math.log((1 - own) / choices);
        double same = Math.log(own + (1 - own) / choices);
        int last = kernels - 1;
        for (int k = 0; k < last; k++) {
            terms[k] += centres[a][k] == choice ? same : others;
        }
        terms[last] -= Math.log(choices);
    }
}
