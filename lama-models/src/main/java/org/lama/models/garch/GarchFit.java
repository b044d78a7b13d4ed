package org.lama.models.garch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelSummary.Coefficient;
import org.lama.core.signal.ModelSummary.ForecastStep;

/**
 * A fitted volatility model: parameters with robust and classic standard errors, criteria, conditional volatility,
 * standardised residuals, and the filter that carries it on. Always comes with a {@link FitStatus}; where nothing could be
 * estimated it is a constant variance with status {@code FALLBACK_RW}, log-likelihood and errors NaN. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class GarchFit implements Tabular {
    private final GarchSpec spec;
    private final FitStatus status;
    private final Estimate estimate;
    private final Paths paths;
    private final GarchFilter end;

    /** What the search found, in the units of the returns. */
    static final class Estimate {
        private final double[] theta;
        private final double logLikelihood;
        private double[] robust;
        private double[] classic;
        private List<String> border = List.of();
        private int evaluations;
        private int distinctOptima;
        private String start = "none";

        Estimate(GarchSpec spec, double[] theta, double logLikelihood) {
            this.theta = theta;
            this.logLikelihood = logLikelihood;
            GarchCovariance none = GarchCovariance.none(spec);
            robust = none.robust;
            classic = none.classic;
        }

        void errors(GarchCovariance covariance, List<String> atBorder) {
            robust = covariance.robust;
            classic = covariance.classic;
            border = atBorder;
        }

        void search(int spent, int distinct, String from) {
            evaluations = spent;
            distinctOptima = distinct;
            start = from;
        }
    }

    /** One number per row of the returns, NaN where missing. */
    static final class Paths {
        private final double[] volatility;
        private final double[] residuals;
        private final int observations;

        Paths(double[] volatility, double[] residuals, int observations) {
            this.volatility = volatility;
            this.residuals = residuals;
            this.observations = observations;
        }
    }

    GarchFit(GarchSpec spec, FitStatus status, Estimate estimate, Paths paths, GarchFilter end) {
        this.spec = spec;
        this.status = status;
        this.estimate = estimate;
        this.paths = paths;
        this.end = end;
    }

    /**
     * The form of the model.
     *
     * @return the form
     */
    public GarchSpec spec() {
        return spec;
    }

    /**
     * How the fit ended.
     *
     * @return the status
     */
    public FitStatus status() {
        return status;
    }

    /**
     * The parameters in the order of {@link GarchSpec#parameterNames()}, in units of the returns: mu in their unit, omega
     * in its square (EGARCH: a logarithm).
     *
     * @return a new array
     */
    public double[] parameters() {
        return estimate.theta.clone();
    }

    /**
     * One parameter by its name.
     *
     * @param name such as {@code alpha[1]}
     * @return its value
     * @throws IllegalArgumentException if the model has no such parameter, naming those it has
     */
    public double parameter(String name) {
        int at = spec.parameterNames().indexOf(name);
        Check.that(at >= 0, "parameter must be one of " + spec.parameterNames() + ", got '" + name + "'");
        return estimate.theta[at];
    }

    /**
     * The parameters with robust standard errors (Bollerslev and Wooldridge 1992), which hold whatever the distribution of
     * the shocks as long as mean and variance are right.
     *
     * @return the list; standard errors are NaN where unknown, and no more than an indication for parameters named by
     *     {@link #atBorder()}
     */
    public List<Coefficient> coefficients() {
        return coefficients(estimate.robust);
    }

    /**
     * The parameters with classic standard errors, from the inverse Hessian of the log-likelihood: right if the
     * distribution is.
     *
     * @return the list
     */
    public List<Coefficient> coefficientsClassic() {
        return coefficients(estimate.classic);
    }

    private List<Coefficient> coefficients(double[] errors) {
        List<String> names = spec.parameterNames();
        List<Coefficient> list = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            list.add(new Coefficient(names.get(i), estimate.theta[i], errors[i]));
        }
        return list;
    }

    /**
     * Names of the parameters that stand at the border of what is allowed (such as alpha = 0), and {@code persistence} if
     * that is at 1. There the usual theory of standard errors does not hold, for none of the parameters.
     *
     * @return the names, empty for an inner optimum
     */
    public List<String> atBorder() {
        return estimate.border;
    }

    /**
     * Log-likelihood of the returns given the variance before the first row.
     *
     * @return the value, NaN after a fallback
     */
    public double logLikelihood() {
        return estimate.logLikelihood;
    }

    /**
     * Returns that were used.
     *
     * @return at least 0
     */
    public int observations() {
        return paths.observations;
    }

    /**
     * Rows left out because they were missing; the rows beside them count as neighbours.
     *
     * @return at least 0
     */
    public int missing() {
        return paths.volatility.length - paths.observations;
    }

    /**
     * Akaike's criterion, -2 LL + 2 k.
     *
     * @return the value
     */
    public double aic() {
        return -2 * estimate.logLikelihood + 2.0 * spec.parameters();
    }

    /**
     * Schwarz's criterion, -2 LL + k ln n.
     *
     * @return the value
     */
    public double bic() {
        return -2 * estimate.logLikelihood + spec.parameters() * Math.log(paths.observations);
    }

    /**
     * Sum of alpha, half of gamma, and beta; of beta alone for EGARCH.
     *
     * @return at most 1
     */
    public double persistence() {
        return GarchCovariance.persistence(spec, estimate.theta);
    }

    /**
     * Rows until half of a deviation of the variance (EGARCH: of its logarithm) has gone, ln(1/2) / ln(persistence).
     *
     * @return rows; 0 for no persistence, infinite for a persistence of 1
     */
    public double halfLife() {
        double persistence = persistence();
        if (persistence >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        return persistence > 0 ? Math.log(0.5) / Math.log(persistence) : persistence <= 0 ? 0 : Double.NaN;
    }

    /**
     * Standard deviation of each return given the rows before it.
     *
     * @return one value per row in units of the returns, NaN where missing; a new array
     */
    public double[] conditionalVolatility() {
        return paths.volatility.clone();
    }

    /**
     * Returns less their mean, divided by their conditional volatility.
     *
     * @return one value per row, NaN where missing; a new array
     */
    public double[] standardisedResiduals() {
        return paths.residuals.clone();
    }

    /**
     * Conditional variances after the last row; see {@link GarchFilter#forecastVariance(int)}.
     *
     * @param horizon rows ahead, at least 1
     * @return variances 1 to horizon rows ahead, squared units of the returns; a new array
     */
    public double[] forecastVariance(int horizon) {
        return end.forecastVariance(horizon);
    }

    /**
     * The model after the last row, to be carried on without re-estimation.
     *
     * @return a filter of the caller's own
     */
    public GarchFilter filter() {
        return end.copy();
    }

    /**
     * Draws returns that could follow the last row.
     *
     * @param rows how many, at least 1
     * @param seed of the random numbers
     * @return the returns; the same for the same seed
     */
    public double[] simulate(int rows, long seed) {
        Check.atLeast(rows, 1, "rows");
        return end.copy().draw(rows, Seeds.rng(seed, 0));
    }

    /**
     * Evaluations of the likelihood with its gradient that were spent.
     *
     * @return the count
     */
    public int evaluations() {
        return estimate.evaluations;
    }

    /**
     * How many starts led to an end of their own.
     *
     * @return at least 1, 0 after a fallback
     */
    public int distinctOptima() {
        return estimate.distinctOptima;
    }

    /**
     * The start from which the best optimum was reached.
     *
     * @return grid, nested, warm or none
     */
    public String start() {
        return estimate.start;
    }

    /**
     * The fit in numbers.
     *
     * @param horizon rows of variance forecast, 0 for none
     * @param more sentences to add to the notes
     * @return a summary whose standard errors are robust; the classic ones are the vector {@code standardErrorsClassic}
     */
    public ModelSummary summary(int horizon, List<String> more) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("logLikelihood", logLikelihood());
        values.put("aic", aic());
        values.put("bic", bic());
        values.put("nobs", (double) observations());
        values.put("persistence", persistence());
        values.put("halfLife", halfLife());
        double[] variances = horizon == 0 ? new double[0] : forecastVariance(horizon);
        ModelSummary summary = new ModelSummary(
                spec.toString(), status, values, coefficients(), notes(more), paths.residuals, steps(variances));
        return summary.with("conditionalVolatility", paths.volatility)
                .with("varianceForecast", variances)
                .with("standardErrorsClassic", estimate.classic);
    }

    private List<String> notes(List<String> more) {
        List<String> notes = new ArrayList<>();
        notes.add("standard errors are robust (Bollerslev-Wooldridge)");
        if (missing() > 0) {
            notes.add(missing() + (missing() == 1 ? " missing row was" : " missing rows were") + " left out");
        }
        if (!estimate.border.isEmpty()) {
            notes.add("at the border of what is allowed, so that standard errors are only an indication: "
                    + String.join(", ", estimate.border));
        }
        if (spec.logarithmic()) {
            notes.add("variance forecasts beyond one row are means over 10,000 simulated paths");
        }
        notes.addAll(more);
        return notes;
    }

    private List<ForecastStep> steps(double[] variances) {
        double z80 = quantile(0.1);
        double z95 = quantile(0.025);
        double mean = end.mean();
        List<ForecastStep> steps = new ArrayList<>();
        for (int h = 0; h < variances.length; h++) {
            double error = Math.sqrt(variances[h]);
            steps.add(new ForecastStep(
                    h + 1,
                    mean,
                    error,
                    mean - z80 * error,
                    mean + z80 * error,
                    mean - z95 * error,
                    mean + z95 * error));
        }
        return steps;
    }

    /** Upper quantile of a standardised shock: exact one row ahead, an approximation beyond. */
    private double quantile(double tail) {
        double nu = spec.student() ? estimate.theta[spec.nuAt()] : Double.NaN;
        if (Double.isNaN(nu)) {
            return Distributions.normalQuantile(1 - tail);
        }
        double low = 0;
        double high = 100;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (Distributions.studentTail(middle, nu) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low * Math.sqrt((nu - 2) / nu);
    }

    @Override
    public List<Column> columns() {
        List<Coefficient> robust = coefficients();
        return List.of(
                new Column("coefficient", robust.stream().map(Coefficient::name).toList()),
                new Column(
                        "estimate", robust.stream().map(Coefficient::estimate).toList()),
                new Column(
                        "robust standard error",
                        robust.stream().map(Coefficient::standardError).toList()),
                new Column(
                        "classic standard error",
                        coefficientsClassic().stream()
                                .map(Coefficient::standardError)
                                .toList()));
    }

    @Override
    public String toString() {
        return spec + " " + status.outcome() + " logLikelihood " + logLikelihood();
    }
}
