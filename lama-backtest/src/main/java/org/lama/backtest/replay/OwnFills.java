package org.lama.backtest.replay;

import org.lama.backtest.order.Fill;
import org.lama.core.base.Api;

/**
 * The fills of one run in one instrument, 40 bytes each, in the order in which they came to us: the first 32,768 in memory,
 * all others in a temporary file. Grows as fills are added; not thread-safe while it does.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OwnFills {
    private static final int NANOS = 0;
    private static final int LOTS = 1;
    private static final int TICKS = 2;
    private static final int FEE_UNITS = 3;
    private static final int ORDER = 4;

    private final LongRows rows = new LongRows(5);

    /** No fills. */
    public OwnFills() {}

    /**
     * Adds a fill.
     *
     * @param fill with its time at the venue
     */
    public void add(Fill fill) {
        int row = rows.add();
        rows.set(row, NANOS, fill.tsNanos());
        rows.set(row, LOTS, fill.signedLots());
        rows.set(row, TICKS, fill.priceTicks());
        rows.set(row, FEE_UNITS, fill.feeUnits());
        rows.set(row, ORDER, fill.orderId());
    }

    /**
     * Number of fills.
     *
     * @return at least 0
     */
    public int size() {
        return rows.size();
    }

    /**
     * When a fill happened.
     *
     * @param fill below {@link #size()}
     * @return UTC epoch nanoseconds at the venue
     */
    public long nanos(int fill) {
        return rows.get(fill, NANOS);
    }

    /**
     * How much was traded.
     *
     * @param fill below {@link #size()}
     * @return lots, negative if sold
     */
    public long signedLots(int fill) {
        return rows.get(fill, LOTS);
    }

    /**
     * At what price.
     *
     * @param fill below {@link #size()}
     * @return ticks
     */
    public long ticks(int fill) {
        return rows.get(fill, TICKS);
    }

    /**
     * What it cost.
     *
     * @param fill below {@link #size()}
     * @return 10^-8 of the quote currency, negative for a rebate
     */
    public long feeUnits(int fill) {
        return rows.get(fill, FEE_UNITS);
    }

    /**
     * Which order it belongs to.
     *
     * @param fill below {@link #size()}
     * @return its number
     */
    public long order(int fill) {
        return rows.get(fill, ORDER);
    }
}
