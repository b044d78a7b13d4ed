package org.lama.core.indicators;

import java.util.Arrays;

/**
 * The arithmetic of one indicator: resumable, so that a stream of single rows and a batch of blocks run the same code
 * and give the same bits. A kernel sees present (finite) rows only. It may read {@link #historyRows} rows before the
 * ones it is asked for, but none from before its last restart. Mutable, single-threaded.
 */
abstract class Kernel {
    /** Rows of intermediate results at a time: they stay in the fastest cache. */
    static final int BLOCK_ROWS = 256;

    final int inputs;
    final int lines;
    /** Present rows needed until every line has a value. */
    final int warmUpBars;
    /** Rows before the current one that are read again. */
    final int historyRows;

    Kernel(int inputs, int lines, int warmUpBars, int historyRows) {
        this.inputs = inputs;
        this.lines = lines;
        this.warmUpBars = warmUpBars;
        this.historyRows = historyRows;
    }

    /** Forgets every row. */
    abstract void restart();

    /** One or more rows are missing: begins anew, unless a kernel can carry on. */
    void gap() {
        restart();
    }

    /**
     * Takes the next rows.
     *
     * @param in columns; rows {@code from .. to - 1} follow the rows of the last call
     * @param out lines; row i of the input is row {@code i + shift} here
     */
    abstract void run(double[][] in, int from, int to, double[][] out, int shift);

    /** Whether {@link #proof} says something. */
    boolean proves() {
        return false;
    }

    /**
     * A number of the state that a missing value in any row leaves NaN or infinite for good, those of the first and the
     * last row perhaps excepted. It saves the search for missing values, which would take as long as a fast kernel.
     */
    double proof() {
        return Double.NaN;
    }

    /** Leaves rows of one line without a value. */
    static void blank(double[] line, int from, int to) {
        Arrays.fill(line, from, to, Double.NaN);
    }

    /** Leaves rows of all lines without a value. */
    final void blank(double[][] out, int from, int to) {
        for (int line = 0; line < lines; line++) {
            blank(out[line], from, to);
        }
    }
}
