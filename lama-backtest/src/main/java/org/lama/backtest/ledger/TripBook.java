package org.lama.backtest.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.Scale;
import org.lama.core.market.Side;

/** Round trips under way, one slot per instrument, and finished ones in growing parallel columns. Single-threaded. */
final class TripBook {
    private static final int SLOTS = 9;
    private static final int ENTRY_NANOS = 0;
    private static final int EXIT_NANOS = 1;
    private static final int OPENED_LOTS = 2;
    private static final int OPENED_UNITS = 3;
    private static final int CLOSED_UNITS = 4;
    private static final int FEES = 5;
    private static final int SLIPPAGE = 6;
    private static final int PNL = 7;
    private static final int INSTRUMENT = 8;

    private final long[] open;
    private long[] done;
    private int size;

    TripBook(int instruments, int capacity) {
        open = new long[instruments * SLOTS];
        done = new long[capacity * SLOTS];
    }

    /** Takes a fill that enlarges a position; lots and units are signed alike. */
    void opened(int instrument, long tsNanos, long lots, long units) {
        int slot = instrument * SLOTS;
        if (open[slot + OPENED_LOTS] == 0) {
            open[slot + ENTRY_NANOS] = tsNanos;
        }
        open[slot + OPENED_LOTS] = Math.addExact(open[slot + OPENED_LOTS], lots);
        open[slot + OPENED_UNITS] = Math.addExact(open[slot + OPENED_UNITS], units);
    }

    void closed(int instrument, long units, long gainUnits) {
        int slot = instrument * SLOTS;
        open[slot + CLOSED_UNITS] = Math.addExact(open[slot + CLOSED_UNITS], units);
        open[slot + PNL] = Math.addExact(open[slot + PNL], gainUnits);
    }

    void costs(int instrument, long feeUnits, long slippageUnits) {
        int slot = instrument * SLOTS;
        open[slot + FEES] = Math.addExact(open[slot + FEES], feeUnits);
        open[slot + SLIPPAGE] = Math.addExact(open[slot + SLIPPAGE], slippageUnits);
    }

    void flat(int instrument, long tsNanos) {
        if ((size + 1) * SLOTS > done.length) {
            done = Arrays.copyOf(done, (size + (size >> 1) + 16) * SLOTS);
        }
        int slot = instrument * SLOTS;
        open[slot + EXIT_NANOS] = tsNanos;
        open[slot + INSTRUMENT] = instrument;
        System.arraycopy(open, slot, done, size * SLOTS, SLOTS);
        Arrays.fill(open, slot, slot + SLOTS, 0);
        size++;
    }

    int size() {
        return size;
    }

    List<RoundTrip> list(List<String> symbols, Scale[] scales) {
        List<RoundTrip> trips = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = i * SLOTS;
            int instrument = (int) done[at + INSTRUMENT];
            long lots = done[at + OPENED_LOTS];
            double quantity = Math.abs(scales[instrument].quantity(lots));
            trips.add(new RoundTrip(
                    symbols.get(instrument),
                    lots > 0 ? Side.BUY : Side.SELL,
                    done[at + ENTRY_NANOS],
                    done[at + EXIT_NANOS],
                    Math.abs(money(done[at + OPENED_UNITS])) / quantity,
                    Math.abs(money(done[at + CLOSED_UNITS])) / quantity,
                    quantity,
                    money(done[at + FEES]),
                    money(done[at + SLIPPAGE]),
                    money(done[at + PNL] - done[at + FEES])));
        }
        return List.copyOf(trips);
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
