package org.lama.core.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.AsOf;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/**
 * Frames out of a store: bars, and other records joined to them as they were known. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoreFrames {
    private static final double NANOS_PER_SECOND = 1e9;

    private StoreFrames() {}

    /**
     * Bars as a frame with the kind's columns ({@link Columns}) and further ones under their own names. If a bar was known
     * later than at its close, as revised ones are, each column gets a companion {@link Columns#AVAILABLE_AT}.
     *
     * @param store where from
     * @param query which bars, columns and, by {@code knownBy}, as of when
     * @return the frame; its symbol is the instrument's id, its provenance the only origin of the series or the least
     *     trusted kind of them
     * @throws IOException if they cannot be read
     */
    public static Frame bars(MarketStore store, MarketStore.Query query) throws IOException {
        SeriesKey key = query.key();
        Check.that(key.kind() == RecordKind.BARS, "a frame is made of bars, got " + key);
        ParquetTable table = store.read(withAvailable(query));
        long[] time = table.lendTimes(RecordKind.TIME);
        Frame frame = Frame.of(key.instrument().toString(), TimeIndex.of(time), key.barNanos(), origin(store, key));
        double[] late = late(table.lendTimes(RecordKind.AVAILABLE), time, key.barNanos());
        for (String name : table.names()) {
            if (!name.equals(RecordKind.TIME) && !name.equals(RecordKind.AVAILABLE)) {
                frame = frame.with(name, table.lendDoubles(name));
                frame = late.length == 0 ? frame : frame.with(name + Columns.AVAILABLE_AT, late);
            }
        }
        return frame;
    }

    private static MarketStore.Query withAvailable(MarketStore.Query query) {
        if (query.columns().isEmpty() || query.columns().contains(RecordKind.AVAILABLE)) {
            return query;
        }
        List<String> more = new ArrayList<>(query.columns());
        more.add(RecordKind.AVAILABLE);
        return query.only(more);
    }

    /** When each bar was known in seconds, empty if all were at their close. */
    private static double[] late(long[] available, long[] time, long barNanos) {
        boolean late = false;
        for (int i = 0; i < time.length; i++) {
            late |= available[i] != time[i] + barNanos;
        }
        return late
                ? Arrays.stream(available)
                        .mapToDouble(nanos -> nanos / NANOS_PER_SECOND)
                        .toArray()
                : new double[0];
    }

    private static Provenance origin(MarketStore store, SeriesKey key) throws IOException {
        List<Provenance> origins = new ArrayList<>();
        for (MarketStore.Entry entry : store.catalogue()) {
            if (entry.key().equals(key)) {
                origins.addAll(entry.provenance());
            }
        }
        if (origins.size() == 1) {
            return origins.get(0);
        }
        Provenance.Kind least = origins.stream()
                .map(Provenance::kind)
                .max(Comparator.naturalOrder())
                .orElse(Provenance.Kind.SYNTHETIC);
        return new Provenance(least, key.toString(), "", origins.size() + " origins in the store");
    }

    /**
     * Joins records of another kind to bars: a bar takes the record with the latest time that was known at its close
     * ({@code available}); of several at one time the last. A revised record counts from when its last version was known,
     * and until then as not known: nothing of the future is seen, though at times something older than one could have
     * known.
     *
     * @param bars the frame that takes the columns
     * @param store where the records are
     * @param query which records: its range should begin as long before the bars as a record may be old
     * @param prefix of the new columns, for example {@code funding} or {@code pool}: {@code reserve_base} becomes
     *     {@code pool.reserveBase}
     * @param maxAgeNanos records known longer than this before the close count as missing; above 0
     * @return the bars with the columns added; NaN where nothing was known
     * @throws IOException if the records cannot be read
     */
    public static Frame join(Frame bars, MarketStore store, MarketStore.Query query, String prefix, long maxAgeNanos)
            throws IOException {
        Check.notBlank(prefix, "prefix");
        ParquetTable table = store.read(withAvailable(query));
        long[] time = table.lendTimes(RecordKind.TIME);
        long[] available = table.lendTimes(RecordKind.AVAILABLE);
        int[] last = lastOfEachTime(time);
        Frame other = Frame.of(
                query.key().instrument().toString(),
                TimeIndex.of(pick(time, last)),
                bars.barNanos(),
                bars.provenance());
        for (String name : table.names()) {
            ParquetTable.Type type = table.type(name);
            if ((type == ParquetTable.Type.DOUBLE || type == ParquetTable.Type.LONG)
                    && !name.equals(RecordKind.SEQUENCE)) {
                double[] values = table.lendDoubles(name);
                other = other.with(
                        prefix + "." + camelCase(name),
                        Arrays.stream(last).mapToDouble(row -> values[row]).toArray());
            }
        }
        return AsOf.join(bars, other, pick(available, last), maxAgeNanos);
    }

    private static int[] lastOfEachTime(long[] time) {
        int[] last = new int[time.length];
        int count = 0;
        for (int i = 0; i < time.length; i++) {
            if (i + 1 == time.length || time[i + 1] != time[i]) {
                last[count++] = i;
            }
        }
        return Arrays.copyOf(last, count);
    }

    private static long[] pick(long[] values, int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> values[row]).toArray();
    }

    private static String camelCase(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_') {
                out.append(i > 0 && name.charAt(i - 1) == '_' ? Character.toUpperCase(c) : c);
            }
        }
        return out.toString();
    }
}
