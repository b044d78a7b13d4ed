package org.lama.models.arima;

/**
 * Filters with 1/theta(B), theta(B) = 1 + theta_1 B + ..., zero before the first row. One small method per order keeps
 * the history in registers; Math.fma halves the latency of the recursion (and fixes its bits).
 */
final class MaFilter {
    private MaFilter() {}

    /** e_t = z_t - sum_j theta_j e_(t-j) in place on rows [0, n). */
    static void forward(double[] theta, int q, double[] e, int n) {
        switch (q) {
            case 0 -> {}
            case 1 -> forward1(theta[0], e, n);
            case 2 -> forward2(theta[0], theta[1], e, n);
            case 3 -> forward3(theta[0], theta[1], theta[2], e, n);
            default -> forwardAny(theta, q, e, n);
        }
    }

    /** lambda_t = e_t - sum_j theta_j lambda_(t+j) on rows [0, n), zero after the last; the arrays may be the same. */
    static void backward(double[] theta, int q, double[] e, double[] lambda, int n) {
        backward(theta, q, e, lambda, 0, n);
    }

    /** The same on rows [from, to). */
    static void backward(double[] theta, int q, double[] e, double[] lambda, int from, int to) {
        switch (q) {
            case 0 -> System.arraycopy(e, from, lambda, from, to - from);
            case 1 -> backward1(theta[0], e, lambda, from, to);
            case 2 -> backward2(theta[0], theta[1], e, lambda, from, to);
            case 3 -> backward3(theta, e, lambda, from, to);
            default -> backwardAny(theta, q, e, lambda, from, to);
        }
    }

    private static void forward1(double a, double[] e, int n) {
        double x = 0;
        for (int t = 0; t < n; t++) {
            x = Math.fma(-a, x, e[t]);
            e[t] = x;
        }
    }

    private static void forward2(double a, double b, double[] e, int n) {
        double x = 0;
        double y = 0;
        for (int t = 0; t < n; t++) {
            double z = Math.fma(-a, x, Math.fma(-b, y, e[t]));
            y = x;
            x = z;
            e[t] = z;
        }
    }

    private static void forward3(double a, double b, double c, double[] e, int n) {
        double x = 0;
        double y = 0;
        double z = 0;
        for (int t = 0; t < n; t++) {
            double v = Math.fma(-a, x, Math.fma(-b, y, Math.fma(-c, z, e[t])));
            z = y;
            y = x;
            x = v;
            e[t] = v;
        }
    }

    private static void forwardAny(double[] theta, int q, double[] e, int n) {
        int head = Math.min(q, n);
        for (int t = 0; t < head; t++) {
            double sum = e[t];
            for (int j = t; j >= 1; j--) {
                sum = Math.fma(-theta[j - 1], e[t - j], sum);
            }
            e[t] = sum;
        }
        if (q == 4) {
            forward4(theta[0], theta[1], theta[2], theta[3], e, n);
        } else if (q == 5) {
            forward5(theta, e, n);
        } else {
            for (int t = q; t < n; t++) {
                double sum = e[t];
                for (int j = q; j >= 1; j--) {
                    sum = Math.fma(-theta[j - 1], e[t - j], sum);
                }
                e[t] = sum;
            }
        }
    }

    private static void forward4(double a, double b, double c, double d, double[] e, int n) {
        for (int t = 4; t < n; t++) {
            double older = Math.fma(-c, e[t - 3], Math.fma(-d, e[t - 4], e[t]));
            e[t] = Math.fma(-a, e[t - 1], Math.fma(-b, e[t - 2], older));
        }
    }

    private static void forward5(double[] theta, double[] e, int n) {
        double a = theta[0];
        double b = theta[1];
        double c = theta[2];
        double d = theta[3];
        double f = theta[4];
        for (int t = 5; t < n; t++) {
            double older = Math.fma(-d, e[t - 4], Math.fma(-f, e[t - 5], e[t]));
            e[t] = Math.fma(-a, e[t - 1], Math.fma(-b, e[t - 2], Math.fma(-c, e[t - 3], older)));
        }
    }

    private static void backward1(double a, double[] e, double[] lambda, int from, int to) {
        double x = 0;
        for (int t = to - 1; t >= from; t--) {
            x = Math.fma(-a, x, e[t]);
            lambda[t] = x;
        }
    }

    private static void backward2(double a, double b, double[] e, double[] lambda, int from, int to) {
        double x = 0;
        double y = 0;
        for (int t = to - 1; t >= from; t--) {
            double z = Math.fma(-a, x, Math.fma(-b, y, e[t]));
            y = x;
            x = z;
            lambda[t] = z;
        }
    }

    private static void backward3(double[] theta, double[] e, double[] lambda, int from, int to) {
        double a = theta[0];
        double b = theta[1];
        double c = theta[2];
        double x = 0;
        double y = 0;
        double z = 0;
        for (int t = to - 1; t >= from; t--) {
            double v = Math.fma(-a, x, Math.fma(-b, y, Math.fma(-c, z, e[t])));
            z = y;
            y = x;
            x = v;
            lambda[t] = v;
        }
    }

    private static void backwardAny(double[] theta, int q, double[] e, double[] lambda, int from, int to) {
        int tail = Math.max(from, to - q);
        for (int t = to - 1; t >= tail; t--) {
            double sum = e[t];
            for (int j = to - 1 - t; j >= 1; j--) {
                sum = Math.fma(-theta[j - 1], lambda[t + j], sum);
            }
            lambda[t] = sum;
        }
        if (q == 5) {
            backward5(theta, e, lambda, from, tail);
            return;
        }
        for (int t = tail - 1; t >= from; t--) {
            double sum = e[t];
            for (int j = q; j >= 1; j--) {
                sum = Math.fma(-theta[j - 1], lambda[t + j], sum);
            }
            lambda[t] = sum;
        }
    }

    private static void backward5(double[] theta, double[] e, double[] lambda, int from, int tail) {
        double a = theta[0];
        double b = theta[1];
        double c = theta[2];
        double d = theta[3];
        double f = theta[4];
        for (int t = tail - 1; t >= from; t--) {
            double older = Math.fma(-d, lambda[t + 4], Math.fma(-f, lambda[t + 5], e[t]));
            lambda[t] = Math.fma(-a, lambda[t + 1], Math.fma(-b, lambda[t + 2], Math.fma(-c, lambda[t + 3], older)));
        }
    }
}
