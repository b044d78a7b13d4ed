package org.lama.models.arima;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lama.core.math.Bfgs;
import org.lama.core.signal.FitStatus;

/**
 * Fits seasonal orders, also with regressors, of one series at one (d, D, m), and remembers them, so that each order starts
 * from its smaller neighbours too and never ends below them. For an order search: {@link #fit} every candidate (its d, D
 * and m must be those of the fitter; p, q, P, Q, mean and drift are free), compare {@link SeasonalFit#logLikelihood} (it is
 * in units of the series, comparable between all candidates of one fitter), {@link #observations} and {@link #parameters};
 * then {@link #complete} the chosen one. {@link #defect} says beforehand why an order cannot be fitted. Starts: regression
 * (Hannan and Rissanen), the known neighbours with one order less, the same order with other constants, zeros, a corner of
 * large seasonal coefficients. Owned by one thread.
 */
final class SeasonalFitter {
    private static final double TOLERANCE = 1e-7;
    private static final double TOLERANCE_BY_DIFFERENCES = 1e-5;
    private static final double BOUND = 5;
    private static final double WIDE_BOUND = 8;
    private static final int MOST_OUTWARD = 200;
    private static final int POLISHED = 2;
    private static final int POLISHED_THOROUGH = 4;
    /** A state of more elements takes more than a second per fit. */
    static final int LONGEST_LAG = 220;

    private final double[] y;
    private final Regressors x;
    private final ArimaOptions options;
    /** Samples and starts by mean and drift. */
    private final Map<Integer, RegressionSample> samples = new TreeMap<>();

    private final Map<Integer, SeasonalStarts> regressions = new TreeMap<>();
    private final Map<ArimaSpec, SeasonalFit> memo = new HashMap<>();
    /** Smaller models from one start, not confirmed by the filter: starts of larger ones and nothing else. */
    private final Map<ArimaSpec, SeasonalFit> parents = new HashMap<>();

    /**
     * A fitter of one series.
     *
     * @param y the series, NaN where missing
     * @param x as many rows as the series, or no columns
     * @param options budget and effort of each order
     */
    SeasonalFitter(double[] y, Regressors x, ArimaOptions options) {
        this.y = y;
        this.x = x;
        this.options = options;
    }

    private static int key(ArimaSpec spec) {
        return (spec.mean() ? 1 : 0) + (spec.drift() ? 2 : 0);
    }

    /** The sample that an order is fitted on. */
    RegressionSample sample(ArimaSpec spec) {
        return samples.computeIfAbsent(key(spec), k -> RegressionSample.of(y, x, spec));
    }

    /** Why an order cannot be estimated; empty if it can. */
    String defect(ArimaSpec spec) {
        RegressionSample sample = sample(spec);
        if (!sample.defect.isEmpty()) {
            return sample.defect;
        }
        int needed = parameters(spec) + 1;
        return sample.observations < needed
                ? spec + " needs " + needed + " observations after differencing, got " + sample.observations
                : "";
    }

    /** Observations in the likelihood of an order. */
    int observations(ArimaSpec spec) {
        return sample(spec).observations;
    }

    /** Parameters of an order with regressors and variance. */
    int parameters(ArimaSpec spec) {
        return spec.parameters() + x.count();
    }

    /** A fit that is already known, or null. */
    @Nullable
    SeasonalFit known(ArimaSpec spec) {
        return memo.get(spec);
    }

    /** Fits an order without {@link #defect} from its starts and the neighbours that are known already; for searches. */
    SeasonalFit fit(ArimaSpec spec) {
        SeasonalFit fit = memo.get(spec);
        if (fit == null) {
            fit = race(spec, starts(spec));
            memo.put(spec, fit);
        }
        return fit;
    }

    /** Fits one order by itself, with smaller models first as the effort asks. */
    SeasonalFit fitAlone(ArimaSpec spec) {
        if (options.effort() == ArimaOptions.Effort.THOROUGH) {
            ladder(spec);
        } else if (options.effort() == ArimaOptions.Effort.NORMAL) {
            for (int part = 0; part < 4; part++) {
                ArimaSpec parent = smaller(spec, part);
                if (parent != null) {
                    prepare(parent);
                }
            }
            ArimaSpec both = bothSmaller(spec);
            if (both != null) {
                prepare(both);
            }
        }
        return fit(spec);
    }

