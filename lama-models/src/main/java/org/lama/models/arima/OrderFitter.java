package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lama.core.math.Bfgs;
import org.lama.core.signal.FitStatus;

/**
 * Fits orders (p,q) of one sample and remembers them, so that each order can start from its smaller neighbours. Several
 * starts race for a few iterations, equal ends are merged, the best are polished, and the winner's likelihood is
 * computed again by an independent Kalman filter. Owned by one thread.
 */
final class OrderFitter {
    private static final double TOLERANCE = 1e-7;
    /** Differences of a long filter cannot resolve more; 1e-5 moves a coefficient by 0.005 standard errors. */
    private static final double TOLERANCE_WITH_GAPS = 1e-5;

    private static final double MAX_STEP = 1.5;
    private static final double BOUND = 5;
    private static final double WIDE_BOUND = 8;
    private static final int RACE_ITERATIONS = 8;
    private static final int POLISH_ITERATIONS = 200;
    /** Starts that race inside a search: those with the highest likelihoods. */
    private static final int SCREENED = 3;

    private static final int SCREENED_ITERATIONS = 4;
    private static final int CHUNK = 4;
    private static final int PARENT_ITERATIONS = 24;
    /** A run that would not be of use even if it gained this many predicted decreases and the slack is given up. */
    private static final double HOPE = 3;

    private static final double SLACK = 0.3;
    private static final double ENOUGH_FILLED = 1e-2;
    private static final int POLISHED = 2;
    private static final int POLISHED_THOROUGH = 6;
    /** Largest difference between the reported likelihood and the Kalman filter's. */
    static final double AGREEMENT = 1e-6;

    private final ArimaSample sample;
    private final ArimaOptions options;
    private final Scratch scratch;
    private final HannanRissanen regressions;
    private final Map<Integer, OrderFit> memo = new TreeMap<>();
    private final Map<Integer, double[]> residualMemo = new TreeMap<>();
    private @Nullable OrderFitter sibling;
    private boolean alone;

    OrderFitter(ArimaSample sample, ArimaOptions options, int largestLag) {
        this.sample = sample;
        this.options = options;
        scratch = sample.scratch();
        regressions = new HannanRissanen(sample.w, largestLag, scratch);
    }

    private static int key(int p, int q) {
        return p * 1_000 + q;
    }

    /** A fit that is already known, or null. */
    @Nullable
    OrderFit known(int p, int q) {
        return p < 0 || q < 0 ? null : memo.get(key(p, q));
    }

    /**
     * Fits with the parents that are known already; for searches.
     *
     * @param floor log-likelihood that the order must exceed to be of use: it is given up as soon as it cannot, and the
     *     Kalman filter is asked only where it does; negative infinity for a fit to be reported in any case
     */
    OrderFit fit(int p, int q, double floor) {
        OrderFit known = known(p, q);
        if (known == null) {
            known = race(p, q, floor);
            memo.put(key(p, q), known);
        }
        return known;
    }

    /** Fits an order by one run from given parameters; for searches that carry an earlier one on. */
    OrderFit fitFrom(int p, int q, double[] u, double floor) {
        OrderFit known = known(p, q);
        if (known == null) {
            known = finish(objective(p, q), List.of(new Start("warm", u)), floor);
            memo.put(key(p, q), known);
        }
        return known;
    }

    /**
     * Carries an order on from a smaller model's optimum, so that it ends at least as high; remembered where it is better
     * than what was known.
     */
    OrderFit lift(int p, int q, OrderFit smaller, double floor) {
        double[] u = new double[p + q];
        System.arraycopy(smaller.u, 0, u, 0, smaller.p);
        System.arraycopy(smaller.u, smaller.p, u, p, smaller.q);
        ArmaObjective filled = objective(p, q);
        ArmaObjective objective = sample.gaps ? observed(p, q) : filled;
        double[] inverse = GaussNewton.inverseHessian(filled, u, sample.w, scratch);
        Start start = new Start("nested", u);
        Bfgs run = new Bfgs(objective, u, inverse, settings(options.maxEvaluations()));
        carryOn(run, objective.valueOf(floor), 0);
        OrderFit fit = chosen(objective, List.of(new Runner(start, run, objective)), run.evaluations(), false, floor);
        OrderFit known = known(p, q);
        if (known != null && (!fit.usable() || fit.logLikelihood <= known.logLikelihood)) {
            return known;
        }
        memo.put(key(p, q), fit);
        return fit;
    }

