package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.order.Fill;
import org.lama.core.market.Side;

/** The fills of a run in growing parallel columns. */
final class FillLog {
    private static final int COLUMNS = 6;

    private long[] cells = new long[256 * COLUMNS];
    private int size;

    void add(long tsNanos, int symbol, long signedLots, long ticks, long feeUnits, long orderId) {
        int at = size * COLUMNS;
        if (at == cells.length) {
            cells = Arrays.copyOf(cells, (size + (size >> 1)) * COLUMNS);
        }
        cells[at] = tsNanos;
        cells[at + 1] = symbol;
        cells[at + 2] = signedLots;
        cells[at + 3] = ticks;
        cells[at + 4] = feeUnits;
        cells[at + 5] = orderId;
        size++;
    }

    int size() {
        return size;
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
}
