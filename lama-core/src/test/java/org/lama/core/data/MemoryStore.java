package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** A store in memory, for tests of what writes into stores and reads from them. */
final class MemoryStore implements MarketStore {
    private final Map<String, String> documents = new HashMap<>();
    private final Map<String, Rows> series = new TreeMap<>();

    private record Place(long time, long sequence) {}

    private static final class Rows {
        private final SeriesKey key;
        private final List<Provenance> origins = new ArrayList<>();
        private final Map<Place, Integer> latest = new HashMap<>();
        private final Map<String, long[]> bits = new LinkedHashMap<>();
        private final Map<String, Boolean> whole = new LinkedHashMap<>();
        private long[] times = new long[16];
        private long[] sequences = new long[16];
        private long[] available = new long[16];
        private int size;

        Rows(SeriesKey key) {
            this.key = key;
        }

        void grow() {
            times = Arrays.copyOf(times, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            available = Arrays.copyOf(available, 2 * size);
            bits.replaceAll((name, values) -> widened(values, 2 * size));
        }

        static long[] widened(long[] values, int length) {
            long[] out = Arrays.copyOf(values, length);
            Arrays.fill(out, values.length, length, Double.doubleToLongBits(Double.NaN));
            return out;
        }
    }

    @Override
    public Written write(SeriesKey key, ParquetTable table, Provenance provenance, boolean strict) throws IOException {
        Rows rows = series.computeIfAbsent(key.toString(), name -> new Rows(key));
        if (!rows.origins.contains(provenance)) {
            rows.origins.add(provenance);
        }
        Map<String, long[]> columns = columns(rows, table);
        long[] times = table.times(RecordKind.TIME);
        long[] available = table.names().contains(RecordKind.AVAILABLE) ? table.times(RecordKind.AVAILABLE) : times;
        boolean numbered = table.names().contains(RecordKind.SEQUENCE);
        long[] sequences = numbered ? table.longs(RecordKind.SEQUENCE) : new long[times.length];
        long[] counts = new long[4];
        long place = 0;
        for (int i = 0; i < times.length; i++) {
            place = i > 0 && times[i] == times[i - 1] ? place + 1 : 0;
            if (isRefused(key.kind(), table, columns, i)) {
                counts[3]++;
                continue;
            }
            long sequence = numbered ? sequences[i] : key.kind().sequenced() ? place : 0;
            Integer before = rows.latest.get(new Place(times[i], sequence));
            if (before != null && isEqual(rows, columns, before, i)) {
                counts[1]++;
                continue;
            }
            if (before != null && strict) {
                throw new IOException("a revision of " + key + " at " + times[i]);
            }
            counts[before == null ? 0 : 2]++;
            add(rows, columns, i, new long[] {times[i], sequence, available[i]});
        }
        return new Written(
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[3] == 0 ? List.of() : List.of(new Issue(Issue.Reason.NON_FINITE, key.toString(), "refused")));
    }

    private static Map<String, long[]> columns(Rows rows, ParquetTable table) {
        Map<String, long[]> columns = new LinkedHashMap<>();
        for (String name : table.names()) {
            boolean own = name.equals(RecordKind.TIME)
                    || name.equals(RecordKind.AVAILABLE)
                    || name.equals(RecordKind.SEQUENCE);
            if (!own) {
                boolean whole = table.type(name) == ParquetTable.Type.LONG;
                Boolean before = rows.whole.putIfAbsent(name, whole);
                if (before != null && before != whole) {
                    throw new IllegalArgumentException("column " + name + " of " + rows.key + " changes its type");
                }
                rows.bits.computeIfAbsent(name, n -> Rows.widened(new long[0], rows.times.length));
                columns.put(
                        name,
                        whole
                                ? table.longs(name)
                                : Arrays.stream(table.doubles(name))
                                        .mapToLong(Double::doubleToLongBits)
                                        .toArray());
            }
        }
        return columns;
    }

