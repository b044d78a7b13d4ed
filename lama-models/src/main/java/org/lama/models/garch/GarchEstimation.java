package org.lama.models.garch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.math.Bfgs;
import org.lama.core.signal.FitStatus;

/** From a sample to a finished fit: starts, search, standard errors, status. */
final class GarchEstimation {
    /** Up to this p + q all smaller models are tried as starts, beyond it one chain of them. */
    private static final int SMALL_ORDER = 4;

    private final GarchSample sample;
    private final GarchOptions options;
    private final Map<GarchSpec, GarchSearch> done = new HashMap<>();
    private int evaluations;

    private GarchEstimation(GarchSample sample, GarchOptions options) {
        this.sample = sample;
        this.options = options;
    }

    static GarchFit cold(GarchSpec spec, GarchSample sample, GarchOptions options) {
        if (!sample.defect.isEmpty()) {
            return constant(spec, sample, 0, sample.defect);
        }
        GarchEstimation estimation = new GarchEstimation(sample, options);
        GarchSearch search = estimation.search(spec);
        return search.found()
                ? complete(
                        spec,
                        sample,
                        options,
                        search,
                        estimation.evaluations,
                        search.bestStart() < grid(options) ? "grid" : "nested")
                : constant(spec, sample, estimation.evaluations, "no start of " + spec + " has a finite likelihood");
    }

    /** A search from given parameters (units of the returns) only. */
    static GarchFit warm(GarchSpec spec, GarchSample sample, GarchOptions options, double[] parameters) {
        if (!sample.defect.isEmpty()) {
            return constant(spec, sample, 0, sample.defect);
        }
        GarchSearch search = new GarchSearch(spec, sample, options);
        double[] theta = parameters.clone();
        sample.toSampleUnits(spec, theta);
        search.climb(theta);
        search.settleOnKinks();
        return search.found()
                ? complete(spec, sample, options, search, search.evaluations(), "warm")
                : constant(
                        spec, sample, search.evaluations(), "the warm start of " + spec + " has no finite likelihood");
    }

    private static int grid(GarchOptions options) {
        return switch (options.effort()) {
            case FAST -> 1;
            case NORMAL -> 2;
            case THOROUGH -> 4;
        };
    }

    private GarchSearch search(GarchSpec spec) {
        GarchSearch known = done.get(spec);
        if (known != null) {
            return known;
        }
        GarchSearch search = new GarchSearch(spec, sample, options);
        for (double[] start : new GarchStarts(spec, sample).best(grid(options), search.likelihood)) {
            search.climb(start);
        }
        for (GarchSpec smaller : smaller(spec)) {
            GarchSearch parent = search(smaller);
            if (parent.found()) {
                search.climb(grown(smaller, parent.optimum(), spec));
            }
        }
        search.settleOnKinks();
        evaluations += search.evaluations();
        done.put(spec, search);
        return search;
    }

    /** The models one step smaller whose optima serve as starts. */
    private List<GarchSpec> smaller(GarchSpec spec) {
        List<GarchSpec> list = new ArrayList<>();
        boolean thorough = options.effort() == GarchOptions.Effort.THOROUGH;
        if (options.effort() == GarchOptions.Effort.FAST) {
            return list;
        }
        if (spec.o() > 0) {
            list.add(sized(spec, spec.p(), spec.o() > 1 ? spec.o() - 1 : 0, spec.q()));
        }
        boolean all = thorough || spec.p() + spec.q() <= SMALL_ORDER;
        if (spec.p() > 1 && (all || spec.p() >= spec.q())) {
            list.add(sized(spec, spec.p() - 1, spec.o(), spec.q()));
        }
        if ((spec.q() > 1 && (all || spec.q() > spec.p())) || (spec.q() == 1 && thorough)) {
            list.add(sized(spec, spec.p(), spec.o(), spec.q() - 1));
        }
        return list;
    }

    private static GarchSpec sized(GarchSpec spec, int p, int o, int q) {
        GarchSpec.Kind kind = spec.kind();
        if (kind == GarchSpec.Kind.GJR && o == 0) {
            kind = GarchSpec.Kind.GARCH;
        }
        return new GarchSpec(kind, p, o, q, spec.distribution(), spec.mean());
    }

    /** The parameters of a smaller model with zeros for those it has not. */
    private static double[] grown(GarchSpec from, double[] theta, GarchSpec to) {
        double[] grown = new double[to.parameters()];
        System.arraycopy(theta, 0, grown, 0, from.omegaAt() + 1);
        System.arraycopy(theta, from.alphaAt(), grown, to.alphaAt(), from.p());
        System.arraycopy(theta, from.gammaAt(), grown, to.gammaAt(), from.o());
        System.arraycopy(theta, from.betaAt(), grown, to.betaAt(), from.q());
        if (to.student()) {
            grown[to.nuAt()] = theta[from.nuAt()];
        }
        return grown;
    }

