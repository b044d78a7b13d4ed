package org.lama.core.series;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Joins values that come at their own times to bars, without seeing the future: a bar takes the last value that could be
 * known at its close. Stateless and thread-safe; one pass over both.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AsOf {
    private AsOf() {}

    /**
     * Joins with the times at which the other frame's rows were closed.
     *
     * @param bars the frame that takes the columns
     * @param other the frame that gives them
     * @return the bars with the columns of the other frame added or replaced
     */
    public static Frame join(Frame bars, Frame other) {
        long[] availableAt = new long[other.size()];
        for (int row = 0; row < availableAt.length; row++) {
            availableAt[row] = other.availableAt(row);
        }
        return join(bars, other, availableAt);
    }

    /**
     * Joins with given times of knowledge, however old.
     *
     * @param bars the frame that takes the columns
     * @param other the frame that gives them
     * @param availableAt for each row of {@code other} when it could be known, UTC epoch nanoseconds, in any order
     * @return the bars with the columns of the other frame added or replaced; NaN where nothing was known
     */
    public static Frame join(Frame bars, Frame other, long[] availableAt) {
        return join(bars, other, availableAt, Long.MAX_VALUE);
    }

    /**
     * Joins with given times of knowledge. Row j of the other frame is known at the close of bar i if
     * {@code availableAt[j] <= close(i)}; of the known rows the one with the latest event time (its index) is taken,
     * column by column with its NaN.
     *
     * @param bars the frame that takes the columns
     * @param other the frame that gives them
     * @param availableAt for each row of {@code other} when it could be known, UTC epoch nanoseconds, in any order
     * @param maxAgeNanos values known longer than this before the close count as missing; above 0
     * @return the bars with the columns of the other frame added or replaced; NaN where nothing was known
     */
    public static Frame join(Frame bars, Frame other, long[] availableAt, long maxAgeNanos) {
        Check.that(
                availableAt.length == other.size(),
                "availableAt must have " + other.size() + " rows like the joined frame, got " + availableAt.length);
        int[] taken = rows(bars, availableAt, maxAgeNanos);
        Frame out = bars;
        for (String name : other.columnNames()) {
            Series series = other.column(name);
            double[] values = new double[bars.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = taken[i] < 0 ? Double.NaN : series.get(taken[i]);
            }
            out = out.with(name, values);
        }
        return out;
    }

    /**
     * Which row each bar takes: of those known at its close the one in the last place. Rows that stand in the order of their
     * times, and versions of one row in the order in which they were known, so give the latest row as it was known then.
     *
     * @param bars the frame that takes values
     * @param availableAt for each row when it could be known, UTC epoch nanoseconds, in any order
     * @param maxAgeNanos rows known longer than this before the close count as missing; above 0
     * @return for each bar the place of its row; -1 where nothing was known
     */
    public static int[] rows(Frame bars, long[] availableAt, long maxAgeNanos) {
        Check.that(maxAgeNanos > 0, "maxAgeNanos must be > 0, got " + maxAgeNanos);
        int[] order = byAvailability(availableAt);
        int[] taken = new int[bars.size()];
        int next = 0;
        int latest = -1;
        for (int i = 0; i < taken.length; i++) {
            long close = bars.availableAt(i);
            while (next < order.length && availableAt[order[next]] <= close) {
                latest = Math.max(latest, order[next]);
                next++;
            }
            boolean fresh = latest >= 0 && close - availableAt[latest] <= maxAgeNanos;
            taken[i] = fresh ? latest : -1;
        }
        return taken;
    }

    private static int[] byAvailability(long[] availableAt) {
        Integer[] order = new Integer[availableAt.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(availableAt[a], availableAt[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
