package org.lama.models.arima;

import org.lama.core.math.Sums;

/**
 * The inverse information of u at a start, as the first inverse Hessian of the optimiser: derivatives of the errors are
 * -x/theta(B) and -e/theta(B), so that a few lagged inner products make the whole matrix.
 */
final class GaussNewton {
    private static final double RIDGE = 1e-8;

    private GaussNewton() {}

    /** A positive definite matrix, row-major; empty without parameters. */
    static double[] inverseHessian(ArmaObjective objective, double[] u, double[] x, ExactLikelihood.Scratch scratch) {
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
        double[] information = information(p, q, a, c, n, n / sum);
        double[] chained = chain(objective, information);
        return invert(chained, k);
    }

    private static double[] information(int p, int q, double[] a, double[] c, int n, double factor) {
        int k = p + q;
        double[] h = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                int lag = i < p && j >= p ? i - (j - p) : j - i;
                boolean edge = i == 0 || j == p || (i == p && j >= p);
                double value = edge ? factor * product(i < p ? a : c, j < p ? a : c, lag, n, i, j, p) : 0;
                h[i * k + j] = edge ? value : h[(i - 1) * k + j - 1];
                h[j * k + i] = h[i * k + j];
            }
        }
        return h;
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

    private static double[] chain(ArmaObjective objective, double[] h) {
        int p = objective.p;
        int q = objective.q;
        int k = p + q;
        double[] jacobian = new double[k * k];
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
        return sandwich(jacobian, h, k, true);
    }

    /** J' H J, or J H J'. */
    static double[] sandwich(double[] j, double[] h, int k, boolean transposeFirst) {
        double[] half = new double[k * k];
        double[] result = new double[k * k];
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
        return result;
    }

    private static double[] invert(double[] h, int k) {
        double largest = 0;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, h[i * k + i]);
        }
        double ridge = RIDGE * largest;
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            return new double[0];
        }
        for (int attempt = 0; attempt < 12; attempt++) {
            double[] factor = h.clone();
            for (int i = 0; i < k; i++) {
                factor[i * k + i] += ridge;
            }
            if (SmallLinear.cholesky(factor, k, 1e-12)) {
                return SmallLinear.inverseFromCholesky(factor, k);
            }
            ridge *= 10;
        }
        return new double[0];
    }
}
