package org.lama.core.series;

import java.util.Arrays;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Makes coarser bars. A bucket is {@code [k·length, (k+1)·length)} since 1970-01-01T00:00Z, so daily bars open at
 * midnight UTC; weeks open on Monday, as those of the venues. Stateless and thread-safe; one pass.
 *
 * <p>Of the bars of a bucket with a finite close: open is the first, high the highest, low the lowest, close the last;
 * what they traded ({@code volume}, {@code quote_volume}, {@code trades}, {@code taker_buy_volume}, {@code
 * taker_buy_quote_volume}) is summed. Of all rows {@code funding.rate}, {@code pool.volume} and {@code chain.transfers}
 * are summed, every other column takes its last finite value. A bucket without such a bar is a row of NaN; one with some
 * of its bars missing has values of those present. The last bucket is dropped unless the frame reaches its end, and the
 * first unless the frame covers its beginning, since either would be a bar of another length.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Resample {
    private static final Set<String> PRICES = Set.of("open", "high", "low", "close");
    /** What happened within a bar that has a close. */
    private static final Set<String> TRADED =
            Set.of("volume", "quote_volume", "trades", "taker_buy_volume", "taker_buy_quote_volume");
    /** What adds up beside the bars, whether they have a close or not. */
    private static final Set<String> FLOWS = Set.of("funding.rate", "pool.volume", "chain.transfers");

    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final long WEEK_NANOS = 7 * DAY_NANOS;
    /** 1970 began on a Thursday. */
    private static final long MONDAY_NANOS = 4 * DAY_NANOS;

    private Resample() {}

    /**
     * The number of the bucket of a time.
     *
     * @param nanos UTC epoch nanoseconds
     * @param barNanos length of the buckets, above 0
     * @return the same for all times that go into one bar, one more for the next
     */
    public static long bucket(long nanos, long barNanos) {
        return Math.floorDiv(nanos - origin(barNanos), barNanos);
    }

    /** Where the first bucket opens. */
    private static long origin(long barNanos) {
        return barNanos % WEEK_NANOS == 0 ? MONDAY_NANOS : 0;
    }

    /**
     * Makes bars of another length.
     *
     * @param frame bars to put together; columns {@code open, high, low, close} are treated as a bar's
     * @param barNanos new length, a multiple of the frame's
     * @return bars on an even grid; the same frame if the length is its own; no row if no bucket is whole
     */
    public static Frame bars(Frame frame, long barNanos) {
        Check.that(
                barNanos > 0 && barNanos % frame.barNanos() == 0,
                "barNanos must be a multiple of the frame's " + frame.barNanos() + ", got " + barNanos);
        if (barNanos == frame.barNanos()) {
            return frame;
        }
        TimeIndex index = frame.index();
        int size = frame.size();
        long first = size == 0 ? 0 : bucket(index.at(0) + barNanos - 1, barNanos);
        long end = size == 0 ? 0 : bucket(frame.availableAt(size - 1), barNanos);
        int buckets = (int) Math.max(0, end - first);
        TimeIndex coarse = TimeIndex.regular(origin(barNanos) + first * barNanos, barNanos, buckets);
        int[] bucketOfRow = new int[size];
        for (int row = 0; row < size; row++) {
            long bucket = bucket(index.at(row), barNanos) - first;
            bucketOfRow[row] = bucket >= 0 && bucket < buckets ? (int) bucket : -1;
        }
        int[] bucketOfBar = presentOnly(frame, bucketOfRow);
        Frame out = Frame.of(frame.symbol(), coarse, barNanos, frame.provenance());
        for (String name : frame.columnNames()) {
            int[] bucketOf = PRICES.contains(name) || TRADED.contains(name) ? bucketOfBar : bucketOfRow;
            out = out.with(name, column(frame.column(name), bucketOf, buckets));
        }
        return out;
    }

    private static int[] presentOnly(Frame frame, int[] bucketOfRow) {
        int[] bucketOfBar = bucketOfRow.clone();
        for (int row = 0; frame.has("close") && row < bucketOfBar.length; row++) {
            bucketOfBar[row] = Double.isFinite(frame.column("close").get(row)) ? bucketOfBar[row] : -1;
        }
        return bucketOfBar;
    }

    private static double[] column(Series series, int[] bucketOfRow, int buckets) {
        double[] out = new double[buckets];
        Arrays.fill(out, Double.NaN);
        String name = series.name();
        boolean summed = TRADED.contains(name) || FLOWS.contains(name);
        for (int row = 0; row < bucketOfRow.length; row++) {
            int bucket = bucketOfRow[row];
            double value = series.get(row);
            if (bucket < 0 || Double.isNaN(value)) {
                continue;
            }
            double so = out[bucket];
            if (Double.isNaN(so)) {
                out[bucket] = value;
            } else if (summed) {
                out[bucket] = so + value;
            } else if (name.equals("high")) {
                out[bucket] = Math.max(so, value);
            } else if (name.equals("low")) {
                out[bucket] = Math.min(so, value);
            } else if (!name.equals("open")) {
                out[bucket] = value;
            }
        }
        return out;
    }
}
