package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.math.Sums;

/**
 * The inverse information of u at a start, as the first inverse Hessian of the optimiser: derivatives of the errors are
 * -x/theta(B) and -e/theta(B), so that a few lagged inner products make the whole matrix.
 */
final class GaussNewton {
    private static final double RIDGE = 1e-8;

    private GaussNewton() {}

    /** A positive definite matrix, row-major; empty without parameters. */
    static double[] inverseHessian(ArmaObjective objective, double[] u, double[] x, Scratch scratch) {
        int p = objective.p;
        int q = objective.q;
        int n = x.length;
        int k = p + q;
        if (k == 0) {
            return new double[0];
        }
        objective.unpack(u);
        objective.ar.differentiate();
        objective.ma.differentiate();
        double[] a = scratch.e;
        double[] c = scratch.lambda;
        System.arraycopy(x, 0, a, 0, n);
        MaFilter.forward(objective.theta, q, a, n);
        // e/theta = phi(B) (x/theta) / theta
        ArFilter.apply(objective.ar.coefficients, p, a, c, n);
        double sum = Sums.dot(c, 0, c, 0, n);
        MaFilter.forward(objective.theta, q, c, n);
        double[] h = scratch.small(0, k * k);
        information(p, q, scratch, n, n / sum, h);
        double[] jacobian = scratch.small(1, k * k);
        jacobian(objective, jacobian);
        double[] half = scratch.small(2, k * k);
        double[] result = scratch.small(3, k * k);
        sandwich(jacobian, h, k, true, half, result);
        return invert(result, k, scratch);
    }

    private static void information(int p, int q, Scratch scratch, int n, double factor, double[] h) {
        double[] a = scratch.e;
        double[] c = scratch.lambda;
        int k = p + q;
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                int lag = i < p && j >= p ? i - (j - p) : j - i;
                boolean edge = i == 0 || j == p || (i == p && j >= p);
                double value = edge ? factor * product(i < p ? a : c, j < p ? a : c, lag, n, i, j, p) : 0;
                h[i * k + j] = edge ? value : h[(i - 1) * k + j - 1];
                h[j * k + i] = h[i * k + j];
            }
        }
    }

    /** Sum over t of first_(t-i) second_(t-j), which depends on the difference of the lags only. */
    private static double product(double[] first, double[] second, int lag, int n, int i, int j, int p) {
        boolean mixed = i < p && j >= p;
        if (!mixed) {
            int shift = Math.min(Math.abs(lag), n);
            return Sums.dot(first, shift, second, 0, n - shift);
        }
        // first_(t-i) second_(t-(j-p)) with lag = i - (j - p)
        int shift = Math.min(Math.abs(lag), n);
        return lag >= 0 ? Sums.dot(first, 0, second, shift, n - shift) : Sums.dot(first, shift, second, 0, n - shift);
    }

    /** d(phi, theta) / du, row-major. */
    private static void jacobian(ArmaObjective objective, double[] jacobian) {
        int p = objective.p;
        int q = objective.q;
        int k = p + q;
        Arrays.fill(jacobian, 0, k * k, 0);
        for (int i = 0; i < p; i++) {
            for (int l = 0; l < p; l++) {
                jacobian[i * k + l] = objective.ar.derivative(i, l);
            }
        }
        for (int i = 0; i < q; i++) {
            for (int l = 0; l < q; l++) {
                jacobian[(p + i) * k + p + l] = -objective.ma.derivative(i, l);
            }
        }
    }

    /** J' H J, or J H J'. */
    static double[] sandwich(double[] j, double[] h, int k, boolean transposeFirst) {
        double[] result = new double[k * k];
        sandwich(j, h, k, transposeFirst, new double[k * k], result);
        return result;
    }

    /** The same with a work array and into a result of at least k * k numbers. */
    static void sandwich(double[] j, double[] h, int k, boolean transposeFirst, double[] half, double[] result) {
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double sum = 0;
                for (int c = 0; c < k; c++) {
                    sum += h[a * k + c] * (transposeFirst ? j[c * k + b] : j[b * k + c]);
                }
                half[a * k + b] = sum;
            }
        }
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double sum = 0;
                for (int c = 0; c < k; c++) {
                    sum += (transposeFirst ? j[c * k + a] : j[a * k + c]) * half[c * k + b];
                }
                result[a * k + b] = sum;
            }
        }
    }

    private static double[] invert(double[] h, int k, Scratch scratch) {
        double largest = 0;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, h[i * k + i]);
        }
        double ridge = RIDGE * largest;
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            return new double[0];
        }
        for (int attempt = 0; attempt < 12; attempt++) {
            double[] factor = scratch.small(2, k * k);
            System.arraycopy(h, 0, factor, 0, k * k);
            for (int i = 0; i < k; i++) {
                factor[i * k + i] += ridge;
            }
            if (SmallLinear.cholesky(factor, k, 1e-12)) {
                double[] inverse = new double[k * k];
                SmallLinear.inverseFromCholesky(factor, k, inverse, scratch.small(3, k));
                return inverse;
            }
            ridge *= 10;
        }
        return new double[0];
    }
}
