package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.lama.core.base.Deadline;
import org.lama.core.math.Bfgs;
import org.lama.core.signal.FitStatus;

/**
 * Several starts on one objective: each runs for a few iterations, those that end at the same place are merged, the best are
 * carried to the end.
 */
final class Race {
    private static final double MAX_STEP = 1.5;
    private static final int RACE_ITERATIONS = 8;
    private static final int POLISH_ITERATIONS = 200;
    private static final double SAME_VALUE = 1e-3;
    private static final double SAME_POINT = 0.05;

    private final Bfgs.Objective objective;
    private final ArimaOptions options;
    private final double tolerance;
    private final double bound;
    private List<Runner> runners = new ArrayList<>();
    private int spent;
    /** Whether some starts were not tried, for lack of budget or time. */
    private boolean exhausted;

    /** A named start with the first inverse Hessian there. */
    static final class Start {
        final String name;
        final double[] u;

        Start(String name, double[] u) {
            this.name = name;
            this.u = u;
        }
    }

    /** Gives the first inverse Hessian at a point. */
    interface Curvature {
        double[] at(double[] u);
    }

    /** One run of the optimiser. */
    record Runner(String name, Bfgs run) {}

    Race(Bfgs.Objective objective, ArimaOptions options, double tolerance, double bound) {
        this.objective = objective;
        this.options = options;
        this.tolerance = tolerance;
        this.bound = bound;
    }

    /** All distinct ends, best first; the first {@code polished} of them were carried to the end. */
    List<Runner> run(List<Start> starts, Curvature curvature, int polished) {
        int budget = options.maxEvaluations();
        for (Start start : starts) {
            if (budget <= 0 || (options.deadline().expired() && !runners.isEmpty())) {
                exhausted = true;
                break;
            }
            Bfgs.Settings settings = new Bfgs.Settings(tolerance, MAX_STEP, bound, budget);
            Bfgs run = new Bfgs(objective, start.u, curvature.at(start.u), settings);
            run.advance(starts.size() == 1 ? POLISH_ITERATIONS : RACE_ITERATIONS, options.deadline());
            budget -= run.evaluations();
            runners.add(new Runner(start.name, run));
        }
        List<Runner> distinct = merged(runners);
        distinct.stream().limit(polished).forEach(this::polish);
        spent = runners.stream().mapToInt(runner -> runner.run().evaluations()).sum();
        runners = merged(distinct);
        return runners;
    }

    void polish(Runner runner) {
        runner.run().advance(POLISH_ITERATIONS, options.deadline());
    }

    int evaluations() {
        return spent;
    }

    boolean exhausted() {
        return exhausted;
    }

    private static List<Runner> merged(List<Runner> runners) {
        return distinct(runners, Runner::run);
    }

    /** Best first, without those that ended where a better one did. */
    static <R> List<R> distinct(List<R> runners, Function<R, Bfgs> run) {
        List<R> sorted = new ArrayList<>(runners);
        sorted.sort(Comparator.comparingDouble(runner -> run.apply(runner).value()));
        List<R> distinct = new ArrayList<>();
        for (R runner : sorted) {
            boolean fresh = run.apply(runner).value() < Double.POSITIVE_INFINITY;
            for (R other : distinct) {
                fresh &= !same(run.apply(runner), run.apply(other));
            }
            if (fresh) {
                distinct.add(runner);
            }
        }
        return distinct;
    }

    private static boolean same(Bfgs a, Bfgs b) {
        return !(Math.abs(a.value() - b.value()) > SAME_VALUE) && near(a.point(), b.point());
    }

    /** Whether two points are the same place for the search. */
    static boolean near(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(x[i] - y[i]) > SAME_POINT) {
                return false;
            }
        }
        return true;
    }

    /** How a run ended, where {@code exhausted} says that some starts were not tried. */
    static FitStatus status(Bfgs run, boolean exhausted, Deadline deadline) {
        int iterations = run.iterations();
        double norm = run.gradientNorm();
        FitStatus.Outcome cut = deadline.expired() ? FitStatus.Outcome.TIMEOUT : FitStatus.Outcome.BUDGET;
        return switch (run.state()) {
            case DEADLINE ->
                new FitStatus(FitStatus.Outcome.TIMEOUT, iterations, norm, "the deadline came before convergence");
            case BUDGET ->
                new FitStatus(FitStatus.Outcome.BUDGET, iterations, norm, "the budget of evaluations ran out");
            case RUNNING -> new FitStatus(FitStatus.Outcome.BUDGET, iterations, norm, "200 iterations did not suffice");
            // a line search that cannot descend any more stands at the rounding floor of the likelihood
            case STUCK, FLAT, CONVERGED ->
                exhausted
                        ? new FitStatus(cut, iterations, norm, "not all starts were tried")
                        : FitStatus.ok(iterations, norm);
        };
    }
}
