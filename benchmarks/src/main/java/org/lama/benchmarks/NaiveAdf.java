package org.lama.benchmarks;

import java.util.Arrays;
import org.lama.core.math.LeastSquares;

/**
 * The augmented Dickey-Fuller test as a textbook writes it: one regression by Householder reflections for each number of
 * lags on the common sample, and one more for the best. With a constant; Schwert's largest number of lags.
 */
final class NaiveAdf {
    private NaiveAdf() {}

    static double statistic(double[] y) {
        int most = (int) Math.ceil(12 * Math.pow(y.length / 100.0, 0.25));
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int lags = 0; lags <= most; lags++) {
            LeastSquares fit = fit(y, lags, most);
            int rows = y.length - 1 - most;
            double criterion = rows * Math.log(fit.residualSumOfSquares()) + 2 * (lags + 2);
            if (criterion < lowest) {
                lowest = criterion;
                best = lags;
            }
        }
        return fit(y, best, best).tStatistic(1);
    }

    /** Constant, level and lags on the rows that so many first lags leave. */
    private static LeastSquares fit(double[] y, int lags, int lost) {
        int rows = y.length - 1 - lost;
        double[][] columns = new double[lags + 2][rows];
        double[] response = new double[rows];
        Arrays.fill(columns[0], 1);
        for (int i = 0; i < rows; i++) {
            int t = i + lost + 1;
            response[i] = y[t] - y[t - 1];
            columns[1][i] = y[t - 1];
            for (int j = 1; j <= lags; j++) {
                columns[j + 1][i] = y[t - j] - y[t - j - 1];
            }
        }
        return LeastSquares.fit(columns, response);
    }
}
