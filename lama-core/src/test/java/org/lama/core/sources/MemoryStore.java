package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** As much of a store as a fetch needs: rows by time and number, kept in memory. */
final class MemoryStore implements MarketStore {
    private final Map<String, String> documents = new HashMap<>();
    final Map<String, TreeMap<String, double[]>> rows = new LinkedHashMap<>();
    final Map<String, SeriesKey> keys = new LinkedHashMap<>();
    final List<Provenance> provenance = new ArrayList<>();
    int writesUntilFull = Integer.MAX_VALUE;

    @Override
    public Written write(SeriesKey key, ParquetTable table, Provenance from, boolean strict) throws IOException {
        if (writesUntilFull-- <= 0) {
            throw new IOException("no space left on device");
        }
        provenance.add(from);
        keys.put(key.toString(), key);
        TreeMap<String, double[]> series = rows.computeIfAbsent(key.toString(), name -> new TreeMap<>());
        long[] times = table.times(RecordKind.TIME);
        long[] numbers =
                table.names().contains(RecordKind.SEQUENCE) ? table.longs(RecordKind.SEQUENCE) : new long[times.length];
        int added = 0;
        int equal = 0;
        int revised = 0;
        List<double[]> columns = key.kind().fields().stream()
                .filter(field -> table.names().contains(field.name()))
                .map(field -> table.doubles(field.name()))
                .toList();
        for (int i = 0; i < times.length; i++) {
            int at = i;
            double[] row = columns.stream().mapToDouble(column -> column[at]).toArray();
            double[] old = series.put(padded(times[i]) + " " + padded(numbers[i]), row);
            added += old == null ? 1 : 0;
            equal += old != null && Arrays.equals(old, row) ? 1 : 0;
            revised += old != null && !Arrays.equals(old, row) ? 1 : 0;
        }
        return new Written(added, equal, revised, 0, List.of());
    }

    /** Twenty digits, so that texts sort like their numbers. */
    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(20 - digits.length()) + digits;
    }

    /** Times in order, UTC epoch nanoseconds. */
    List<Long> times(String series) {
        return rows.getOrDefault(series, new TreeMap<>()).keySet().stream()
                .map(key -> Long.parseLong(key.substring(0, 20)))
                .toList();
    }

    @Override
    public Batches scan(Query query) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public ParquetTable read(Query query) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public List<Entry> catalogue() {
        return keys.values().stream()
                .map(key -> new Entry(
                        key, rows.getOrDefault(key.toString(), new TreeMap<>()).size(), 0, 0, 0, provenance))
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