    /** Fits one order by itself, with its ladder of smaller models as the effort asks. */
    OrderFit fitAlone(int p, int q) {
        alone = true;
        ArimaOptions.Effort effort = options.effort();
        if (effort == ArimaOptions.Effort.THOROUGH) {
            // every smaller model, so that none of them can end higher
            for (int sum = 0; sum < p + q; sum++) {
                for (int i = Math.max(0, sum - q); i <= Math.min(sum, p); i++) {
                    fit(i, sum - i, Double.NEGATIVE_INFINITY);
                }
            }
        } else if (effort == ArimaOptions.Effort.NORMAL) {
            parent(p - 2, q - 2);
            parent(p - 1, q - 1);
            parent(p - 1, q);
            parent(p, q - 1);
        }
        return fit(p, q, Double.NEGATIVE_INFINITY);
    }

    /** A smaller model from its regression start only. */
    private void parent(int p, int q) {
        if (p >= 0 && q >= 0 && known(p, q) == null) {
            List<Start> start = List.of(new Start("hannan-rissanen", regressions.start(p, q)));
            memo.put(key(p, q), finish(objective(p, q), start, Double.POSITIVE_INFINITY));
        }
    }

    /** What the starts race on; with gaps the likelihood of the interpolated series, which is much faster. */
    private ArmaObjective objective(int p, int q) {
        return new ExactLikelihood(sample.w, p, q, sample.constant, scratch);
    }

    /** The likelihood of the observed levels alone. */
    private ArmaObjective observed(int p, int q) {
        return sample.fast() ? ExactLikelihood.of(sample, p, q, scratch) : new LevelLikelihood(sample, p, q);
    }

    /** The other sample of a search (with or without the constant), whose optima are starts for this one. */
    void sibling(OrderFitter other) {
        sibling = other;
    }

    private OrderFit race(int p, int q, double floor) {
        return finish(objective(p, q), starts(p, q), floor);
    }

    /** One starting point. */
    private static final class Start {
        private final String name;
        private final double[] u;

        Start(String name, double[] u) {
            this.name = name;
            this.u = u;
        }
    }

    /** One run of the optimiser. */
    private record Runner(Start start, Bfgs run, ArmaObjective objective) {}

    private List<Start> starts(int p, int q) {
        List<Start> starts = new ArrayList<>();
        starts.add(new Start("hannan-rissanen", regressions.start(p, q)));
        if (p + q == 0 || options.effort() == ArimaOptions.Effort.FAST) {
            return starts;
        }
        OrderFit twin = sibling == null ? null : sibling.known(p, q);
        if (twin != null && twin.usable()) {
            starts.add(new Start("nested", twin.u));
        }
        nested(p, q, starts);
        cancelling(p, q, starts);
        starts.add(new Start("zeros", new double[p + q]));
        if (options.effort() == ArimaOptions.Effort.THOROUGH && p > 0 && q > 0) {
            for (int corner = 0; corner < 4; corner++) {
                double[] u = new double[p + q];
                u[0] = corner % 2 == 0 ? 1 : -1;
                u[p] = corner < 2 ? 1 : -1;
                starts.add(new Start("corner", u));
            }
        }
        return starts;
    }

    private void nested(int p, int q, List<Start> starts) {
        OrderFit shorterAr = known(p - 1, q);
        OrderFit shorterMa = known(p, q - 1);
        if (shorterAr != null && shorterAr.usable()) {
            double[] u = new double[p + q];
            System.arraycopy(shorterAr.u, 0, u, 0, p - 1);
            System.arraycopy(shorterAr.u, p - 1, u, p, q);
            starts.add(new Start("nested", u));
        }
        if (shorterMa != null && shorterMa.usable()) {
            double[] u = Arrays.copyOf(shorterMa.u, p + q);
            starts.add(new Start("nested", u));
        }
    }

    private void cancelling(int p, int q, List<Start> starts) {
        OrderFit smaller = known(p - 1, q - 1);
        if (smaller != null && smaller.usable()) {
            int n = sample.w.length;
            for (double[] u : CancellingFactors.real(smaller.phi, smaller.theta, autocorrelations(smaller), n)) {
                starts.add(new Start("cancelling", u));
            }
        }
        OrderFit smallest = known(p - 2, q - 2);
        if (smallest != null && smallest.usable()) {
            for (double[] u : CancellingFactors.pairs(smallest.phi, smallest.theta, autocorrelations(smallest))) {
                starts.add(new Start("cancelling-pair", u));
            }
            if (options.effort() == ArimaOptions.Effort.THOROUGH) {
                int n = conditionalErrors(smallest);
                for (double[] u : CancellingFactors.narrowPairs(smallest.phi, smallest.theta, scratch.e, n)) {
                    starts.add(new Start("narrow-pair", u));
                }
            }
        }
    }

    /** Autocorrelations of the conditional errors; good enough to score starts. */
    private double[] autocorrelations(OrderFit fit) {
        return residualMemo.computeIfAbsent(key(fit.p, fit.q), unused -> {
            int n = conditionalErrors(fit);
            return CancellingFactors.autocorrelations(scratch.e, n);
        });
    }

