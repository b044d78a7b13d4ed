package org.lama.core.math;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Deadline;

/**
 * Minimises a smooth function by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a backtracking
 * line search (Nocedal and Wright 2006, chapters 3 and 6). A run can be stopped after some iterations and carried on
 * later, so that several starts can race.
 *
 * <p>The rule for stopping is free of scale: the predicted decrease g'Hg/2 falls below a tolerance in units of the
 * function. Points where the function is infinite or NaN are stepped back from. Mutable, single-threaded; an iteration
 * costs O(k^2) and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Bfgs {
    private static final double ARMIJO = 1e-4;
    private static final double MIN_CURVATURE = 1e-12;
    private static final int MAX_BACKTRACKS = 25;
    private static final int WATCH = 10;

    private final Objective objective;
    private final Settings settings;
    private final int size;
    private final double[] initialInverse;
    private final double[] inverse;
    private final double[] step;
    private final double[] image;
    private double[] point;
    private double[] gradient;
    private double[] trialPoint;
    private double[] trialGradient;
    private double value;
    private int evaluations;
    private int iterations;
    private double watched = Double.POSITIVE_INFINITY;
    private boolean fresh = true;
    private State state = State.RUNNING;

    /** A function with its gradient. */
    @FunctionalInterface
    public interface Objective {
        /**
         * Evaluates the function.
         *
         * @param point where; not to be changed
         * @param gradient receives the gradient when the value is finite
         * @return the value; infinite or NaN outside of the function's domain
         */
        double evaluate(double[] point, double[] gradient);
    }

    /** Where a run stands. */
    public enum State {
        /** More iterations may help. */
        RUNNING,
        /** The predicted decrease is below the tolerance. */
        CONVERGED,
        /** Ten iterations together gained less than ten tolerances: a ridge or the border of the domain. */
        FLAT,
        /** No descent was found although the curvature had just been reset. */
        STUCK,
        /** The budget of evaluations is spent. */
        BUDGET,
        /** The deadline came. */
        DEADLINE
    }

    /**
     * Settings of a run.
     *
     * @param tolerance predicted decrease at which to stop, in units of the function, above 0
     * @param maxStep largest change of one coordinate in one step, above 0
     * @param bound coordinates are kept in [-bound, bound], above 0 (may be infinite)
     * @param maxEvaluations budget over the whole run, at least 1
     */
    public record Settings(double tolerance, double maxStep, double bound, int maxEvaluations) {
        /**
         * Checks the ranges.
         *
         * @param tolerance predicted decrease at which to stop, in units of the function, above 0
         * @param maxStep largest change of one coordinate in one step, above 0
         * @param bound coordinates are kept in [-bound, bound], above 0 (may be infinite)
         * @param maxEvaluations budget over the whole run, at least 1
         */
        public Settings {
            Check.positive(tolerance, "tolerance");
            Check.positive(maxStep, "maxStep");
            Check.that(bound > 0, "bound must be > 0, got " + bound);
            Check.atLeast(maxEvaluations, 1, "maxEvaluations");
        }
    }

    /**
     * Prepares a run and evaluates the start.
     *
     * @param objective the function
     * @param start first point; copied
     * @param initialInverseHessian symmetric positive definite, row-major; empty for the identity; not
     *     copied and not to be changed while the run lasts
     * @param settings tolerances and budget
     */
    public Bfgs(Objective objective, double[] start, double[] initialInverseHessian, Settings settings) {
        this.objective = objective;
        this.settings = settings;
        size = start.length;
        Check.that(
                initialInverseHessian.length == 0 || initialInverseHessian.length == size * size,
                "initialInverseHessian must have 0 or " + size * size + " numbers, got "
                        + initialInverseHessian.length);
        initialInverse = initialInverseHessian;
        inverse = new double[size * size];
        step = new double[size];
        image = new double[size];
        point = start.clone();
        gradient = new double[size];
        trialPoint = new double[size];
        trialGradient = new double[size];
        clip(point);
        reset();
        value = objective.evaluate(point, gradient);
        evaluations = 1;
        if (!(value < Double.POSITIVE_INFINITY)) {
            value = Double.POSITIVE_INFINITY;
            state = State.STUCK;
        } else if (size == 0) {
            state = State.CONVERGED;
        }
    }

    /**
     * Carries the run on.
     *
     * @param maxIterations how many iterations at most
     * @param deadline polled before every iteration
     * @return where the run stands now
     */
    public State advance(int maxIterations, Deadline deadline) {
        for (int i = 0; i < maxIterations && state == State.RUNNING; i++) {
            if (deadline.expired()) {
                state = State.DEADLINE;
            } else {
                iterate();
            }
        }
        return state;
    }

    private void iterate() {
        double slope = direction();
        if (!(slope < 0) && !fresh) {
            reset();
            slope = direction();
        }
        if (!(-slope / 2 >= settings.tolerance())) {
            state = slope <= 0 ? State.CONVERGED : State.STUCK;
            return;
        }
        iterations++;
        if (search(slope)) {
            update();
            watch();
        } else if (state == State.RUNNING) {
            if (fresh) {
                state = State.STUCK;
            } else {
                reset();
            }
        }
    }

    /**
     * step = -H g over the coordinates that are free to move, shortened to the largest allowed change and to the bound;
     * returns the slope along it.
     */
    private double direction() {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size && !blocked(i); j++) {
                sum -= blocked(j) ? 0 : inverse[i * size + j] * gradient[j];
            }
            step[i] = sum;
            largest = Math.max(largest, Math.abs(sum));
        }
        double scale = largest > settings.maxStep() ? settings.maxStep() / largest : 1;
        for (int i = 0; i < size; i++) {
            double room = settings.bound() - Math.abs(point[i]);
            if (step[i] * point[i] > 0 && room > 0 && scale * Math.abs(step[i]) > room) {
                scale = room / Math.abs(step[i]);
            }
        }
        double slope = 0;
        for (int i = 0; i < size; i++) {
            step[i] *= scale;
            slope += step[i] * gradient[i];
        }
        return slope;
    }

    /** A coordinate that sits on its bound and wants out stays there. */
    private boolean blocked(int i) {
        return Math.abs(point[i]) >= settings.bound() && gradient[i] * point[i] < 0;
    }

    private boolean search(double slope) {
        double length = 1;
        for (int attempt = 0; attempt < MAX_BACKTRACKS; attempt++) {
            if (evaluations >= settings.maxEvaluations()) {
                state = State.BUDGET;
                return false;
            }
            for (int i = 0; i < size; i++) {
                trialPoint[i] = point[i] + length * step[i];
            }
            clip(trialPoint);
            double trial = objective.evaluate(trialPoint, trialGradient);
            evaluations++;
            if (trial <= value + ARMIJO * length * slope) {
                accept(trial);
                return true;
            }
            double better = -0.5 * slope * length * length / (trial - value - slope * length);
            // NaN and infinite values fall through to the shortest step
            length = better >= 0.1 * length ? Math.min(better, 0.5 * length) : 0.1 * length;
        }
        return false;
    }

    private void watch() {
        if (iterations % WATCH == 0) {
            if (watched - value < WATCH * settings.tolerance()) {
                state = State.FLAT;
            }
            watched = value;
        }
    }

    private void clip(double[] x) {
        for (int i = 0; i < size; i++) {
            x[i] = Math.max(-settings.bound(), Math.min(settings.bound(), x[i]));
        }
    }

    /** Swaps the trial in; afterwards the trial arrays hold the previous point and gradient. */
    private void accept(double trial) {
        value = trial;
        double[] keep = point;
        point = trialPoint;
        trialPoint = keep;
        keep = gradient;
        gradient = trialGradient;
        trialGradient = keep;
    }

    private void update() {
        double curvature = 0;
        for (int i = 0; i < size; i++) {
            curvature += (point[i] - trialPoint[i]) * (gradient[i] - trialGradient[i]);
        }
        fresh = false;
        if (!(curvature > MIN_CURVATURE)) {
            return;
        }
        double quadratic = 0;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += inverse[i * size + j] * (gradient[j] - trialGradient[j]);
            }
            image[i] = sum;
            quadratic += sum * (gradient[i] - trialGradient[i]);
        }
        double factor = (1 + quadratic / curvature) / curvature;
        for (int i = 0; i < size; i++) {
            double si = point[i] - trialPoint[i];
            for (int j = 0; j < size; j++) {
                double sj = point[j] - trialPoint[j];
                inverse[i * size + j] += factor * si * sj - (image[i] * sj + si * image[j]) / curvature;
            }
        }
    }

    private void reset() {
        if (initialInverse.length > 0) {
            System.arraycopy(initialInverse, 0, inverse, 0, inverse.length);
        } else {
            Arrays.fill(inverse, 0);
            for (int i = 0; i < size; i++) {
                inverse[i * size + i] = 1;
            }
        }
        fresh = true;
    }

    /**
     * Where the run stands.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * The best value so far.
     *
     * @return the value, infinite if the start was outside of the domain
     */
    public double value() {
        return value;
    }

    /**
     * The best point so far.
     *
     * @return a copy
     */
    public double[] point() {
        return point.clone();
    }

    /**
     * What the quadratic model of the run promises from here: g'Hg/2.
     *
     * @return the decrease in units of the function, at least 0; infinite outside of the domain
     */
    public double predictedDecrease() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size && !blocked(i); j++) {
                sum += blocked(j) ? 0 : gradient[i] * inverse[i * size + j] * gradient[j];
            }
        }
        return value < Double.POSITIVE_INFINITY ? Math.max(0, 0.5 * sum) : Double.POSITIVE_INFINITY;
    }

    /**
     * The largest absolute component of the gradient at the best point.
     *
     * @return the norm, 0 without parameters
     */
    public double gradientNorm() {
        double norm = 0;
        for (double component : gradient) {
            norm = Math.max(norm, Math.abs(component));
        }
        return norm;
    }

    /**
     * Evaluations spent.
     *
     * @return at least 1
     */
    public int evaluations() {
        return evaluations;
    }

    /**
     * Iterations spent.
     *
     * @return at least 0
     */
    public int iterations() {
        return iterations;
    }
}
