package org.lama.models.arima;

import org.lama.core.math.Bfgs;

/**
 * The concentrated negative log-likelihood n/2 log S + 1/2 logdet of an ARMA(p,q) process with optional constant, as a
 * function of the unbounded parameters u (p of the AR part, then q of the MA part). Owned by one thread.
 */
abstract class ArmaObjective implements Bfgs.Objective {
    /** Above this variance of the state the stationary start is a numerical fiction. */
    static final double MAX_STATE_VARIANCE = 1e8;

    final int p;
    final int q;
    final boolean constant;
    final Pacf ar;
    final Pacf ma;
    final double[] theta;
    /** Results of the last evaluation: S(mu) = A - 2 B mu + C mu^2 and its minimum. */
    double sumOfSquares;

    double level;
    double plainSum;
    double mixedSum;
    double levelInformation;

    ArmaObjective(int p, int q, boolean constant) {
        this.p = p;
        this.q = q;
        this.constant = constant;
        ar = new Pacf(p);
        ma = new Pacf(q);
        theta = new double[q];
    }

    /** Number of observations that enter the likelihood. */
    abstract int observations();

    /** Maps u to phi and theta. */
    final void unpack(double[] u) {
        ar.forward(u, 0);
        ma.forward(u, p);
        for (int j = 0; j < q; j++) {
            theta[j] = -ma.coefficients[j];
        }
    }

    /** The value alone. */
    final double value(double[] u) {
        unpack(u);
        return valueOfCoefficients();
    }

    /** The value at the phi and theta that are set. */
    abstract double valueOfCoefficients();

    /** The value at given coefficients and level, without concentrating the level out. */
    final double valueAt(double[] phi, double[] thetaGiven, double levelGiven) {
        System.arraycopy(phi, 0, ar.coefficients, 0, p);
        System.arraycopy(thetaGiven, 0, theta, 0, q);
        double best = valueOfCoefficients();
        double sum = plainSum - 2 * mixedSum * levelGiven + levelInformation * levelGiven * levelGiven;
        double value = best + 0.5 * observations() * Math.log(sum / sumOfSquares);
        sumOfSquares = sum;
        level = levelGiven;
        return value;
    }

    /** Stores A, B, C and the minimum. */
    final void concentrate(double a, double b, double c) {
        plainSum = a;
        mixedSum = b;
        levelInformation = c;
        level = constant && c > 0 ? b / c : 0;
        sumOfSquares = a - level * b;
    }

    /** Log-likelihood that belongs to a value of this objective, on the scale of the data it holds. */
    final double logLikelihood(double value) {
        int n = observations();
        return -value - 0.5 * n * (Math.log(2 * Math.PI) + 1 - Math.log(n));
    }

    /** The value of this objective that belongs to a log-likelihood. */
    final double valueOf(double logLikelihood) {
        return logLikelihood(logLikelihood);
    }

    /** Number of parameters u. */
    final int dimension() {
        return p + q;
    }
}
