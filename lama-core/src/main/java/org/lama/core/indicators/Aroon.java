package org.lama.core.indicators;

/**
 * Chande's Aroon (1995) over n + 1 rows: up = 100 (n - rows since the highest high) / n, down likewise of the lowest
 * low, and the oscillator up - down; of equal extremes the newest counts. A window is searched again when its extreme
 * leaves it: O(1) per row on prices that go both ways, O(n) at worst on a steady trend.
 */
final class Aroon extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private final Extreme highest;
    private final Extreme lowest;
    private final double[] extremes = new double[BLOCK_ROWS];
    private int pending;
    private int sinceHigh;
    private int sinceLow;

    Aroon(int window) {
        super(2, 3, window + 1, window);
        this.window = window;
        highest = new Extreme(window + 1, true);
        lowest = new Extreme(window + 1, false);
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
        for (int i = from + lead; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            if (rows < Extreme.LEAST_SIDE_BY_SIDE) {
                single(high, low, i, i + rows, out, shift);
            } else {
                sideBySide(in, i, rows, out, i + shift);
            }
        }
    }

    /** The extremes first, side by side: then a search ends where the extreme is met. */
    private void sideBySide(double[][] in, int from, int rows, double[][] out, int at) {
        highest.sideBySide(in[0], from, rows, extremes, 0);
        sinceHigh = since(in[0], from, rows, extremes, sinceHigh, out[1], at);
        lowest.sideBySide(in[1], from, rows, extremes, 0);
        sinceLow = since(in[1], from, rows, extremes, sinceLow, out[0], at);
        double[] down = out[0];
        double[] up = out[1];
        double[] oscillator = out[2];
        double factor = PERCENT / window;
        for (int r = at; r < at + rows; r++) {
            oscillator[r] = factor * (down[r] - up[r]);
            down[r] = factor * (window - down[r]);
            up[r] = factor * (window - up[r]);
        }
    }

    /** Counts into a line the rows since the extreme of each window; returns the last. */
    private int since(double[] x, int from, int rows, double[] extremes, int before, double[] line, int at) {
        int since = before;
        for (int j = 0; j < rows; j++) {
            since = x[from + j] == extremes[j] ? 0 : since + 1;
            if (since > window) {
                since = 1;
                while (x[from + j - since] != extremes[j]) {
                    since++;
                }
            }
            line[at + j] = since;
        }
        return since;
    }

    private void single(double[] high, double[] low, int from, int to, double[][] out, int shift) {
        double factor = PERCENT / window;
        for (int i = from; i < to; i++) {
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
