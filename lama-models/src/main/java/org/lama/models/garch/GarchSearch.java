package org.lama.models.garch;

import java.util.Arrays;
import org.lama.core.math.Bfgs;
import org.lama.core.math.Cholesky;

/** Climbs the likelihood of one model on one sample from given starts and keeps the best. Mutable, single-threaded. */
final class GarchSearch {
    private static final double TOLERANCE = 1e-9;
    private static final double MAX_STEP = 0.5;
    private static final int RACE = 8;
    private static final double SAME = 0.02;
    private static final double RIDGE = 1e-8;
    private static final double GAIN = 1e-6;
    private static final int KINK_ROUNDS = 4;
    private static final int KINK_NEIGHBOURS = 8;
    /** Predicted gain of log-likelihood below which an end counts as an optimum. */
    private static final double OPTIMAL = 1e-5;

    private final GarchSpec spec;
    private final GarchSample sample;
    private final GarchOptions options;
    final VolatilityLikelihood likelihood;
    private final GarchTransform transform;
    private final double[] theta;
    private final double[] byTheta;
    private boolean meanFixed;

    private double[] best = {};
    private double bestValue = Double.NEGATIVE_INFINITY;
    private Bfgs.State state = Bfgs.State.STUCK;
    private int evaluations;
    private int distinct;
    private int bestStart = -1;
    private int starts;

    GarchSearch(GarchSpec spec, GarchSample sample, GarchOptions options) {
        this.spec = spec;
        this.sample = sample;
        this.options = options;
        likelihood = VolatilityLikelihood.of(spec, sample);
        transform = new GarchTransform(spec, sample);
        theta = new double[spec.parameters()];
        byTheta = new double[spec.parameters()];
    }

    /** The negative log-likelihood and its gradient by u. */
    double evaluate(double[] u, double[] gradient) {
        transform.apply(u, theta);
        double value = likelihood.evaluate(theta, byTheta);
        transform.pullBack(byTheta, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = -gradient[i];
        }
        if (meanFixed) {
            gradient[0] = 0;
        }
        return -value;
    }

    /** Climbs from natural parameters; a start that runs into the optimum already known is given up. */
    void climb(double[] start) {
        int number = starts++;
        double[] u = transform.invert(start);
        Bfgs run = run(u);
        run.advance(RACE, options.deadline());
        if (bestValue > Double.NEGATIVE_INFINITY && known(run)) {
            evaluations += run.evaluations();
            return;
        }
        run.advance(Integer.MAX_VALUE, options.deadline());
        evaluations += run.evaluations();
        if (Double.isFinite(run.value())) {
            distinct++;
            if (-run.value() > bestValue) {
                keep(run);
                bestStart = number;
            }
        }
    }

    private boolean known(Bfgs run) {
        double[] point = run.point();
        boolean near = true;
        for (int i = 0; i < point.length; i++) {
            near &= Math.abs(point[i] - best[i]) < SAME;
        }
        return near && -run.value() < bestValue + GAIN;
    }

    private void keep(Bfgs run) {
        best = run.point();
        bestValue = -run.value();
        state = run.state();
    }

    private Bfgs run(double[] u) {
        Bfgs.Settings settings = new Bfgs.Settings(TOLERANCE, MAX_STEP, 1, options.maxEvaluations());
        return new Bfgs(this::evaluate, u, metric(u), settings);
    }

    /** Inverse of the expected information by u, the identity over n where there is none. */
    private double[] metric(double[] u) {
        int k = u.length;
        double[] factor = informationFactor(u);
        double[] inverse = new double[k * k];
        double[] column = new double[k];
        for (int j = 0; j < k; j++) {
            Arrays.fill(column, 0);
            column[j] = 1;
            if (factor.length > 0) {
                Cholesky.solve(factor, k, column);
            } else {
                column[j] = 1.0 / sample.x.length;
            }
            for (int i = 0; i < k; i++) {
                inverse[i * k + j] = column[i];
            }
        }
        return inverse;
    }

