package org.lama.models.arima;

import org.lama.core.math.Bfgs;

/**
 * A concentrated objective of a seasonal model with regression, n/2 log S + terms, as a function of the unbounded parameters
 * of {@link SeasonalParameters}. The regression is concentrated out: after each evaluation {@link #gamma} and {@link
 * #information} hold its solution and the Cholesky factor of its normal equations. Owned by one thread.
 */
abstract class SeasonalObjective implements Bfgs.Objective {
    final RegressionSample sample;
    final SeasonalParameters parameters;
    /** Coefficients of the sample's orthogonal columns at the last evaluation. */
    final double[] gamma;
    /** Lower Cholesky factor of the information of gamma in units of the noise variance. */
    final double[] information;

    double sumOfSquares;

    SeasonalObjective(RegressionSample sample, ArimaSpec spec) {
        this.sample = sample;
        parameters = new SeasonalParameters(spec);
        gamma = new double[sample.columns.length];
        information = new double[gamma.length * gamma.length];
    }

    /** Number of observations in the objective. */
    int observations() {
        return sample.observations;
    }

    /** The value alone. */
    final double value(double[] u) {
        unpack(u);
        return valueOfCoefficients();
    }

    /** Maps u to the coefficients. */
    void unpack(double[] u) {
        parameters.unpack(u);
    }

    /** d coefficients / d u at the u of the last evaluation, row-major. */
    double[] jacobian() {
        return parameters.jacobian();
    }

    /**
     * Puts a filter of the same coefficients before the first row that it can predict.
     *
     * @param levels scaled levels of the trimmed rows
     * @return that row, counted from the first trimmed one
     */
    int begin(LevelFilter filter, double[] levels) {
        filter.beginDiffuse(0);
        return 0;
    }

    /** The value at the coefficients that are set; infinite where it is not defined. */
    abstract double valueOfCoefficients();

    /** The value at given coefficients (ar, ma, sar, sma) and given gamma, nothing concentrated but the variance. */
    final double valueAt(double[] coefficients, double[] given) {
        parameters.set(coefficients);
        double best = valueOfCoefficients();
        int k = gamma.length;
        double extra = 0;
        for (int j = 0; j < k; j++) {
            double sum = 0;
            for (int i = j; i < k; i++) {
                sum += information[i * k + j] * (given[i] - gamma[i]);
            }
            extra += sum * sum;
        }
        double value = best + 0.5 * observations() * Math.log1p(extra / sumOfSquares);
        sumOfSquares += extra;
        System.arraycopy(given, 0, gamma, 0, k);
        return value;
    }

    /** Log-likelihood in units of the series that belongs to a value of this objective. */
    double logLikelihood(double value) {
        int n = observations();
        return -value
                - 0.5 * n * (Math.log(2 * Math.PI) + 1 - Math.log(n))
                - n * Math.log(sample.scale)
                + sample.patternConstant;
    }

    /** Noise variance in units of the scaled sample. */
    final double variance() {
        return sumOfSquares / observations();
    }
}
