package org.lama.core.indicators;

/**
 * An indicator of a moving window, without any running difference: the rows are cut into blocks of one window length, a
 * window is then the tail of the last block and the head of this one (van Herk 1992 did this for maxima). Tails are
 * accumulated backwards once per block, heads row by row. So a value depends on the rows of its own window alone, with
 * the rounding of a plain sum over it, and costs O(1) per row.
 */
abstract class WindowKernel extends Kernel {
    final int window;
    /** Rows of this block already taken: the window holds tail rows {@code phase + 1 ..} when the next row is in. */
    int phase;

    private final int leadRows;
    private int pending;
    private boolean filled;

    /** A window of so many rows; the first {@code leadRows} rows of all are needed to make its first row. */
    WindowKernel(int inputs, int lines, int window, int leadRows) {
        super(inputs, lines, window + leadRows, window - 1 + leadRows);
        this.window = window;
        this.leadRows = leadRows;
        this.pending = leadRows;
    }

    @Override
    void restart() {
        phase = 0;
        filled = false;
        pending = leadRows;
    }

    /** Accumulates the tails of the block that ends with this row, empties the head, and gives the value of this row. */
    abstract void turn(double[][] in, int row, double[][] out, int shift);

    /** Values of rows within a block, the first of which finds {@link #phase} rows of the block taken. */
    abstract void slide(double[][] in, int from, int to, double[][] out, int shift);

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
        int i = from + lead;
        while (i < to) {
            int stop = Math.min(to, i + window - 1 - phase);
            if (stop > i) {
                if (filled) {
                    slide(in, i, stop, out, shift);
                } else {
                    blank(out, i + shift, stop + shift);
                }
                phase += stop - i;
                i = stop;
            }
            if (i < to) {
                turn(in, i, out, shift);
                filled = true;
                phase = 0;
                i++;
            }
        }
    }
}
