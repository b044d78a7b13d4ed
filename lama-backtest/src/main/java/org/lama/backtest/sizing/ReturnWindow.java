package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Returns of several instruments over the same rows, the last of which was known at the decision. The arrays are lent, not
 * copied. A missing return is NaN; what is infinite counts as missing. Not thread-safe while the arrays change.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReturnWindow {
    private final double[][] columns;
    private final int from;
    private final int to;

    /**
     * Lends columns.
     *
     * @param columns simple returns, one array per instrument, in order of time
     * @param from first row
     * @param to row after the last; at most the length of every column
     */
    public ReturnWindow(double[][] columns, int from, int to) {
        Check.that(from >= 0 && to >= from, "from and to must be 0 <= from <= to, got " + from + " and " + to);
        for (double[] column : columns) {
            Check.that(column.length >= to, "every column must hold to=" + to + " rows, got " + column.length);
        }
        this.columns = columns;
        this.from = from;
        this.to = to;
    }

    /**
     * A window without rows, for modes that need none.
     *
     * @param instruments how many instruments, at least 0
     * @return the window
     */
    public static ReturnWindow none(int instruments) {
        return new ReturnWindow(new double[instruments][0], 0, 0);
    }

    /**
     * How many instruments there are.
     *
     * @return at least 0
     */
    public int instruments() {
        return columns.length;
    }

    /**
     * How many rows there are.
     *
     * @return at least 0
     */
    public int rows() {
        return to - from;
    }

    /**
     * One return.
     *
     * @param instrument its number
     * @param row 0 for the oldest
     * @return a fraction; NaN where it is missing
     */
    public double at(int instrument, int row) {
        double value = columns[instrument][from + row];
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /**
     * How many returns of an instrument are present. O(rows).
     *
     * @param instrument its number
     * @return 0 to {@link #rows()}
     */
    public int present(int instrument) {
        int count = 0;
        for (int row = 0; row < rows(); row++) {
            count += Double.isNaN(at(instrument, row)) ? 0 : 1;
        }
        return count;
    }
}
