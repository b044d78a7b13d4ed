package org.lama.backtest.risk;

import java.util.Arrays;

/** The level to which weights are cut so that the largest of them sum to a bound. */
final class Concentration {
    private static final int HALVINGS = 1_100;

    private Concentration() {}

    /**
     * The largest level c for which the {@code count} largest of the kept weights and of {@code min(|target|, c)} sum to at
     * most {@code bound}; infinite if none is needed, 0 if the kept ones alone are too much.
     */
    static double level(double[] targets, double[] current, int count, double bound) {
        double[] sizes = new double[targets.length];
        double largest = 0;
        for (double target : targets) {
            largest = Double.isNaN(target) ? largest : Math.max(largest, Math.abs(target));
        }
        if (top(targets, current, largest, count, sizes) <= bound) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = largest;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = low + 0.5 * (high - low);
            if (!(middle > low && middle < high)) {
                break;
            }
            if (top(targets, current, middle, count, sizes) <= bound) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double top(double[] targets, double[] current, double level, int count, double[] sizes) {
        for (int i = 0; i < sizes.length; i++) {
            boolean keeps = Double.isNaN(targets[i]);
            sizes[i] = keeps ? Math.abs(current[i]) : Math.min(level, Math.abs(targets[i]));
        }
        Arrays.sort(sizes);
        double sum = 0;
        for (int i = sizes.length - 1; i >= Math.max(0, sizes.length - count); i--) {
            sum += sizes[i];
        }
        return sum;
    }
}
