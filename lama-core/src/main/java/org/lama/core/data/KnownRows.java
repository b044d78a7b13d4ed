package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * The rows of a query in every version, by time and number, those of one row in the order in which they were known: so of
 * the rows that are known at a moment the one in the last place is the latest, in the version of that moment. Immutable.
 */
final class KnownRows {
    private final List<ParquetTable> batches;
    private final long[] times;
    private final long[] available;

    private KnownRows(List<ParquetTable> batches) {
        this.batches = batches;
        times = times(RecordKind.TIME);
        available = times(RecordKind.AVAILABLE);
    }

    /** Reads all versions. */
    static KnownRows of(MarketStore store, MarketStore.Query query) throws IOException {
        List<ParquetTable> batches = new ArrayList<>();
        try (MarketStore.Batches versions = store.scanVersions(withAvailable(query))) {
            for (ParquetTable batch = versions.next(); batch != null; batch = versions.next()) {
                batches.add(batch);
            }
        }
        // without a row there is no batch, and with it no name of a column
        return batches.isEmpty() ? last(store, query) : new KnownRows(batches);
    }

    /** Reads the last versions alone. */
    static KnownRows last(MarketStore store, MarketStore.Query query) throws IOException {
        return new KnownRows(List.of(store.read(withAvailable(query))));
    }

    private static MarketStore.Query withAvailable(MarketStore.Query query) {
        if (query.columns().isEmpty() || query.columns().contains(RecordKind.AVAILABLE)) {
            return query;
        }
        List<String> more = new ArrayList<>(query.columns());
        more.add(RecordKind.AVAILABLE);
        return query.only(more);
    }

    /** When each row happened. */
    long[] times() {
        return times.clone();
    }

    /** When each version was known. */
    long[] available() {
        return available.clone();
    }

    /** Names of the columns that hold what was measured. */
    List<String> values() {
        return batches.get(0).names().stream()
                .filter(name -> !name.equals(RecordKind.SEQUENCE) && !name.startsWith("_"))
                .toList();
    }

    /** The numbers of a column; empty if it is missing or holds something else. */
    Optional<double[]> numbers(String name) {
        double[] out = new double[times.length];
        int from = 0;
        for (ParquetTable batch : batches) {
            if (!batch.names().contains(name)) {
                return Optional.empty();
            }
            switch (batch.type(name)) {
                case DOUBLE -> System.arraycopy(batch.doubles(name), 0, out, from, batch.rows());
                case LONG -> {
                    long[] wholes = batch.longs(name);
                    for (int i = 0; i < wholes.length; i++) {
                        out[from + i] = wholes[i] == RecordKind.MISSING ? Double.NaN : wholes[i];
                    }
                }
                default -> {
                    return Optional.empty();
                }
            }
            from += batch.rows();
        }
        return Optional.of(out);
    }

    private long[] times(String name) {
        long[] out = new long[batches.stream().mapToInt(ParquetTable::rows).sum()];
        int from = 0;
        for (ParquetTable batch : batches) {
            System.arraycopy(batch.times(name), 0, out, from, batch.rows());
            from += batch.rows();
        }
        return out;
    }

    /** Behind the last version of a row, or of what happened at its time. */
    int end(int row) {
        int end = row + 1;
        while (end < times.length && times[end] == times[row]) {
            end++;
        }
        return end;
    }

    /** Values at the places that bars take; NaN for none. */
    static double[] taken(double[] values, int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> row < 0 ? Double.NaN : values[row])
                .toArray();
    }
}
