package org.lama.backtest.replay;

import java.util.Arrays;

/**
 * What we traded in the last 30 days, for tiers of fees: a ring of whole hours (UTC), so that the oldest hour counts until
 * it is 30 days old as a whole. Exact sums in ticks times lots. Amortised O(1), allocates nothing. Not thread-safe.
 */
final class TradedVolume {
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final int HOURS = 30 * 24;

    private final long[] worth = new long[HOURS + 1];
    private long hour = Long.MIN_VALUE;
    private long sum;

    void add(long tsNanos, long tickLots) {
        advance(tsNanos);
        int place = Math.floorMod(hour, worth.length);
        worth[place] = Math.addExact(worth[place], tickLots);
        sum = Math.addExact(sum, tickLots);
    }

    /** Time never steps back. */
    long last30Days(long tsNanos) {
        advance(tsNanos);
        return sum;
    }

    private void advance(long tsNanos) {
        long now = Math.floorDiv(tsNanos, HOUR_NANOS);
        if (hour == Long.MIN_VALUE || now - hour > HOURS) {
            Arrays.fill(worth, 0);
            sum = 0;
            hour = now;
        }
        while (hour < now) {
            hour++;
            int place = Math.floorMod(hour, worth.length);
            sum -= worth[place];
            worth[place] = 0;
        }
    }
}
