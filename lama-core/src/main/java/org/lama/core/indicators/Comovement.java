package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Pearson correlation of two columns over the window, or the slope of the second on the first; 0 where a column that
 * divides does not vary. Sums are taken around the last row of the block before, see {@link Deviation}.
 */
final class Comovement extends WindowKernel {
    private static final int SUMS = 5;

    private final boolean slope;
    private final double[][] tail;
    private final double[] head = new double[SUMS];
    private double centreX;
    private double centreY;

    private Comovement(int window, boolean slope) {
        super(2, 1, window, 0);
        this.slope = slope;
        tail = new double[window][SUMS];
    }

    static Kernel correlation(int window) {
        return new Comovement(window, false);
    }

    /** Of returns, as TA-Lib's BETA. */
    static Kernel beta(int window) {
        return new Pipe(new Derived(Derived.Kind.RETURNS), new Comovement(window, true));
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        int start = row - window + 1;
        centreX = in[0][row];
        centreY = in[1][row];
        Arrays.fill(head, 0);
        for (int p = window - 1; p >= 0; p--) {
            add(in[0][start + p] - centreX, in[1][start + p] - centreY);
            System.arraycopy(head, 0, tail[p], 0, SUMS);
        }
        Arrays.fill(head, 0);
        double[] all = tail[0];
        out[0][row + shift] = value(all[0], all[1], all[2], all[3], all[4]);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        int toTail = phase + 1 - from;
        for (int i = from; i < to; i++) {
            add(in[0][i] - centreX, in[1][i] - centreY);
            double[] rest = tail[i + toTail];
            out[0][i + shift] = value(
                    head[0] + rest[0],
                    head[1] + rest[1],
                    head[2] + rest[2],
                    head[3] + rest[3],
                    head[4] + rest[4]);
        }
    }

    private void add(double x, double y) {
        head[0] += x;
        head[1] += y;
        head[2] += x * x;
        head[3] += x * y;
        head[4] += y * y;
    }

    private double value(double x, double y, double xx, double xy, double yy) {
        double together = xy - x * y / window;
        double spreadX = xx - x * x / window;
        if (slope) {
            return spreadX > 0 ? together / spreadX : 0;
        }
        double both = spreadX * (yy - y * y / window);
        return spreadX > 0 && both > 0 ? together / Math.sqrt(both) : 0;
    }
}
