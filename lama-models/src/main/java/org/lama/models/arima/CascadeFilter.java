package org.lama.models.arima;

/**
 * Filters of a factored polynomial, one sparse factor after the other: 2 (p + P) operations per row instead of 2 (p + m P).
 * Zero before the first row; in place.
 */
final class CascadeFilter {
    private CascadeFilter() {}

    /** x_t = x_t - sum_i a_i x_(t - i lag). */
    static void autoregress(double[] a, int lag, double[] x, int n) {
        int order = a.length;
        int reach = order * lag;
        for (int t = n - 1; t >= reach; t--) {
            double sum = x[t];
            for (int i = 1; i <= order; i++) {
                sum = Math.fma(-a[i - 1], x[t - i * lag], sum);
            }
            x[t] = sum;
        }
        for (int t = Math.min(reach, n) - 1; t >= 0; t--) {
            double sum = x[t];
            for (int i = 1; i * lag <= t; i++) {
                sum = Math.fma(-a[i - 1], x[t - i * lag], sum);
            }
            x[t] = sum;
        }
    }

    /** e_t = x_t - sum_j b_j e_(t - j lag). */
    static void invert(double[] b, int lag, double[] x, int n) {
        int order = b.length;
        if (lag == 1) {
            MaFilter.forward(b, order, x, n);
            return;
        }
        int reach = order * lag;
        for (int t = lag; t < Math.min(reach, n); t++) {
            double sum = x[t];
            for (int j = 1; j * lag <= t; j++) {
                sum = Math.fma(-b[j - 1], x[t - j * lag], sum);
            }
            x[t] = sum;
        }
        for (int t = Math.max(reach, lag); t < n && order > 0; t++) {
            double sum = x[t];
            for (int j = 1; j <= order; j++) {
                sum = Math.fma(-b[j - 1], x[t - j * lag], sum);
            }
            x[t] = sum;
        }
    }

    /** e_t = x_t - sum_j b_j e_(t + j lag), zero after the last row. */
    static void invertBackward(double[] b, int lag, double[] x, int n) {
        int order = b.length;
        if (lag == 1) {
            MaFilter.backward(b, order, x, x, n);
            return;
        }
        for (int t = n - 1 - lag; t >= 0; t--) {
            double sum = x[t];
            for (int j = 1; j <= order && t + j * lag < n; j++) {
                sum = Math.fma(-b[j - 1], x[t + j * lag], sum);
            }
            x[t] = sum;
        }
    }
}
