package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.AsOf;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Puts stored series beside bars, whatever hours their venue keeps: last known values, and funding that falls due within
 * each bar. All times are UTC. Stateless and thread-safe; one pass over the series, which is held in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoredSeries {
    /** Sum of the funding rates that fall due after the open and up to the close of a bar. */
    public static final String FUNDING_ACCRUED = "funding.accrued";

    private StoredSeries() {}

    /**
     * Gives each bar the last row that was available at its close; of rows of one time the last one.
     *
     * @param bars the frame that takes the columns
     * @param store where the series is
     * @param key the series
     * @param columns which columns of numbers; their names get the prefix
     * @param prefix put before each name, for example {@code oi.}
     * @param maxAgeNanos values known longer than this count as missing, above 0
     * @return the bars with the columns; NaN where nothing was known
     * @throws IOException if the store cannot be read
     */
    public static Frame asOf(
            Frame bars, MarketStore store, SeriesKey key, List<String> columns, String prefix, long maxAgeNanos)
            throws IOException {
        Check.that(!columns.isEmpty(), "columns must name at least one column of " + key);
        ParquetTable rows = store.read(MarketStore.Query.all(key).only(columns));
        long[] times = rows.times(RecordKind.TIME);
        int[] last = lastOfTime(times);
        Frame other = Frame.of(
                key.instrument().toString(),
                TimeIndex.of(taken(times, last)),
                Math.max(1, bars.barNanos()),
                new Provenance(bars.provenance().kind(), key.toString(), "", ""));
        for (String name : columns) {
            double[] values = rows.doubles(name);
            double[] own = new double[last.length];
            Arrays.setAll(own, i -> values[last[i]]);
            other = other.with(prefix + name, own);
        }
        return AsOf.join(bars, other, taken(rows.times(RecordKind.AVAILABLE), last), maxAgeNanos);
    }

    private static int[] lastOfTime(long[] times) {
        int[] last = new int[times.length];
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            if (i + 1 == times.length || times[i + 1] != times[i]) {
                last[count++] = i;
            }
        }
        return Arrays.copyOf(last, count);
    }

    private static long[] taken(long[] values, int[] rows) {
        long[] out = new long[rows.length];
        Arrays.setAll(out, i -> values[rows[i]]);
        return out;
    }

    /**
     * Adds {@link #FUNDING_ACCRUED}: what a long position held over the bar pays as a fraction of its notional. Venues
     * that pay every hour, every eight hours at 0, 8, 16 or at 4, 12, 20 UTC become comparable over a day. A bar in which
     * a payment is missing by the series' own spacing, or which the series does not cover, is NaN, not 0.
     *
     * @param bars the frame that takes the column
     * @param store where the series is
     * @param key a series of funding
     * @return the bars with the column
     * @throws IOException if the store cannot be read
     */
    public static Frame funding(Frame bars, MarketStore store, SeriesKey key) throws IOException {
        Check.that(key.kind() == RecordKind.FUNDING, "the series must be one of funding, got " + key);
        ParquetTable rows = store.read(MarketStore.Query.all(key).only(List.of("rate")));
        return bars.with(FUNDING_ACCRUED, accrued(bars, rows.times(RecordKind.TIME), rows.doubles("rate")));
    }

    private static double[] accrued(Frame bars, long[] times, double[] rates) {
        double[] out = new double[bars.size()];
        Arrays.fill(out, Double.NaN);
        long step = Spacing.of(times).stepNanos();
        if (times.length == 0 || step == 0) {
            return out;
        }
        int next = 0;
        for (int i = 0; i < out.length; i++) {
            long open = bars.index().at(i);
            long close = open + bars.barNanos();
            while (next < times.length && times[next] <= open) {
                next++;
            }
            double sum = 0;
            int from = next;
            while (next < times.length && times[next] <= close) {
                sum += rates[next++];
            }
            boolean covered = times[0] - step < close && times[times.length - 1] + step > close;
            out[i] = covered && isWhole(times, from, next, close, step) ? sum : Double.NaN;
        }
        return out;
    }

    /** Whether no payment is missing between the one before the bar and the one after it. */
    private static boolean isWhole(long[] times, int from, int to, long close, long step) {
        int last = Math.min(to, times.length - 1);
        for (int i = Math.max(1, from); i <= last; i++) {
            // payments are stamped some milliseconds late, never half an interval
            boolean gap = 2 * (times[i] - times[i - 1]) > 3 * step;
            if (gap && times[i - 1] + step <= close) {
                return false;
            }
        }
        return true;
    }
}
