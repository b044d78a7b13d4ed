package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.signal.FitStatus;

/** Turns the best point of an order into a public fit: standard errors, residuals, predictions, final state. */
final class Estimation {
    private Estimation() {}

    static ArimaFit complete(ArimaSample sample, ArimaSpec spec, OrderFit best) {
        ArmaObjective objective = sample.fast()
                ? ExactLikelihood.of(sample, best.p, best.q, sample.scratch())
                : new LevelLikelihood(sample, best.p, best.q);
        double[] errors = standardErrors(objective, best, sample.fast() ? 1e-4 : 1e-3, sample.scratch());
        if (spec.constant()) {
            errors[errors.length - 1] *= sample.scale;
        }
        boolean singular = errors.length > 0 && Double.isNaN(errors[0]);
        FitStatus status = singular ? singular(best.status) : best.status;
        double sigmaScaled = Math.sqrt(best.sumOfSquares / sample.observations);
        double sigma = sigmaScaled * sample.scale;
        double constant = sample.constant(best.level);
        ArimaFit.Estimate estimate = new ArimaFit.Estimate(best.phi, best.theta, errors, sigma)
                .constant(spec, constant)
                .likelihood(best.logLikelihood - sample.observations * Math.log(sample.scale), sample.observations)
                .search(best.start, best.distinctOptima, best.evaluations);
        return filtered(sample, spec, status, estimate, best);
    }

    /** The status of a fit whose information matrix could not be inverted. */
    private static FitStatus singular(FitStatus status) {
        return status.converged()
                ? new FitStatus(
                        FitStatus.Outcome.SINGULAR,
                        status.iterations(),
                        status.gradientNorm(),
                        "the information matrix is singular: parameters are used, standard errors are not")
                : status;
    }

    /** Runs the filter over all rows for residuals, predictions and the final state. */
    private static ArimaFit filtered(
            ArimaSample sample, ArimaSpec spec, FitStatus status, ArimaFit.Estimate estimate, OrderFit best) {
        LevelFilter filter = new LevelFilter(best.phi, best.theta, sample.d);
        LevelLikelihood.start(filter, sample, false);
        // the constant leaves the series here, so that the running filter has no second column
        for (int k = 1; k <= sample.d; k++) {
            int t = sample.first - k;
            filter.level(k, sample.levels[t] - best.level * sample.column[t], 0);
        }
        double sigma = estimate.sigma();
        double level = sample.d == 0 ? sample.origin + estimate.constant() : sample.origin;
        double slope = sample.d == 1 ? estimate.constant() : 0;
        ArimaFilter.Units units = new ArimaFilter.Units(level, slope, sample.scale, sigma);
        ArimaFilter begin = new ArimaFilter(filter.copy(), units, 1);
        double centre = sample.constant ? sample.centre : 0;
        double[] residuals = new double[sample.length];
        double[] predictions = new double[sample.length];
        Arrays.fill(residuals, Double.NaN);
        Arrays.fill(predictions, Double.NaN);
        double origin = sample.origin;
        for (int t = sample.first; t < sample.length; t++) {
            double shift = best.level * sample.column[t];
            double y = sample.levels[t] - shift;
            double mean = filter.mean();
            predictions[t] = origin + centre * sample.column[t] + sample.scale * (mean + shift);
            residuals[t] = sample.scale * (y - mean) / Math.sqrt(filter.variance());
            filter.step(y, 0);
        }
        double row = sample.length - sample.first + 1;
        ArimaFit.Place place = new ArimaFit.Place(begin, sample.first, new ArimaFilter(filter, units, row));
        return new ArimaFit(spec, status, estimate, residuals, predictions, place);
    }

    /**
     * Standard errors of phi, theta and (scaled) level: the Hessian of the concentrated likelihood in u by differences of
     * its gradient, carried to the coefficients; the level's variance is completed by its dependence on u.
     */
    private static double[] standardErrors(ArmaObjective objective, OrderFit best, double step, Scratch scratch) {
        int k = best.p + best.q;
        double[] result = new double[k + (objective.constant ? 1 : 0)];
        double[] levelSlope = new double[k];
        double[] covariance = covariance(objective, best.u, step, levelSlope, scratch.small(0, k * k));
        if (covariance.length < k * k) {
            Arrays.fill(result, Double.NaN);
            return result;
        }
        objective.value(best.u);
        objective.ar.differentiate();
        objective.ma.differentiate();
        double[] jacobian = scratch.small(1, k * k);
        Arrays.fill(jacobian, 0, k * k, 0);
        for (int i = 0; i < best.p; i++) {
            for (int l = 0; l < best.p; l++) {
                jacobian[i * k + l] = objective.ar.derivative(i, l);
            }
        }
        for (int i = 0; i < best.q; i++) {
            for (int l = 0; l < best.q; l++) {
                jacobian[(best.p + i) * k + best.p + l] = -objective.ma.derivative(i, l);
            }
        }
        double[] coefficients = scratch.small(3, k * k);
        GaussNewton.sandwich(jacobian, covariance, k, false, scratch.small(2, k * k), coefficients);
        for (int i = 0; i < k; i++) {
            result[i] = Math.sqrt(coefficients[i * k + i]);
        }
        if (objective.constant) {
            double variance = best.sumOfSquares / (objective.observations() * best.levelInformation);
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    variance += levelSlope[i] * covariance[i * k + j] * levelSlope[j];
                }
            }
            result[k] = Math.sqrt(variance);
        }
        return result;
    }

    /** Inverse Hessian in u; empty if it is not positive definite. */
    private static double[] covariance(
            ArmaObjective objective, double[] u, double step, double[] levelSlope, double[] hessian) {
        int k = u.length;
        Arrays.fill(hessian, 0, k * k, 0);
        double[] up = new double[k];
        double[] down = new double[k];
        double[] probe = u.clone();
        for (int i = 0; i < k; i++) {
            probe[i] = u[i] + step;
            double high = objective.evaluate(probe, up);
            double levelUp = objective.level;
            probe[i] = u[i] - step;
            double low = objective.evaluate(probe, down);
            levelSlope[i] = (levelUp - objective.level) / (2 * step);
            probe[i] = u[i];
            if (!Double.isFinite(high + low)) {
                return new double[0];
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
