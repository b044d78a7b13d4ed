package org.lama.core.indicators;

/**
 * Standard deviation of the window, divisor n, and the bands mean +- k standard deviations (Bollinger 1983). Sums are
 * taken around the last row of the block before, which lies in or next to the window, so that no digits are lost to the
 * level; a window of equal values has deviation 0 exactly.
 */
final class Deviation extends Kernel {
    private final double upper;
    private final double lower;
    private final boolean bands;
    private final Moments moments;
    private final double[][] scratch = new double[3][BLOCK_ROWS];

    private Deviation(int window, boolean bands, double upper, double lower) {
        super(1, bands ? 3 : 1, window, window - 1);
        this.upper = upper;
        this.lower = lower;
        this.bands = bands;
        moments = new Moments(window);
    }

    static Deviation plain(int window, double scale) {
        return new Deviation(window, false, scale, scale);
    }

    static Deviation bands(int window, double upper, double lower) {
        return new Deviation(window, true, upper, lower);
    }

    @Override
    void restart() {
        moments.restart();
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int stop = Math.min(to, i + BLOCK_ROWS);
            moments.run(in, i, stop, scratch, -i);
            finish(moments.window, stop - i, scratch[0], scratch[1]);
            if (bands) {
                show(stop - i, out, i + shift);
            } else {
                scale(stop - i, upper, scratch[1], out[0], i + shift);
            }
        }
    }

    /** Sums become mean and deviation. */
    private static void finish(double window, int rows, double[] sums, double[] squares) {
        for (int j = 0; j < rows; j++) {
            double mean = sums[j] / window;
            sums[j] = mean;
            squares[j] = Math.sqrt(Math.max(0, squares[j] / window - mean * mean));
        }
    }

    private static void scale(int rows, double factor, double[] deviation, double[] line, int at) {
        for (int j = 0; j < rows; j++) {
            line[at + j] = factor * deviation[j];
        }
    }

    private void show(int rows, double[][] out, int at) {
        double[] mean = scratch[0];
        double[] deviation = scratch[1];
        double[] centre = scratch[2];
        double[] top = out[0];
        double[] middle = out[1];
        double[] bottom = out[2];
        for (int j = 0; j < rows; j++) {
            double m = centre[j] + mean[j];
            top[at + j] = m + upper * deviation[j];
            middle[at + j] = m;
            bottom[at + j] = m - lower * deviation[j];
        }
    }

    /** Sum and sum of squares around a centre, and the centre. */
    private static final class Moments extends WindowKernel {
        private final double[] tail;
        private final double[] tailSquares;
        private double centre;
        private double head;
        private double headSquares;

        Moments(int window) {
            super(1, 3, window, 0);
            tail = new double[window];
            tailSquares = new double[window];
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
            out[0][row + shift] = sum;
            out[1][row + shift] = squares;
            out[2][row + shift] = c;
        }

        @Override
        void slide(double[][] in, int from, int to, double[][] out, int shift) {
            double[] x = in[0];
            double[] sums = out[0];
            double[] allSquares = out[1];
            double c = centre;
            double sum = head;
            double squares = headSquares;
            int toTail = phase + 1 - from;
            for (int i = from; i < to; i++) {
                double d = x[i] - c;
                sum += d;
                squares += d * d;
                sums[i + shift] = sum + tail[i + toTail];
                allSquares[i + shift] = squares + tailSquares[i + toTail];
                out[2][i + shift] = c;
            }
            head = sum;
            headSquares = squares;
        }
    }
}
