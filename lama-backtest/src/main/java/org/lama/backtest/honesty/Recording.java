package org.lama.backtest.honesty;

import java.util.Arrays;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.order.FixedPoint;

/** The targets and fills of one run, as bits in the order in which they came; single-threaded. */
final class Recording implements EngineObserver {
    private static final int TARGET_CELLS = 3;
    private static final int FILL_CELLS = 5;

    private final long lastNanos;
    private final Column targets = new Column(TARGET_CELLS);
    private final Column fills = new Column(FILL_CELLS);

    /** Ends the run: what follows is not compared. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("the compared part of the run is over", null, false, false);
        }
    }

    Recording(long lastNanos) {
        this.lastNanos = lastNanos;
    }

    @Override
    public void onTarget(long tsNanos, int symbol, double weight) {
        if (tsNanos <= lastNanos) {
            long[] cells = targets.next();
            int at = targets.at();
            cells[at] = tsNanos;
            cells[at + 1] = symbol;
            cells[at + 2] = Double.doubleToLongBits(weight);
        }
    }

    @Override
    public void onFill(long tsNanos, int symbol, long signedLots, long priceTicks, long feeUnits) {
        if (tsNanos <= lastNanos) {
            long[] cells = fills.next();
            int at = fills.at();
            cells[at] = tsNanos;
            cells[at + 1] = symbol;
            cells[at + 2] = signedLots;
            cells[at + 3] = priceTicks;
            cells[at + 4] = feeUnits;
        }
    }

    @Override
    public void onBar(long tsNanos, long equityUnits) {
        // one bar more than is compared: fills at the last time belong to the bar that opens there
        if (tsNanos > lastNanos) {
            throw new Enough();
        }
    }

    Column targets() {
        return targets;
    }

    Column fills() {
        return fills;
    }

    static String targetText(long[] cells) {
        return cells.length == 0 ? "none" : "weight " + Double.longBitsToDouble(cells[2]);
    }

    static String fillText(long[] cells) {
        return cells.length == 0
                ? "none"
                : (cells[2] > 0 ? "BUY " : "SELL ") + Math.abs(cells[2]) + " lots at " + cells[3] + " ticks, fee "
                        + FixedPoint.toDouble(cells[4], FixedPoint.MONEY_DECIMALS);
    }

    /** Rows of equal width in one growing array. */
    static final class Column {
        private final int width;
        private long[] cells;
        private int size;

        Column(int width) {
            this.width = width;
            this.cells = new long[64 * width];
        }

        long[] next() {
            size++;
            if (size * width > cells.length) {
                cells = Arrays.copyOf(cells, 2 * cells.length);
            }
            return cells;
        }

        int at() {
            return (size - 1) * width;
        }

        /** Number of rows up to a time. */
        int until(long nanos) {
            int rows = 0;
            while (rows < size && cells[rows * width] <= nanos) {
                rows++;
            }
            return rows;
        }

        /** A row with its time moved; empty beyond the end. */
        long[] row(int index, int rows, long shiftNanos) {
            if (index >= rows) {
                return new long[0];
            }
            long[] row = Arrays.copyOfRange(cells, index * width, (index + 1) * width);
            row[0] += shiftNanos;
            return row;
        }

        int size() {
            return size;
        }
    }
}
