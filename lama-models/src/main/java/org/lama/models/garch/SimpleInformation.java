package org.lama.models.garch;

/**
 * Expected information of ARCH, GARCH and GJR of order up to (1,1,1) in one pass: sum of d ln h_i d ln h_j / 2, of 1/h for
 * mu, and a rough number for nu. Only a metric for the search, so that the tails of Student's t need not be exact.
 */
final class SimpleInformation {
    private static final int MU = 0;
    private static final int OMEGA = 1;
    private static final int ALPHA = 2;
    private static final int GAMMA = 3;
    private static final int BETA = 4;
    private static final int SIZE = 5;

    private final GarchSpec spec;
    private final double[] theta;
    private final double beta;
    private final double[] sums = new double[SIZE * SIZE];
    private double means;

    SimpleInformation(GarchSpec spec, double[] theta, double beta) {
        this.spec = spec;
        this.theta = theta;
        this.beta = beta;
    }

    /** The information over the shocks and variances of the last evaluation at theta. */
    double[] over(VolatilityLikelihood likelihood, double backcast) {
        sum(likelihood.shock, likelihood.variance, backcast);
        int[] at = new int[spec.parameters()];
        int count = 0;
        for (int name = 0; name < SIZE; name++) {
            boolean there = (name == MU && spec.constantMean())
                    || name == OMEGA
                    || name == ALPHA
                    || (name == GAMMA && spec.o() > 0)
                    || (name == BETA && spec.q() > 0);
            if (there) {
                at[count++] = name;
            }
        }
        int k = spec.parameters();
        double[] information = new double[k * k];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                information[i * k + j] = 0.5 * sums[Math.max(at[i], at[j]) * SIZE + Math.min(at[i], at[j])];
            }
        }
        if (spec.constantMean()) {
            information[0] += means;
        }
        if (spec.student()) {
            Density density = new Density(spec, theta);
            double squares = 0;
            for (int t = 0; t < likelihood.shock.length; t++) {
                density.at(likelihood.shock[t], likelihood.variance[t]);
                squares += density.byNu * density.byNu;
            }
            information[k * k - 1] = squares;
        }
        return information;
    }

    private void sum(double[] e, double[] h, double backcast) {
        double alpha = theta[spec.alphaAt()];
        double gamma = spec.o() > 0 ? theta[spec.gammaAt()] : 0;
        double byMu = 0;
        double byOmega = 0;
        double byAlpha = 0;
        double byGamma = 0;
        double byBeta = 0;
        double square = backcast;
        double negative = 0.5 * backcast;
        double past = backcast;
        double push = 0;
        for (int t = 0; t < h.length; t++) {
            byMu = Math.fma(beta, byMu, push);
            byOmega = Math.fma(beta, byOmega, 1);
            byAlpha = Math.fma(beta, byAlpha, square);
            byGamma = Math.fma(beta, byGamma, negative);
            byBeta = Math.fma(beta, byBeta, past);
            double inverse = 1 / h[t];
            means += inverse;
            add(byMu * inverse, byOmega * inverse, byAlpha * inverse, byGamma * inverse, byBeta * inverse);
            square = e[t] * e[t];
            negative = e[t] < 0 ? square : 0;
            past = h[t];
            push = -2 * (e[t] < 0 ? alpha + gamma : alpha) * e[t];
        }
    }

    private void add(double mu, double omega, double alpha, double gamma, double beta2) {
        double[] s = sums;
        s[0] += mu * mu;
        s[5] += omega * mu;
        s[6] += omega * omega;
        s[10] += alpha * mu;
        s[11] += alpha * omega;
        s[12] += alpha * alpha;
        s[15] += gamma * mu;
        s[16] += gamma * omega;
        s[17] += gamma * alpha;
        s[18] += gamma * gamma;
        s[20] += beta2 * mu;
        s[21] += beta2 * omega;
        s[22] += beta2 * alpha;
        s[23] += beta2 * gamma;
        s[24] += beta2 * beta2;
    }
}
