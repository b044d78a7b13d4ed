package org.lama.backtest.report;

import java.util.Arrays;
import org.lama.core.series.TimeIndex;

/**
 * The periods over which a run is judged: calendar days in UTC if its bars are shorter than a day and span at least 30 days,
 * so that results on bars of any length can be compared, else its bars. A bar belongs to the day in which it closes, a close at midnight to the day
 * before. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record ReturnPeriods(long[] closeNanos, double[] returns, int[] ofRow, double perYear) {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int FEWEST_DAYS = 30;

    static ReturnPeriods of(TimeIndex closes, double[] equity, double start, long barNanos) {
        int n = equity.length;
        boolean daily = barNanos < DAY_NANOS && n > 0 && closes.at(n - 1) - closes.at(0) >= FEWEST_DAYS * DAY_NANOS;
        long[] times = new long[n];
        double[] returns = new double[n];
        int[] ofRow = new int[n];
        int count = 0;
        double before = start;
        for (int row = 0; row < n; row++) {
            ofRow[row] = count;
            if (!daily || row == n - 1 || day(closes.at(row)) != day(closes.at(row + 1))) {
                times[count] = closes.at(row);
                returns[count] = change(before, equity[row]);
                before = equity[row];
                count++;
            }
        }
        double perYear = 365.0 * DAY_NANOS / (daily ? DAY_NANOS : barNanos);
        return new ReturnPeriods(Arrays.copyOf(times, count), Arrays.copyOf(returns, count), ofRow, perYear);
    }

    /** The returns of the rows themselves. */
    static double[] ofRows(double[] equity, double start) {
        double[] out = new double[equity.length];
        for (int row = 0; row < out.length; row++) {
            out[row] = change(row == 0 ? start : equity[row - 1], equity[row]);
        }
        return out;
    }

    /** Nothing is lost twice: debt after ruin is no further return. */
    private static double change(double before, double after) {
        return before > 0 ? Math.max(-1, after / before - 1) : 0;
    }

    private static long day(long closeNanos) {
        return Math.floorDiv(closeNanos - 1, DAY_NANOS);
    }

    /** A moment inside each period, for calendars: a close at midnight belongs to the day before. */
    long[] insideNanos() {
        return Arrays.stream(closeNanos).map(t -> t - 1).toArray();
    }

    /** The returns of another account value at the same rows. */
    double[] returnsOf(double[] equity, double start) {
        double[] out = new double[returns.length];
        double before = start;
        for (int row = 0; row < equity.length; row++) {
            if (row == equity.length - 1 || ofRow[row + 1] != ofRow[row]) {
                out[ofRow[row]] = change(before, equity[row]);
                before = equity[row];
            }
        }
        return out;
    }

    /** Mean of the values of the rows of each period. */
    double[] meanOf(double[] values) {
        double[] sum = new double[returns.length];
        int[] rows = new int[returns.length];
        for (int row = 0; row < values.length; row++) {
            sum[ofRow[row]] += values[row];
            rows[ofRow[row]]++;
        }
        Arrays.setAll(sum, k -> sum[k] / rows[k]);
        return sum;
    }

    /** Sum of the values of the rows of each period. */
    double[] sumOf(double[] values) {
        double[] sum = new double[returns.length];
        for (int row = 0; row < values.length; row++) {
            sum[ofRow[row]] += values[row];
        }
        return sum;
    }
}
