package org.lama.core.indicators;

/**
 * Standard deviation of the window, divisor n, and the bands mean +- k standard deviations (Bollinger 1983). Sums are
 * taken around the last row of the block before, which lies in or next to the window, so that no digits are lost to the
 * level; a window of equal values has deviation 0 exactly.
 */
final class Deviation extends WindowKernel {
    private final double upper;
    private final double lower;
    private final boolean bands;
    private final double[] tail;
    private final double[] tailSquares;
    private double centre;
    private double head;
    private double headSquares;

    private Deviation(int window, boolean bands, double upper, double lower) {
        super(1, bands ? 3 : 1, window, 0);
        this.upper = upper;
        this.lower = lower;
        this.bands = bands;
        tail = new double[window];
        tailSquares = new double[window];
    }

    static Deviation plain(int window, double scale) {
        return new Deviation(window, false, scale, scale);
    }

    static Deviation bands(int window, double upper, double lower) {
        return new Deviation(window, true, upper, lower);
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        double[] x = in[0];
        int start = row - window + 1;
        double c = x[row];
        double sum = 0;
        double squares = 0;
        for (int p = window - 1; p >= 0; p--) {
            double d = x[start + p] - c;
            sum += d;
            squares += d * d;
            tail[p] = sum;
            tailSquares[p] = squares;
        }
        centre = c;
        head = 0;
        headSquares = 0;
        put(out, row + shift, sum, squares);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double sum = head;
        double squares = headSquares;
        int toTail = phase + 1 - from;
        for (int i = from; i < to; i++) {
            double d = x[i] - centre;
            sum += d;
            squares += d * d;
            put(out, i + shift, sum + tail[i + toTail], squares + tailSquares[i + toTail]);
        }
        head = sum;
        headSquares = squares;
    }

    private void put(double[][] out, int at, double sum, double squares) {
        double mean = sum / window;
        double deviation = Math.sqrt(Math.max(0, squares / window - mean * mean));
        if (bands) {
            double middle = centre + mean;
            out[0][at] = middle + upper * deviation;
            out[1][at] = middle;
            out[2][at] = middle - lower * deviation;
        } else {
            out[0][at] = upper * deviation;
        }
    }
}
