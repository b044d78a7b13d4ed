package org.lama.core.indicators;

/** Exponential mean with weight 2 / (n + 1), begun with the mean of the first n rows. */
final class Ema extends Kernel {
    private final int window;
    private final Recurrence mean;
    private double sum;
    private int seen;

    Ema(int window) {
        super(1, 1, window, 0);
        this.window = window;
        mean = new Recurrence(weight(window));
    }

    static double weight(int window) {
        return 2.0 / (window + 1);
    }

    @Override
    void restart() {
        sum = 0;
        seen = 0;
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return sum + mean.state();
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int i = from;
        for (; i < to && seen < window; i++) {
            sum += in[0][i];
            seen++;
            out[0][i + shift] = Double.NaN;
            if (seen == window) {
                mean.begin(sum / window);
                out[0][i + shift] = sum / window;
            }
        }
        mean.run(in[0], i, to, out[0], shift);
    }
}
