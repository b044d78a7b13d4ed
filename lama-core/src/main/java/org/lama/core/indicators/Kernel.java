package org.lama.core.indicators;

import java.util.Arrays;

/**
 * The arithmetic of one indicator: resumable, so that a stream of single rows and a batch of blocks run the same code
 * and give the same bits. A kernel sees present (finite) rows only. It may read {@link #historyRows} rows before the
 * ones it is asked for, but none from before its last restart. Mutable, single-threaded.
 */
abstract class Kernel {
    /** Rows of intermediate results at a time: they stay in the fastest cache. */
    static final int BLOCK_ROWS = 240;

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

    /** Finite only if every row is, unless it overflows. */
    static double sum(double[] x, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int whole = to - (to - from) % 8;
        for (int i = from; i < whole; i += 8) {
            a += x[i] + x[i + 1];
            b += x[i + 2] + x[i + 3];
            c += x[i + 4] + x[i + 5];
            d += x[i + 6] + x[i + 7];
        }
        for (int i = whole; i < to; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    /** Quotients by 0 become 0: a loop apart, for only loops without a question compile to vector code. */
    static void zero(int rows, double[] quotients, double[] divisors) {
        for (int j = 0; j < rows; j++) {
            quotients[j] = divisors[j] == 0 ? 0 : quotients[j];
        }
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
