package org.lama.backtest.analytics;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.series.TimeIndex;

/**
 * The periods over which a run is judged: calendar days in UTC if its bars are shorter than a day and span at least 30 days,
 * so that results on bars of any length can be compared, else its bars. A bar belongs to the day in which it closes, a close
 * at midnight to the day before. Immutable and thread-safe; made in O(bars).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReturnPeriods {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int FEWEST_DAYS = 30;

    private final long[] closeNanos;
    private final int[] lastRow;
    private final int[] ofRow;
    private final double perYear;

    private ReturnPeriods(long[] closeNanos, int[] lastRow, int[] ofRow, double perYear) {
        this.closeNanos = closeNanos;
        this.lastRow = lastRow;
        this.ofRow = ofRow;
        this.perYear = perYear;
    }

    /**
     * The periods of bars by the times at which they open.
     *
     * @param opens UTC epoch nanoseconds
     * @param barNanos length of a bar
     * @return the periods
     */
    public static ReturnPeriods ofOpens(TimeIndex opens, long barNanos) {
        return of(opens, barNanos, barNanos);
    }

    /**
     * The periods of bars by the times at which they close.
     *
     * @param closes UTC epoch nanoseconds
     * @param barNanos length of a bar
     * @return the periods
     */
    public static ReturnPeriods ofCloses(TimeIndex closes, long barNanos) {
        return of(closes, 0, barNanos);
    }

    private static ReturnPeriods of(TimeIndex times, long toClose, long barNanos) {
        int n = times.size();
        boolean daily = barNanos < DAY_NANOS && n > 0 && times.at(n - 1) - times.at(0) >= FEWEST_DAYS * DAY_NANOS;
        long[] closes = new long[n];
        int[] last = new int[n];
        int[] ofRow = new int[n];
        int count = 0;
        for (int row = 0; row < n; row++) {
            ofRow[row] = count;
            if (!daily || row == n - 1 || day(times.at(row) + toClose) != day(times.at(row + 1) + toClose)) {
                closes[count] = times.at(row) + toClose;
                last[count] = row;
                count++;
            }
        }
        double perYear = 365.0 * DAY_NANOS / (daily ? DAY_NANOS : barNanos);
        return new ReturnPeriods(Arrays.copyOf(closes, count), Arrays.copyOf(last, count), ofRow, perYear);
    }

    private static long day(long closeNanos) {
        return Math.floorDiv(closeNanos - 1, DAY_NANOS);
    }

    /**
     * The returns of the rows themselves.
     *
     * @param equity at each row
     * @param start before the first
     * @return fractions, at least −1; 0 once nothing is left
     */
    public static double[] ofRows(double[] equity, double start) {
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

    /**
     * How many there are.
     *
     * @return at least 0
     */
    public int count() {
        return lastRow.length;
    }

    /**
     * The last row of a period.
     *
     * @param period counted from 0
     * @return a row
     */
    public int lastRow(int period) {
        return lastRow[period];
    }

    /**
     * The period of a row.
     *
     * @param row counted from 0
     * @return counted from 0
     */
    public int ofRow(int row) {
        return ofRow[row];
    }

    /**
     * How many of these periods a year of 365 days holds.
     *
     * @return above 0
     */
    public double perYear() {
        return perYear;
    }

    /**
     * When the periods end: the closes of their last bars.
     *
     * @return UTC epoch nanoseconds; a copy
     */
    public long[] closeNanos() {
        return closeNanos.clone();
    }

    /**
     * A moment inside each period, for calendars: a close at midnight belongs to the day before.
     *
     * @return UTC epoch nanoseconds
     */
    public long[] insideNanos() {
        return Arrays.stream(closeNanos).map(t -> t - 1).toArray();
    }

    /**
     * The return of each period.
     *
     * @param equity at each row
     * @param start before the first
     * @return fractions, at least −1; 0 once nothing is left
     */
    public double[] returnsOf(double[] equity, double start) {
        double[] out = new double[lastRow.length];
        double before = start;
        for (int k = 0; k < out.length; k++) {
            double after = equity[lastRow[k]];
            out[k] = change(before, after);
            before = after;
        }
        return out;
    }

    /**
     * Mean of the values of the rows of each period.
     *
     * @param values one per row
     * @return one per period
     */
    public double[] meanOf(double[] values) {
        double[] out = new double[lastRow.length];
        int[] rows = new int[lastRow.length];
        for (int row = 0; row < values.length; row++) {
            out[ofRow[row]] += values[row];
            rows[ofRow[row]]++;
        }
        Arrays.setAll(out, k -> out[k] / rows[k]);
        return out;
    }

    /**
     * Sum of the values of the rows of each period.
     *
     * @param values one per row
     * @return one per period
     */
    public double[] sumOf(double[] values) {
        double[] out = new double[lastRow.length];
        for (int row = 0; row < values.length; row++) {
            out[ofRow[row]] += values[row];
        }
        return out;
    }
}
