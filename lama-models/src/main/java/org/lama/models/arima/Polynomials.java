package org.lama.models.arima;

/** Products of the polynomials of a seasonal model; coefficients without the leading 1. */
final class Polynomials {
    private Polynomials() {}

    /**
     * Coefficients of the product (1 + sign sum a_i B^i)(1 + sign sum b_k B^(m k)), again times sign.
     *
     * @param out receives a.length + m b.length numbers
     */
    static void product(double[] a, double[] b, int m, double sign, double[] out) {
        java.util.Arrays.fill(out, 0);
        System.arraycopy(a, 0, out, 0, a.length);
        for (int k = 1; k <= b.length; k++) {
            double factor = b[k - 1];
            out[m * k - 1] += factor;
            for (int i = 1; i <= a.length; i++) {
                out[m * k + i - 1] += sign * factor * a[i - 1];
            }
        }
    }

    /** delta in y_t = delta_1 y_(t-1) + ... + w_t, w = (1-B)^d (1-B^m)^D y. */
    static double[] differencing(int d, int seasonal, int period) {
        double[] polynomial = new double[d + seasonal * period + 1];
        polynomial[0] = 1;
        int degree = 0;
        for (int k = 0; k < d + seasonal; k++) {
            int lag = k < d ? 1 : period;
            for (int i = degree; i >= 0; i--) {
                polynomial[i + lag] -= polynomial[i];
            }
            degree += lag;
        }
        double[] delta = new double[degree];
        for (int i = 0; i < degree; i++) {
            delta[i] = -polynomial[i + 1];
        }
        return delta;
    }

    /** Differences a series: rows lost..n of (1-B)^d (1-B^m)^D x. */
    static double[] difference(double[] x, int d, int seasonal, int period) {
        double[] w = x.clone();
        int lost = 0;
        for (int k = 0; k < d + seasonal; k++) {
            int lag = k < d ? 1 : period;
            lost += lag;
            for (int t = w.length - 1; t >= lost; t--) {
                w[t] -= w[t - lag];
            }
        }
        return java.util.Arrays.copyOfRange(w, Math.min(lost, w.length), w.length);
    }
}
