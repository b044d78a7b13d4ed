package org.lama.models.arima;

/** The filter phi(B) = 1 - phi_1 B - ..., with zeros before the first row; one loop per order, which compilers vectorise. */
final class ArFilter {
    private ArFilter() {}

    /** out = phi(B) in on rows [0, n); the arrays must differ. */
    static void apply(double[] phi, int p, double[] in, double[] out, int n) {
        int head = Math.min(p, n);
        for (int t = 0; t < head; t++) {
            double sum = in[t];
            for (int i = 1; i <= t; i++) {
                sum -= phi[i - 1] * in[t - i];
            }
            out[t] = sum;
        }
        switch (p) {
            case 0 -> System.arraycopy(in, 0, out, 0, n);
            case 1 -> one(phi[0], in, out, n);
            case 2 -> two(phi[0], phi[1], in, out, n);
            case 3 -> three(phi, in, out, n);
            default -> any(phi, p, in, out, n);
        }
    }

    private static void one(double a, double[] in, double[] out, int n) {
        for (int t = 1; t < n; t++) {
            out[t] = in[t] - a * in[t - 1];
        }
    }

    private static void two(double a, double b, double[] in, double[] out, int n) {
        for (int t = 2; t < n; t++) {
            out[t] = in[t] - a * in[t - 1] - b * in[t - 2];
        }
    }

    private static void three(double[] phi, double[] in, double[] out, int n) {
        double a = phi[0];
        double b = phi[1];
        double c = phi[2];
        for (int t = 3; t < n; t++) {
            out[t] = in[t] - a * in[t - 1] - b * in[t - 2] - c * in[t - 3];
        }
    }

    private static void any(double[] phi, int p, double[] in, double[] out, int n) {
        double a = phi[0];
        double b = phi[1];
        double c = phi[2];
        double d = phi[3];
        for (int t = p; t < n; t++) {
            out[t] = in[t] - a * in[t - 1] - b * in[t - 2] - c * in[t - 3] - d * in[t - 4];
        }
        for (int i = 5; i <= p; i++) {
            double factor = phi[i - 1];
            for (int t = p; t < n; t++) {
                out[t] -= factor * in[t - i];
            }
        }
    }
}
