package org.lama.models.arima;

import org.lama.core.signal.FitStatus;

/**
 * The best point found for one order on one sample.
 *
 * <p>Package-private carrier between the optimiser and the public results; its arrays are never written after creation.
 */
final class OrderFit {
    final int p;
    final int q;
    final double[] u;
    final double[] phi;
    final double[] theta;
    /** Log-likelihood on the scale of the sample (not of the series). */
    final double logLikelihood;

    final double level;
    final double levelInformation;
    final double sumOfSquares;
    final FitStatus status;
    final String start;
    final int distinctOptima;
    final int evaluations;
    /** |exact - Kalman| of the reported log-likelihood. */
    final double disagreement;

    OrderFit(ArmaObjective at, double[] u, double value, FitStatus status, Origin origin) {
        p = at.p;
        q = at.q;
        this.u = u;
        phi = at.ar.coefficients.clone();
        theta = at.theta.clone();
        logLikelihood = at.logLikelihood(value);
        level = at.level;
        levelInformation = at.levelInformation;
        sumOfSquares = at.sumOfSquares;
        this.status = status;
        start = origin.start;
        distinctOptima = origin.distinctOptima;
        evaluations = origin.evaluations;
        disagreement = origin.disagreement;
    }

    /** Whether the optimiser found a verified point at all. */
    boolean usable() {
        return logLikelihood > Double.NEGATIVE_INFINITY && logLikelihood < Double.POSITIVE_INFINITY;
    }

    /** How the point was found. */
    record Origin(String start, int distinctOptima, int evaluations, double disagreement) {}
}