    /** Fills the work array of errors; their number. */
    private int conditionalErrors(OrderFit fit) {
        int n = sample.w.length;
        double[] x = scratch.centred;
        for (int t = 0; t < n; t++) {
            x[t] = sample.w[t] - fit.level;
        }
        ArFilter.apply(fit.phi, fit.p, x, scratch.e, n);
        MaFilter.forward(fit.theta, fit.q, scratch.e, n);
        return n;
    }

    private OrderFit finish(ArmaObjective objective, List<Start> starts, double floor) {
        List<Runner> runners = new ArrayList<>();
        boolean thorough = options.effort() == ArimaOptions.Effort.THOROUGH;
        List<Start> screened = thorough || alone || starts.size() <= SCREENED ? starts : screen(objective, starts);
        int laps = thorough || alone ? RACE_ITERATIONS : SCREENED_ITERATIONS;
        int budget = options.maxEvaluations();
        boolean exhausted = false;
        boolean single = screened.size() == 1;
        int first = floor == Double.POSITIVE_INFINITY ? PARENT_ITERATIONS : CHUNK;
        for (Start start : screened) {
            if (budget <= 0 || (options.deadline().expired() && !runners.isEmpty())) {
                exhausted = true;
                break;
            }
            Bfgs run = new Bfgs(
                    objective,
                    start.u,
                    GaussNewton.inverseHessian(objective, start.u, sample.w, scratch),
                    settings(budget));
            run.advance(single ? first : laps, options.deadline());
            budget -= run.evaluations();
            runners.add(new Runner(start, run, objective));
        }
        List<Runner> distinct = merge(runners);
        polish(objective, distinct, thorough ? POLISHED_THOROUGH : POLISHED, floor);
        int evaluations = spent(runners) + (screened == starts ? 0 : starts.size());
        if (!sample.gaps) {
            return chosen(objective, merge(distinct), evaluations, exhausted, floor);
        }
        int carried = thorough ? POLISHED : 1;
        List<Runner> exact = withGaps(objective, merge(distinct), carried, Math.max(1, budget), floor);
        return chosen(exact.get(0).objective(), merge(exact), evaluations + spent(exact), exhausted, floor);
    }

