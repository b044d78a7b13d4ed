package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Lambert's commodity channel index (1980) of a typical price: its distance from the mean of the window over 0.015 mean
 * absolute deviations; 0 where either is 0. Every window is summed anew, for a mean from a running sum shifts the index
 * near 0; many rows go side by side, which compiles to vector code. Sums are taken around the newest row, so that a
 * window of equal prices gives 0 exactly.
 */
final class ChannelIndex extends Kernel {
    private static final double LAMBERT = 0.015;
    /** Below that many rows side by side the copies cost more than they save. */
    private static final int LEAST_SIDE_BY_SIDE = 8;

    private final int window;
    private final double[] lagged = new double[BLOCK_ROWS];
    private final double[] newest = new double[BLOCK_ROWS];
    private final double[] sums = new double[BLOCK_ROWS];
    private final double[] deviations = new double[BLOCK_ROWS];
    private int pending;

    private ChannelIndex(int window) {
        super(1, 1, window, window - 1);
        this.window = window;
    }

    static Kernel of(int window) {
        return new Pipe(new Derived(Derived.Kind.TYPICAL), new ChannelIndex(window));
    }

    @Override
    void restart() {
        pending = window - 1;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
        for (int i = from + lead; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            if (rows < LEAST_SIDE_BY_SIDE) {
                for (int r = i; r < i + rows; r++) {
                    out[0][r + shift] = one(in[0], r);
                }
            } else {
                sideBySide(in[0], i, rows);
                for (int j = 0; j < rows; j++) {
                    out[0][i + j + shift] = index(sums[j], deviations[j]);
                }
            }
        }
    }

    /** In the same order as the rows side by side. */
    private double one(double[] x, int row) {
        double now = x[row];
        double mean = 0;
        for (int k = window - 1; k > 0; k--) {
            mean += x[row - k] - now;
        }
        mean /= window;
        double deviation = Math.abs(mean);
        for (int k = window - 1; k > 0; k--) {
            deviation += Math.abs(x[row - k] - now - mean);
        }
        return index(mean, deviation);
    }

    private void sideBySide(double[] x, int from, int rows) {
        System.arraycopy(x, from, newest, 0, rows);
        Arrays.fill(sums, 0, rows, 0);
        for (int k = window - 1; k > 0; k--) {
            System.arraycopy(x, from - k, lagged, 0, rows);
            addDifference(rows, lagged, newest, sums);
        }
        for (int j = 0; j < rows; j++) {
            sums[j] /= window;
            deviations[j] = Math.abs(sums[j]);
        }
        for (int k = window - 1; k > 0; k--) {
            System.arraycopy(x, from - k, lagged, 0, rows);
            addDeviation(rows, lagged, newest, sums, deviations);
        }
    }

    private static void addDifference(int rows, double[] x, double[] now, double[] sum) {
        for (int j = 0; j < rows; j++) {
            sum[j] += x[j] - now[j];
        }
    }

    private static void addDeviation(int rows, double[] x, double[] now, double[] mean, double[] sum) {
        for (int j = 0; j < rows; j++) {
            sum[j] += Math.abs(x[j] - now[j] - mean[j]);
        }
    }

    /** The mean is that of the distances to the newest row, so the newest lies the other way. */
    private double index(double mean, double deviation) {
        return mean == 0 || deviation == 0 ? 0 : -mean / (LAMBERT * (deviation / window));
    }
}
