package org.lama.core.data;

import org.lama.core.series.Frame;

/**
 * Into which bars payments fall, and which bars lack some. Venues stamp payments some milliseconds late, so a bar has those
 * after its open and up to its close, both a minute later, or half a bar where bars are shorter than two minutes. Stateless.
 */
final class PaymentTimes {
    private static final long MINUTE = 60_000_000_000L;

    private PaymentTimes() {}

    /** The first bar at whose close a time has come; -1 if it lies before all bars, their number if behind them. */
    static int bar(Frame bars, long time) {
        long grace = grace(bars);
        return time <= bars.index().at(0) + grace ? -1 : bars.index().ceiling(time - grace - bars.barNanos());
    }

    private static long grace(Frame bars) {
        return Math.min(MINUTE, bars.barNanos() / 2);
    }

    /**
     * Which bars hold a time at which a payment would be due, by the commonest spacing, that the series does not have.
     *
     * @param bars at least one
     * @param times of the whole series, for only its own spacing tells what is missing before the first and behind the last
     */
    static boolean[] uncovered(Frame bars, long[] times) {
        boolean[] uncovered = new boolean[bars.size()];
        long step = Spacing.of(times).stepNanos();
        int next = 0;
        for (int row = 0; row < uncovered.length; row++) {
            long from = bars.index().at(row) + grace(bars);
            long to = from + bars.barNanos();
            while (next < times.length && times[next] <= from) {
                next++;
            }
            for (int i = next; !uncovered[row] && i <= times.length && (i == next || times[i - 1] <= to); i++) {
                // between two payments some are missing if they lie apart by more than their spacing
                long begin = i == 0 ? Long.MIN_VALUE : times[i - 1] + step;
                long end = i == times.length ? Long.MAX_VALUE : times[i] - step;
                boolean gap = i == 0 || i == times.length || 2 * (times[i] - times[i - 1]) > 3 * step;
                uncovered[row] = gap && begin <= to && end > from;
            }
        }
        return uncovered;
    }
}
