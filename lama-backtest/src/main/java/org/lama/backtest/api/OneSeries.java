package org.lama.backtest.api;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * A store of which one series of bars is seen, so that work on each of many does not look through all each time; and each bar
 * as it stands, as if it had been known at its close: what closes bars asks what they are, not who knew them.
 *
 * @param store where it is
 * @param only the series
 */
record OneSeries(MarketStore store, MarketStore.Entry only) implements MarketStore {
    @Override
    public Written write(SeriesKey key, ParquetTable rows, Provenance provenance, boolean strict) throws IOException {
        return store.write(key, rows, provenance, strict);
    }

    @Override
    public Batches scan(Query query) throws IOException {
        return store.scan(query);
    }

    @Override
    public Batches scanVersions(Query query) throws IOException {
        return store.scanVersions(query);
    }

    @Override
    public ParquetTable read(Query query) throws IOException {
        ParquetTable rows = store.read(query);
        if (!rows.names().contains(RecordKind.AVAILABLE)) {
            return rows;
        }
        long[] times = rows.times(RecordKind.TIME);
        ParquetTable.Builder known = ParquetTable.builder(rows.rows());
        for (String name : rows.names()) {
            switch (rows.type(name)) {
                case TIME ->
                    known.times(
                            name,
                            name.equals(RecordKind.AVAILABLE)
                                    ? Arrays.stream(times)
                                            .map(time -> time + query.key().barNanos())
                                            .toArray()
                                    : rows.times(name));
                case LONG -> known.longs(name, rows.longs(name));
                case DOUBLE -> known.doubles(name, rows.doubles(name));
                case TEXT -> known.texts(name, rows.texts(name));
            }
        }
        return known.build();
    }

    @Override
    public List<Entry> catalogue() {
        return List.of(only);
    }

    @Override
    public Optional<String> document(String name) throws IOException {
        return store.document(name);
    }

    @Override
    public void keepDocument(String name, String text) throws IOException {
        store.keepDocument(name, text);
    }

    /** The store stays open: it is another's. */
    @Override
    public void close() {
        // nothing of its own
    }
}