    /** A smaller model from its regression start only. */
    private void prepare(ArimaSpec spec) {
        if (parent(spec) == null) {
            SeasonalObjective objective = objective(spec);
            Race race = raceOn(objective, spec);
            List<Race.Runner> ends = race.run(List.of(starts(spec).get(0)), curvature(spec), 1);
            if (!ends.isEmpty()) {
                Race.Runner end = ends.get(0);
                double[] u = end.run().point();
                OrderFit.Origin origin = new OrderFit.Origin(end.name(), 1, race.evaluations(), Double.NaN);
                FitStatus status = status(end.run(), race.exhausted());
                parents.put(spec, new SeasonalFit(objective, spec, u, objective.value(u), status, origin));
            }
        }
    }

    /** A smaller model to start from, confirmed or not; null if there is none yet. */
    @Nullable
    private SeasonalFit parent(ArimaSpec spec) {
        SeasonalFit fit = memo.get(spec);
        return fit == null ? parents.get(spec) : fit;
    }

    private Race raceOn(SeasonalObjective objective, ArimaSpec spec) {
        return new Race(objective, options, sample(spec).closed ? TOLERANCE : TOLERANCE_BY_DIFFERENCES, BOUND);
    }

    private Race.Curvature curvature(ArimaSpec spec) {
        SeasonalParameters at = new SeasonalParameters(spec);
        SeasonalStarts regression = regression(spec);
        return u -> regression.inverseHessian(at, u);
    }

    private void ladder(ArimaSpec spec) {
        for (int part = 0; part < 4; part++) {
            ArimaSpec parent = smaller(spec, part);
            if (parent != null && known(parent) == null) {
                ladder(parent);
                fit(parent);
            }
        }
    }

    /** Conditional least squares; the fit's {@code u} are the coefficients themselves. */
    SeasonalFit conditional(ArimaSpec spec) {
        ConditionalSquares objective = new ConditionalSquares(sample(spec), spec);
        SeasonalParameters at = new SeasonalParameters(spec);
        SeasonalStarts regression = regression(spec);
        List<Race.Start> starts = new ArrayList<>();
        at.unpack(at.inverse(regression.regression(at)));
        starts.add(new Race.Start("hannan-rissanen", at.values()));
        if (at.dimension() > 0) {
            starts.add(new Race.Start("zeros", new double[at.dimension()]));
        }
        Race.Curvature curvature = u -> regression.inverseInformation(at, u);
        Race race = new Race(objective.keepInvertible(true), options, TOLERANCE, Double.POSITIVE_INFINITY);
        List<Race.Runner> ends = race.run(starts, curvature, starts.size());
        if (ends.isEmpty() || ends.get(0).run().state() == Bfgs.State.STUCK) {
            // no minimum inside: as in R the moving average may then leave the invertible region
            race = new Race(objective.keepInvertible(false), options, TOLERANCE, Double.POSITIVE_INFINITY);
            ends = race.run(starts, curvature, starts.size());
        }
        if (ends.isEmpty()) {
            return failed(spec, objective, race.evaluations(), "no sum of squares of " + spec + " could be computed");
        }
        Bfgs run = ends.get(0).run();
        double value = objective.value(run.point());
        OrderFit.Origin origin = new OrderFit.Origin(ends.get(0).name(), ends.size(), race.evaluations(), 0);
        return new SeasonalFit(objective, spec, run.point(), value, status(run, race.exhausted()), origin);
    }

    /** Maximum likelihood from the end of conditional least squares, raced against the other starts. */
    SeasonalFit fromConditional(ArimaSpec spec, SeasonalFit conditional) {
        double[] u = new SeasonalParameters(spec).inverse(conditional.coefficients);
        List<Race.Start> starts = new ArrayList<>();
        starts.add(new Race.Start("css", u));
        if (options.effort() != ArimaOptions.Effort.FAST) {
            starts.addAll(starts(spec));
        }
        return race(spec, starts);
    }

    private SeasonalStarts regression(ArimaSpec spec) {
        return regressions.computeIfAbsent(
                key(spec),
                unused -> new SeasonalStarts(sample(spec).w, spec.seasonal().period()));
    }

    /** The chosen order as a public fit. */
    ArimaFit complete(SeasonalFit fit) {
        return SeasonalEstimation.complete(sample(fit.spec), objective(fit.spec), fit, x);
    }

    /** The result of conditional least squares as a public fit. */
    ArimaFit completeConditional(SeasonalFit fit) {
        RegressionSample sample = sample(fit.spec);
        return SeasonalEstimation.complete(sample, new ConditionalSquares(sample, fit.spec), fit, x);
    }

    /** The objective that an order is fitted by. */
    SeasonalObjective objective(ArimaSpec spec) {
        RegressionSample sample = sample(spec);
        return sample.closed ? new SeasonalLikelihood(sample, spec) : new SeasonalKalman(sample, spec);
    }

