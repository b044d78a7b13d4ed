package org.lama.backtest.walkforward;

import java.util.Arrays;

/** Simple returns from day to day, or from bar to bar when bars are longer than a day: what all statistics work on. */
final class DailyReturns {
    private static final long DAY = 86_400_000_000_000L;

    private DailyReturns() {}

    /**
     * Returns between the last closes of consecutive UTC days that have one; the first is from the starting value.
     *
     * @param closes increasing bar closes
     * @param equity value at each close, above 0
     * @param start value before the first close
     * @return one return per day with a close; -1 from ruin on
     */
    static double[] of(long[] closes, double[] equity, double start) {
        double[] returns = new double[closes.length];
        int count = 0;
        double previous = start;
        for (int i = 0; i < closes.length; i++) {
            boolean lastOfDay = i + 1 == closes.length || day(closes[i + 1]) != day(closes[i]);
            if (lastOfDay) {
                returns[count++] = previous > 0 ? equity[i] / previous - 1 : 0;
                previous = equity[i];
            }
        }
        return Arrays.copyOf(returns, count);
    }

    /** The day a close belongs to: midnight belongs to the day that ended. */
    static long day(long close) {
        return Math.floorDiv(close - 1, DAY);
    }
}
