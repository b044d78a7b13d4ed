package org.lama.models.garch;

import java.util.Arrays;

/**
 * EGARCH: the recursion runs in the logarithm of the variance, so that every row needs one exponential. Variances outside
 * of 1e-8 to 1e8 times the unit of the sample (1/4 to 1 of its variance) are outside of the domain: there a few shocks of size 0 could make the
 * likelihood infinite. The likelihood has a kink in mu at every return, because of |z|; there the slope to the left is given.
 */
final class LogVarianceLikelihood extends VolatilityLikelihood {
    private static final double MEAN_SIZE = Math.sqrt(2 / Math.PI);
    private static final double LOWEST = Math.log(1e-8);
    private static final double HIGHEST = Math.log(1e8);

    private final double presample;
    private final double[] logVariance;
    /** Standardised shocks. */
    private final double[] z;
    /** 1 / sigma_t. */
    private final double[] precision;
    /** Derivative of the log-likelihood by each ln sigma_t^2: first the direct part, then the whole. */
    private final double[] adjoint;
    /** Direct derivative of the log-likelihood by each shock. */
    private final double[] push;

    private double nuSlope;

    LogVarianceLikelihood(GarchSpec spec, GarchSample sample) {
        super(spec, sample);
        presample = Math.log(sample.backcast);
        logVariance = sample.arrays.take(x.length);
        z = sample.arrays.take(x.length);
        precision = sample.arrays.take(x.length);
        adjoint = sample.arrays.take(x.length);
        push = sample.arrays.take(x.length);
    }

    @Override
    double value(double[] theta) {
        if (!forward(theta)) {
            return Double.NEGATIVE_INFINITY;
        }
        return spec.student() ? student(theta[spec.nuAt()]) : normal();
    }

