package org.lama.backtest.honesty;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.order.FixedPoint;

/** The targets and fills of one run, as bits in the order in which they came; single-threaded. */
final class Recording implements EngineObserver {
    private static final int TARGET_CELLS = 3;
    private static final int FILL_CELLS = 5;

    private final long lastNanos;
    private final Column targets = new Column(TARGET_CELLS);
    private final Column fills = new Column(FILL_CELLS);
    private final Column equity = new Column(2);
    private long siteNanos = Long.MIN_VALUE;
    private int siteSymbol;
    private Optional<CallSite> site = Optional.empty();

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

    /** Asks for the code that sets the first target of a symbol at a time. */
    void listenFor(long tsNanos, int symbol) {
        siteNanos = tsNanos;
        siteSymbol = symbol;
    }

    Optional<CallSite> site() {
        return site;
    }

    @Override
    public void onTarget(long tsNanos, int symbol, double weight) {
        if (tsNanos == siteNanos && symbol == siteSymbol && site.isEmpty()) {
            site = Optional.of(CallSite.here());
        }
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
        long[] cells = equity.next();
        int at = equity.at();
        cells[at] = tsNanos;
        cells[at + 1] = equityUnits;
    }

    /** Returns from bar to bar; after equity has gone to nothing there are none. */
    double[] returns() {
        double[] out = new double[Math.max(0, equity.size() - 1)];
        for (int i = 0; i < out.length; i++) {
            double before = equity.cells[2 * i + 1];
            double after = equity.cells[2 * i + 3];
            out[i] = before > 0 ? after / before - 1 : 0;
        }
        return out;
    }

    /** Time of the last bar that was heard. */
    OptionalLong lastBar() {
        return equity.size() == 0 ? OptionalLong.empty() : OptionalLong.of(equity.cell(equity.size() - 1, 0));
    }

    /** Equity at the last bar over that at the first; NaN without bars. */
    double growth() {
        return equity.size() == 0 ? Double.NaN : (double) equity.cell(equity.size() - 1, 1) / equity.cell(0, 1);
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

        /** One cell. */
        long cell(int row, int column) {
            return cells[row * width + column];
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