    /** The order with one coefficient less in part 0 (p), 1 (q), 2 (P) or 3 (Q); null if there is none. */
    @Nullable
    private static ArimaSpec smaller(ArimaSpec spec, int part) {
        int[] order = {spec.p(), spec.q(), spec.seasonal().p(), spec.seasonal().q()};
        if (order[part] == 0) {
            return null;
        }
        order[part]--;
        ArimaSpec.Seasonal old = spec.seasonal();
        ArimaSpec.Seasonal seasonal = new ArimaSpec.Seasonal(order[2], old.d(), order[3], old.period());
        return new ArimaSpec(order[0], spec.d(), order[1], seasonal, spec.mean(), spec.drift());
    }

    /** The order with p and q smaller by one; null if there is none. */
    @Nullable
    private static ArimaSpec bothSmaller(ArimaSpec spec) {
        ArimaSpec one = smaller(spec, 0);
        return one == null ? null : smaller(one, 1);
    }

    private List<Race.Start> starts(ArimaSpec spec) {
        SeasonalParameters at = new SeasonalParameters(spec);
        int k = at.dimension();
        SeasonalStarts regression = regression(spec);
        List<Race.Start> starts = new ArrayList<>();
        starts.add(new Race.Start("hannan-rissanen", at.inverse(regression.regression(at))));
        if (k == 0 || options.effort() == ArimaOptions.Effort.FAST) {
            return starts;
        }
        nested(spec, starts);
        cancelling(spec, starts);
        starts.add(new Race.Start("zeros", new double[k]));
        if (spec.seasonal().p() > 0 && spec.seasonal().q() > 0) {
            // a seasonal pattern that moves slowly
            double[] u = new double[k];
            u[at.p + at.q] = 1.5;
            u[at.p + at.q + at.seasonalP] = 0.6;
            starts.add(new Race.Start("corner", u));
        }
        if (options.effort() == ArimaOptions.Effort.THOROUGH) {
            corners(at, starts);
        }
        return starts;
    }

    private void nested(ArimaSpec spec, List<Race.Start> starts) {
        for (int part = 0; part < 4; part++) {
            ArimaSpec parent = smaller(spec, part);
            SeasonalFit fit = parent == null ? null : parent(parent);
            if (fit != null && fit.usable()) {
                starts.add(new Race.Start("nested", inserted(fit, part)));
            }
        }
        for (int constants = 0; constants < 4; constants++) {
            boolean mean = constants % 2 == 1;
            boolean drift = constants >= 2;
            int differences = spec.d() + spec.seasonal().d();
            boolean other = mean != spec.mean() || drift != spec.drift();
            if (other && (!mean || differences == 0) && (!drift || differences <= 1)) {
                SeasonalFit fit = known(new ArimaSpec(spec.p(), spec.d(), spec.q(), spec.seasonal(), mean, drift));
                if (fit != null && fit.usable()) {
                    starts.add(new Race.Start("nested", fit.u));
                }
            }
        }
    }

    /** Nearly cancelling factors on top of the model with p and q smaller by one. */
    private void cancelling(ArimaSpec spec, List<Race.Start> starts) {
        ArimaSpec both = bothSmaller(spec);
        if (both == null) {
            return;
        }
        SeasonalFit fit = parent(both);
        if (fit == null || !fit.usable()) {
            return;
        }
        SeasonalParameters at = new SeasonalParameters(both);
        at.set(fit.coefficients);
        double[] e = errors(fit, at);
        double[] rho = CancellingFactors.autocorrelations(e, e.length);
        for (double[] block : CancellingFactors.real(at.phi, at.theta, rho, e.length)) {
            double[] u = new double[fit.u.length + 2];
            System.arraycopy(block, 0, u, 0, block.length);
            int rest = at.p + at.q;
            System.arraycopy(fit.u, rest, u, block.length, fit.u.length - rest);
            starts.add(new Race.Start("cancelling", u));
        }
    }

    /** Conditional errors; good enough to score starts. */
    private double[] errors(SeasonalFit fit, SeasonalParameters at) {
        RegressionSample sample = sample(fit.spec);
        double[] e = sample.w.clone();
        for (int c = 0; c < fit.gamma.length; c++) {
            for (int t = 0; t < e.length; t++) {
                e[t] -= fit.gamma[c] * sample.columns[c][t];
            }
        }
        CascadeFilter.autoregress(at.phi, 1, e, e.length);
        CascadeFilter.autoregress(at.seasonalPhi, at.period, e, e.length);
        CascadeFilter.invert(at.theta, 1, e, e.length);
        CascadeFilter.invert(at.seasonalTheta, at.period, e, e.length);
        return e;
    }

