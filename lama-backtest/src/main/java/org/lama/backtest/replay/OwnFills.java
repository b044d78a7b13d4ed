package org.lama.backtest.replay;

import java.util.Arrays;
import org.lama.backtest.order.Fill;
import org.lama.core.base.Api;

/**
 * The fills of one run in one instrument, one column for each field, in the order in which they came to us. Grows as fills
 * are added; not thread-safe while it does.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OwnFills {
    private long[] nanos = new long[64];
    private long[] lots = new long[64];
    private long[] ticks = new long[64];
    private long[] feeUnits = new long[64];
    private long[] orders = new long[64];
    private int size;

    /** No fills. */
    public OwnFills() {}

    /**
     * Adds a fill.
     *
     * @param fill with its time at the venue
     */
    public void add(Fill fill) {
        if (size == nanos.length) {
            int room = 2 * size;
            nanos = Arrays.copyOf(nanos, room);
            lots = Arrays.copyOf(lots, room);
            ticks = Arrays.copyOf(ticks, room);
            feeUnits = Arrays.copyOf(feeUnits, room);
            orders = Arrays.copyOf(orders, room);
        }
        nanos[size] = fill.tsNanos();
        lots[size] = fill.signedLots();
        ticks[size] = fill.priceTicks();
        feeUnits[size] = fill.feeUnits();
        orders[size] = fill.orderId();
        size++;
    }

    /**
     * Number of fills.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * When a fill happened.
     *
     * @param fill below {@link #size()}
     * @return UTC epoch nanoseconds at the venue
     */
    public long nanos(int fill) {
        return nanos[fill];
    }

    /**
     * How much was traded.
     *
     * @param fill below {@link #size()}
     * @return lots, negative if sold
     */
    public long signedLots(int fill) {
        return lots[fill];
    }

    /**
     * At what price.
     *
     * @param fill below {@link #size()}
     * @return ticks
     */
    public long ticks(int fill) {
        return ticks[fill];
    }

    /**
     * What it cost.
     *
     * @param fill below {@link #size()}
     * @return 10^-8 of the quote currency, negative for a rebate
     */
    public long feeUnits(int fill) {
        return feeUnits[fill];
    }

    /**
     * Which order it belongs to.
     *
     * @param fill below {@link #size()}
     * @return its number
     */
    public long order(int fill) {
        return orders[fill];
    }
}
