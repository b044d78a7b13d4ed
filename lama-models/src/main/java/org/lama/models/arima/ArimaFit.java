package org.lama.models.arima;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelSummary.Coefficient;
import org.lama.core.signal.ModelSummary.ForecastStep;

/**
 * A fitted ARIMA model: parameters with standard errors, criteria, residuals, roots, and the filter that carries it on.
 * Always comes with a {@link FitStatus}; where nothing could be estimated it is a random walk with status {@code
 * FALLBACK_RW}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArimaFit implements Tabular {
    private final ArimaSpec spec;
    private final FitStatus status;
    private final Estimate estimate;
    private final double[] residuals;
    private final double[] predictions;
    private final ArimaFilter begin;
    private final int first;
    private final ArimaFilter end;

    /** Everything that the optimiser found, on the scale of the series. */
    static final class Estimate {
        private final double[] ar;
        private final double[] ma;
        private final double constant;
        private final double[] standardErrors;
        private final double sigma;
        private double logLikelihood = Double.NaN;
        private int observations;
        private String start = "none";
        private int distinctOptima;
        private int evaluations;

        Estimate(double[] ar, double[] ma, double constant, double[] standardErrors, double sigma) {
            this.ar = ar;
            this.ma = ma;
            this.constant = constant;
            this.standardErrors = standardErrors;
            this.sigma = sigma;
        }

        Estimate likelihood(double value, int count) {
            logLikelihood = value;
            observations = count;
            return this;
        }

        Estimate search(String from, int optima, int spent) {
            start = from;
            distinctOptima = optima;
            evaluations = spent;
            return this;
        }

        double constant() {
            return constant;
        }

        double sigma() {
            return sigma;
        }
    }

    /**
     * A root of the autoregressive or moving average polynomial.
     *
     * @param real real part
     * @param imaginary imaginary part
     */
    public record Root(double real, double imaginary) {
        /**
         * Distance from zero; above 1 for stationary and invertible models.
         *
         * @return the modulus
         */
        public double modulus() {
            return Math.hypot(real, imaginary);
        }
    }

    ArimaFit(
            ArimaSpec spec,
            FitStatus status,
            Estimate estimate,
            double[] residuals,
            double[] predictions,
            Place place) {
        this.spec = spec;
        this.status = status;
        this.estimate = estimate;
        this.residuals = residuals;
        this.predictions = predictions;
        begin = place.begin;
        first = place.first;
        end = place.end;
    }

    /** The filter before the first predicted row, that row, and the filter after the last row. */
    record Place(ArimaFilter begin, int first, ArimaFilter end) {}

    /** A filter before row {@link #first()}. */
    ArimaFilter beginning() {
        return begin.copy();
    }

    /** The first row with a prediction. */
    int first() {
        return first;
    }

    /**
     * The order; (0,1,0) after a fallback to the random walk.
     *
     * @return the order
     */
    public ArimaSpec spec() {
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
     * Autoregressive coefficients phi_1 to phi_p.
     *
     * @return a new array
     */
    public double[] ar() {
        return estimate.ar.clone();
    }

    /**
     * Moving average coefficients theta_1 to theta_q, in theta(B) = 1 + theta_1 B + ....
     *
     * @return a new array
     */
    public double[] ma() {
        return estimate.ma.clone();
    }

    /**
     * The mean of the series at d = 0, the drift per row at d = 1.
     *
     * @return the constant, 0 if none is part of the model
     */
    public double constant() {
        return estimate.constant;
    }

    /**
     * Coefficients ar1.., ma1.., then mean or drift, with standard errors from the Hessian of the exact likelihood.
     *
     * @return the list; standard errors are NaN where the information matrix is singular
     */
    public List<Coefficient> coefficients() {
        List<Coefficient> list = new ArrayList<>();
        for (int i = 0; i < estimate.ar.length; i++) {
            list.add(new Coefficient("ar" + (i + 1), estimate.ar[i], estimate.standardErrors[list.size()]));
        }
        for (int i = 0; i < estimate.ma.length; i++) {
            list.add(new Coefficient("ma" + (i + 1), estimate.ma[i], estimate.standardErrors[list.size()]));
        }
        if (spec.constant()) {
            String name = spec.d() == 0 ? "mean" : "drift";
            list.add(new Coefficient(name, estimate.constant, estimate.standardErrors[list.size()]));
        }
        return list;
    }

    /**
     * Maximum likelihood estimate of the noise variance, S/n.
     *
     * @return squared units of the series; 0 or infinite where the square leaves the range of double
     */
    public double sigma2() {
        return estimate.sigma * estimate.sigma;
    }

    /**
     * Exact Gaussian log-likelihood of the observed differences.
     *
     * @return the value, NaN after a fallback to the random walk without estimation
     */
    public double logLikelihood() {
        return estimate.logLikelihood;
    }

    /**
     * Observations in the likelihood: those present less d.
     *
     * @return at least 0
     */
    public int observations() {
        return estimate.observations;
    }

    /**
     * Akaike's criterion, -2 LL + 2 k.
     *
     * @return the value; only comparable at equal d and equal observations
     */
    public double aic() {
        return Criterion.AIC.of(estimate.logLikelihood, spec.parameters(), estimate.observations);
    }

    /**
     * Akaike's criterion for small samples, AIC + 2 k (k+1) / (n-k-1).
     *
     * @return the value, infinite if n - k - 1 &lt;= 0
     */
    public double aicc() {
        return Criterion.AICC.of(estimate.logLikelihood, spec.parameters(), estimate.observations);
    }

    /**
     * Schwarz's criterion, -2 LL + k ln n.
     *
     * @return the value
     */
    public double bic() {
        return Criterion.BIC.of(estimate.logLikelihood, spec.parameters(), estimate.observations);
    }

    /**
     * One-step innovations divided by sqrt(F), so that their unit is sigma (R's residuals).
     *
     * @return one value per row, NaN where missing and in the first d rows; a new array
     */
    public double[] residuals() {
        return residuals.clone();
    }

    /**
     * One-step predictions of the rows that were fitted, with the final parameters (in sample).
     *
     * @return one value per row, NaN in the first d rows; a new array
     */
    public double[] predictions() {
        return predictions.clone();
    }

    /**
     * Roots of 1 - phi_1 z - ... - phi_p z^p, smallest modulus first.
     *
     * @return the roots
     */
    public List<Root> arRoots() {
        double[] negative = new double[estimate.ar.length];
        for (int i = 0; i < negative.length; i++) {
            negative[i] = -estimate.ar[i];
        }
        return roots(negative);
    }

    /**
     * Roots of 1 + theta_1 z + ... + theta_q z^q, smallest modulus first.
     *
     * @return the roots
     */
    public List<Root> maRoots() {
        return roots(estimate.ma);
    }

    private static List<Root> roots(double[] coefficients) {
        return PolynomialRoots.of(coefficients).stream()
                .map(root -> new Root(root[0], root[1]))
                .toList();
    }

    /**
     * The smallest modulus over all roots; below 1.01 the model stands near the border.
     *
     * @return the modulus, infinite if there is no root
     */
    public double smallestRootModulus() {
        double smallest = Double.POSITIVE_INFINITY;
        for (Root root : arRoots()) {
            smallest = Math.min(smallest, root.modulus());
        }
        for (Root root : maRoots()) {
            smallest = Math.min(smallest, root.modulus());
        }
        return smallest;
    }

    /**
     * The start from which the best optimum was reached.
     *
     * @return its name: hannan-rissanen, nested, cancelling, cancelling-pair, zeros, corner or none
     */
    public String start() {
        return estimate.start;
    }

    /**
     * How many different optima the starts led to.
     *
     * @return at least 1, 0 after a fallback
     */
    public int distinctOptima() {
        return estimate.distinctOptima;
    }

    /**
     * Evaluations of the likelihood that were spent.
     *
     * @return the count
     */
    public int evaluations() {
        return estimate.evaluations;
    }

    /**
     * Forecasts from the last row on, with 80 % and 95 % intervals; parameter uncertainty is not included.
     *
     * @param horizon rows ahead, at least 1
     * @return one step per row
     */
    public List<ForecastStep> forecast(int horizon) {
        return end.forecast(horizon);
    }

    /**
     * The model at the end of the fitted rows, to be carried on without re-estimation.
     *
     * @return a filter of the caller's own
     */
    public ArimaFilter filter() {
        return end.copy();
    }

    /**
     * One-step predictions of rows that follow the fitted ones, without re-estimation: the k-th uses the rows before it
     * only.
     *
     * @param following the rows, NaN where missing
     * @return one prediction per row; a new array
     */
    public double[] predict(double[] following) {
        ArimaFilter filter = filter();
        double[] result = new double[following.length];
        for (int t = 0; t < following.length; t++) {
            result[t] = filter.mean();
            filter.update(following[t]);
        }
        return result;
    }

    /**
     * The fit in numbers.
     *
     * @param horizon forecast rows, 0 for none
     * @param notes sentences to add
     * @return a summary whose residuals have unit variance
     */
    public ModelSummary summary(int horizon, List<String> notes) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("sigma2", sigma2());
        values.put("logLikelihood", logLikelihood());
        values.put("aic", aic());
        values.put("aicc", aicc());
        values.put("bic", bic());
        values.put("observations", (double) observations());
        values.put("smallestRootModulus", smallestRootModulus());
        values.put("distinctOptima", (double) distinctOptima());
        values.put("evaluations", (double) evaluations());
        return new ModelSummary(
                spec.toString(),
                status,
                values,
                coefficients(),
                notes,
                standardised(),
                horizon == 0 ? List.of() : forecast(horizon));
    }

    /** The same fit under another status. */
    ArimaFit withStatus(FitStatus other) {
        return new ArimaFit(spec, other, estimate, residuals, predictions, new Place(begin, first, end));
    }

    /** Residuals in units of sigma. */
    double[] standardised() {
        double[] z = residuals.clone();
        double sigma = estimate.sigma;
        for (int t = 0; t < z.length; t++) {
            z[t] = sigma > 0 ? z[t] / sigma : Double.NaN;
        }
        return z;
    }

    @Override
    public List<Column> columns() {
        List<Coefficient> coefficients = coefficients();
        return List.of(
                new Column(
                        "coefficient",
                        coefficients.stream().map(Coefficient::name).toList()),
                new Column(
                        "estimate",
                        coefficients.stream().map(Coefficient::estimate).toList()),
                new Column(
                        "standard error",
                        coefficients.stream().map(Coefficient::standardError).toList()));
    }

    @Override
    public String toString() {
        return spec + " " + status.outcome() + " logLikelihood " + logLikelihood();
    }
}
