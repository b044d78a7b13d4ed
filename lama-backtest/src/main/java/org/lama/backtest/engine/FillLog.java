package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.lama.backtest.order.Fill;
import org.lama.core.market.Side;

/** The fills of an account in one growing array. */
final class FillLog {
    private static final int COLUMNS = 7;

    private long[] cells = new long[256 * COLUMNS];
    private int size;

    void add(Fill fill, long slippageUnits) {
        int at = size * COLUMNS;
        if (at == cells.length) {
            cells = Arrays.copyOf(cells, (size + (size >> 1)) * COLUMNS);
        }
        cells[at] = fill.tsNanos();
        cells[at + 1] = fill.symbol();
        cells[at + 2] = fill.signedLots();
        cells[at + 3] = fill.priceTicks();
        cells[at + 4] = fill.feeUnits();
        cells[at + 5] = fill.orderId();
        cells[at + 6] = slippageUnits;
        size++;
    }

    int size() {
        return size;
    }

    long tsNanos(int i) {
        return cells[i * COLUMNS];
    }

    int symbol(int i) {
        return (int) cells[i * COLUMNS + 1];
    }

    long feeUnits(int i) {
        return cells[i * COLUMNS + 4];
    }

    /** What the slipped price cost against its reference, in the settlement currency. */
    long slippageUnits(int i) {
        return cells[i * COLUMNS + 6];
    }

    Fill fill(int i) {
        int at = i * COLUMNS;
        long signed = cells[at + 2];
        return new Fill(
                cells[at + 5],
                cells[at],
                (int) cells[at + 1],
                signed > 0 ? Side.BUY : Side.SELL,
                Math.abs(signed),
                cells[at + 3],
                cells[at + 4]);
    }

    /** All fees of a symbol, in money units of its settlement currency as the next one. */
    long feeUnitsOf(int symbol) {
        return sum(symbol, this::feeUnits);
    }

    long slippageUnitsOf(int symbol) {
        return sum(symbol, this::slippageUnits);
    }

    int countOf(int symbol) {
        return Math.toIntExact(sum(symbol, fill -> 1));
    }

    private long sum(int symbol, IntToLongFunction figure) {
        long total = 0;
        for (int i = 0; i < size(); i++) {
            total = symbol(i) == symbol ? Math.addExact(total, figure.applyAsLong(i)) : total;
        }
        return total;
    }
}
