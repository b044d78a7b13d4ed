package org.lama.benchmarks;

import java.util.Arrays;

/**
 * GARCH(1,1) as in a first textbook: one logarithm per row, a simplex search (Nelder and Mead 1965) over mu, ln omega and
 * logistic coordinates of alpha and beta.
 */
final class NaiveGarch {
    private static final int PARAMETERS = 4;
    private static final int ITERATIONS = 600;

    private NaiveGarch() {}

    static double logLikelihood(double[] returns) {
        double mean = Arrays.stream(returns).average().orElse(0);
        double variance = Arrays.stream(returns)
                .map(r -> (r - mean) * (r - mean))
                .average()
                .orElse(1);
        double[][] points = new double[PARAMETERS + 1][];
        double[] values = new double[PARAMETERS + 1];
        for (int i = 0; i <= PARAMETERS; i++) {
            points[i] = new double[] {mean, Math.log(0.05 * variance), 3, -2};
            if (i > 0) {
                points[i][i - 1] += i == 1 ? 0.1 * Math.sqrt(variance) : 0.5;
            }
            values[i] = cost(returns, points[i], variance);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            step(returns, points, values, variance);
        }
        return -Arrays.stream(values).min().orElse(Double.NaN);
    }

    private static void step(double[] returns, double[][] points, double[] values, double variance) {
        int worst = 0;
        int best = 0;
        for (int i = 1; i <= PARAMETERS; i++) {
            worst = values[i] > values[worst] ? i : worst;
            best = values[i] < values[best] ? i : best;
        }
        double[] centre = new double[PARAMETERS];
        for (int i = 0; i <= PARAMETERS; i++) {
            for (int j = 0; i != worst && j < PARAMETERS; j++) {
                centre[j] += points[i][j] / PARAMETERS;
            }
        }
        for (double length : new double[] {2, 1, -0.5, 0.5}) {
            double[] trial = new double[PARAMETERS];
            for (int j = 0; j < PARAMETERS; j++) {
                trial[j] = centre[j] + length * (centre[j] - points[worst][j]);
            }
            double value = cost(returns, trial, variance);
            if (value < values[worst]) {
                points[worst] = trial;
                values[worst] = value;
                return;
            }
        }
        for (int i = 0; i <= PARAMETERS; i++) {
            for (int j = 0; i != best && j < PARAMETERS; j++) {
                points[i][j] = 0.5 * (points[i][j] + points[best][j]);
            }
            values[i] = cost(returns, points[i], variance);
        }
    }

    private static double cost(double[] returns, double[] point, double variance) {
        double omega = Math.exp(point[1]);
        double persistence = 1 / (1 + Math.exp(-point[2]));
        double alpha = persistence / (1 + Math.exp(-point[3]));
        double beta = persistence - alpha;
        double h = variance;
        double sum = 0;
        for (double value : returns) {
            double e = value - point[0];
            sum += 0.5 * (Math.log(2 * Math.PI) + Math.log(h) + e * e / h);
            h = omega + alpha * e * e + beta * h;
        }
        return sum;
    }
}
