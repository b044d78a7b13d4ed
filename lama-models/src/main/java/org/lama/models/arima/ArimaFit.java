package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
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
    /** Roots nearer to the unit circle come from optima outside of the first search region. */
    private static final double BORDER = 1e-4;

    private final ArimaSpec spec;
    private final FitStatus status;
    private final Estimate estimate;
    private final double[] residuals;
    private final double[] predictions;
    private final ArimaFilter begin;
    private final int first;
    private final ArimaFilter end;
    private final Regressors regressors;

    /** Everything that the optimiser found, on the scale of the series. */
    static final class Estimate {
        private final double[] ar;
        private final double[] ma;
        private double[] seasonalAr = {};
        private double[] seasonalMa = {};
        /** Mean, drift and regressors, as far as they are part of the model. */
        private List<String> names = List.of();

        private double[] regression = {};
        /** In the order of the coefficients: ar, ma, sar, sma, regression. */
        private final double[] standardErrors;

        private final double sigma;
        private double logLikelihood = Double.NaN;
        private int observations;
        private String start = "none";
        private int distinctOptima;
        private int evaluations;

        Estimate(double[] ar, double[] ma, double[] standardErrors, double sigma) {
            this.ar = ar;
            this.ma = ma;
            this.standardErrors = standardErrors;
            this.sigma = sigma;
        }

        Estimate seasonal(double[] sar, double[] sma) {
            seasonalAr = sar;
            seasonalMa = sma;
            return this;
        }

        Estimate regression(List<String> columns, double... values) {
            names = columns;
            regression = values;
            return this;
        }

        /** The mean or the drift of a model without regressors. */
        Estimate constant(ArimaSpec spec, double value) {
            return spec.constant() ? regression(List.of(spec.mean() ? "intercept" : "drift"), value) : this;
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
            boolean there = !names.isEmpty()
                    && (names.get(0).equals("intercept") || names.get(0).equals("drift"));
            return there ? regression[0] : 0;
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
        this(spec, status, estimate, residuals, predictions, place, Regressors.none());
    }

    ArimaFit(
            ArimaSpec spec,
            FitStatus status,
            Estimate estimate,
            double[] residuals,
            double[] predictions,
            Place place,
            Regressors regressors) {
        this.regressors = regressors;
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
     * Seasonal autoregressive coefficients Phi_1 to Phi_P.
     *
     * @return a new array
     */
    public double[] sar() {
        return estimate.seasonalAr.clone();
    }

    /**
     * Seasonal moving average coefficients Theta_1 to Theta_Q, in Theta(B^m) = 1 + Theta_1 B^m + ....
     *
     * @return a new array
     */
    public double[] sma() {
        return estimate.seasonalMa.clone();
    }

    /**
     * The mean of the series, in a model without one the drift per row.
     *
     * @return the constant, 0 if none is part of the model
     */
    public double constant() {
        return estimate.constant();
    }

    /**
     * Coefficients ar1.., ma1.., sar1.., sma1.., intercept, drift and regressors by name, with standard errors from the
     * Hessian of the criterion that was maximised (the exact likelihood unless asked otherwise).
     *
     * @return the list; standard errors are NaN where the information matrix is singular
     */
    public List<Coefficient> coefficients() {
        List<Coefficient> list = new ArrayList<>();
        add(list, "ar", estimate.ar);
        add(list, "ma", estimate.ma);
        add(list, "sar", estimate.seasonalAr);
        add(list, "sma", estimate.seasonalMa);
        for (int i = 0; i < estimate.regression.length; i++) {
            list.add(new Coefficient(
                    estimate.names.get(i), estimate.regression[i], estimate.standardErrors[list.size()]));
        }
        return list;
    }

    private void add(List<Coefficient> list, String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            list.add(new Coefficient(name + (i + 1), values[i], estimate.standardErrors[list.size()]));
        }
    }

    /**
     * One coefficient.
     *
     * @param name ar1, sma1, intercept, the name of a regressor, ...
     * @return its estimate
     * @throws IllegalArgumentException if there is none of that name
     */
    public double coefficient(String name) {
        for (Coefficient coefficient : coefficients()) {
            if (coefficient.name().equals(name)) {
                return coefficient.estimate();
            }
        }
        throw new IllegalArgumentException("name must be one of "
                + coefficients().stream().map(Coefficient::name).toList() + ", got '" + name + "'");
    }

    /** Estimated parameters with the variance. */
    private int parameters() {
        return coefficients().size() + 1;
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
     * Exact Gaussian log-likelihood of the observed differences; after estimation by conditional least squares R's value, -n/2
     * (log(2 pi sigma2) + 1).
     *
     * @return the value, NaN after a fallback to the random walk without estimation
     */
    public double logLikelihood() {
        return estimate.logLikelihood;
    }

    /**
     * Observations in the likelihood: those present less d + D m.
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
        return Criterion.AIC.of(estimate.logLikelihood, parameters(), estimate.observations);
    }

    /**
     * Akaike's criterion for small samples, AIC + 2 k (k+1) / (n-k-1).
     *
     * @return the value, infinite if n - k - 1 &lt;= 0
     */
    public double aicc() {
        return Criterion.AICC.of(estimate.logLikelihood, parameters(), estimate.observations);
    }

    /**
     * Schwarz's criterion, -2 LL + k ln n.
     *
     * @return the value
     */
    public double bic() {
        return Criterion.BIC.of(estimate.logLikelihood, parameters(), estimate.observations);
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
     * Roots of phi(z) Phi(z^m) = (1 - phi_1 z - ...)(1 - Phi_1 z^m - ...), smallest modulus first.
     *
     * @return the roots
     */
    public List<Root> arRoots() {
        return roots(negative(estimate.ar), negative(estimate.seasonalAr));
    }

    /**
     * Roots of theta(z) Theta(z^m) = (1 + theta_1 z + ...)(1 + Theta_1 z^m + ...), smallest modulus first.
     *
     * @return the roots
     */
    public List<Root> maRoots() {
        return roots(estimate.ma, estimate.seasonalMa);
    }

    private static double[] negative(double[] values) {
        double[] negative = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            negative[i] = -values[i];
        }
        return negative;
    }

    private List<Root> roots(double[] plain, double[] seasonal) {
        List<Root> roots = new ArrayList<>();
        for (double[] root : PolynomialRoots.of(plain)) {
            roots.add(new Root(root[0], root[1]));
        }
        int m = spec.seasonal().period();
        for (double[] root : PolynomialRoots.of(seasonal)) {
            // the m-th roots of a root in z^m
            double modulus = Math.pow(Math.hypot(root[0], root[1]), 1.0 / m);
            double angle = Math.atan2(root[1], root[0]);
            for (int k = 0; k < m; k++) {
                double turned = (angle + 2 * Math.PI * k) / m;
                roots.add(new Root(modulus * Math.cos(turned), modulus * Math.sin(turned)));
            }
        }
        roots.sort(Comparator.comparingDouble(Root::modulus).thenComparingDouble(Root::imaginary));
        return List.copyOf(roots);
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
     * @throws IllegalArgumentException if the model has regressors that do not know their own future
     */
    public List<ForecastStep> forecast(int horizon) {
        Check.atLeast(horizon, 1, "horizon");
        return end.forecast(horizon, future(horizon));
    }

    /**
     * Forecasts from the last row on with given future rows of the regressors.
     *
     * @param future one row per step, the same columns as in the fit
     * @return one step per row
     */
    public List<ForecastStep> forecast(Regressors future) {
        return end.forecast(checked(future).rows(), future);
    }

    private Regressors future(int horizon) {
        return end.columns() == 0 ? Regressors.none() : regressors.ahead(horizon);
    }

    private Regressors checked(Regressors future) {
        Check.that(
                future.names().equals(regressors.names()) && future.rows() > 0,
                "future must have rows of " + regressors.names() + ", got " + future);
        return future;
    }

    /**
     * Draws a path that continues the series: each row from its one-step predictive distribution given the rows before,
     * so that the state's uncertainty is part of it.
     *
     * @param rows how many, at least 1
     * @param seed equal seeds give equal paths
     * @return the path
     * @throws IllegalArgumentException if the model has regressors that do not know their own future
     */
    public double[] simulate(int rows, long seed) {
        Check.atLeast(rows, 1, "rows");
        return simulated(rows, future(rows), seed);
    }

    /**
     * Draws a path that continues the series with given future rows of the regressors.
     *
     * @param future one row per step, the same columns as in the fit
     * @param seed equal seeds give equal paths
     * @return the path
     */
    public double[] simulate(Regressors future, long seed) {
        return simulated(checked(future).rows(), future, seed);
    }

    private double[] simulated(int rows, Regressors future, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        ArimaFilter filter = filter();
        double[] path = new double[rows];
        for (int t = 0; t < rows; t++) {
            double[] row = filter.columns() == 0 ? new double[0] : future.row(t);
            path[t] = filter.mean(row) + filter.standardError() * rng.nextGaussian();
            filter.update(path[t], row);
        }
        return path;
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
        Check.that(end.columns() == 0, "predict needs a model without regressors, got " + regressors.names());
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
        return summary(horizon == 0 ? List.of() : forecast(horizon), notes);
    }

    /**
     * The fit in numbers with forecasts that were made already.
     *
     * @param steps forecast rows, empty for none
     * @param notes sentences to add
     * @return a summary whose residuals have unit variance, with the vectors order, seasonalOrder, fitted and the roots
     */
    public ModelSummary summary(List<ForecastStep> steps, List<String> notes) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("logLikelihood", logLikelihood());
        values.put("aic", aic());
        values.put("aicc", aicc());
        values.put("bic", bic());
        values.put("sigma2", sigma2());
        values.put("nobs", (double) observations());
        values.put("smallestRootModulus", smallestRootModulus());
        values.put("distinctOptima", (double) distinctOptima());
        values.put("evaluations", (double) evaluations());
        ArimaSpec.Seasonal season = spec.seasonal();
        List<Root> ar = arRoots();
        List<Root> ma = maRoots();
        List<String> all = new ArrayList<>(notes);
        border(ar, "the autoregression", "stationarity: one difference more may fit")
                .ifPresent(all::add);
        border(ma, "the moving average", "invertibility: one difference less may fit")
                .ifPresent(all::add);
        return new ModelSummary(spec.toString(), status, values, coefficients(), all, standardised(), steps)
                .with("order", spec.p(), spec.d(), spec.q())
                .with("seasonalOrder", season.p(), season.d(), season.q(), season.period())
                .with("fitted", predictions)
                .with("arRootsReal", ar.stream().mapToDouble(Root::real).toArray())
                .with(
                        "arRootsImaginary",
                        ar.stream().mapToDouble(Root::imaginary).toArray())
                .with("maRootsReal", ma.stream().mapToDouble(Root::real).toArray())
                .with(
                        "maRootsImaginary",
                        ma.stream().mapToDouble(Root::imaginary).toArray());
    }

    /** A sentence where a polynomial has a root as near to the unit circle as an optimum ever comes. */
    private static Optional<String> border(List<Root> roots, String polynomial, String what) {
        double smallest =
                roots.isEmpty() ? Double.POSITIVE_INFINITY : roots.get(0).modulus();
        return smallest - 1 < BORDER
                ? Optional.of("the optimum lies at the border: " + polynomial + " has a root of modulus "
                        + String.format(Locale.ROOT, "%.7f", smallest) + ", the limit of " + what)
                : Optional.empty();
    }

    /** The same fit under another status. */
    ArimaFit withStatus(FitStatus other) {
        return new ArimaFit(spec, other, estimate, residuals, predictions, new Place(begin, first, end), regressors);
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
