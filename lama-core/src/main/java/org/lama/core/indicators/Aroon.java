package org.lama.core.indicators;

/**
 * Chande's Aroon (1995) over n + 1 rows: up = 100 (n - rows since the highest high) / n, down likewise of the lowest
 * low, and the oscillator up - down; of equal extremes the newest counts. A window is searched again when its extreme
 * leaves it: O(1) per row on prices that go both ways, O(n) at worst on a steady trend.
 */
final class Aroon extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private int pending;
    private int sinceHigh;
    private int sinceLow;

    Aroon(int window) {
        super(2, 3, window + 1, window);
        this.window = window;
    }

    @Override
    void restart() {
        pending = window;
        sinceHigh = window;
        sinceLow = window;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] high = in[0];
        double[] low = in[1];
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
        double factor = PERCENT / window;
        for (int i = from + lead; i < to; i++) {
            sinceHigh = sinceHigh == window
                    ? sinceHighest(high, i)
                    : high[i] >= high[i - sinceHigh - 1] ? 0 : sinceHigh + 1;
            sinceLow = sinceLow == window ? sinceLowest(low, i) : low[i] <= low[i - sinceLow - 1] ? 0 : sinceLow + 1;
            out[0][i + shift] = factor * (window - sinceLow);
            out[1][i + shift] = factor * (window - sinceHigh);
            out[2][i + shift] = factor * (sinceLow - sinceHigh);
        }
    }

    private int sinceHighest(double[] high, int row) {
        int at = row;
        for (int r = row - 1; r >= row - window; r--) {
            at = high[r] > high[at] ? r : at;
        }
        return row - at;
    }

    private int sinceLowest(double[] low, int row) {
        int at = row;
        for (int r = row - 1; r >= row - window; r--) {
            at = low[r] < low[at] ? r : at;
        }
        return row - at;
    }
}
