package org.lama.backtest.sweep;

import java.util.Arrays;
import org.lama.core.series.TimeIndex;

/**
 * The periods over which a run is judged, as reports of backtests do it: calendar days in UTC if bars are shorter than a day
 * and span at least 30 days, so that results on bars of any length compare, else the bars. A bar belongs to the day in which
 * it closes, a close at midnight to the day before. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record ReturnRows(int[] lastRow, int[] ofRow, double perYear) {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int FEWEST_DAYS = 30;

    /** The periods of bars by the times at which they open. */
    static ReturnRows of(TimeIndex opens, long barNanos) {
        return of(opens, barNanos, barNanos);
    }

    /** The periods of bars by the times at which they close. */
    static ReturnRows ofCloses(TimeIndex closes, long barNanos) {
        return of(closes, 0, barNanos);
    }

    private static ReturnRows of(TimeIndex times, long toClose, long barNanos) {
        int n = times.size();
        boolean daily = barNanos < DAY_NANOS && n > 0 && times.at(n - 1) - times.at(0) >= FEWEST_DAYS * DAY_NANOS;
        int[] last = new int[n];
        int[] ofRow = new int[n];
        int count = 0;
        for (int row = 0; row < n; row++) {
            ofRow[row] = count;
            if (!daily || row == n - 1 || day(times.at(row) + toClose) != day(times.at(row + 1) + toClose)) {
                last[count++] = row;
            }
        }
        double perYear = 365.0 * DAY_NANOS / (daily ? DAY_NANOS : barNanos);
        return new ReturnRows(Arrays.copyOf(last, count), ofRow, perYear);
    }

    private static long day(long closeNanos) {
        return Math.floorDiv(closeNanos - 1, DAY_NANOS);
    }

    int periods() {
        return lastRow.length;
    }

    /** The return of each period from equity at each row. */
    double[] returnsOf(double[] equity, double start) {
        double[] out = new double[lastRow.length];
        double before = start;
        for (int k = 0; k < out.length; k++) {
            double after = equity[lastRow[k]];
            // nothing is lost twice: debt after ruin is no further return
            out[k] = before > 0 ? Math.max(-1, after / before - 1) : 0;
            before = after;
        }
        return out;
    }
}
