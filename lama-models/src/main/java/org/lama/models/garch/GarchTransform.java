package org.lama.models.garch;

import java.util.Arrays;

/**
 * Maps the box [-1, 1]^k onto the allowed parameters, with its Jacobian, so that borders (alpha = 0, persistence 1) are
 * reached exactly and not only approached.
 *
 * <p>mu: mean +- 8 standard deviations. 1/nu linear between 1/500 and 1/2.05. ARCH, GARCH, GJR: ln omega linear between
 * 1e-8 and 10 times the variance; the persistence P = sum alpha + sum gamma / 2 + sum beta in [0, 1] is shared out among
 * the lags by successive shares in [0, 1] (stick breaking); the share a of a lag with both alpha and gamma is split by d
 * in [-1, 1] into alpha = a (1 - d), gamma = 2 a d, which is alpha &gt;= 0, alpha + gamma &gt;= 0. EGARCH: omega within
 * ln(1e4) of the logarithm of the variance, alpha and gamma in [-5, 5], beta by partial autocorrelations in (-1, 1).
 */
final class GarchTransform {
    private static final double MEAN_RANGE = 8;
    private static final double LOG_OMEGA_RANGE = 0.5 * Math.log(1e9);
    private static final double LOG_OMEGA_CENTRE = 0.5 * Math.log(1e-7);
    private static final double EGARCH_OMEGA_RANGE = Math.log(1e4);
    private static final double EGARCH_RANGE = 5;
    /** Partial autocorrelations of an EGARCH stay this far inside of 1. */
    static final double EGARCH_ROOM = 0.99999;

    private static final double LOW_SHARE = 1 / StudentConstant.HIGHEST_NU;
    private static final double HIGH_SHARE = 1 / StudentConstant.LOWEST_NU;

    private final GarchSpec spec;
    private final int k;
    private final double mean;
    private final double deviation;
    private final double variance;
    /** Lags with alpha or gamma. */
    private final int shockLags;

    /** Derivatives of what is left of the stick. */
    private final double[] rest;

    /** Derivatives of the piece broken off. */
    private final double[] piece;

    private final double[] previous;
    private final double[] previousRows;

    /** Derivatives of theta (rows) by u (columns) after {@link #apply}. */
    final double[] jacobian;

    GarchTransform(GarchSpec spec, GarchSample sample) {
        this.spec = spec;
        k = spec.parameters();
        mean = sample.mean;
        variance = sample.variance;
        deviation = Math.sqrt(variance);
        shockLags = Math.max(spec.p(), spec.o());
        rest = new double[k];
        piece = new double[k];
        previous = new double[spec.q()];
        previousRows = new double[spec.q() * k];
        jacobian = new double[k * k];
    }

    /** theta and the Jacobian at u. */
    void apply(double[] u, double[] theta) {
        Arrays.fill(jacobian, 0);
        if (spec.constantMean()) {
            theta[0] = mean + MEAN_RANGE * deviation * u[0];
            jacobian[0] = MEAN_RANGE * deviation;
        }
        if (spec.student()) {
            double share = LOW_SHARE + 0.5 * (u[k - 1] + 1) * (HIGH_SHARE - LOW_SHARE);
            theta[k - 1] = Math.max(StudentConstant.LOWEST_NU, Math.min(StudentConstant.HIGHEST_NU, 1 / share));
            jacobian[k * k - 1] = -0.5 * (HIGH_SHARE - LOW_SHARE) / (share * share);
        }
        int omega = spec.omegaAt();
        if (spec.logarithmic()) {
            theta[omega] = Math.log(variance) + EGARCH_OMEGA_RANGE * u[omega];
            jacobian[omega * k + omega] = EGARCH_OMEGA_RANGE;
            for (int i = spec.alphaAt(); i < spec.betaAt(); i++) {
                theta[i] = EGARCH_RANGE * u[i];
                jacobian[i * k + i] = EGARCH_RANGE;
            }
            autocorrelations(u, theta);
        } else {
            theta[omega] = variance * Math.exp(LOG_OMEGA_CENTRE + LOG_OMEGA_RANGE * u[omega]);
            jacobian[omega * k + omega] = theta[omega] * LOG_OMEGA_RANGE;
            shares(u, theta);
        }
    }

