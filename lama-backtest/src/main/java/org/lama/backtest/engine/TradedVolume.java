package org.lama.backtest.engine;

import java.util.Arrays;

/** Own traded notional of the last 30 days, for fee tiers; a ring of fills, amortised O(1). */
final class TradedVolume {
    private static final long SPAN_NANOS = 30 * 86_400_000_000_000L;

    private long[] times = new long[64];
    private double[] notionals = new double[64];
    private int head;
    private int size;
    private double sum;

    void add(long tsNanos, double notional) {
        if (size == times.length) {
            grow();
        }
        int at = (head + size) & (times.length - 1);
        times[at] = tsNanos;
        notionals[at] = notional;
        size++;
        sum += notional;
    }

    double last30Days(long tsNanos) {
        while (size > 0 && tsNanos - times[head] > SPAN_NANOS) {
            sum -= notionals[head];
            head = (head + 1) & (times.length - 1);
            size--;
        }
        if (size == 0) {
            sum = 0;
        }
        return Math.max(0, sum);
    }

    private void grow() {
        int length = times.length;
        long[] moreTimes = Arrays.copyOf(times, 2 * length);
        double[] more = Arrays.copyOf(notionals, 2 * length);
        for (int i = 0; i < length; i++) {
            moreTimes[i] = times[(head + i) & (length - 1)];
            more[i] = notionals[(head + i) & (length - 1)];
        }
        times = moreTimes;
        notionals = more;
        head = 0;
    }
}
