package org.lama.backtest.engine;

import java.util.Arrays;

/**
 * Where a run stands in its bars. A bar is open between {@link #open} and {@link #close}: its first price can be traded
 * at, but only {@link #lastRow} is known to strategies.
 */
final class MarketCursor {
    static final int NO_ROW = -1;

    private final MarketTape tape;
    private final int symbols;
    private final int[] nextRow;
    /** Row of the bar that is open now, or NO_ROW. */
    final int[] rowNow;
    /** Row of the last closed bar, or NO_ROW. */
    final int[] lastRow;
    /** Whether the bar that closed just now has a price. */
    final boolean[] tradable;

    final long[] lastPriceNanos;
    /** Symbols whose bar now begins another instrument; the first {@link #begun} of them. */
    final int[] beginning;

    int begun;

    MarketCursor(MarketTape tape) {
        this.tape = tape;
        symbols = tape.symbols.size();
        nextRow = new int[symbols];
        rowNow = new int[symbols];
        lastRow = new int[symbols];
        Arrays.fill(rowNow, NO_ROW);
        Arrays.fill(lastRow, NO_ROW);
        tradable = new boolean[symbols];
        lastPriceNanos = new long[symbols];
        beginning = new int[symbols];
    }

    /** Opens the bars of a time. */
    void open(int bar, long openNanos) {
        begun = 0;
        if (tape.equalGrids) {
            Arrays.fill(rowNow, bar);
        } else {
            find(openNanos);
        }
        for (int s = 0; s < symbols; s++) {
            int row = rowNow[s];
            if (row > 0 && tape.segmentFrom(s, row) == row) {
                beginning[begun++] = s;
            }
        }
    }

    private void find(long openNanos) {
        for (int s = 0; s < symbols; s++) {
            int row = nextRow[s];
            boolean here = row < tape.rowTimes[s].length && tape.rowTimes[s][row] == openNanos;
            rowNow[s] = here ? row : NO_ROW;
            nextRow[s] = here ? row + 1 : row;
        }
    }

    /** Closes the bars that are open. */
    void close(long closeNanos) {
        for (int s = 0; s < symbols; s++) {
            int row = rowNow[s];
            boolean priced = row != NO_ROW && tape.closeTicks[s][row] > 0;
            tradable[s] = priced;
            lastRow[s] = row == NO_ROW ? lastRow[s] : row;
            lastPriceNanos[s] = priced ? closeNanos : lastPriceNanos[s];
        }
    }
}
