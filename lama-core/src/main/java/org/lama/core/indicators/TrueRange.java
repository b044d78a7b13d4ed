package org.lama.core.indicators;

/**
 * True range max(high - low, |high - last close|, |low - last close|), its Wilder mean (ATR; Wilder 1978), begun with the
 * mean of the first n true ranges, and that in per cent of the close (NATR; 0 where the close is 0).
 */
final class TrueRange extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private final boolean normal;
    private double mean;
    private double close;
    private int seen;

    private TrueRange(int window, boolean normal) {
        super(3, 1, window + 1, 0);
        this.window = window;
        this.normal = normal;
    }

    static TrueRange plain() {
        return new TrueRange(1, false);
    }

    static TrueRange mean(int window) {
        return new TrueRange(window, false);
    }

    static TrueRange normal(int window) {
        return new TrueRange(window, true);
    }

    /** By Math.max, since data that fell on either side would be mispredicted. */
    static double of(double high, double low, double lastClose) {
        return Math.max(high - low, Math.max(Math.abs(high - lastClose), Math.abs(low - lastClose)));
    }

    @Override
    void restart() {
        mean = 0;
        seen = 0;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] line = out[0];
        int i = from;
        for (; i < to && seen <= window; i++) {
            if (seen > 0) {
                mean += of(in[0][i], in[1][i], close);
            }
            if (seen == window) {
                mean /= window;
            }
            line[i + shift] = seen == window ? mean : Double.NaN;
            close = in[2][i];
            seen++;
        }
        steady(in, i, to, line, shift);
        if (normal) {
            for (int r = from; r < to; r++) {
                double c = in[2][r];
                double atr = line[r + shift];
                line[r + shift] = c == 0 && atr == atr ? 0 : atr / c * PERCENT;
            }
        }
    }

    private void steady(double[][] in, int from, int to, double[] line, int shift) {
        double[] high = in[0];
        double[] low = in[1];
        double[] closes = in[2];
        double k = 1.0 / window;
        double q = 1 - k;
        double m = mean;
        double before = close;
        for (int i = from; i < to; i++) {
            m = m * q + of(high[i], low[i], before) * k;
            before = closes[i];
            line[i + shift] = m;
        }
        mean = m;
        close = before;
    }
}
