package org.lama.core.indicators;

/**
 * Kaufman's adaptive mean (1995): an exponential mean whose weight (er (2/3 - 2/31) + 2/31)^2 follows the efficiency
 * ratio er = |change over n rows| / sum of the sizes of its steps; 1 where nothing moved. Begun with the row before its
 * first value.
 */
final class Kama extends WindowKernel {
    private static final double SLOWEST = 2.0 / 31;
    private static final double SPAN = 2.0 / 3 - SLOWEST;

    private final double[] tail;
    private double head;
    private double mean;
    private boolean begun;

    Kama(int window) {
        super(1, 1, window, 1);
        tail = new double[window];
    }

    @Override
    void restart() {
        super.restart();
        begun = false;
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        double[] x = in[0];
        int start = row - window + 1;
        double sum = 0;
        for (int p = window - 1; p >= 0; p--) {
            sum += Math.abs(x[start + p] - x[start + p - 1]);
            tail[p] = sum;
        }
        head = 0;
        if (!begun) {
            begun = true;
            mean = x[row - 1];
        }
        double w = weight(x[row] - x[row - window], sum);
        mean = mean * (1 - w) + x[row] * w;
        out[0][row + shift] = mean;
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] line = out[0];
        double[] tails = tail;
        double sum = head;
        double m = mean;
        int toTail = phase + 1 - from;
        for (int i = from; i < to; i++) {
            sum += Math.abs(x[i] - x[i - 1]);
            double w = weight(x[i] - x[i - window], sum + tails[i + toTail]);
            m = m * (1 - w) + x[i] * w;
            line[i + shift] = m;
        }
        head = sum;
        mean = m;
    }

    /** A rise that is the sum of its steps up to rounding has an efficiency of 1 exactly, as in TA-Lib. */
    private static double weight(double change, double path) {
        double efficiency = path <= change || path == 0 ? 1 : Math.abs(change / path);
        double root = efficiency * SPAN + SLOWEST;
        return root * root;
    }
}