    /** Gradient by u from the gradient by theta. */
    void pullBack(double[] byTheta, double[] byU) {
        for (int j = 0; j < k; j++) {
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += jacobian[i * k + j] * byTheta[i];
            }
            byU[j] = sum;
        }
    }

    // The coordinates after omega: one per weight (the first holds the persistence, the others the share of the weight
    // before), then one per lag with both alpha and gamma. Weights: shock lags, then variance lags.

    private int weights() {
        return shockLags + spec.q();
    }

    private int splitAt() {
        return spec.alphaAt() + weights();
    }

    private void shares(double[] u, double[] theta) {
        int first = spec.alphaAt();
        int last = weights() - 1;
        double left = 0.5 * (u[first] + 1);
        Arrays.fill(rest, 0);
        rest[first] = 0.5;
        for (int w = 0; w < last; w++) {
            int at = first + w + 1;
            double share = 0.5 * (u[at] + 1);
            for (int j = 0; j < k; j++) {
                piece[j] = share * rest[j];
                rest[j] -= piece[j];
            }
            piece[at] = 0.5 * left;
            rest[at] = -0.5 * left;
            weight(w, left * share, u, theta);
            left *= 1 - share;
        }
        System.arraycopy(rest, 0, piece, 0, k);
        weight(last, left, u, theta);
    }

    /** Sets the parameters of one weight, whose derivatives stand in {@link #piece}. */
    private void weight(int w, double value, double[] u, double[] theta) {
        if (w >= shockLags) {
            row(spec.betaAt() + w - shockLags, value, 1, theta);
        } else if (w >= spec.p()) {
            row(spec.gammaAt() + w, value, 2, theta);
        } else if (w >= spec.o()) {
            row(spec.alphaAt() + w, value, 1, theta);
        } else {
            int at = splitAt() + w;
            row(spec.alphaAt() + w, value, 1 - u[at], theta);
            row(spec.gammaAt() + w, value, 2 * u[at], theta);
            jacobian[(spec.alphaAt() + w) * k + at] = -value;
            jacobian[(spec.gammaAt() + w) * k + at] = 2 * value;
        }
    }

    private void row(int at, double value, double factor, double[] theta) {
        theta[at] = value * factor;
        for (int j = 0; j < k; j++) {
            jacobian[at * k + j] += factor * piece[j];
        }
    }

    /** beta of EGARCH from partial autocorrelations by Durbin and Levinson, with derivatives. */
    private void autocorrelations(double[] u, double[] theta) {
        int at = spec.betaAt();
        int q = spec.q();
        for (int m = 0; m < q; m++) {
            double r = EGARCH_ROOM * u[at + m];
            System.arraycopy(theta, at, previous, 0, m);
            System.arraycopy(jacobian, at * k, previousRows, 0, m * k);
            theta[at + m] = r;
            Arrays.fill(jacobian, (at + m) * k, (at + m + 1) * k, 0);
            jacobian[(at + m) * k + at + m] = EGARCH_ROOM;
            for (int i = 0; i < m; i++) {
                theta[at + i] = previous[i] - r * previous[m - 1 - i];
                for (int j = 0; j < k; j++) {
                    jacobian[(at + i) * k + j] = previousRows[i * k + j] - r * previousRows[(m - 1 - i) * k + j];
                }
                jacobian[(at + i) * k + at + m] = -EGARCH_ROOM * previous[m - 1 - i];
            }
        }
    }

    /** u of some parameters; those outside of the box are moved to its border. */
    double[] invert(double[] theta) {
        double[] u = new double[k];
        int omega = spec.omegaAt();
        if (spec.constantMean()) {
            u[0] = (theta[0] - mean) / (MEAN_RANGE * deviation);
        }
        if (spec.student()) {
            u[k - 1] = 2 * (1 / theta[k - 1] - LOW_SHARE) / (HIGH_SHARE - LOW_SHARE) - 1;
        }
        if (spec.logarithmic()) {
            u[omega] = (theta[omega] - Math.log(variance)) / EGARCH_OMEGA_RANGE;
            for (int i = spec.alphaAt(); i < spec.betaAt(); i++) {
                u[i] = theta[i] / EGARCH_RANGE;
            }
            partials(theta, u);
        } else {
            u[omega] = (Math.log(theta[omega] / variance) - LOG_OMEGA_CENTRE) / LOG_OMEGA_RANGE;
            breakStick(theta, u);
        }
        for (int i = 0; i < k; i++) {
            u[i] = Math.max(-1, Math.min(1, u[i]));
        }
        return u;
    }

    private void breakStick(double[] theta, double[] u) {
        int first = spec.alphaAt();
        int count = weights();
        double[] weight = new double[count];
        double total = 0;
        for (int w = 0; w < count; w++) {
            weight[w] = weightOf(theta, w);
            total += weight[w];
        }
        u[first] = 2 * total - 1;
        double left = total;
        for (int w = 0; w < count - 1; w++) {
            u[first + w + 1] = left > 0 ? 2 * Math.min(1, weight[w] / left) - 1 : 0;
            left -= weight[w];
        }
        for (int i = 0; i < Math.min(spec.p(), spec.o()); i++) {
            u[splitAt() + i] = weight[i] > 0 ? theta[spec.gammaAt() + i] / (2 * weight[i]) : 0;
        }
    }

    private double weightOf(double[] theta, int w) {
        if (w >= shockLags) {
            return theta[spec.betaAt() + w - shockLags];
        }
        return (w < spec.p() ? theta[spec.alphaAt() + w] : 0) + (w < spec.o() ? 0.5 * theta[spec.gammaAt() + w] : 0);
    }

    private void partials(double[] theta, double[] u) {
        int q = spec.q();
        double[] beta = Arrays.copyOfRange(theta, spec.betaAt(), spec.betaAt() + q);
        for (int m = q - 1; m >= 0; m--) {
            double r = Math.max(-EGARCH_ROOM, Math.min(EGARCH_ROOM, beta[m]));
            u[spec.betaAt() + m] = r / EGARCH_ROOM;
            double[] shorter = new double[m];
            for (int i = 0; i < m; i++) {
                shorter[i] = (beta[i] + r * beta[m - 1 - i]) / (1 - r * r);
            }
            beta = shorter;
        }
    }
}
