package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.FitStatus;

/**
 * Estimates (seasonal) ARIMA models, also of the errors of a regression, by exact Gaussian maximum likelihood.
 *
 * <p>The likelihood is that of the differences; missing observations (NaN) are integrated out exactly, for d + D &gt; 0 under a
 * diffuse prior of the levels (as R counts it: observations that only start the levels add nothing). Few missing rows are
 * handled in closed form as unknown levels, many by a Kalman filter in levels. Mean, drift and regressors are concentrated
 * out; the polynomials are parametrised by partial autocorrelations, so that every fit is stationary and invertible
 * (Box and Jenkins 1970; Harvey 1989; Monahan 1984). Several starts race, and the value that is reported was computed a
 * second time by an independent Kalman filter.
 *
 * <p>Never throws on data: a constant, too short or infinite series gives a random walk with status FALLBACK_RW and the
 * reason. Throws {@link IllegalArgumentException} for what the caller got wrong: an order out of range, a season that is not
 * shorter than the series, regressors of a wrong shape or linearly dependent ones (naming them). Stateless and thread-safe;
 * O(n (p+q+P+Q)) per evaluation and O(r^3) with r = max(p + m P, q + m Q) for the initial state.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Arima {
    private Arima() {}

    /**
     * Fits a model with the default options.
     *
     * @param y the series, NaN where missing
     * @param spec the order
     * @return the fit
     */
    public static ArimaFit fit(double[] y, ArimaSpec spec) {
        return fit(y, spec, ArimaOptions.defaults());
    }

    /**
     * Fits a model.
     *
     * @param y the series, NaN where missing
     * @param spec the order
     * @param options budget, effort and method
     * @return the fit
     */
    public static ArimaFit fit(double[] y, ArimaSpec spec, ArimaOptions options) {
        return fit(y, Regressors.none(), spec, options);
    }

    /**
     * Fits a regression with ARIMA errors.
     *
     * @param y the series, NaN where missing
     * @param x the regressors, one row per row of the series
     * @param spec the order of the errors
     * @param options budget, effort and method
     * @return the fit
     * @throws IllegalArgumentException if the regressors do not fit the series or are linearly dependent after
     *     differencing and with the constants, naming the columns
     */
    public static ArimaFit fit(double[] y, Regressors x, ArimaSpec spec, ArimaOptions options) {
        Check.notNull(y, "y");
        Check.notNull(options, "options");
        checked(y, x, spec);
        if (options.method() == ArimaOptions.Method.ML && plain(y, x, spec)) {
            try (FitArrays arrays = FitArrays.open()) {
                return fitPlain(y, spec, options, arrays);
            }
        }
        return fitSeasonal(y, x, spec, options);
    }

    private static ArimaFit fitPlain(double[] y, ArimaSpec spec, ArimaOptions options, FitArrays arrays) {
        ArimaSample sample = ArimaSample.of(y, spec.d(), spec.constant(), arrays);
        String defect = defect(sample, spec);
        if (!defect.isEmpty()) {
            return RandomWalk.of(y, 0, defect);
        }
        OrderFitter fitter = new OrderFitter(sample, options, Math.max(spec.p(), spec.q()));
        OrderFit best = fitter.fitAlone(spec.p(), spec.q());
        return best.usable()
                ? Estimation.complete(sample, spec, best)
                : RandomWalk.of(y, best.evaluations, best.status.reason());
    }

    private static ArimaFit fitSeasonal(double[] y, Regressors x, ArimaSpec spec, ArimaOptions options) {
        SeasonalFitter fitter = new SeasonalFitter(y, x, options);
        String defect = fitter.defect(spec);
        if (!defect.isEmpty()) {
            return RandomWalk.of(y, 0, defect);
        }
        if (options.method() == ArimaOptions.Method.ML) {
            SeasonalFit best = fitter.fitAlone(spec);
            return best.usable() ? fitter.complete(best) : fallback(y, best);
        }
        SeasonalFit conditional = fitter.conditional(spec);
        if (options.method() == ArimaOptions.Method.CSS) {
            return conditional.usable() ? fitter.completeConditional(conditional) : fallback(y, conditional);
        }
        SeasonalFit best = conditional.usable() ? fitter.fromConditional(spec, conditional) : fitter.fit(spec);
        return best.usable() ? fitter.complete(best) : fallback(y, best);
    }

    private static ArimaFit fallback(double[] y, SeasonalFit failed) {
        return RandomWalk.of(y, failed.evaluations, failed.status.reason());
    }

    /** Whether the fast path of models without season and regressors holds. */
    private static boolean plain(double[] y, Regressors x, ArimaSpec spec) {
        return x.count() == 0
                && spec.seasonal().isNone()
                && !(spec.drift() && spec.d() == 0)
                && startsInOneRun(y, spec.d());
    }

    /** Whether the first d observations stand beside each other, so that all others can be predicted from them. */
    private static boolean startsInOneRun(double[] y, int d) {
        int from = 0;
        while (from < y.length && Double.isNaN(y[from])) {
            from++;
        }
        for (int t = from; t < Math.min(y.length, from + d + 1); t++) {
            if (d > 1 && Double.isNaN(y[t])) {
                return false;
            }
        }
        return true;
    }

    private static void checked(double[] y, Regressors x, ArimaSpec spec) {
        Check.notNull(spec, "spec");
        Check.that(
                x.count() == 0 || x.rows() == y.length,
                "regressors must have as many rows as the series, got " + x.rows() + " for " + y.length);
        ArimaSpec.Seasonal seasonal = spec.seasonal();
        Check.that(
                seasonal.isNone() || seasonal.period() < Math.max(2, y.length),
                "period must be below the length of the series, got " + seasonal.period() + " for " + y.length
                        + " rows");
        int reach = Math.max(spec.p() + seasonal.period() * seasonal.p(), spec.q() + seasonal.period() * seasonal.q());
        Check.that(
                reach <= SeasonalFitter.LONGEST_LAG,
                "the longest lag must be <= " + SeasonalFitter.LONGEST_LAG + ", got " + reach + " for " + spec
                        + "; for long seasons use Regressors.fourier and ARMA errors");
    }

    /** Why an order cannot be estimated on a sample; empty if it can. */
    static String defect(ArimaSample sample, ArimaSpec spec) {
        if (!sample.defect.isEmpty()) {
            return sample.defect;
        }
        int needed = spec.parameters() + 1;
        return sample.observations < needed
                ? spec + " needs " + needed + " observations after differencing, got " + sample.observations
                : "";
    }

    /**
     * The exact log-likelihood at given coefficients, with the noise variance concentrated out.
     *
     * @param y the series, NaN where missing
     * @param spec the order
     * @param coefficients phi, theta, Phi, Theta, then mean and drift as far as the model has them
     * @return the value; -infinity where the coefficients are not stationary; NaN if the series has no likelihood
     */
    public static double logLikelihood(double[] y, ArimaSpec spec, double[] coefficients) {
        return logLikelihood(y, Regressors.none(), spec, coefficients);
    }

    /**
     * The exact log-likelihood of a regression with ARIMA errors at given coefficients, with the noise variance concentrated
     * out.
     *
     * @param y the series, NaN where missing
     * @param x the regressors, one row per row of the series
     * @param spec the order of the errors
     * @param coefficients phi, theta, Phi, Theta, then mean, drift and regressors as far as the model has them
     * @return the value; -infinity where the coefficients are not stationary; NaN if the series has no likelihood
     */
    public static double logLikelihood(double[] y, Regressors x, ArimaSpec spec, double[] coefficients) {
        checked(y, x, spec);
        checkedCoefficients(x, spec, coefficients);
        if (plain(y, x, spec)) {
            return plainLikelihood(y, spec, coefficients);
        }
        SeasonalFitter fitter = new SeasonalFitter(y, x, ArimaOptions.defaults());
        if (!fitter.sample(spec).defect.isEmpty()) {
            return Double.NaN;
        }
        SeasonalObjective objective = fitter.objective(spec);
        int arma = objective.parameters.dimension();
        objective.parameters.set(Arrays.copyOf(coefficients, arma));
        return objective.parameters.stationary()
                ? objective.logLikelihood(valueAt(objective, coefficients))
                : Double.NEGATIVE_INFINITY;
    }

    /**
     * A model with given coefficients, nothing estimated but the noise variance: residuals, forecasts and a filter of coefficients
     * that were found elsewhere, on another part of the series for example.
     *
     * @param y the series, NaN where missing
     * @param x the regressors, one row per row of the series, or none
     * @param spec the order of the errors
     * @param coefficients phi, theta, Phi, Theta, then mean, drift and regressors as far as the model has them; stationary
     * @return the model; its standard errors are NaN
     */
    public static ArimaFit at(double[] y, Regressors x, ArimaSpec spec, double[] coefficients) {
        checked(y, x, spec);
        checkedCoefficients(x, spec, coefficients);
        SeasonalFitter fitter = new SeasonalFitter(y, x, ArimaOptions.defaults());
        String defect = fitter.sample(spec).defect;
        if (!defect.isEmpty()) {
            return RandomWalk.of(y, 0, defect);
        }
        SeasonalObjective objective = fitter.objective(spec);
        objective.parameters.set(Arrays.copyOf(coefficients, objective.parameters.dimension()));
        Check.that(
                objective.parameters.stationary(),
                "coefficients must be stationary, got " + Arrays.toString(coefficients));
        double value = valueAt(objective, coefficients);
        OrderFit.Origin origin = new OrderFit.Origin("given", 0, 1, Double.NaN);
        SeasonalFit fit = new SeasonalFit(objective, spec, new double[0], value, FitStatus.ok(0, Double.NaN), origin);
        return fit.usable()
                ? SeasonalEstimation.given(objective.sample, objective, fit, x)
                : RandomWalk.of(y, 1, "the likelihood cannot be computed at " + Arrays.toString(coefficients));
    }

    private static double valueAt(SeasonalObjective objective, double[] coefficients) {
        int arma = objective.parameters.dimension();
        double[] beta = Arrays.copyOfRange(coefficients, arma, coefficients.length);
        return objective.valueAt(Arrays.copyOf(coefficients, arma), objective.sample.gamma(beta));
    }

    private static void checkedCoefficients(Regressors x, ArimaSpec spec, double[] coefficients) {
        int expected = spec.parameters() - 1 + x.count();
        Check.that(
                coefficients.length == expected,
                "coefficients must have " + expected + " values for " + spec
                        + (x.count() > 0 ? " with " + x.names() : "") + ", got " + coefficients.length);
    }

    /**
     * The mean square of the conditional errors at given coefficients (R's sigma2 of {@code method = "CSS"}): errors before row
     * d + D m + p + m P are zero.
     *
     * @param y the series, NaN where missing
     * @param x the regressors, one row per row of the series, or none
     * @param spec the order of the errors
     * @param coefficients phi, theta, Phi, Theta, then mean, drift and regressors as far as the model has them
     * @return squared units of the series; NaN if no error can be computed
     */
    public static double conditionalVariance(double[] y, Regressors x, ArimaSpec spec, double[] coefficients) {
        checked(y, x, spec);
        checkedCoefficients(x, spec, coefficients);
        RegressionSample sample = RegressionSample.of(y, x, spec);
        if (!sample.defect.isEmpty()) {
            return Double.NaN;
        }
        ConditionalSquares objective = new ConditionalSquares(sample, spec);
        return valueAt(objective, coefficients) < Double.POSITIVE_INFINITY
                ? objective.variance() * sample.scale * sample.scale
                : Double.NaN;
    }

    private static double plainLikelihood(double[] y, ArimaSpec spec, double[] coefficients) {
        ArimaSample sample = ArimaSample.of(y, spec.d(), spec.constant());
        if (!sample.defect.isEmpty()) {
            return Double.NaN;
        }
        double[] phi = Arrays.copyOf(coefficients, spec.p());
        if (!Pacf.rootsOutside(phi, 1, 1)) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] theta = Arrays.copyOfRange(coefficients, spec.p(), spec.p() + spec.q());
        ArmaObjective objective = sample.gaps
                ? new LevelLikelihood(sample, spec.p(), spec.q())
                : new ExactLikelihood(sample.w, spec.p(), spec.q(), spec.constant(), new Scratch(sample.w.length));
        double level = spec.constant() ? (coefficients[coefficients.length - 1] - sample.centre) / sample.scale : 0;
        double value = objective.valueAt(phi, theta, level);
        return objective.logLikelihood(value) - sample.observations * Math.log(sample.scale);
    }

    /**
     * Draws a path of a model with given coefficients: the differences from their stationary distribution, levels and
     * seasons from zero, mean and drift t (t = 1, 2, ...) added.
     *
     * @param spec the order
     * @param coefficients phi, theta, Phi, Theta, then mean and drift as far as the model has them; stationary
     * @param sigma standard deviation of the noise, finite and above 0
     * @param rows how many, at least 1
     * @param seed equal seeds give equal paths
     * @return the path
     */
    public static double[] simulate(ArimaSpec spec, double[] coefficients, double sigma, int rows, long seed) {
        checkedCoefficients(Regressors.none(), spec, coefficients);
        return ArimaSimulation.path(spec, coefficients, sigma, rows, seed);
    }
}
