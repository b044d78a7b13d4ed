package org.lama.models.arima;

import java.util.Arrays;

/**
 * The likelihood of {@link SeasonalLikelihood} by the Kalman filter: the independent check of every reported value, and the
 * objective of series with too many gaps for the closed form (gradients are central differences then). A complete
 * series is filtered in differences, one with gaps in levels from a diffuse start. Owned by one thread.
 */
final class SeasonalKalman extends SeasonalObjective {
    private static final double STEP = 1e-4;
    private static final double MAX_STATE_VARIANCE = 1e8;

    private final LevelFilter filter;
    private final double[] data;
    private final double[][] columns;
    private final int carried;
    private final double[] row;
    private final double[] innovations;
    private final double[] inner;
    private final double[] probe;

    SeasonalKalman(RegressionSample sample, ArimaSpec spec) {
        super(sample, spec);
        carried = sample.columns.length;
        data = sample.gaps ? sample.levels(sample.coefficients(new double[carried])) : sample.w;
        columns = sample.gaps ? sample.levelColumns() : sample.columns;
        double[] delta = sample.gaps ? sample.delta : new double[0];
        filter = new LevelFilter(parameters.fullPhi, parameters.fullTheta, delta, carried);
        row = new double[carried];
        innovations = new double[carried + 1];
        inner = new double[(carried + 1) * (carried + 1)];
        probe = new double[parameters.dimension()];
    }

    @Override
    double valueOfCoefficients() {
        filter.coefficients(parameters.fullPhi, parameters.fullTheta);
        filter.beginDiffuse(carried);
        if (!(filter.variance() > 0 && filter.variance() <= MAX_STATE_VARIANCE)) {
            return Double.POSITIVE_INFINITY;
        }
        double logs = accumulate();
        if (!(solve() && sumOfSquares > 0 && logs < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        // the other objective counts the start of the differences, which this one leaves out
        return 0.5 * (observations() * Math.log(sumOfSquares) + logs) + sample.patternConstant;
    }

    private double accumulate() {
        Arrays.fill(inner, 0);
        double logs = 0;
        double product = 1;
        for (int t = 0; t < data.length; t++) {
            for (int c = 0; c < carried; c++) {
                row[c] = columns[c][t];
            }
            if (!Double.isNaN(data[t]) && !filter.diffuse()) {
                double variance = filter.variance();
                add(data[t], 1 / variance);
                product *= variance;
                // one logarithm per few rows; the product stays far from overflow
                if (product > 1e100 || product < 1e-100) {
                    logs += Math.log(product);
                    product = 1;
                }
            }
            filter.step(data[t], row);
        }
        return logs + Math.log(product);
    }

    private void add(double y, double weight) {
        innovations[carried] = y - filter.mean();
        for (int c = 0; c < carried; c++) {
            innovations[c] = row[c] - filter.columnMean(c);
        }
        int k = carried + 1;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                inner[i * k + j] += weight * innovations[i] * innovations[j];
            }
        }
    }

    /** Cholesky of the inner products with the data last: the last pivot is S. */
    private boolean solve() {
        int k = carried + 1;
        for (int j = 0; j < carried; j++) {
            double diagonal = inner[j * k + j];
            double pivot = diagonal;
            for (int l = 0; l < j; l++) {
                pivot -= inner[j * k + l] * inner[j * k + l];
            }
            if (!(pivot > 1e-13 * diagonal)) {
                return false;
            }
            inner[j * k + j] = Math.sqrt(pivot);
            for (int i = j + 1; i < k; i++) {
                double sum = inner[i * k + j];
                for (int l = 0; l < j; l++) {
                    sum -= inner[i * k + l] * inner[j * k + l];
                }
                inner[i * k + j] = sum / inner[j * k + j];
            }
        }
        sumOfSquares = inner[k * k - 1];
        for (int l = 0; l < carried; l++) {
            sumOfSquares -= inner[carried * k + l] * inner[carried * k + l];
        }
        for (int i = carried - 1; i >= 0; i--) {
            double sum = inner[carried * k + i];
            for (int l = i + 1; l < carried; l++) {
                sum -= inner[l * k + i] * gamma[l];
            }
            gamma[i] = sum / inner[i * k + i];
            for (int j = 0; j <= i; j++) {
                information[i * carried + j] = inner[i * k + j];
            }
        }
        return true;
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
        return value(u);
    }
}
