package org.lama.models.arima;

/**
 * Exact likelihood of a sample by the Kalman filter in levels: for series with gaps, and as the independent check of
 * every reported value. Gradients are central differences. Owned by one thread.
 */
final class LevelLikelihood extends ArmaObjective {
    private static final double STEP = 1e-4;

    private final ArimaSample sample;
    private final LevelFilter filter;
    private final double[] probe;

    LevelLikelihood(ArimaSample sample, int p, int q) {
        super(p, q, sample.constant);
        this.sample = sample;
        filter = new LevelFilter(new double[p], new double[q], sample.d);
        probe = new double[p + q];
    }

    @Override
    int observations() {
        return sample.observations;
    }

    @Override
    double valueOfCoefficients() {
        filter.coefficients(ar.coefficients, theta);
        start(filter, sample, constant);
        if (!(filter.variance() > 0 && filter.variance() <= MAX_STATE_VARIANCE)) {
            return Double.POSITIVE_INFINITY;
        }
        double logs = accumulate();
        if (!(sumOfSquares > 0 && logs < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        return 0.5 * sample.observations * Math.log(sumOfSquares) + 0.5 * logs;
    }

    static void start(LevelFilter filter, ArimaSample sample, boolean withColumn) {
        filter.begin(withColumn ? 1 : 0);
        for (int k = 1; k <= sample.d; k++) {
            filter.level(k, sample.levels[sample.first - k], sample.column[sample.first - k]);
        }
    }

    private double accumulate() {
        double a = 0;
        double b = 0;
        double c = 0;
        double logs = 0;
        double product = 1;
        for (int t = sample.first; t < sample.length; t++) {
            double y = sample.levels[t];
            if (!Double.isNaN(y)) {
                double variance = filter.variance();
                double v = y - filter.mean();
                double vc = constant ? sample.column[t] - filter.columnMean(0) : 0;
                a += v * v / variance;
                b += v * vc / variance;
                c += vc * vc / variance;
                product *= variance;
                // one logarithm per few rows; the product stays far from overflow
                if (product > 1e100 || product < 1e-100) {
                    logs += Math.log(product);
                    product = 1;
                }
            }
            filter.step(y, sample.column[t]);
        }
        concentrate(a, b, c);
        return logs + Math.log(product);
    }

    @Override
    public double evaluate(double[] u, double[] gradient) {
        System.arraycopy(u, 0, probe, 0, u.length);
        for (int i = 0; i < u.length; i++) {
            probe[i] = u[i] + STEP;
            double up = value(probe);
            probe[i] = u[i] - STEP;
            double down = value(probe);
            probe[i] = u[i];
            gradient[i] = (up - down) / (2 * STEP);
        }
        double value = value(u);
        ar.differentiate();
        ma.differentiate();
        return value;
    }
}