    private double[] informationFactor(double[] u) {
        int k = u.length;
        transform.apply(u, theta);
        double[] byThetas = Curvature.scores(spec, sample, theta).information;
        double[] matrix = new double[k * k];
        double largest = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                matrix[i * k + j] = form(byThetas, i, j);
            }
            largest = Math.max(largest, matrix[i * k + i]);
        }
        for (int i = 0; i < k; i++) {
            matrix[i * k + i] += RIDGE * largest;
        }
        if (meanFixed) {
            for (int i = 1; i < k; i++) {
                matrix[i * k] = 0;
                matrix[i] = 0;
            }
        }
        return Cholesky.factor(matrix, k) == k ? matrix : new double[0];
    }

    private double form(double[] matrix, int i, int j) {
        int k = theta.length;
        double sum = 0;
        for (int a = 0; a < k; a++) {
            double inner = 0;
            for (int b = 0; b < k; b++) {
                inner += matrix[a * k + b] * transform.jacobian[b * k + j];
            }
            sum += transform.jacobian[a * k + i] * inner;
        }
        return sum;
    }

    /**
     * The likelihood of an EGARCH has a kink in mu at every return, and its peak often stands on one, where a smooth search
     * stops short. Tries the neighbouring returns as mu, then climbs in the other parameters.
     */
    void settleOnKinks() {
        if (!spec.logarithmic() || !spec.constantMean() || best.length == 0) {
            return;
        }
        double[] sorted = sample.x.clone();
        Arrays.sort(sorted);
        for (int round = 0; round < KINK_ROUNDS && !options.deadline().expired(); round++) {
            double before = bestValue;
            meanFixed = true;
            Bfgs fixed = run(bestNeighbour(sorted));
            fixed.advance(Integer.MAX_VALUE, options.deadline());
            evaluations += fixed.evaluations();
            meanFixed = false;
            if (-fixed.value() > bestValue) {
                keep(fixed);
            }
            if (!(bestValue > before + GAIN)) {
                return;
            }
        }
    }

    private double[] bestNeighbour(double[] sorted) {
        transform.apply(best, theta);
        double[] trial = theta.clone();
        double mu = trial[0];
        double[] chosen = trial.clone();
        double value = bestValue;
        int at = Arrays.binarySearch(sorted, mu);
        int middle = at >= 0 ? at : -at - 1;
        int last = Math.min(sorted.length - 1, middle + KINK_NEIGHBOURS);
        for (int i = Math.max(0, middle - KINK_NEIGHBOURS); i <= last; i++) {
            trial[0] = sorted[i];
            double other = likelihood.value(trial);
            evaluations++;
            if (other > value) {
                value = other;
                chosen[0] = sorted[i];
            }
        }
        double[] u = best.clone();
        u[0] = transform.invert(chosen)[0];
        return u;
    }

    boolean found() {
        return best.length > 0;
    }

    /** The best parameters in natural form. */
    double[] optimum() {
        transform.apply(best, theta);
        return theta.clone();
    }

    double value() {
        return bestValue;
    }

    Bfgs.State state() {
        return state;
    }

    int evaluations() {
        return evaluations;
    }

    int distinct() {
        return distinct;
    }

    /** Number of the start that led to the best end, in the order of the calls. */
    int bestStart() {
        return bestStart;
    }

    /** Largest component of the gradient by u over the coordinates that are free to move. */
    double gradientNorm() {
        double norm = 0;
        for (double component : freeGradient()) {
            norm = Math.max(norm, Math.abs(component));
        }
        return norm;
    }

    private double[] freeGradient() {
        double[] gradient = new double[best.length];
        evaluate(best, gradient);
        for (int i = 0; i < best.length; i++) {
            boolean blocked = Math.abs(best[i]) >= 1 && gradient[i] * best[i] < 0;
            // at a kink the slope of mu means nothing
            gradient[i] = blocked || (i == 0 && spec.logarithmic() && spec.constantMean()) ? 0 : gradient[i];
        }
        return gradient;
    }

    /** Whether a Newton step under the expected information promises next to nothing. */
    boolean optimal() {
        double[] gradient = freeGradient();
        double[] factor = informationFactor(best);
        if (factor.length == 0) {
            return false;
        }
        Cholesky.forward(factor, gradient.length, gradient);
        double gain = 0;
        for (double part : gradient) {
            gain += 0.5 * part * part;
        }
        return gain < OPTIMAL;
    }
}
