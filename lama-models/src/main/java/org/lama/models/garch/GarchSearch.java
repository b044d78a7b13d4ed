package org.lama.models.garch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
    private static final double SNAP = 1 - 1e-12;
    private static final double RELEASE = 1e-6;
    private static final int MAX_SEGMENTS = 40;
    private static final int KINK_ROUNDS = 4;
    private static final int KINK_NEIGHBOURS = 8;
    private static final int KINKS_TRIED = 3;
    /** Predicted gain of log-likelihood below which an end counts as an optimum. */
    private static final double OPTIMAL = 1e-5;

    private final GarchSpec spec;
    private final GarchSample sample;
    private final GarchOptions options;
    final VolatilityLikelihood likelihood;
    private final GarchTransform transform;
    private final double[] theta;
    private final double[] byTheta;
    private final double[] full;
    /** Coordinates that do not move in the present run: those pressed against the box, and mu on a kink. */
    private final boolean[] frozen;

    private boolean meanFixed;
    /** The metric shared by the climbs from neighbouring kinks; else empty. */
    private double[] kinkMetric = {};

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
        likelihood = Likelihoods.of(spec, sample);
        transform = new GarchTransform(spec, sample);
        theta = new double[spec.parameters()];
        byTheta = new double[spec.parameters()];
        full = new double[spec.parameters()];
        frozen = new boolean[spec.parameters()];
    }

    /** The negative log-likelihood and its gradient by u. */
    double evaluate(double[] u, double[] gradient) {
        transform.apply(u, theta);
        double value = likelihood.evaluate(theta, byTheta);
        transform.pullBack(byTheta, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = frozen[i] ? 0 : -gradient[i];
        }
        return -value;
    }

    /** Climbs from natural parameters; a start that runs into the optimum already known is given up. */
    void climb(double[] start) {
        int number = starts++;
        Bfgs run = rise(transform.invert(start), true);
        if (Double.isFinite(run.value()) && !known(run)) {
            distinct++;
            if (-run.value() > bestValue) {
                keep(run);
                bestStart = number;
            }
        }
    }

    /**
     * One climb. Coordinates that run against the box are frozen and the search starts afresh without them: a BFGS matrix
     * that has learnt from moves in all coordinates is no good guide to a face of the box. At the end of a run frozen
     * coordinates that want back are set free.
     */
    private Bfgs rise(double[] start, boolean mayGiveUp) {
        double[] u = start.clone();
        int left = options.maxEvaluations();
        for (int segment = 1; ; segment++) {
            freeze(u);
            Bfgs run = run(u, Math.max(1, left));
            while (run.advance(RACE, options.deadline()) == Bfgs.State.RUNNING && !pressed(run)) {
                if (mayGiveUp && known(run)) {
                    break;
                }
            }
            left -= run.evaluations();
            evaluations += run.evaluations();
            u = snapped(run);
            boolean over = left <= 0 || segment == MAX_SEGMENTS || run.state() == Bfgs.State.DEADLINE;
            if (over || !Double.isFinite(run.value()) || (mayGiveUp && known(run)) || !facesChanged(u)) {
                return run;
            }
        }
    }

    /** Freezes the coordinates that stand on the box and want out. */
    private void freeze(double[] u) {
        boolean onBox = false;
        for (double coordinate : u) {
            onBox |= Math.abs(coordinate) >= 1;
        }
        if (onBox) {
            gradientInFull(u);
        }
        for (int i = 0; i < u.length; i++) {
            frozen[i] = (meanFixed && i == 0) || (Math.abs(u[i]) >= 1 && full[i] * u[i] <= 0);
        }
    }

    private void gradientInFull(double[] u) {
        Arrays.fill(frozen, false);
        evaluate(u, full);
        evaluations++;
    }

    /** Whether a coordinate that is free to move has come up against the box. */
    private boolean pressed(Bfgs run) {
        double[] point = run.point();
        for (int i = 0; i < point.length; i++) {
            if (!frozen[i] && Math.abs(point[i]) >= SNAP) {
                return true;
            }
        }
        return false;
    }

    private static double[] snapped(Bfgs run) {
        double[] point = run.point();
        for (int i = 0; i < point.length; i++) {
            if (Math.abs(point[i]) >= SNAP) {
                point[i] = Math.signum(point[i]);
            }
        }
        return point;
    }

    /** Whether the coordinates that ought to be frozen at u are others than those that were. */
    private boolean facesChanged(double[] u) {
        boolean[] before = frozen.clone();
        freeze(u);
        for (int i = 0; i < u.length; i++) {
            boolean wants = before[i] && !frozen[i] && Math.abs(full[i]) > RELEASE;
            if (wants || (frozen[i] && !before[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean known(Bfgs run) {
        double[] point = run.point();
        boolean near = found();
        for (int i = 0; near && i < point.length; i++) {
            near &= Math.abs(point[i] - best[i]) < SAME;
        }
        return near && -run.value() < bestValue + GAIN;
    }

    private void keep(Bfgs run) {
        best = snapped(run);
        bestValue = -run.value();
        state = run.state();
    }

    private Bfgs run(double[] u, int budget) {
        Bfgs.Settings settings = new Bfgs.Settings(TOLERANCE, MAX_STEP, 1, budget);
        return new Bfgs(this::evaluate, u, metric(u), settings);
    }

    /** Inverse of the expected information by u, the identity over n where there is none. */
    private double[] metric(double[] u) {
        return kinkMetric.length > 0 ? kinkMetric : freshMetric(u);
    }

    private double[] freshMetric(double[] u) {
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
        double[] byThetas = likelihood.information(sample, theta);
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
        for (int i = 0; i < k * k; i++) {
            boolean cut = i / k != i % k && (frozen[i / k] || frozen[i % k]);
            matrix[i] = cut ? 0 : matrix[i];
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
        double[] sorted = sample.arrays.take(sample.x.length);
        System.arraycopy(sample.x, 0, sorted, 0, sorted.length);
        Arrays.sort(sorted);
        for (int round = 0; round < KINK_ROUNDS && !options.deadline().expired(); round++) {
            double before = bestValue;
            meanFixed = true;
            freeze(best);
            kinkMetric = freshMetric(best);
            for (double[] u : bestNeighbours(sorted)) {
                Bfgs fixed = rise(u, false);
                if (-fixed.value() > bestValue) {
                    keep(fixed);
                }
            }
            kinkMetric = new double[0];
            meanFixed = false;
            if (!(bestValue > before + GAIN)) {
                return;
            }
        }
    }

    /** The best point with mu moved to the few returns nearby that cost least, best first. */
    private List<double[]> bestNeighbours(double[] sorted) {
        transform.apply(best, theta);
        double[] trial = theta.clone();
        int at = Arrays.binarySearch(sorted, trial[0]);
        int middle = at >= 0 ? at : -at - 1;
        int last = Math.min(sorted.length - 1, middle + KINK_NEIGHBOURS);
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = Math.max(0, middle - KINK_NEIGHBOURS); i <= last; i++) {
            trial[0] = sorted[i];
            double value = likelihood.value(trial);
            evaluations++;
            double[] u = best.clone();
            u[0] = transform.invert(trial)[0];
            neighbours.add(new Neighbour(u, value));
        }
        neighbours.sort(Comparator.comparingDouble(neighbour -> -neighbour.value()));
        return neighbours.subList(0, Math.min(KINKS_TRIED, neighbours.size())).stream()
                .map(Neighbour::u)
                .toList();
    }

    /** A point of the box with its likelihood. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Neighbour(double[] u, double value) {}

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
        // at a kink the slope of mu means nothing
        meanFixed = spec.logarithmic() && spec.constantMean();
        gradientInFull(best);
        freeze(best);
        meanFixed = false;
        double[] gradient = full.clone();
        for (int i = 0; i < best.length; i++) {
            gradient[i] = frozen[i] ? 0 : gradient[i];
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
