package org.lama.backtest.report;

import java.util.Arrays;
import org.lama.core.series.TimeIndex;

/**
 * The periods over which a run is judged: its bars if they last a day or more, else calendar days in UTC, so that results
 * on bars of any length can be compared. A bar belongs to the day in which it closes, a close at midnight to the day
 * before. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record ReturnPeriods(long[] closeNanos, double[] returns, int[] ofRow, double perYear) {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    static ReturnPeriods of(TimeIndex closes, double[] equity, double start, long barNanos) {
        int n = equity.length;
        boolean daily = barNanos < DAY_NANOS;
        long[] times = new long[n];
        double[] returns = new double[n];
        int[] ofRow = new int[n];
        int count = 0;
        double before = start;
        for (int row = 0; row < n; row++) {
            ofRow[row] = count;
            if (!daily || row == n - 1 || day(closes.at(row)) != day(closes.at(row + 1))) {
                times[count] = closes.at(row);
                returns[count] = before > 0 ? equity[row] / before - 1 : 0;
                before = equity[row];
                count++;
            }
        }
        double perYear = 365.0 * DAY_NANOS / (daily ? DAY_NANOS : barNanos);
        return new ReturnPeriods(Arrays.copyOf(times, count), Arrays.copyOf(returns, count), ofRow, perYear);
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
                out[ofRow[row]] = before > 0 ? equity[row] / before - 1 : 0;
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