    /** The parameters of a smaller model with a zero at the end of one part. */
    private static double[] inserted(SeasonalFit fit, int part) {
        ArimaSpec spec = fit.spec;
        int[] sizes = {spec.p(), spec.q(), spec.seasonal().p(), spec.seasonal().q()};
        int at = 0;
        for (int i = 0; i <= part; i++) {
            at += sizes[i];
        }
        double[] u = new double[fit.u.length + 1];
        System.arraycopy(fit.u, 0, u, 0, at);
        System.arraycopy(fit.u, at, u, at + 1, fit.u.length - at);
        return u;
    }

    private static void corners(SeasonalParameters at, List<Race.Start> starts) {
        int[] first = {0, at.p, at.p + at.q, at.p + at.q + at.seasonalP};
        int[] sizes = {at.p, at.q, at.seasonalP, at.seasonalQ};
        for (int corner = 0; corner < 16; corner++) {
            double[] u = new double[at.dimension()];
            boolean fresh = true;
            for (int part = 0; part < 4; part++) {
                boolean negative = (corner >> part) % 2 == 1;
                fresh &= sizes[part] > 0 || !negative;
                if (sizes[part] > 0) {
                    u[first[part]] = negative ? -1 : 1;
                }
            }
            if (fresh) {
                starts.add(new Race.Start("corner", u));
            }
        }
    }

    private SeasonalFit race(ArimaSpec spec, List<Race.Start> starts) {
        SeasonalObjective objective = objective(spec);
        Race race = raceOn(objective, spec);
        int polished = options.effort() == ArimaOptions.Effort.THOROUGH ? POLISHED_THOROUGH : POLISHED;
        List<Race.Runner> ends = race.run(starts, curvature(spec), polished);
        return verified(spec, objective, race, ends);
    }

    /** The best end whose likelihood the Kalman filter confirms. */
    private SeasonalFit verified(ArimaSpec spec, SeasonalObjective objective, Race race, List<Race.Runner> ends) {
        SeasonalKalman check = new SeasonalKalman(sample(spec), spec);
        int spent = race.evaluations();
        for (Race.Runner end : ends) {
            // reached unpolished only when better ends were refused
            race.polish(end);
            Bfgs run = widened(objective, end.run(), check);
            spent += run == end.run() ? 0 : run.evaluations();
            double[] u = run.point();
            double difference = Math.abs(check.value(u) - run.value());
            if (difference <= OrderFitter.AGREEMENT) {
                double value = objective.value(u);
                OrderFit.Origin origin = new OrderFit.Origin(end.name(), ends.size(), spent, difference);
                return new SeasonalFit(objective, spec, u, value, status(run, race.exhausted()), origin);
            }
        }
        return failed(spec, objective, spent, "no optimum of " + spec + " was confirmed by the Kalman filter");
    }

    private static SeasonalFit failed(ArimaSpec spec, SeasonalObjective objective, int spent, String reason) {
        double[] zeros = new double[objective.parameters.dimension()];
        objective.value(zeros);
        FitStatus status = new FitStatus(FitStatus.Outcome.FALLBACK_RW, spent, Double.NaN, reason);
        OrderFit.Origin origin = new OrderFit.Origin("none", 0, spent, Double.NaN);
        return new SeasonalFit(objective, spec, zeros, Double.POSITIVE_INFINITY, status, origin);
    }

    /** A maximum at the edge of the search region is followed outward as far as the Kalman filter agrees. */
    private Bfgs widened(SeasonalObjective objective, Bfgs run, SeasonalKalman check) {
        double[] u = run.point();
        boolean edge = false;
        for (double value : u) {
            edge |= Math.abs(value) >= BOUND - 0.01;
        }
        if (!edge || options.deadline().expired()) {
            return run;
        }
        double tolerance = objective.sample.closed ? TOLERANCE : TOLERANCE_BY_DIFFERENCES;
        Bfgs wide = new Bfgs(
                objective, u, new double[0], new Bfgs.Settings(tolerance, 1.5, WIDE_BOUND, options.maxEvaluations()));
        wide.advance(MOST_OUTWARD, options.deadline());
        boolean better = wide.value() < run.value() - OrderFitter.AGREEMENT
                && Math.abs(check.value(wide.point()) - wide.value()) <= OrderFitter.AGREEMENT;
        return better ? wide : run;
    }

    private FitStatus status(Bfgs run, boolean exhausted) {
        return Race.status(run, exhausted, options.deadline());
    }
}
