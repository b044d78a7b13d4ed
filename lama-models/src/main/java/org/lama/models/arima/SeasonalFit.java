package org.lama.models.arima;

import org.lama.core.signal.FitStatus;

/**
 * The best point found for one seasonal order on one sample. Package-private carrier between the optimiser, the order search
 * and the public results; its arrays are never written after creation.
 */
final class SeasonalFit {
    final ArimaSpec spec;
    final double[] u;
    /** ar, ma, sar, sma. */
    final double[] coefficients;
    /** Coefficients of the sample's orthogonal regression columns. */
    final double[] gamma;
    /** Log-likelihood in units of the series. */
    final double logLikelihood;

    final double sumOfSquares;
    final FitStatus status;
    final String start;
    final int distinctOptima;
    final int evaluations;
    /** |closed form - Kalman filter| of the log-likelihood. */
    final double disagreement;

    SeasonalFit(
            SeasonalObjective at, ArimaSpec spec, double[] u, double value, FitStatus status, OrderFit.Origin origin) {
        this.spec = spec;
        this.u = u;
        coefficients = at.parameters.values();
        gamma = at.gamma.clone();
        logLikelihood = value < Double.POSITIVE_INFINITY ? at.logLikelihood(value) : Double.NEGATIVE_INFINITY;
        sumOfSquares = at.sumOfSquares;
        this.status = status;
        start = origin.start();
        distinctOptima = origin.distinctOptima();
        evaluations = origin.evaluations();
        disagreement = origin.disagreement();
    }

    /** Whether the optimiser found a verified point at all. */
    boolean usable() {
        return logLikelihood > Double.NEGATIVE_INFINITY && logLikelihood < Double.POSITIVE_INFINITY;
    }
}
