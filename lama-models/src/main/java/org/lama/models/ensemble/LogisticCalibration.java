package org.lama.models.ensemble;

/**
 * P(up | s) = 1 / (1 + exp(-(intercept + slope·s))), fitted by penalised maximum likelihood (Platt 1999, with a ridge on
 * the slope in place of smoothed targets). The slope is not negative: a member may turn out to say nothing, never the
 * opposite of what it says.
 */
record LogisticCalibration(double intercept, double slope) {
    private static final int MAX_ITERATIONS = 50;

    /** The prior as a calibration: whatever the signal, the base rate. */
    static LogisticCalibration constant(double baseRate) {
        return new LogisticCalibration(logit(baseRate), 0);
    }

    double logOdds(double signal) {
        return intercept + slope * signal;
    }

    static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    /**
     * Newton's method with halved steps on a strictly concave criterion; signals lie in [-1, 1], so that it is well
     * scaled. The base rate keeps the intercept finite when all rows go one way: it enters as one pseudo row.
     *
     * @param signal signals, the first {@code n} count
     * @param up 1 where the return that followed was positive, 0 where negative
     */
    static LogisticCalibration fit(double[] signal, double[] up, int n, double baseRate, double ridge) {
        double a = logit(baseRate);
        double b = 0;
        double value = criterion(signal, up, n, baseRate, ridge, a, b);
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            double p0 = sigmoid(a);
            double gradientA = baseRate - p0;
            double gradientB = -ridge * b;
            double haa = p0 * (1 - p0);
            double hab = 0;
            double hbb = ridge;
            for (int r = 0; r < n; r++) {
                double p = sigmoid(a + b * signal[r]);
                double w = p * (1 - p);
                gradientA += up[r] - p;
                gradientB += (up[r] - p) * signal[r];
                haa += w;
                hab += w * signal[r];
                hbb += w * signal[r] * signal[r];
            }
            double determinant = haa * hbb - hab * hab;
            double stepA = (hbb * gradientA - hab * gradientB) / determinant;
            double stepB = (haa * gradientB - hab * gradientA) / determinant;
            double scale = 1;
            double next = criterion(signal, up, n, baseRate, ridge, a + stepA, b + stepB);
            while (!(next >= value) && scale > 1e-10) {
                scale /= 2;
                next = criterion(signal, up, n, baseRate, ridge, a + scale * stepA, b + scale * stepB);
            }
            if (!(next >= value)) {
                break;
            }
            a += scale * stepA;
            b += scale * stepB;
            value = next;
            if (Math.abs(scale * stepA) + Math.abs(scale * stepB) < 1e-10) {
                break;
            }
        }
        return b > 0 ? new LogisticCalibration(a, b) : constant(baseRate);
    }

    private static double criterion(
            double[] signal, double[] up, int n, double baseRate, double ridge, double a, double b) {
        double sum = -0.5 * ridge * b * b + baseRate * a - softplus(a);
        for (int r = 0; r < n; r++) {
            double x = a + b * signal[r];
            sum += up[r] * x - softplus(x);
        }
        return sum;
    }

    private static double softplus(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }
}
