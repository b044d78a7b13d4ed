package org.lama.benchmarks;

import java.util.Arrays;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * The baseline of the ARIMA fit, as a textbook writes it: the state space form of the once-differenced series (Harvey
 * 1989), full matrix products in the Kalman filter, and a simplex search without gradients from zeros. No constant.
 */
final class NaiveArima {
    private static final int MOST_EVALUATIONS = 2_000;
    private static final int MOST_DOUBLINGS = 40;
    private static final double REFUSED = 1e10;

    private final double[] w;
    private final int p;
    private final int q;
    private final int states;
    private double best = REFUSED;

    private NaiveArima(double[] y, int p, int q) {
        w = new double[y.length - 1];
        for (int t = 0; t < w.length; t++) {
            w[t] = y[t + 1] - y[t];
        }
        this.p = p;
        this.q = q;
        states = Math.max(p, q + 1);
    }

    /** The largest log-likelihood of ARIMA(p,1,q) that the search found. */
    static double logLikelihood(double[] y, int p, int q) {
        NaiveArima model = new NaiveArima(y, p, q);
        double[] steps = new double[p + q];
        Arrays.fill(steps, 0.1);
        try {
            new SimplexOptimizer(1e-10, 1e-10)
                    .optimize(
                            new MaxEval(MOST_EVALUATIONS),
                            new ObjectiveFunction(model::deviance),
                            GoalType.MINIMIZE,
                            new InitialGuess(new double[p + q]),
                            new NelderMeadSimplex(steps));
        } catch (TooManyEvaluationsException spent) {
            // the best point so far counts, as it does in the fit this is compared with
        }
        return -model.best;
    }

    /** Minus the log-likelihood with the noise variance concentrated out. */
    private double deviance(double[] point) {
        double[][] transition = new double[states][states];
        double[][] noise = new double[states][states];
        double[] loading = new double[states];
        loading[0] = 1;
        System.arraycopy(point, p, loading, 1, q);
        for (int i = 0; i < states; i++) {
            transition[i][0] = i < p ? point[i] : 0;
            if (i + 1 < states) {
                transition[i][i + 1] = 1;
            }
            for (int j = 0; j < states; j++) {
                noise[i][j] = loading[i] * loading[j];
            }
        }
        double[][] start = stationary(transition, noise);
        double value = start.length == 0 ? REFUSED : filter(transition, noise, start);
        best = Math.min(best, value);
        return value;
    }

    /** P = T P T' + Q by doubling; empty if it does not settle. */
    private static double[][] stationary(double[][] transition, double[][] noise) {
        double[][] power = transition;
        double[][] sum = noise;
        for (int k = 0; k < MOST_DOUBLINGS; k++) {
            double[][] more = product(product(power, sum), transposed(power));
            sum = plus(sum, more);
            power = product(power, power);
            if (!(sum[0][0] < 1e8)) {
                return new double[0][];
            }
            if (more[0][0] < 1e-12 * sum[0][0]) {
                return sum;
            }
        }
        return new double[0][];
    }

    private double filter(double[][] transition, double[][] noise, double[][] start) {
        double[][] back = transposed(transition);
        double[][] covariance = start;
        double[] state = new double[states];
        double squares = 0;
        double logs = 0;
        for (double value : w) {
            double variance = covariance[0][0];
            double error = value - state[0];
            squares += error * error / variance;
            logs += Math.log(variance);
            double[] updated = new double[states];
            double[][] left = new double[states][states];
            for (int i = 0; i < states; i++) {
                double gain = covariance[i][0] / variance;
                updated[i] = state[i] + gain * error;
                for (int j = 0; j < states; j++) {
                    left[i][j] = covariance[i][j] - gain * covariance[0][j];
                }
            }
            Arrays.fill(state, 0);
            for (int i = 0; i < states; i++) {
                for (int j = 0; j < states; j++) {
                    state[i] += transition[i][j] * updated[j];
                }
            }
            covariance = plus(product(product(transition, left), back), noise);
        }
        int n = w.length;
        double result = 0.5 * (n * Math.log(2 * Math.PI * squares / n) + logs + n);
        return Double.isFinite(result) ? result : REFUSED;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    out[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return out;
    }

    private static double[][] plus(double[][] a, double[][] b) {
        int n = a.length;
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[i][j] = a[i][j] + b[i][j];
            }
        }
        return out;
    }

    private static double[][] transposed(double[][] a) {
        int n = a.length;
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[i][j] = a[j][i];
            }
        }
        return out;
    }
}
