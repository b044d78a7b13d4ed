package org.lama.backtest.sizing;

import org.lama.core.math.Cholesky;
import org.lama.core.signal.FitStatus;

/**
 * Weights whose contributions to the variance are in proportion to budgets. They minimise {@code ½ y'Cy − Σ b_i ln y_i} with
 * the correlation matrix C and y in units of the deviations (Spinu 2013); {@code y_i (Cy)_i = b_i} at the minimum. Cyclical
 * coordinate descent (Griveau-Billion, Richard and Roncalli 2013), then Newton's steps if it is slow.
 */
final class RiskParity {
    private static final int MOST_SWEEPS = 200;
    private static final int MOST_STEPS = 60;
    private static final double TOLERANCE = 1e-13;
    /** Beyond this y the variance of the portfolio is nothing beside that of its parts: a hedge, not a portfolio. */
    private static final double LARGEST = 1e6;

    private final double[] correlation;
    private final double[] budget;
    private final int n;
    private final double[] y;
    private final double[] product;
    private int iterations;

    private RiskParity(double[] correlation, double[] budget) {
        this.correlation = correlation;
        this.budget = budget;
        n = budget.length;
        y = new double[n];
        product = new double[n];
    }

    /**
     * Shares, in sum 1.
     *
     * @param covariance n · n entries, row by row
     * @param budget shares of risk, above 0, in sum 1
     * @param out receives the shares: those of inverse volatility if the status is not OK
     */
    static FitStatus shares(double[] covariance, double[] budget, double[] out) {
        int n = budget.length;
        double[] deviation = new double[n];
        for (int i = 0; i < n; i++) {
            deviation[i] = Math.sqrt(covariance[i * n + i]);
        }
        double[] correlation = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                correlation[i * n + j] = i == j ? 1 : covariance[i * n + j] / (deviation[i] * deviation[j]);
            }
        }
        RiskParity search = new RiskParity(correlation, budget);
        boolean found = search.descend() || search.newton();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            out[i] = (found ? search.y[i] : 1) / deviation[i];
            sum += out[i];
        }
        for (int i = 0; i < n; i++) {
            out[i] /= sum;
        }
        return found
                ? FitStatus.ok(search.iterations, search.gap())
                : new FitStatus(
                        FitStatus.Outcome.SINGULAR,
                        search.iterations,
                        search.gap(),
                        "risk contributions cannot be equalised: the instruments hedge each other; shares of inverse"
                                + " volatility are used");
    }

    private boolean descend() {
        for (int i = 0; i < n; i++) {
            y[i] = Math.sqrt(budget[i]);
        }
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            multiply();
            for (int i = 0; i < n; i++) {
                double others = product[i] - y[i];
                double root = Math.sqrt(others * others + 4 * budget[i]);
                double next = others > 0 ? 2 * budget[i] / (others + root) : (root - others) / 2;
                double change = next - y[i];
                y[i] = next;
                for (int j = 0; j < n; j++) {
                    product[j] += correlation[i * n + j] * change;
                }
            }
            iterations++;
            multiply();
            if (gap() <= TOLERANCE) {
                return largest() < LARGEST;
            }
        }
        return false;
    }

    private double largest() {
        double largest = 0;
        for (double value : y) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private void multiply() {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += correlation[i * n + j] * y[j];
            }
            product[i] = sum;
        }
    }

    /** The largest relative distance of a contribution from its budget. */
    private double gap() {
        double gap = 0;
        for (int i = 0; i < n; i++) {
            gap = Math.max(gap, Math.abs(y[i] * product[i] / budget[i] - 1));
        }
        return gap;
    }

    private boolean newton() {
        double[] hessian = new double[n * n];
        double[] step = new double[n];
        for (int k = 0; k < MOST_STEPS; k++) {
            iterations++;
            System.arraycopy(correlation, 0, hessian, 0, hessian.length);
            for (int i = 0; i < n; i++) {
                hessian[i * n + i] += budget[i] / (y[i] * y[i]);
                step[i] = budget[i] / y[i] - product[i];
            }
            if (Cholesky.factor(hessian, n) < n) {
                return false;
            }
            Cholesky.solve(hessian, n, step);
            double size = 1;
            for (int i = 0; i < n; i++) {
                // stay inside: no weight loses more than half
                size = Math.min(size, step[i] < 0 ? -0.5 * y[i] / step[i] : 1);
            }
            for (int i = 0; i < n; i++) {
                y[i] += size * step[i];
            }
            multiply();
            if (gap() <= 10 * TOLERANCE) {
                return largest() < LARGEST;
            }
        }
        return false;
    }
}
