package org.lama.core.indicators;

/**
 * Smoothed gains against smoothed losses, both by Wilder's mean of weight 1 / n begun with the mean of the first n
 * changes: RSI (Wilder 1978) and CMO (Chande 1994, smoothed as in TA-Lib). With S the smoothed change and T the smoothed
 * size of a change, RSI = 50 + 50 S / T and CMO = 100 S / T; where nothing ever moved, T is 0 and both are 0, as in
 * TA-Lib.
 */
final class Momentum extends Kernel {
    private final int window;
    private final double base;
    private final double scale;
    private double signed;
    private double total;
    private double previous;
    private int seen;

    private Momentum(int window, double base, double scale) {
        super(1, 1, window + 1, 0);
        this.window = window;
        this.base = base;
        this.scale = scale;
    }

    static Momentum rsi(int window) {
        return new Momentum(window, 50, 50);
    }

    static Momentum cmo(int window) {
        return new Momentum(window, 0, 100);
    }

    @Override
    void restart() {
        signed = 0;
        total = 0;
        seen = 0;
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return total;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int i = from;
        for (; i < to && seen <= window; i++) {
            warm(in[0][i]);
            out[0][i + shift] = seen <= window ? Double.NaN : value(signed, total);
        }
        steady(in[0], i, to, out[0], shift);
    }

    private void warm(double x) {
        if (seen > 0) {
            signed += x - previous;
            total += Math.abs(x - previous);
        }
        if (seen == window) {
            signed /= window;
            total /= window;
        }
        previous = x;
        seen++;
    }

    private double value(double s, double t) {
        return t > 0 ? base + scale * (s / t) : 0;
    }

    private void steady(double[] x, int from, int to, double[] line, int shift) {
        double k = 1.0 / window;
        double q = 1 - k;
        double s = signed;
        double t = total;
        double before = previous;
        for (int i = from; i < to; i++) {
            double change = x[i] - before;
            before = x[i];
            s = s * q + change * k;
            t = t * q + Math.abs(change) * k;
            line[i + shift] = value(s, t);
        }
        signed = s;
        total = t;
        previous = before;
    }
}
