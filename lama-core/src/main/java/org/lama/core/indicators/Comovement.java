package org.lama.core.indicators;

/**
 * Pearson correlation of two columns over the window, or the slope of the second on the first; 0 where a column that
 * divides does not vary. Sums are taken around the last row of the block before, see {@link Deviation}.
 */
final class Comovement extends Kernel {
    private final boolean slope;
    private final Moments moments;
    private final double[][] scratch = new double[Moments.SUMS][BLOCK_ROWS];

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
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            moments.run(in, i, i + rows, scratch, -i);
            divide(moments.window, rows, slope ? scratch[0] : scratch[1], slope ? scratch[2] : scratch[4]);
            for (int j = 0; j < rows; j++) {
                double divisor = scratch[2][j];
                out[0][i + j + shift] = divisor == 0 ? 0 : scratch[3][j] / divisor;
            }
        }
    }

    /** The products become the covariance, the squares what divides it: n times either. */
    private void divide(double window, int rows, double[] y, double[] squaresY) {
        double[] x = scratch[0];
        double[] squares = scratch[2];
        double[] products = scratch[3];
        double[] other = scratch[1];
        for (int j = 0; j < rows; j++) {
            products[j] -= x[j] * other[j] / window;
            double spreadX = Math.max(0, squares[j] - x[j] * x[j] / window);
            double spreadY = Math.max(0, squaresY[j] - y[j] * y[j] / window);
            squares[j] = Math.sqrt(spreadX) * Math.sqrt(spreadY);
        }
    }

    /** Sums of x, y, x x, x y and y y around a centre. */
    private static final class Moments extends WindowKernel {
        static final int SUMS = 5;

        private final double[][] tail;
        private final double[] head = new double[SUMS];
        private double centreX;
        private double centreY;

        Moments(int window) {
            super(2, SUMS, window, 0);
            tail = new double[SUMS][window];
        }

        @Override
        void turn(double[][] in, int row, double[][] out, int shift) {
            int start = row - window + 1;
            centreX = in[0][row];
            centreY = in[1][row];
            double x = 0;
            double y = 0;
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int p = window - 1; p >= 0; p--) {
                double a = in[0][start + p] - centreX;
                double b = in[1][start + p] - centreY;
                x += a;
                y += b;
                xx += a * a;
                xy += a * b;
                yy += b * b;
                tail[0][p] = x;
                tail[1][p] = y;
                tail[2][p] = xx;
                tail[3][p] = xy;
                tail[4][p] = yy;
            }
            for (int k = 0; k < SUMS; k++) {
                head[k] = 0;
                out[k][row + shift] = tail[k][0];
            }
        }

        @Override
        void slide(double[][] in, int from, int to, double[][] out, int shift) {
            double x = head[0];
            double y = head[1];
            double xx = head[2];
            double xy = head[3];
            double yy = head[4];
            int toTail = phase + 1 - from;
            double[] one = in[0];
            double[] two = in[1];
            double[] tailX = tail[0];
            double[] tailY = tail[1];
            double[] tailXx = tail[2];
            double[] tailXy = tail[3];
            double[] tailYy = tail[4];
            double[] outX = out[0];
            double[] outY = out[1];
            double[] outXx = out[2];
            double[] outXy = out[3];
            double[] outYy = out[4];
            for (int i = from; i < to; i++) {
                double a = one[i] - centreX;
                double b = two[i] - centreY;
                x += a;
                y += b;
                xx += a * a;
                xy += a * b;
                yy += b * b;
                int p = i + toTail;
                int at = i + shift;
                outX[at] = x + tailX[p];
                outY[at] = y + tailY[p];
                outXx[at] = xx + tailXx[p];
                outXy[at] = xy + tailXy[p];
                outYy[at] = yy + tailYy[p];
            }
            head[0] = x;
            head[1] = y;
            head[2] = xx;
            head[3] = xy;
            head[4] = yy;
        }
    }
}
