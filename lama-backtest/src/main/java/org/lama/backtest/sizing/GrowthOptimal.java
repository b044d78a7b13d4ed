package org.lama.backtest.sizing;

import org.lama.core.signal.FitStatus;

/**
 * The bets f ≥ 0 that maximise {@code f'm − ½ f'Vf}, the second-order growth rate (Kelly 1956; Thorp 2006), by cyclical
 * coordinate descent: {@code f_i = max(0, (m_i − Σ_{j≠i} V_ij f_j) / V_ii)}.
 */
final class GrowthOptimal {
    private static final int MOST_SWEEPS = 10_000;
    private static final double TOLERANCE = 1e-13;

    private GrowthOptimal() {}

    /** Means and covariances (n · n, row by row) in the directions wanted; bets come in {@code out}. */
    static FitStatus bets(double[] mean, double[] covariance, double[] out) {
        int n = mean.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = 0;
        }
        double moved = Double.POSITIVE_INFINITY;
        int sweep = 0;
        for (; sweep < MOST_SWEEPS && moved > TOLERANCE; sweep++) {
            double largest = 0;
            moved = 0;
            for (int i = 0; i < n; i++) {
                double variance = covariance[i * n + i];
                double next = Math.max(0, out[i] + (mean[i] - product[i]) / variance);
                double change = next - out[i];
                out[i] = next;
                for (int j = 0; change != 0 && j < n; j++) {
                    product[j] += covariance[i * n + j] * change;
                }
                // in units of deviation, so that instruments of different volatility count alike
                moved = Math.max(moved, Math.abs(change) * Math.sqrt(variance));
                largest = Math.max(largest, next * Math.sqrt(variance));
            }
            moved = moved == 0 ? 0 : moved / largest;
        }
        return moved <= TOLERANCE
                ? FitStatus.ok(sweep, moved)
                : new FitStatus(
                        FitStatus.Outcome.BUDGET,
                        sweep,
                        moved,
                        "the growth-optimal bets had not settled: the covariances are close to singular");
    }
}
