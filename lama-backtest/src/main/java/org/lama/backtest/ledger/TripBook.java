package org.lama.backtest.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.market.Side;

/** Round trips under way, one slot per position, and finished ones in growing parallel columns. Single-threaded. */
final class TripBook {
    /** Price of a trade that has none. */
    static final long NO_TICKS = -1;

    private static final int SLOTS = 16;
    private static final int ENTRY_NANOS = 0;
    private static final int EXIT_NANOS = 1;
    private static final int OPENED_LOTS = 2;
    private static final int OPENED_UNITS = 3;
    private static final int CLOSED_UNITS = 4;
    private static final int FEES = 5;
    private static final int SLIPPAGE = 6;
    private static final int PNL = 7;
    private static final int FUNDING = 8;
    private static final int UNKNOWN_FEE = 9;
    private static final int SLOT = 10;
    /** Sums of |lots| · ticks of what was opened and closed, as 128 bits; the upper half is negative if one is unknown. */
    private static final int OPENED_TICKS = 11;

    private static final int CLOSED_TICKS = 13;
    private static final int INSURANCE = 15;

    private final long[] open;
    /** What the venue bore of all losses of each instrument. */
    private final long[] insured;

    private long[] done;
    private int size;

    TripBook(int slots, int capacity) {
        open = new long[Math.multiplyExact(slots, SLOTS)];
        insured = new long[slots];
        done = new long[capacity * SLOTS];
    }

    /** Takes a fill that enlarges a position; lots and units are signed alike; ticks may be {@link #NO_TICKS}. */
    void opened(int instrument, long tsNanos, long lots, long units, long ticks) {
        int slot = instrument * SLOTS;
        if (open[slot + OPENED_LOTS] == 0) {
            open[slot + ENTRY_NANOS] = tsNanos;
        }
        open[slot + OPENED_LOTS] = Math.addExact(open[slot + OPENED_LOTS], lots);
        open[slot + OPENED_UNITS] = Math.addExact(open[slot + OPENED_UNITS], units);
        add(slot + OPENED_TICKS, lots, ticks);
    }

    /** Adds to a sum of 128 bits. */
    private void add(int at, long lots, long ticks) {
        if (ticks < 0 || open[at] < 0) {
            open[at] = -1;
            return;
        }
        long count = Math.abs(lots);
        long low = open[at + 1] + count * ticks;
        long carry = Long.compareUnsigned(low, open[at + 1]) < 0 ? 1 : 0;
        open[at] += Math.multiplyHigh(count, ticks) + carry;
        open[at + 1] = low;
    }

    /** Takes a fill that reduces a position. */
    void closed(int instrument, long lots, long units, long gainUnits, long ticks) {
        int slot = instrument * SLOTS;
        open[slot + CLOSED_UNITS] = Math.addExact(open[slot + CLOSED_UNITS], units);
        add(slot + CLOSED_TICKS, lots, ticks);
        open[slot + PNL] = Math.addExact(open[slot + PNL], gainUnits);
    }

    void costs(int instrument, long feeUnits, long slippageUnits) {
        int slot = instrument * SLOTS;
        open[slot + FEES] = Math.addExact(open[slot + FEES], feeUnits);
        open[slot + SLIPPAGE] = Math.addExact(open[slot + SLIPPAGE], slippageUnits);
    }

    void funded(int instrument, long paidUnits) {
        int slot = instrument * SLOTS;
        open[slot + FUNDING] = Math.addExact(open[slot + FUNDING], paidUnits);
    }

    /** A fee in a currency without a conversion mark: the trip's fees and profit are not known. */
    void unknownFee(int instrument) {
        open[instrument * SLOTS + UNKNOWN_FEE] = 1;
    }

    /** What the venue bore of a loss. */
    void insured(int instrument, long units) {
        int slot = instrument * SLOTS;
        open[slot + INSURANCE] = Math.addExact(open[slot + INSURANCE], units);
        insured[instrument] = Math.addExact(insured[instrument], units);
    }

    long insured(int instrument) {
        return insured[instrument];
    }

    /** What a rounding of the position gave. */
    void gained(int instrument, long units) {
        int slot = instrument * SLOTS;
        open[slot + PNL] = Math.addExact(open[slot + PNL], units);
    }

    /** The same position in new units. */
    void rescaled(int instrument, long numerator, long denominator) {
        int slot = instrument * SLOTS;
        open[slot + OPENED_LOTS] = FixedPoint.multiplyDivide(open[slot + OPENED_LOTS], numerator, denominator);
    }

    void flat(int instrument, long tsNanos) {
        if ((size + 1) * SLOTS > done.length) {
            done = Arrays.copyOf(done, (size + (size >> 1) + 16) * SLOTS);
        }
        int slot = instrument * SLOTS;
        open[slot + EXIT_NANOS] = tsNanos;
        open[slot + SLOT] = instrument;
        System.arraycopy(open, slot, done, size * SLOTS, SLOTS);
        Arrays.fill(open, slot, slot + SLOTS, 0);
        size++;
    }

    int size() {
        return size;
    }

    /** The finished trips in the order of their exits. */
    List<RoundTrip> list(List<String> symbols, ContractValue[] worth) {
        List<RoundTrip> trips = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = i * SLOTS;
            int instrument = (int) done[at + SLOT];
            long lots = done[at + OPENED_LOTS];
            double fees = done[at + UNKNOWN_FEE] == 0 ? money(done[at + FEES]) : Double.NaN;
            long earned = done[at + PNL] + done[at + INSURANCE] - done[at + FEES] - done[at + FUNDING];
            trips.add(new RoundTrip(
                    symbols.get(instrument),
                    lots > 0 ? Side.BUY : Side.SELL,
                    done[at + ENTRY_NANOS],
                    done[at + EXIT_NANOS],
                    price(worth[instrument], lots, done[at + OPENED_UNITS], at + OPENED_TICKS),
                    price(worth[instrument], lots, done[at + CLOSED_UNITS], at + CLOSED_TICKS),
                    Math.abs(worth[instrument].quantity(lots)),
                    fees,
                    money(done[at + SLIPPAGE]),
                    Double.isNaN(fees) ? fees : money(earned),
                    money(done[at + FUNDING]),
                    money(done[at + INSURANCE]),
                    ""));
        }
        return List.copyOf(trips);
    }

    /** The average price of all lots: from prices where they are known and average so, else from values. */
    private double price(ContractValue worth, long lots, long units, int at) {
        if (done[at] < 0 || lots == 0) {
            return worth.price(lots, units);
        }
        BigInteger sum = BigInteger.valueOf(done[at]).shiftLeft(Long.SIZE).add(unsigned(done[at + 1]));
        return worth.averagePrice(sum, Math.abs(lots), units);
    }

    private static BigInteger unsigned(long low) {
        BigInteger rest = BigInteger.valueOf(low & Long.MAX_VALUE);
        return low < 0 ? rest.setBit(Long.SIZE - 1) : rest;
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
