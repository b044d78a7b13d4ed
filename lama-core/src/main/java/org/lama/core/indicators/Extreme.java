package org.lama.core.indicators;

/**
 * Largest or smallest value of the window. Many rows are found side by side by doubling, extremes of 2, 4, 8 ... rows and
 * at last of two halves that overlap, which compiles to vector code whatever the data. A single row keeps the last
 * extreme until it leaves the window and then searches anew: O(1) on prices that go both ways, O(n) at worst on a
 * steady trend.
 */
final class Extreme extends Kernel {
    static final int LEAST_SIDE_BY_SIDE = 16;

    private final int window;
    private final boolean largest;
    private final int blockRows;
    private double[] now;
    private double[] next;
    private int pending;
    private int since;

    Extreme(int window, boolean largest) {
        super(1, 1, window, window - 1);
        this.window = window;
        this.largest = largest;
        blockRows = Math.max(BLOCK_ROWS, window);
        now = new double[0];
        next = new double[0];
    }

    @Override
    void restart() {
        pending = window - 1;
        since = window;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
        for (int i = from + lead; i < to; i += blockRows) {
            int rows = Math.min(to - i, blockRows);
            if (rows >= LEAST_SIDE_BY_SIDE) {
                sideBySide(in[0], i, rows, out[0], i + shift);
                since = window;
            } else {
                for (int r = i; r < i + rows; r++) {
                    out[0][r + shift] = one(in[0], r);
                }
            }
        }
    }

    /** The rows since the extreme grow by one, until it leaves the window. */
    private double one(double[] x, int row) {
        since++;
        if (since >= window) {
            since = 0;
            for (int r = row - 1; r > row - window; r--) {
                since = beyond(x[r], x[row - since]) ? row - r : since;
            }
        } else if (!beyond(x[row - since], x[row])) {
            since = 0;
        }
        return x[row - since];
    }

    /** With 0 above -0, as Math.max and Math.min have it. */
    private boolean beyond(double a, double b) {
        return largest ? Double.compare(a, b) > 0 : Double.compare(a, b) < 0;
    }

    /** Full windows only, at most {@link #BLOCK_ROWS} of them. */
    void sideBySide(double[] x, int from, int rows, double[] line, int at) {
        int length = rows + window - 1;
        if (now.length < length) {
            now = new double[blockRows + window - 1];
            next = new double[blockRows + window - 1];
        }
        System.arraycopy(x, from - window + 1, now, 0, length);
        int width = 1;
        for (; 2 * width <= window; width *= 2) {
            join(now, width, length, next);
        }
        if (width < window) {
            join(now, window - width, length, next);
        }
        System.arraycopy(now, window - 1, line, at, rows);
    }

    /** Over copies with one index, which compile to vector code. */
    private void join(double[] x, int lag, int length, double[] out) {
        System.arraycopy(x, 0, out, lag, length - lag);
        if (largest) {
            largest(x, out, lag, length);
        } else {
            smallest(x, out, lag, length);
        }
        now = out;
        next = x;
    }

    private static void largest(double[] x, double[] out, int from, int to) {
        for (int j = from; j < to; j++) {
            out[j] = Math.max(x[j], out[j]);
        }
    }

    private static void smallest(double[] x, double[] out, int from, int to) {
        for (int j = from; j < to; j++) {
            out[j] = Math.min(x[j], out[j]);
        }
    }
}
