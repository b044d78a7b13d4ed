package org.lama.core.search;

import java.util.Arrays;
import org.lama.core.base.Rng;
import org.lama.core.math.SymmetricEigen;

/**
 * The normal distribution of CMA-ES: mean, step size and covariance, moved by ranked points. Weights, rates and the use
 * of the worse half follow Hansen (2016, arXiv:1604.00772, table 1); points from outside are shortened as in Hansen
 * (2011, arXiv:1110.4181). A diagonal scale beside the covariance carries the margin of discrete coordinates (Hamano et
 * al. 2022, doi:10.1145/3512290.3528827). Mutable, for one thread.
 */
final class CovarianceAdaptation {
    private final int n;
    private final int lambda;
    private final double[] weights;
    private final double massPositive;
    private final double sigmaRate;
    private final double damping;
    private final double pathRate;
    private final double rankOne;
    private final double rankMu;
    private final double expectedNorm;

    private final double[] mean;
    private final double[] scale;
    private final double[] covariance;
    private final double[] pathSigma;
    private final double[] pathCovariance;
    private final double[][] axes;
    private final double[] lengths;
    private double sigma;
    private int generation;

    CovarianceAdaptation(double[] mean, double sigma, int lambda) {
        this.n = mean.length;
        this.lambda = lambda;
        this.mean = mean.clone();
        this.sigma = sigma;
        double[] raw = new double[lambda];
        for (int i = 0; i < lambda; i++) {
            raw[i] = StrictMath.log((lambda + 1) / 2.0) - StrictMath.log(i + 1.0);
        }
        int mu = lambda / 2;
        massPositive = effective(raw, 0, mu);
        sigmaRate = (massPositive + 2) / (n + massPositive + 5);
        damping = 1 + 2 * Math.max(0, Math.sqrt((massPositive - 1) / (n + 1)) - 1) + sigmaRate;
        pathRate = (4 + massPositive / n) / (n + 4 + 2 * massPositive / n);
        rankOne = 2 / ((n + 1.3) * (n + 1.3) + massPositive);
        rankMu = Math.min(
                1 - rankOne, 2 * (0.25 + massPositive + 1 / massPositive - 2) / ((n + 2.0) * (n + 2.0) + massPositive));
        expectedNorm = Math.sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
        weights = normalised(raw, mu);
        scale = new double[n];
        Arrays.fill(scale, 1);
        covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            covariance[i * n + i] = 1;
        }
        pathSigma = new double[n];
        pathCovariance = new double[n];
        axes = new double[n][];
        lengths = new double[n];
        decompose();
    }

    private static double effective(double[] raw, int from, int to) {
        double sum = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            sum += raw[i];
            squares += raw[i] * raw[i];
        }
        return sum * sum / squares;
    }

    /** The better half has weights that add up to 1; those of the worse half are negative and bounded. */
    private double[] normalised(double[] raw, int mu) {
        double positive = 0;
        double negative = 0;
        for (double weight : raw) {
            positive += Math.max(0, weight);
            negative -= Math.min(0, weight);
        }
        double massNegative = effective(raw, mu, lambda);
        double bound = Math.min(
                Math.min(1 + rankOne / rankMu, 1 + 2 * massNegative / (massPositive + 2)),
                (1 - rankOne - rankMu) / (n * rankMu));
        double[] result = new double[lambda];
        for (int i = 0; i < lambda; i++) {
            result[i] = raw[i] >= 0 ? raw[i] / positive : raw[i] * bound / negative;
        }
        return result;
    }

    int lambda() {
        return lambda;
    }

    int generation() {
        return generation;
    }

    double[] mean() {
        return mean;
    }

    /** Standard deviation of one coordinate. */
    double deviation(int i) {
        return sigma * scale[i] * Math.sqrt(covariance[i * n + i]);
    }

    /** Whether all coordinates have become so narrow, or the covariance so flat, that nothing is left to learn. */
    boolean isSpent(double narrow) {
        double widest = 0;
        for (int i = 0; i < n; i++) {
            widest = Math.max(widest, deviation(i));
        }
        double ratio = lengths[0] / lengths[n - 1];
        return !(widest > narrow) || !(ratio * ratio < 1e14);
    }

    /** A draw from the distribution. */
    void draw(Rng rng, double[] x) {
        double[] y = new double[n];
        for (int k = 0; k < n; k++) {
            double z = lengths[k] * rng.nextGaussian();
            for (int i = 0; i < n; i++) {
                y[i] += z * axes[k][i];
            }
        }
        for (int i = 0; i < n; i++) {
            x[i] = mean[i] + sigma * scale[i] * y[i];
        }
    }

    /** Moves the distribution towards the points that did not fail, the best first, out of a whole generation. */
    void update(double[][] ranked) {
        generation++;
        int finite = ranked.length;
        double[] used = usableWeights(finite);
        if (used.length == 0) {
            return;
        }
        double[][] steps = new double[finite][];
        double[] step = new double[n];
        for (int i = 0; i < finite; i++) {
            steps[i] = shortened(ranked[i]);
            for (int j = 0; j < n && used[i] > 0; j++) {
                step[j] += used[i] * steps[i][j];
            }
        }
        for (int j = 0; j < n; j++) {
            mean[j] += sigma * scale[j] * step[j];
        }
        boolean steady = movePaths(step);
        moveCovariance(steps, used, steady);
        sigma *= StrictMath.exp(Math.min(1, sigmaRate / damping * (norm(pathSigma) / expectedNorm - 1)));
        decompose();
    }

    /** The weights by rank: positive for the better half, negative for the worse. */
    double[] weights() {
        return weights;
    }

    /** The weights of those that did not fail; the positive ones add up to 1 again. */
    private double[] usableWeights(int finite) {
        double positive = 0;
        for (int i = 0; i < finite; i++) {
            positive += Math.max(0, weights[i]);
        }
        double[] used = positive > 0 ? Arrays.copyOf(weights, finite) : new double[0];
        for (int i = 0; i < used.length; i++) {
            used[i] = weights[i] > 0 ? weights[i] / positive : weights[i];
        }
        return used;
    }

    /** The step from the mean to a point in units of the step size, not longer than a draw would plausibly be. */
    private double[] shortened(double[] x) {
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = (x[i] - mean[i]) / (sigma * scale[i]);
        }
        double length = mahalanobis(y);
        double longest = Math.sqrt(n) + 2.0 * n / (n + 2);
        if (length > longest) {
            for (int i = 0; i < n; i++) {
                y[i] *= longest / length;
            }
        }
        return y;
    }

    private double mahalanobis(double[] y) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double z = dot(axes[k], y) / lengths[k];
            sum += z * z;
        }
        return Math.sqrt(sum);
    }

    /** Cumulates the steps; false while the path of the step size is too long for the rank-one update. */
    private boolean movePaths(double[] step) {
        double fresh = Math.sqrt(sigmaRate * (2 - sigmaRate) * massPositive);
        double[] white = new double[n];
        for (int k = 0; k < n; k++) {
            double z = dot(axes[k], step) / lengths[k];
            for (int i = 0; i < n; i++) {
                white[i] += z * axes[k][i];
            }
        }
        for (int i = 0; i < n; i++) {
            pathSigma[i] = (1 - sigmaRate) * pathSigma[i] + fresh * white[i];
        }
        double settled = Math.sqrt(1 - StrictMath.pow(1 - sigmaRate, 2.0 * generation));
        boolean steady = norm(pathSigma) / settled < (1.4 + 2.0 / (n + 1)) * expectedNorm;
        double gain = steady ? Math.sqrt(pathRate * (2 - pathRate) * massPositive) : 0;
        for (int i = 0; i < n; i++) {
            pathCovariance[i] = (1 - pathRate) * pathCovariance[i] + gain * step[i];
        }
        return steady;
    }

    private void moveCovariance(double[][] steps, double[] used, boolean steady) {
        double total = 0;
        double[] effective = new double[used.length];
        for (int i = 0; i < used.length; i++) {
            total += used[i];
            double length = mahalanobis(steps[i]);
            effective[i] = used[i] >= 0 ? used[i] : used[i] * n / Math.max(length * length, 1e-300);
        }
        double lost = steady ? 0 : rankOne * pathRate * (2 - pathRate);
        double keep = 1 + lost - rankOne - rankMu * total;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < effective.length; k++) {
                    sum += effective[k] * steps[k][i] * steps[k][j];
                }
                double entry = keep * covariance[i * n + j]
                        + rankOne * pathCovariance[i] * pathCovariance[j]
                        + rankMu * sum;
                covariance[i * n + j] = entry;
                covariance[j * n + i] = entry;
            }
        }
    }

    private void decompose() {
        SymmetricEigen eigen = SymmetricEigen.of(covariance.clone(), n);
        double least = eigen.value(0) * 1e-16;
        for (int k = 0; k < n; k++) {
            axes[k] = eigen.vector(k);
            lengths[k] = Math.sqrt(Math.max(eigen.value(k), Math.max(least, Double.MIN_NORMAL)));
        }
    }

    /** Puts the mean of a coordinate, and with it its spread as a multiple of the one it has. */
    void adjust(int i, double newMean, double factor) {
        mean[i] = newMean;
        scale[i] *= factor;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
