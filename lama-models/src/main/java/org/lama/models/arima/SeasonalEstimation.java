package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.signal.FitStatus;

/** Turns the best point of a seasonal order into a public fit: standard errors, residuals, predictions, final state. */
final class SeasonalEstimation {
    private static final double STEP = 1e-4;
    private static final double STEP_BY_DIFFERENCES = 1e-3;

    private SeasonalEstimation() {}

    static ArimaFit complete(RegressionSample sample, SeasonalObjective objective, SeasonalFit best, Regressors x) {
        return finish(sample, objective, best, x, standardErrors(objective, best));
    }

    /** A fit whose coefficients were given: its standard errors are NaN. */
    static ArimaFit given(RegressionSample sample, SeasonalObjective objective, SeasonalFit at, Regressors x) {
        double[] errors = new double[at.coefficients.length + at.gamma.length];
        Arrays.fill(errors, Double.NaN);
        return finish(sample, objective, at, x, errors).withStatus(at.status);
    }

    private static ArimaFit finish(
            RegressionSample sample, SeasonalObjective objective, SeasonalFit best, Regressors x, double[] errors) {
        boolean singular = errors.length > 0 && Double.isNaN(errors[0]);
        FitStatus status = singular && best.status.converged()
                ? new FitStatus(
                        FitStatus.Outcome.SINGULAR,
                        best.status.iterations(),
                        best.status.gradientNorm(),
                        "the information matrix is singular: parameters are used, standard errors are not")
                : best.status;
        SeasonalParameters at = objective.parameters;
        objective.sumOfSquares = best.sumOfSquares;
        double sigma = Math.sqrt(objective.variance()) * sample.scale;
        at.set(best.coefficients);
        ArimaFit.Estimate estimate = new ArimaFit.Estimate(at.phi.clone(), at.theta.clone(), errors, sigma)
                .seasonal(at.seasonalPhi.clone(), at.seasonalTheta.clone())
                .regression(sample.names, sample.coefficients(best.gamma))
                .likelihood(best.logLikelihood, sample.observations)
                .search(best.start, best.distinctOptima, best.evaluations);
        return filtered(sample, best, estimate, status, objective, x);
    }

    /** Runs the filter over all rows for residuals, predictions and the final state. */
    private static ArimaFit filtered(
            RegressionSample sample,
            SeasonalFit best,
            ArimaFit.Estimate estimate,
            FitStatus status,
            SeasonalObjective objective,
            Regressors x) {
        SeasonalParameters at = objective.parameters;
        double[] beta = sample.coefficients(best.gamma);
        double[] levels = sample.levels(beta);
        int constants = beta.length - x.count();
        double mean = best.spec.mean() ? beta[0] : 0;
        double drift = best.spec.drift() ? beta[constants - 1] : 0;
        ArimaFilter.Units units = new ArimaFilter.Units(
                sample.origin + mean,
                drift,
                sample.scale,
                estimate.sigma(),
                Arrays.copyOfRange(beta, constants, beta.length));
        LevelFilter filter = new LevelFilter(at.fullPhi, at.fullTheta, sample.delta, 0);
        int first = objective.begin(filter, levels);
        ArimaFilter begin = new ArimaFilter(filter.copy(), units, sample.from + first + 1);
        double[] residuals = new double[sample.length];
        double[] predictions = new double[sample.length];
        Arrays.fill(residuals, Double.NaN);
        Arrays.fill(predictions, Double.NaN);
        ArimaFilter running = new ArimaFilter(filter, units, sample.from + first + 1);
        for (int t = sample.from + first; t < sample.length; t++) {
            double[] row = x.count() == 0 ? new double[0] : x.row(t);
            double level = t < sample.to ? levels[t - sample.from] : Double.NaN;
            if (!filter.diffuse()) {
                predictions[t] = running.mean(row);
                residuals[t] = sample.scale * (level - filter.mean()) / Math.sqrt(filter.variance());
            }
            filter.step(level, 0);
            running.moved();
        }
        ArimaFit.Place place = new ArimaFit.Place(begin, sample.from + first, running);
        return new ArimaFit(best.spec, status, estimate, residuals, predictions, place, x);
    }

    /**
     * Standard errors of all coefficients: the Hessian of the concentrated criterion in u by differences of its gradient,
     * carried to the coefficients; the regression's covariance is completed by its dependence on u.
     */
    private static double[] standardErrors(SeasonalObjective objective, SeasonalFit best) {
        int k = best.u.length;
        int columns = best.gamma.length;
        double[] result = new double[k + columns];
        double[] slopes = new double[columns * k];
        double[] covariance = covariance(objective, best.u, slopes);
        double value = objective.value(best.u);
        if (covariance.length < k * k || !(value < Double.POSITIVE_INFINITY)) {
            Arrays.fill(result, Double.NaN);
            return result;
        }
        double[] coefficients = GaussNewton.sandwich(objective.jacobian(), covariance, k, false);
        for (int i = 0; i < k; i++) {
            result[i] = Math.sqrt(coefficients[i * k + i]);
        }
        if (columns > 0) {
            double[] regression = SmallLinear.inverseFromCholesky(objective.information, columns);
            for (int a = 0; a < columns; a++) {
                for (int b = 0; b < columns; b++) {
                    double sum = objective.variance() * regression[a * columns + b];
                    for (int i = 0; i < k; i++) {
                        for (int j = 0; j < k; j++) {
                            sum += slopes[a * k + i] * covariance[i * k + j] * slopes[b * k + j];
                        }
                    }
                    regression[a * columns + b] = sum;
                }
            }
            double[] errors = objective.sample.standardErrors(regression);
            System.arraycopy(errors, 0, result, k, columns);
        }
        return result;
    }

    /** Inverse Hessian in u; empty if it is not positive definite. Fills d gamma / d u. */
    private static double[] covariance(SeasonalObjective objective, double[] u, double[] slopes) {
        int k = u.length;
        int columns = objective.gamma.length;
        double step = objective instanceof SeasonalKalman ? STEP_BY_DIFFERENCES : STEP;
        double[] hessian = new double[k * k];
        double[] up = new double[k];
        double[] down = new double[k];
        double[] probe = u.clone();
        for (int i = 0; i < k; i++) {
            probe[i] = u[i] + step;
            double high = objective.evaluate(probe, up);
            double[] gammaUp = objective.gamma.clone();
            probe[i] = u[i] - step;
            double low = objective.evaluate(probe, down);
            probe[i] = u[i];
            if (!Double.isFinite(high + low)) {
                return new double[0];
            }
            for (int c = 0; c < columns; c++) {
                slopes[c * k + i] = (gammaUp[c] - objective.gamma[c]) / (2 * step);
            }
            for (int j = 0; j < k; j++) {
                double value = (up[j] - down[j]) / (2 * step);
                hessian[i * k + j] += 0.5 * value;
                hessian[j * k + i] += 0.5 * value;
            }
        }
        return SmallLinear.cholesky(hessian, k, 1e-9) ? SmallLinear.inverseFromCholesky(hessian, k) : new double[0];
    }
}
