package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Pearson correlation of two columns over the window, or the slope of the second on the first; 0 where a column that
 * divides does not vary. Sums are taken around the last row of the block before, see {@link Deviation}.
 */
final class Comovement extends Kernel {
    private final boolean slope;
    private final Moments moments;
    private int pending;

    private Comovement(int window, boolean slope) {
        super(2, 1, window, window - 1);
        this.slope = slope;
        moments = new Moments(window);
    }

    static Kernel correlation(int window) {
        return new Comovement(window, false);
    }

    /** Of returns, as TA-Lib's BETA. */
    static Kernel beta(int window) {
        return new Pipe(new Derived(Derived.Kind.RETURNS), new Comovement(window, true));
    }

    @Override
    void restart() {
        moments.restart();
        pending = warmUpBars - 1;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            moments.run(in, i, rows);
            if (slope) {
                divide(rows, moments.products, moments.squares);
            } else {
                normalize(rows, moments.products, moments.squares, moments.squaresY);
            }
            show(rows, out[0], i + shift);
        }
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
    }

    /** Apart from the question for 0, so that it compiles to vector code; likewise the next. */
    private static void divide(int rows, double[] products, double[] squares) {
        for (int j = 0; j < rows; j++) {
            squares[j] = Math.max(0, squares[j]);
            products[j] /= squares[j];
        }
    }

    private static void normalize(int rows, double[] products, double[] squares, double[] squaresY) {
        for (int j = 0; j < rows; j++) {
            squares[j] = Math.sqrt(Math.max(0, squares[j])) * Math.sqrt(Math.max(0, squaresY[j]));
            products[j] /= squares[j];
        }
    }

    private void show(int rows, double[] line, int at) {
        if (!Double.isFinite(sum(moments.products, 0, rows))) {
            zero(rows, moments.products, moments.squares);
        }
        System.arraycopy(moments.products, 0, line, at, rows);
    }

    /**
     * Sums of products and squares around the means, from sums around a centre of the window's two blocks as in
     * {@link WindowKernel} but with calls that are bound early; meaningless until the window is full. The tails lie by turns
     * in one array, for so many arrays as sums would not fit the registers.
     */
    private static final class Moments {
        private static final int SUMS = 5;

        final double[] products = new double[BLOCK_ROWS];
        final double[] squares = new double[BLOCK_ROWS];
        final double[] squaresY = new double[BLOCK_ROWS];
        private final int window;
        private final double inverse;
        /** Sums of x, y, x x, x y and y y by turns. */
        private final double[] tails;

        private final double[] heads = new double[SUMS];
        private double centreX;
        private double centreY;
        private int taken;

        Moments(int window) {
            this.window = window;
            inverse = 1.0 / window;
            tails = new double[SUMS * window];
        }

        void restart() {
            taken = 0;
        }

        void run(double[][] in, int from, int rows) {
            int j = 0;
            while (j < rows) {
                int stop = Math.min(rows, j + window - 1 - taken);
                slide(in[0], in[1], from, j, stop);
                j = stop;
                if (j < rows) {
                    turn(in[0], in[1], from + j);
                    put(j);
                    j++;
                }
            }
        }

        private void put(int j) {
            double[] t = tails;
            squares[j] = t[2] - t[0] * t[0] * inverse;
            products[j] = t[3] - t[0] * t[1] * inverse;
            squaresY[j] = t[4] - t[1] * t[1] * inverse;
        }

        private void slide(double[] one, double[] two, int from, int start, int stop) {
            double[] t = tails;
            double[] outX = squares;
            double[] outXy = products;
            double[] outY = squaresY;
            double centreOne = centreX;
            double centreTwo = centreY;
            double part = inverse;
            double x = heads[0];
            double y = heads[1];
            double xx = heads[2];
            double xy = heads[3];
            double yy = heads[4];
            int toTail = taken + 1 - start;
            for (int j = start; j < stop; j++) {
                double a = one[from + j] - centreOne;
                double b = two[from + j] - centreTwo;
                x += a;
                y += b;
                xx += a * a;
                xy += a * b;
                yy += b * b;
                int p = SUMS * (j + toTail);
                double allX = x + t[p];
                double allY = y + t[p + 1];
                outX[j] = (xx + t[p + 2]) - allX * allX * part;
                outXy[j] = (xy + t[p + 3]) - allX * allY * part;
                outY[j] = (yy + t[p + 4]) - allY * allY * part;
            }
            heads[0] = x;
            heads[1] = y;
            heads[2] = xx;
            heads[3] = xy;
            heads[4] = yy;
            taken += stop - start;
        }

        private void turn(double[] one, double[] two, int row) {
            double[] t = tails;
            int start = row - window + 1;
            double centreOne = one[row];
            double centreTwo = two[row];
            double x = 0;
            double y = 0;
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int p = window - 1; p >= 0; p--) {
                double a = one[start + p] - centreOne;
                double b = two[start + p] - centreTwo;
                x += a;
                y += b;
                xx += a * a;
                xy += a * b;
                yy += b * b;
                t[SUMS * p] = x;
                t[SUMS * p + 1] = y;
                t[SUMS * p + 2] = xx;
                t[SUMS * p + 3] = xy;
                t[SUMS * p + 4] = yy;
            }
            centreX = centreOne;
            centreY = centreTwo;
            Arrays.fill(heads, 0);
            taken = 0;
        }
    }
}
