package org.lama.models.arima;

import org.lama.core.math.Sums;

/**
 * Inner products of one series with several shifts of another in one pass: four lags at a time share the loads, so that
 * the work is bound by arithmetic and not by memory. The order of the sums is fixed.
 */
final class LagProducts {
    private LagProducts() {}

    /** out_k = sum over t of a_t b_(t+k), k = 0..count-1, over t &lt; lengthOfA with t + k &lt; lengthOfB. */
    static void forward(double[] a, int lengthOfA, double[] b, int lengthOfB, int count, double[] out) {
        int k = 0;
        for (; k + 3 < count; k += 4) {
            int common = Math.max(0, Math.min(lengthOfA, lengthOfB - k - 3));
            four(a, 0, b, k, common, out, k);
            for (int i = 0; i < 4; i++) {
                out[k + i] += rest(a, b, k + i, common, Math.min(lengthOfA, lengthOfB - k - i));
            }
        }
        for (; k < count; k++) {
            int length = Math.max(0, Math.min(lengthOfA, lengthOfB - k));
            out[k] = Sums.dot(a, 0, b, k, length);
        }
    }

    private static double rest(double[] a, double[] b, int lag, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += a[t] * b[t + lag];
        }
        return sum;
    }

    /** out_(i-1) -= factor * sum over t in [i, n) of a_t b_(t-i), i = 1..count. */
    static void backward(double[] a, double[] b, int n, int count, double factor, double[] out) {
        int i = 1;
        for (; i + 1 <= count && i + 1 < n; i += 2) {
            two(a, b, n, i, factor, out);
        }
        for (; i <= count && i < n; i++) {
            out[i - 1] -= factor * Sums.dot(a, i, b, 0, n - i);
        }
    }

    /** Lags i and i + 1 together. */
    private static void two(double[] a, double[] b, int n, int i, double factor, double[] out) {
        double even0 = 0;
        double odd0 = 0;
        double even1 = 0;
        double odd1 = 0;
        double before = 0;
        int t = i;
        for (; t + 1 < n; t += 2) {
            double a0 = a[t];
            double a1 = a[t + 1];
            double b0 = b[t - i];
            double b1 = b[t - i + 1];
            even0 = Math.fma(a0, b0, even0);
            even1 = Math.fma(a0, before, even1);
            odd0 = Math.fma(a1, b1, odd0);
            odd1 = Math.fma(a1, b0, odd1);
            before = b1;
        }
        if (t < n) {
            even0 = Math.fma(a[t], b[t - i], even0);
            even1 = Math.fma(a[t], before, even1);
        }
        out[i - 1] -= factor * (even0 + odd0);
        out[i] -= factor * (even1 + odd1);
    }

    /** out_(at+i) = sum over t in [0, length) of a_(aFrom+t) b_(bFrom+i+t), i = 0..3. */
    static void four(double[] a, int aFrom, double[] b, int bFrom, int length, double[] out, int at) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double r0 = 0;
        double r1 = 0;
        double r2 = 0;
        double r3 = 0;
        double b0 = length > 0 ? b[bFrom] : 0;
        double b1 = length > 0 ? b[bFrom + 1] : 0;
        double b2 = length > 0 ? b[bFrom + 2] : 0;
        int t = 0;
        for (; t + 1 < length; t += 2) {
            double x = a[aFrom + t];
            double y = a[aFrom + t + 1];
            double b3 = b[bFrom + t + 3];
            double b4 = b[bFrom + t + 4];
            s0 = Math.fma(x, b0, s0);
            s1 = Math.fma(x, b1, s1);
            s2 = Math.fma(x, b2, s2);
            s3 = Math.fma(x, b3, s3);
            r0 = Math.fma(y, b1, r0);
            r1 = Math.fma(y, b2, r1);
            r2 = Math.fma(y, b3, r2);
            r3 = Math.fma(y, b4, r3);
            b0 = b2;
            b1 = b3;
            b2 = b4;
        }
        if (t < length) {
            double x = a[aFrom + t];
            s0 = Math.fma(x, b0, s0);
            s1 = Math.fma(x, b1, s1);
            s2 = Math.fma(x, b2, s2);
            s3 = Math.fma(x, b[bFrom + t + 3], s3);
        }
        out[at] = s0 + r0;
        out[at + 1] = s1 + r1;
        out[at + 2] = s2 + r2;
        out[at + 3] = s3 + r3;
    }
}
