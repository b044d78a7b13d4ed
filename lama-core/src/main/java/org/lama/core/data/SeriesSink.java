package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.lama.core.base.Issue;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.SeriesKey;

/** Takes the rows of one file into the store and counts what became of them. Not thread-safe. */
final class SeriesSink {
    private final SourceFile file;
    private final MarketStore store;
    private final ImportOptions options;
    private final Tally tally = new Tally();
    private final Map<SeriesKey, long[]> counts = new LinkedHashMap<>();
    private final List<Universe.Event> events = new ArrayList<>();
    private String sha256 = "";

    SeriesSink(SourceFile file, MarketStore store, ImportOptions options) {
        this.file = file;
        this.store = store;
        this.options = options;
    }

    SourceFile file() {
        return file;
    }

    ImportOptions options() {
        return options;
    }

    Tally tally() {
        return tally;
    }

    void sha256(String checksum) {
        sha256 = checksum;
    }

    /** The market of the file: the one that the caller names, else the one that its path tells. */
    Identity.Market market(Identity.Market fallback) {
        return file.market(options, fallback);
    }

    /** The instrument that the caller names for the file, else the one of a symbol in the file's market. */
    InstrumentId instrument(String symbol, Identity.Market fallback) {
        return file.named(options).orElseGet(() -> market(fallback).instrument(symbol));
    }

    void write(SeriesKey key, ParquetTable rows, String note) throws IOException {
        Provenance origin = new Provenance(options.kind(), file.name(), sha256, note);
        MarketStore.Written written = store.write(key, rows, origin, options.strict());
        count(key, rows.rows(), 0);
        long[] sums = counts.computeIfAbsent(key, k -> new long[6]);
        sums[2] += written.added();
        sums[3] += written.duplicates();
        sums[4] += written.revisions();
        sums[5] += written.refused();
    }

    /** Counts rows that are not written. */
    void held(SeriesKey key, long rows) {
        count(key, rows, rows);
    }

    private void count(SeriesKey key, long rows, long held) {
        long[] sums = counts.computeIfAbsent(key, k -> new long[6]);
        sums[0] += rows;
        sums[1] += held;
    }

    void found(Issue.Reason reason, int count, Supplier<String> place) {
        if (count > 0) {
            tally.add(reason, count, place);
        }
    }

    void event(Universe.Event event) {
        events.add(event);
    }

    List<Universe.Event> events() {
        return events;
    }

    ImportReport.FileEntry entry(String format, String skipped) {
        List<ImportReport.SeriesEntry> series = new ArrayList<>();
        counts.forEach((key, sums) ->
                series.add(new ImportReport.SeriesEntry(key, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5])));
        return new ImportReport.FileEntry(file.name(), format, sha256, series, tally.findings(), skipped);
    }
}
