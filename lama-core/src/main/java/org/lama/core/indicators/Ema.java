package org.lama.core.indicators;

/**
 * Exponential mean with weight 2 / (n + 1), begun with the mean of the first n rows. Multiplying by both weights is a
 * shorter chain from row to row than a difference, and needs no fused multiply-add, which is slow without hardware.
 */
final class Ema extends Kernel {
    private final int window;
    private final double weight;
    private final double keep;
    private double mean;
    private int seen;

    Ema(int window) {
        super(1, 1, window, 0);
        this.window = window;
        weight = weight(window);
        keep = 1 - weight;
    }

    static double weight(int window) {
        return 2.0 / (window + 1);
    }

    @Override
    void restart() {
        mean = 0;
        seen = 0;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int i = from;
        while (seen < window && i < to) {
            mean += in[0][i];
            if (++seen == window) {
                mean /= window;
            }
            out[0][i + shift] = seen == window ? mean : Double.NaN;
            i++;
        }
        double e = mean;
        double k = weight;
        double q = keep;
        double[] x = in[0];
        double[] line = out[0];
        for (; i < to; i++) {
            e = e * q + x[i] * k;
            line[i + shift] = e;
        }
        mean = e;
    }
}