    @Override
    double evaluate(double[] theta, double[] gradient) {
        double value = value(theta);
        if (!Double.isFinite(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (spec.maxLag() == 1) {
            backSimple(theta, gradient);
        } else {
            back(theta, gradient);
        }
        if (spec.student()) {
            gradient[spec.nuAt()] = nuSlope;
        }
        return value;
    }

    private boolean forward(double[] theta) {
        double mu = mu(theta);
        if (spec.maxLag() == 1) {
            return forwardSimple(theta, mu);
        }
        for (int t = 0; t < x.length; t++) {
            double s = next(theta, t);
            if (!(s >= LOWEST && s <= HIGHEST)) {
                return false;
            }
            double inverse = Math.exp(-0.5 * s);
            logVariance[t] = s;
            precision[t] = inverse;
            shock[t] = x[t] - mu;
            z[t] = shock[t] * inverse;
            variance[t] = 1 / (inverse * inverse);
        }
        return true;
    }

    private boolean forwardSimple(double[] theta, double mu) {
        double alpha = theta[spec.alphaAt()];
        double gamma = spec.o() > 0 ? theta[spec.gammaAt()] : 0;
        double beta = spec.q() > 0 ? theta[spec.betaAt()] : 0;
        double level = theta[spec.omegaAt()] - alpha * MEAN_SIZE;
        double s = Math.fma(beta, presample, theta[spec.omegaAt()]);
        for (int t = 0; t < x.length; t++) {
            if (!(s >= LOWEST && s <= HIGHEST)) {
                return false;
            }
            double inverse = Math.exp(-0.5 * s);
            double e = x[t] - mu;
            double scaled = e * inverse;
            logVariance[t] = s;
            precision[t] = inverse;
            shock[t] = e;
            z[t] = scaled;
            variance[t] = 1 / (inverse * inverse);
            s = Math.fma(alpha, Math.abs(scaled), Math.fma(gamma, scaled, Math.fma(beta, s, level)));
        }
        return true;
    }

    private double next(double[] theta, int t) {
        double s = theta[spec.omegaAt()];
        for (int i = 1; i <= Math.min(spec.p(), t); i++) {
            s += theta[spec.alphaAt() + i - 1] * (Math.abs(z[t - i]) - MEAN_SIZE);
        }
        for (int i = 1; i <= Math.min(spec.o(), t); i++) {
            s += theta[spec.gammaAt() + i - 1] * z[t - i];
        }
        for (int j = 1; j <= spec.q(); j++) {
            s += theta[spec.betaAt() + j - 1] * past(t - j);
        }
        return s;
    }

    private double past(int t) {
        return t < 0 ? presample : logVariance[t];
    }

    private double normal() {
        double sum = 0;
        for (int t = 0; t < z.length; t++) {
            double square = z[t] * z[t];
            sum += logVariance[t] + square;
            adjoint[t] = 0.5 * (square - 1);
            push[t] = -z[t] * precision[t];
        }
        return -0.5 * sum - z.length * HALF_LOG_TWO_PI;
    }

    private double student(double nu) {
        double free = nu - 2;
        double sum = 0;
        double tails = 0;
        double weighted = 0;
        double product = 1;
        for (int t = 0; t < z.length; t++) {
            double square = z[t] * z[t];
            double tail = free + square;
            double weight = (nu + 1) / tail;
            sum += logVariance[t];
            product *= tail;
            if (!(product < 1e100 && product > 1e-100)) {
                tails += Math.log(product);
                product = 1;
            }
            weighted += weight * square;
            adjoint[t] = 0.5 * (weight * square - 1);
            push[t] = -weight * z[t] * precision[t];
        }
        int n = z.length;
        double ratios = tails + Math.log(product) - n * Math.log(free);
        nuSlope = n * StudentConstant.slope(nu) - 0.5 * ratios + 0.5 * weighted / free;
        return n * StudentConstant.value(nu) - 0.5 * sum - 0.5 * (nu + 1) * ratios;
    }

    private void backSimple(double[] theta, double[] gradient) {
        double alpha = theta[spec.alphaAt()];
        double gamma = spec.o() > 0 ? theta[spec.gammaAt()] : 0;
        double beta = spec.q() > 0 ? theta[spec.betaAt()] : 0;
        double next = 0;
        double byOmega = 0;
        double byAlpha = 0;
        double byGamma = 0;
        double byBeta = 0;
        double slope = 0;
        for (int t = z.length - 1; t >= 0; t--) {
            double reaction = z[t] < 0 ? gamma - alpha : gamma + alpha;
            double onShock = next * reaction;
            slope -= Math.fma(precision[t], onShock, push[t]);
            byAlpha = Math.fma(next, Math.abs(z[t]) - MEAN_SIZE, byAlpha);
            byGamma = Math.fma(next, z[t], byGamma);
            byBeta = Math.fma(next, logVariance[t], byBeta);
            next = Math.fma(next, Math.fma(-0.5 * z[t], reaction, beta), adjoint[t]);
            byOmega += next;
        }
        byBeta = Math.fma(next, presample, byBeta);
        gradient[spec.omegaAt()] = byOmega;
        gradient[spec.alphaAt()] = byAlpha;
        if (spec.o() > 0) {
            gradient[spec.gammaAt()] = byGamma;
        }
        if (spec.q() > 0) {
            gradient[spec.betaAt()] = byBeta;
        }
        if (spec.constantMean()) {
            gradient[0] = slope;
        }
    }

    private void back(double[] theta, double[] gradient) {
        int n = z.length;
        int alpha = spec.alphaAt();
        int gamma = spec.gammaAt();
        int beta = spec.betaAt();
        Arrays.fill(gradient, 0);
        double slope = 0;
        for (int t = n - 1; t >= 0; t--) {
            double sign = z[t] < 0 ? -1 : 1;
            double onShock = 0;
            for (int i = 1; i <= Math.min(spec.p(), n - 1 - t); i++) {
                onShock += adjoint[t + i] * theta[alpha + i - 1] * sign;
                gradient[alpha + i - 1] += adjoint[t + i] * (Math.abs(z[t]) - MEAN_SIZE);
            }
            for (int i = 1; i <= Math.min(spec.o(), n - 1 - t); i++) {
                onShock += adjoint[t + i] * theta[gamma + i - 1];
                gradient[gamma + i - 1] += adjoint[t + i] * z[t];
            }
            double total = adjoint[t] - 0.5 * z[t] * onShock;
            for (int j = 1; j <= Math.min(spec.q(), n - 1 - t); j++) {
                total += adjoint[t + j] * theta[beta + j - 1];
            }
            adjoint[t] = total;
            gradient[spec.omegaAt()] += total;
            for (int j = 1; j <= spec.q(); j++) {
                gradient[beta + j - 1] += total * past(t - j);
            }
            slope -= push[t] + precision[t] * onShock;
        }
        if (spec.constantMean()) {
            gradient[0] = slope;
        }
    }
}