    private static GarchFit complete(
            GarchSpec spec, GarchSample sample, GarchOptions options, GarchSearch search, int spent, String start) {
        double[] theta = search.optimum();
        List<String> border = GarchCovariance.border(spec, sample, theta);
        GarchCovariance covariance =
                options.standardErrors() ? GarchCovariance.of(spec, sample, theta, border) : GarchCovariance.none(spec);
        FitStatus status = status(search, spent, covariance.regular);
        VolatilityLikelihood likelihood = search.likelihood;
        double value = likelihood.value(theta) - sample.x.length * Math.log(sample.scale);
        double[] residuals = sample.arrays.take(sample.x.length);
        for (int t = 0; t < residuals.length; t++) {
            residuals[t] = likelihood.shock[t] / Math.sqrt(likelihood.variance[t]);
        }
        GarchFit.Paths paths =
                new GarchFit.Paths(volatility(sample, likelihood), sample.spread(residuals, 1), sample.x.length);
        sample.toReturnUnits(spec, theta);
        GarchFit.Estimate estimate = new GarchFit.Estimate(spec, theta, value);
        estimate.errors(covariance, border);
        estimate.search(spent, search.distinct(), start);
        return new GarchFit(spec, status, estimate, paths, end(spec, sample, theta, likelihood));
    }

    private static FitStatus status(GarchSearch search, int spent, boolean regular) {
        double norm = search.gradientNorm();
        Bfgs.State state = search.state();
        if (state == Bfgs.State.DEADLINE) {
            return new FitStatus(FitStatus.Outcome.TIMEOUT, spent, norm, "the deadline came before an optimum");
        }
        if (state == Bfgs.State.BUDGET) {
            return new FitStatus(FitStatus.Outcome.BUDGET, spent, norm, "the budget of evaluations is spent");
        }
        if (state != Bfgs.State.CONVERGED && !search.optimal()) {
            return new FitStatus(
                    FitStatus.Outcome.BUDGET,
                    spent,
                    norm,
                    "the search ended (" + state + ") where the gradient is not 0");
        }
        return regular
                ? FitStatus.ok(spent, norm)
                : new FitStatus(
                        FitStatus.Outcome.SINGULAR,
                        spent,
                        norm,
                        "the Hessian is not negative definite: no standard errors");
    }

    static double[] volatility(GarchSample sample, VolatilityLikelihood likelihood) {
        double[] volatility = sample.arrays.take(sample.x.length);
        for (int t = 0; t < volatility.length; t++) {
            volatility[t] = Math.sqrt(likelihood.variance[t]);
        }
        return sample.spread(volatility, sample.scale);
    }

    private static GarchFilter end(
            GarchSpec spec, GarchSample sample, double[] theta, VolatilityLikelihood likelihood) {
        double square = sample.scale * sample.scale;
        GarchFilter filter = GarchFilter.from(spec, theta, square * sample.backcast);
        int n = sample.x.length;
        for (int t = Math.max(0, n - spec.maxLag()); t < n; t++) {
            filter.push(likelihood.shock[t] * sample.scale, likelihood.variance[t] * square);
        }
        return filter;
    }

    /** A constant variance, where nothing can be estimated. */
    private static GarchFit constant(GarchSpec spec, GarchSample sample, int spent, String reason) {
        int n = sample.x.length;
        double variance = n > 0 ? sample.variance * sample.scale * sample.scale : Double.NaN;
        double[] theta = new double[spec.parameters()];
        if (spec.constantMean()) {
            theta[0] = n > 0 ? sample.mean * sample.scale : Double.NaN;
        }
        theta[spec.omegaAt()] = spec.logarithmic() ? Math.log(variance) : variance;
        if (spec.student()) {
            theta[spec.nuAt()] = Double.NaN;
        }
        double[] volatility = sample.arrays.take(n);
        double[] residuals = sample.arrays.take(n);
        double deviation = Math.sqrt(sample.variance);
        for (int t = 0; t < n; t++) {
            volatility[t] = deviation;
            residuals[t] = (sample.x[t] - (spec.constantMean() ? sample.mean : 0)) / deviation;
        }
        GarchFit.Paths paths =
                new GarchFit.Paths(sample.spread(volatility, sample.scale), sample.spread(residuals, 1), n);
        FitStatus status = new FitStatus(FitStatus.Outcome.FALLBACK_RW, spent, Double.NaN, reason);
        GarchFilter filter = GarchFilter.from(spec, theta, variance > 0 ? variance : 1);
        if (!spec.logarithmic() && variance == 0) {
            filter = GarchFilter.from(spec, theta, 0);
        }
        Arrays.fill(theta, spec.alphaAt(), spec.betaAt() + spec.q(), 0);
        return new GarchFit(spec, status, new GarchFit.Estimate(spec, theta, Double.NaN), paths, filter);
    }
}