    private static boolean isRefused(RecordKind kind, ParquetTable table, Map<String, long[]> columns, int row) {
        for (RecordKind.Field field : kind.fields()) {
            long[] values = columns.get(field.name());
            if (field.required() && values == null) {
                throw new IllegalArgumentException("column " + field.name() + " is missing in " + table.names());
            }
            if (field.required() && !field.whole() && kind != RecordKind.FUNDING && values != null) {
                double value = Double.longBitsToDouble(values[row]);
                boolean size = field.name().contains("size") || field.name().equals("open_interest");
                if (!(size ? value >= 0 : value > 0) || Double.isInfinite(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isEqual(Rows rows, Map<String, long[]> columns, int before, int row) {
        boolean equal = true;
        for (Map.Entry<String, long[]> column : rows.bits.entrySet()) {
            long[] given = columns.get(column.getKey());
            // what is missing says nothing else
            equal &= given == null || isMissing(given[row]) || column.getValue()[before] == given[row];
        }
        return equal;
    }

    private static boolean isMissing(long bits) {
        return bits == RecordKind.MISSING || Double.isNaN(Double.longBitsToDouble(bits));
    }

    private static void add(Rows rows, Map<String, long[]> columns, int row, long[] place) {
        if (rows.size == rows.times.length) {
            rows.grow();
        }
        int at = rows.size++;
        rows.times[at] = place[0];
        rows.sequences[at] = place[1];
        rows.available[at] = place[2];
        rows.bits.forEach((name, stored) -> {
            long[] given = columns.get(name);
            if (given != null) {
                stored[at] = given[row];
            }
        });
        Integer version = rows.latest.put(new Place(place[0], place[1]), at);
        if (version != null) {
            rows.bits.values().forEach(stored -> stored[at] = isMissing(stored[at]) ? stored[version] : stored[at]);
        }
    }

    @Override
    public Batches scan(Query query) throws IOException {
        ParquetTable all = read(query);
        return new Batches() {
            private boolean given;

            @Override
            public @Nullable ParquetTable next() {
                boolean more = !given && all.rows() > 0;
                given = true;
                return more ? all : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ParquetTable read(Query query) throws IOException {
        Rows rows = series.get(query.key().toString());
        if (rows == null) {
            throw new IOException("there is no series " + query.key());
        }
        long known = query.availableBy().orElse(Long.MAX_VALUE);
        Map<Place, Integer> last = new HashMap<>();
        for (int i = 0; i < rows.size; i++) {
            if (rows.times[i] >= query.fromNanos() && rows.times[i] < query.toNanos() && rows.available[i] <= known) {
                last.put(new Place(rows.times[i], rows.sequences[i]), i);
            }
        }
        int[] order = last.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<Place, Integer> e) -> e.getKey().time())
                        .thenComparingLong(e -> e.getKey().sequence()))
                .mapToInt(Map.Entry::getValue)
                .toArray();
        ParquetTable.Builder builder = ParquetTable.builder(order.length)
                .times(RecordKind.TIME, taken(rows.times, order))
                .times(RecordKind.AVAILABLE, taken(rows.available, order));
        if (rows.key.kind().sequenced()) {
            builder.longs(RecordKind.SEQUENCE, taken(rows.sequences, order));
        }
        rows.bits.forEach((name, values) -> {
            boolean wanted = query.columns().isEmpty() || query.columns().contains(name);
            if (wanted && Boolean.TRUE.equals(rows.whole.get(name))) {
                builder.longs(name, taken(values, order));
            } else if (wanted) {
                builder.doubles(
                        name,
                        Arrays.stream(taken(values, order))
                                .mapToDouble(Double::longBitsToDouble)
                                .toArray());
            }
        });
        return builder.build();
    }

    private static long[] taken(long[] values, int[] order) {
        IntUnaryOperator same = i -> order[i];
        long[] out = new long[order.length];
        Arrays.setAll(out, i -> values[same.applyAsInt(i)]);
        return out;
    }

    @Override
    public List<Entry> catalogue() {
        return series.values().stream()
                .filter(rows -> rows.size > 0)
                .map(rows -> new Entry(
                        rows.key,
                        rows.size,
                        Arrays.stream(rows.times, 0, rows.size).min().orElse(0),
                        Arrays.stream(rows.times, 0, rows.size).max().orElse(0),
                        0,
                        rows.origins))
                .toList();
    }

    @Override
    public Optional<String> document(String name) {
        return Optional.ofNullable(documents.get(name));
    }

    @Override
    public void keepDocument(String name, String text) {
        documents.put(name, text);
    }

    @Override
    public void close() {}
}
