package org.lama.backtest.engine;

import org.lama.core.series.Series;

/** One column of prices in ticks. Rows become ticks a block at a time, when the first of the block is asked for. */
final class TickColumn {
    private static final int BITS = 7;
    private static final double LARGEST_TICKS = 9.2e18;

    private final Series price;
    private final double ticksPerUnit;
    private final long[] ticks = new long[1 << BITS];
    private int block = -1;

    TickColumn(Series price, double ticksPerUnit) {
        this.price = price;
        this.ticksPerUnit = ticksPerUnit;
    }

    /** The price of a row in ticks, -1 where there is none. Rows are cheap if they are asked for in their order. */
    long at(int row) {
        if (row >> BITS != block) {
            load(row >> BITS);
        }
        return ticks[row & (ticks.length - 1)];
    }

    private void load(int wanted) {
        int from = wanted << BITS;
        int size = Math.min(ticks.length, price.size() - from);
        for (int i = 0; i < size; i++) {
            ticks[i] = of(price.get(from + i), ticksPerUnit);
        }
        block = wanted;
    }

    /** A price in ticks, -1 if it is not a price: NaN, not above 0, below half a tick, or too large. */
    static long of(double price, double ticksPerUnit) {
        double scaled = Math.rint(price * ticksPerUnit);
        return scaled >= 1 && scaled <= LARGEST_TICKS ? (long) scaled : -1;
    }
}
