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
    private final TickColumn[] closes;
    private final int[] nextRow;
    /** Row of the bar that is open now, or NO_ROW. */
    final int[] rowNow;
    /** Row of the last closed bar, or NO_ROW. */
    final int[] lastRow;
    /** Whether the bar that closed just now has a price. */
    final boolean[] tradable;

    /** Whether the bars that closed just now all have prices, so that nobody is silent. */
    boolean allTradable;

    /** When each symbol that has no price now had its last one: the close of that bar, 0 if there was none. */
    final long[] lastPriceNanos;
    /** Close of the last closed bar in ticks, -1 where it has no price. */
    final long[] priceTicks;
    /** Closed bars of the present segment. */
    final int[] bars;
    /** Symbols whose bar now begins another instrument; the first {@link #begun} of them. */
    final int[] beginning;

    int begun;

    MarketCursor(MarketTape tape) {
        this.tape = tape;
        symbols = tape.symbols.size();
        closes = new TickColumn[symbols];
        Arrays.setAll(closes, tape::closes);
        nextRow = new int[symbols];
        rowNow = new int[symbols];
        lastRow = new int[symbols];
        Arrays.fill(rowNow, NO_ROW);
        Arrays.fill(lastRow, NO_ROW);
        tradable = new boolean[symbols];
        lastPriceNanos = new long[symbols];
        priceTicks = new long[symbols];
        bars = new int[symbols];
        beginning = new int[symbols];
    }

    /** Opens the bars of a time. */
    void open(int bar, long openNanos) {
        begun = 0;
        if (!tape.equalGrids) {
            find(openNanos);
        } else {
            rowNow[0] = bar;
            for (int s = 1; s < symbols; s++) {
                rowNow[s] = bar;
            }
        }
        for (int s = 0; tape.hasSegments && s < symbols; s++) {
            int row = rowNow[s];
            if (row != NO_ROW && tape.beginsAnother(s, row)) {
                beginning[begun++] = s;
            }
        }
    }

    /** Every bar that comes now has prices of all symbols, until further notice. */
    void enterQuiet() {
        Arrays.fill(tradable, true);
        allTradable = true;
    }

    /** Shows the strategy a row that all symbols have, without segments. */
    void showRow(int row) {
        lastRow[0] = row;
        bars[0] = row + 1;
        if (symbols > 1) {
            Arrays.fill(lastRow, row);
            Arrays.fill(bars, row + 1);
        }
    }

    /** Takes over where {@link #showRow} has gone: all symbols had prices up to and with this row. */
    void leaveQuiet(int row) {
        Arrays.fill(rowNow, row);
        for (int s = 0; s < symbols; s++) {
            priceTicks[s] = tape.closeTicks(s, row);
        }
    }

    private void find(long openNanos) {
        for (int s = 0; s < symbols; s++) {
            int row = nextRow[s];
            boolean here = row < tape.rowTimes[s].size() && tape.rowTimes[s].at(row) == openNanos;
            rowNow[s] = here ? row : NO_ROW;
            nextRow[s] = here ? row + 1 : row;
        }
    }

    /** Closes the bars that are open. The first symbol stands before the loop, which costs more than one pass does. */
    void close() {
        boolean all = close(0);
        for (int s = 1; s < symbols; s++) {
            all &= close(s);
        }
        allTradable = all;
    }

    private boolean close(int s) {
        int row = rowNow[s];
        int last = lastRow[s];
        boolean priced = false;
        if (row != NO_ROW) {
            long ticks = closes[s].at(row);
            priced = ticks > 0;
            priceTicks[s] = ticks;
            lastRow[s] = row;
            bars[s] = row + 1 - (tape.hasSegments ? tape.segmentFrom(s, row) : 0);
        }
        if (!priced && tradable[s]) {
            lastPriceNanos[s] = tape.rowTimes[s].at(last) + tape.barNanos;
        }
        tradable[s] = priced;
        return priced;
    }
}