    /** The starts with the highest likelihoods, best first. */
    private List<Start> screen(ArmaObjective objective, List<Start> starts) {
        double[] values = new double[starts.size()];
        List<Integer> ranked = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            values[i] = objective.value(starts.get(i).u);
            ranked.add(i);
        }
        ranked.sort(Comparator.comparingDouble(i -> values[i]));
        List<Start> kept = new ArrayList<>();
        for (int i = 0; i < values.length && kept.size() < SCREENED; i++) {
            boolean fresh = values[ranked.get(i)] < Double.POSITIVE_INFINITY || kept.isEmpty();
            double[] u = starts.get(ranked.get(i)).u;
            for (Start other : kept) {
                fresh &= !Race.near(u, other.u);
            }
            if (fresh) {
                kept.add(starts.get(ranked.get(i)));
            }
        }
        return kept;
    }

    /** Carries the best on until they have converged or cannot be of use any more. */
    private void polish(ArmaObjective objective, List<Runner> ranked, int most, double floor) {
        double best = Double.POSITIVE_INFINITY;
        // what is found on the filled series is carried on elsewhere
        double enough = sample.gaps ? ENOUGH_FILLED : 0;
        for (int i = 0; i < Math.min(most, ranked.size()); i++) {
            Bfgs run = ranked.get(i).run();
            double needed = objective.valueOf(sample.gaps ? Double.NEGATIVE_INFINITY : floor);
            carryOn(run, alone ? needed : Math.min(best, needed), enough);
            best = Math.min(best, run.value());
        }
    }

    /** Some iterations at a time, until a run promises less than enough or cannot reach the value that is needed. */
    private void carryOn(Bfgs run, double needed, double enough) {
        for (int spent = 0; spent < POLISH_ITERATIONS && run.state() == Bfgs.State.RUNNING; spent += CHUNK) {
            double promise = run.predictedDecrease();
            if (promise < enough || run.value() - HOPE * promise - SLACK > needed) {
                return;
            }
            run.advance(CHUNK, options.deadline());
        }
    }

    private static int spent(List<Runner> runners) {
        return runners.stream().mapToInt(runner -> runner.run().evaluations()).sum();
    }

    /** Carries the ends on the interpolated series over to the likelihood of the observed values alone. */
    private List<Runner> withGaps(ArmaObjective filled, List<Runner> ends, int most, int budget, double floor) {
        ArmaObjective level = observed(filled.p, filled.q);
        List<Runner> exact = new ArrayList<>();
        int left = budget;
        List<Start> starts = new ArrayList<>();
        ends.stream()
                .limit(most)
                .forEach(end -> starts.add(new Start(end.start().name, end.run().point())));
        if (starts.isEmpty()) {
            starts.add(new Start("zeros", new double[filled.dimension()]));
        }
        for (Start start : starts) {
            double[] inverse = GaussNewton.inverseHessian(filled, start.u, sample.w, scratch);
            double tolerance = sample.fast() ? TOLERANCE : TOLERANCE_WITH_GAPS;
            Bfgs run = new Bfgs(level, start.u, inverse, new Bfgs.Settings(tolerance, MAX_STEP, BOUND, left));
            carryOn(run, level.valueOf(floor), 0);
            left = Math.max(1, left - run.evaluations());
            exact.add(new Runner(start, run, level));
        }
        return exact;
    }

    private static Bfgs.Settings settings(int budget) {
        return new Bfgs.Settings(TOLERANCE, MAX_STEP, BOUND, budget);
    }

    /** Best first, without those that ended where a better one did. */
    private static List<Runner> merge(List<Runner> runners) {
        return Race.distinct(runners, Runner::run);
    }

    /** The best end; confirmed by the Kalman filter where it may be of use. */
    private OrderFit chosen(
            ArmaObjective objective, List<Runner> ends, int evaluations, boolean exhausted, double floor) {
        if (ends.isEmpty() || objective.logLikelihood(ends.get(0).run().value()) > floor) {
            return verified(objective, ends, evaluations, exhausted);
        }
        Bfgs run = ends.get(0).run();
        double[] u = run.point();
        OrderFit.Origin origin = new OrderFit.Origin(ends.get(0).start().name, ends.size(), evaluations, Double.NaN);
        return new OrderFit(objective, u, objective.value(u), status(run, exhausted), origin);
    }

    /** The best end whose likelihood the Kalman filter confirms. */
    private OrderFit verified(ArmaObjective objective, List<Runner> ends, int evaluations, boolean exhausted) {
        LevelLikelihood check = new LevelLikelihood(sample, objective.p, objective.q);
        int spent = evaluations;
        for (Runner end : ends) {
            Bfgs run = end.run();
            // reached unpolished only when better ends were refused
            run.advance(POLISH_ITERATIONS, options.deadline());
            double[] u = run.point();
            Bfgs wide = widened(objective, run, check);
            if (wide != run) {
                spent += wide.evaluations();
                run = wide;
                u = wide.point();
            }
            double difference = Math.abs(check.value(u) - run.value());
            if (difference <= AGREEMENT) {
                double value = objective.value(u);
                FitStatus status = status(run, exhausted);
                return new OrderFit(
                        objective,
                        u,
                        value,
                        status,
                        new OrderFit.Origin(end.start().name, ends.size(), spent, difference));
            }
        }
        return failed(objective, spent);
    }

    /** A maximum at the edge of the search region is followed outward as far as the Kalman filter agrees. */
    private Bfgs widened(ArmaObjective objective, Bfgs run, LevelLikelihood check) {
        double[] u = run.point();
        boolean edge = false;
        for (double value : u) {
            edge |= Math.abs(value) >= BOUND - 0.01;
        }
        if (!edge || options.deadline().expired()) {
            return run;
        }
        Bfgs.Settings settings = new Bfgs.Settings(TOLERANCE, MAX_STEP, WIDE_BOUND, options.maxEvaluations());
        Bfgs wide = new Bfgs(objective, u, new double[0], settings);
        wide.advance(RACE_ITERATIONS, options.deadline());
        if (wide.value() < run.value() - AGREEMENT) {
            wide.advance(POLISH_ITERATIONS, options.deadline());
        }
        boolean better = wide.value() < run.value() - AGREEMENT
                && Math.abs(check.value(wide.point()) - wide.value()) <= AGREEMENT;
        return better ? wide : run;
    }

    private OrderFit failed(ArmaObjective objective, int evaluations) {
        double[] u = new double[objective.dimension()];
        objective.value(u);
        FitStatus status = new FitStatus(
                FitStatus.Outcome.FALLBACK_RW,
                evaluations,
                Double.NaN,
                "no optimum of order (" + objective.p + "," + objective.q + ") was confirmed by the Kalman filter");
        OrderFit.Origin origin = new OrderFit.Origin("none", 0, evaluations, Double.NaN);
        return new OrderFit(objective, u, Double.POSITIVE_INFINITY, status, origin);
    }

    private FitStatus status(Bfgs run, boolean exhausted) {
        return Race.status(run, exhausted, options.deadline());
    }
}
