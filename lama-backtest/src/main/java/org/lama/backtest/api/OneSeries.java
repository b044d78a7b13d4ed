package org.lama.backtest.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.SeriesKey;

/**
 * A store of which one series is seen, so that work on each of many does not look through all each time.
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
        return store.read(query);
    }

    @Override
    public ParquetTable revisions(Query query) throws IOException {
        return store.revisions(query);
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
