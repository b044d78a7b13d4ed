package org.lama.backtest.engine;

import java.util.Arrays;

/** A figure per bar that changes in few bars: only its changes are kept. */
final class SteppedColumn {
    private int[] bars = new int[64];
    private long[] values = new long[64];
    private int size;
    private long last;

    /** Says what the figure is from a bar on; bars come in order, before the first one it is 0. */
    void set(int bar, long value) {
        if (value != last) {
            append(bar, value);
        }
    }

    private void append(int bar, long value) {
        if (size == bars.length) {
            int room = Math.addExact(size, size >> 1);
            bars = Arrays.copyOf(bars, room);
            values = Arrays.copyOf(values, room);
        }
        bars[size] = bar;
        values[size++] = value;
        last = value;
    }

    /** The figure at each of the first bars. */
    long[] toArray(int length) {
        long[] out = new long[length];
        for (int i = 0; i < size; i++) {
            Arrays.fill(out, bars[i], i + 1 < size ? bars[i + 1] : length, values[i]);
        }
        return out;
    }
}
