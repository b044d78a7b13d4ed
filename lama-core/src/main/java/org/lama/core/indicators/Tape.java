package org.lama.core.indicators;

/**
 * The most recent rows of some columns, always contiguous: rows are appended, and when the end is reached the history
 * moves to the front, at most one copied row per appended row. Mutable, single-threaded.
 */
final class Tape {
    final double[][] columns;
    private final int history;
    private int end;

    /** Room for so many rows of history and at least so many new ones at a time. */
    Tape(int columns, int history, int blockRows) {
        this.history = history;
        this.columns = new double[columns][history + Math.max(history, blockRows)];
    }

    /** The first of the next rows, to be filled by the caller. */
    int reserve(int rows) {
        if (end + rows > columns[0].length) {
            int kept = Math.min(history, end);
            for (double[] column : columns) {
                System.arraycopy(column, end - kept, column, 0, kept);
            }
            end = kept;
        }
        int at = end;
        end += rows;
        return at;
    }
}
