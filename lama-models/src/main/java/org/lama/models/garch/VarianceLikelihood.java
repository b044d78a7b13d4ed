package org.lama.models.garch;

/**
 * ARCH, GARCH and GJR: the recursion runs in the variance. Orders up to (1,1,1) have their own loops with the history in
 * registers. Math.fma halves the latency of the recursion (and fixes its bits). Logarithms are taken of products: the
 * sum of ln h_t costs one logarithm in some ten rows.
 */
final class VarianceLikelihood extends VolatilityLikelihood {
    private static final double SMALL = 1e-100;
    private static final double LARGE = 1e100;

    private final double backcast;
    private final boolean simple;
    /** Derivative of the log-likelihood by each variance: first the direct part, then the whole. */
    private final double[] adjoint;

    private double meanSlope;
    private double nuSlope;

    VarianceLikelihood(GarchSpec spec, GarchSample sample) {
        super(spec, sample);
        backcast = sample.backcast;
        simple = spec.maxLag() == 1;
        adjoint = sample.arrays.take(x.length);
    }

    @Override
    double value(double[] theta) {
        variances(theta);
        return spec.student() ? student(theta[spec.nuAt()]) : normal();
    }

    @Override
    double evaluate(double[] theta, double[] gradient) {
        double value = value(theta);
        if (!Double.isFinite(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (simple) {
            backSimple(theta, gradient);
        } else {
            back(theta, gradient);
        }
        if (spec.student()) {
            gradient[spec.nuAt()] = nuSlope;
        }
        return value;
    }

    @Override
    double[] information(GarchSample sample, double[] theta) {
        if (!simple || !Double.isFinite(value(theta))) {
            return super.information(sample, theta);
        }
        double beta = spec.q() > 0 ? theta[spec.betaAt()] : 0;
        return new SimpleInformation(spec, theta, beta).over(this, backcast);
    }

    private void variances(double[] theta) {
        double mu = mu(theta);
        for (int t = 0; t < x.length; t++) {
            shock[t] = x[t] - mu;
        }
        if (!simple) {
            forward(theta);
            return;
        }
        double alpha = theta[spec.alphaAt()];
        double beta = spec.q() > 0 ? theta[spec.betaAt()] : 0;
        if (spec.o() > 0) {
            forwardAsymmetric(theta[spec.omegaAt()], alpha, theta[spec.gammaAt()], beta);
        } else {
            forwardSimple(theta[spec.omegaAt()], alpha, beta);
        }
    }

    private void forwardSimple(double omega, double alpha, double beta) {
        double[] e = shock;
        double[] h = variance;
        double last = Math.fma(beta, backcast, Math.fma(alpha, backcast, omega));
        h[0] = last;
        for (int t = 1; t < h.length; t++) {
            last = Math.fma(beta, last, Math.fma(alpha, e[t - 1] * e[t - 1], omega));
            h[t] = last;
        }
    }

    private void forwardAsymmetric(double omega, double alpha, double gamma, double beta) {
        double[] e = shock;
        double[] h = variance;
        double last = Math.fma(beta, backcast, Math.fma(alpha + 0.5 * gamma, backcast, omega));
        h[0] = last;
        for (int t = 1; t < h.length; t++) {
            double negative = Math.min(e[t - 1], 0);
            double drive = Math.fma(gamma * negative, negative, Math.fma(alpha, e[t - 1] * e[t - 1], omega));
            last = Math.fma(beta, last, drive);
            h[t] = last;
        }
    }

    private void forward(double[] theta) {
        for (int t = 0; t < variance.length; t++) {
            double h = theta[spec.omegaAt()];
            for (int i = 1; i <= spec.p(); i++) {
                h = Math.fma(theta[spec.alphaAt() + i - 1], square(t - i), h);
            }
            for (int i = 1; i <= spec.o(); i++) {
                h = Math.fma(theta[spec.gammaAt() + i - 1], negativeSquare(t - i), h);
            }
            for (int j = 1; j <= spec.q(); j++) {
                h = Math.fma(theta[spec.betaAt() + j - 1], past(t - j), h);
            }
            variance[t] = h;
        }
    }

    private double square(int t) {
        return t < 0 ? backcast : shock[t] * shock[t];
    }

    private double negativeSquare(int t) {
        return t < 0 ? 0.5 * backcast : shock[t] < 0 ? shock[t] * shock[t] : 0;
    }

    private double past(int t) {
        return t < 0 ? backcast : variance[t];
    }

    private double normal() {
        double[] e = shock;
        double[] h = variance;
        double logs = 0;
        double product = 1;
        double squares = 0;
        double slope = 0;
        for (int t = 0; t < h.length; t++) {
            double inverse = 1 / h[t];
            double ratio = e[t] * inverse;
            double square = e[t] * ratio;
            product *= h[t];
            if (!(product > SMALL && product < LARGE)) {
                logs += Math.log(product);
                product = 1;
            }
            squares += square;
            slope += ratio;
            adjoint[t] = 0.5 * inverse * (square - 1);
        }
        meanSlope = slope;
        return -0.5 * (logs + Math.log(product) + squares) - h.length * HALF_LOG_TWO_PI;
    }

    private double student(double nu) {
        double[] e = shock;
        double[] h = variance;
        double free = nu - 2;
        double logs = 0;
        double product = 1;
        double tailLogs = 0;
        double tailProduct = 1;
        double weighted = 0;
        double slope = 0;
        for (int t = 0; t < h.length; t++) {
            double square = e[t] * e[t];
            double tail = Math.fma(free, h[t], square);
            double both = 1 / (h[t] * tail);
            double weight = (nu + 1) * h[t] * both;
            product *= h[t];
            if (!(product > SMALL && product < LARGE)) {
                logs += Math.log(product);
                product = 1;
            }
            tailProduct *= tail;
            if (!(tailProduct > SMALL && tailProduct < LARGE)) {
                tailLogs += Math.log(tailProduct);
                tailProduct = 1;
            }
            double pull = weight * square;
            weighted += pull;
            slope += weight * e[t];
            adjoint[t] = 0.5 * tail * both * (pull - 1);
        }
        meanSlope = slope;
        int n = h.length;
        double variances = logs + Math.log(product);
        double ratios = tailLogs + Math.log(tailProduct) - variances - n * Math.log(free);
        nuSlope = n * StudentConstant.slope(nu) - 0.5 * ratios + 0.5 * weighted / free;
        return n * StudentConstant.value(nu) - 0.5 * variances - 0.5 * (nu + 1) * ratios;
    }

    private void backSimple(double[] theta, double[] gradient) {
        double beta = spec.q() > 0 ? theta[spec.betaAt()] : 0;
        double[] e = shock;
        double[] h = variance;
        double total = 0;
        double byOmega = 0;
        double byAlpha = 0;
        double byBeta = 0;
        double byShock = 0;
        for (int t = h.length - 1; t > 0; t--) {
            total = Math.fma(beta, total, adjoint[t]);
            double pushed = total * e[t - 1];
            byOmega += total;
            byAlpha = Math.fma(pushed, e[t - 1], byAlpha);
            byBeta = Math.fma(total, h[t - 1], byBeta);
            byShock += pushed;
            adjoint[t] = total;
        }
        total = Math.fma(beta, total, adjoint[0]);
        adjoint[0] = total;
        gradient[spec.omegaAt()] = byOmega + total;
        gradient[spec.alphaAt()] = byAlpha + total * backcast;
        if (spec.q() > 0) {
            gradient[spec.betaAt()] = byBeta + total * backcast;
        }
        double slope = meanSlope - 2 * theta[spec.alphaAt()] * byShock;
        if (spec.o() > 0) {
            slope -= 2 * theta[spec.gammaAt()] * backNegative(gradient);
        }
        if (spec.constantMean()) {
            gradient[0] = slope;
        }
    }

    /** The derivative by gamma[1]; returns the sum of the adjoint times the negative shock. */
    private double backNegative(double[] gradient) {
        double[] e = shock;
        double byGamma = 0.5 * backcast * adjoint[0];
        double byShock = 0;
        for (int t = e.length - 1; t > 0; t--) {
            double negative = Math.min(e[t - 1], 0);
            double pushed = adjoint[t] * negative;
            byGamma = Math.fma(pushed, negative, byGamma);
            byShock += pushed;
        }
        gradient[spec.gammaAt()] = byGamma;
        return byShock;
    }

    private void back(double[] theta, double[] gradient) {
        int n = variance.length;
        for (int t = n - 1; t >= 0; t--) {
            double total = adjoint[t];
            for (int j = 1; j <= Math.min(spec.q(), n - 1 - t); j++) {
                total = Math.fma(theta[spec.betaAt() + j - 1], adjoint[t + j], total);
            }
            adjoint[t] = total;
        }
        double byOmega = 0;
        for (int t = 0; t < n; t++) {
            byOmega += adjoint[t];
        }
        gradient[spec.omegaAt()] = byOmega;
        double slope = meanSlope;
        for (int i = 1; i <= spec.p(); i++) {
            slope -= 2 * theta[spec.alphaAt() + i - 1] * backAlpha(i, gradient);
        }
        for (int i = 1; i <= spec.o(); i++) {
            slope -= 2 * theta[spec.gammaAt() + i - 1] * backGamma(i, gradient);
        }
        for (int j = 1; j <= spec.q(); j++) {
            double sum = 0;
            for (int t = 0; t < n; t++) {
                sum = Math.fma(adjoint[t], past(t - j), sum);
            }
            gradient[spec.betaAt() + j - 1] = sum;
        }
        if (spec.constantMean()) {
            gradient[0] = slope;
        }
    }

    private double backAlpha(int lag, double[] gradient) {
        double sum = 0;
        double byShock = 0;
        for (int t = 0; t < variance.length; t++) {
            sum = Math.fma(adjoint[t], square(t - lag), sum);
            byShock += t < lag ? 0 : adjoint[t] * shock[t - lag];
        }
        gradient[spec.alphaAt() + lag - 1] = sum;
        return byShock;
    }

    private double backGamma(int lag, double[] gradient) {
        double sum = 0;
        double byShock = 0;
        for (int t = 0; t < variance.length; t++) {
            sum = Math.fma(adjoint[t], negativeSquare(t - lag), sum);
            byShock += t < lag ? 0 : adjoint[t] * Math.min(shock[t - lag], 0);
        }
        gradient[spec.gammaAt() + lag - 1] = sum;
        return byShock;
    }
}
