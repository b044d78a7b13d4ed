package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lama.core.base.Issue;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
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
    private boolean stopped;

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
        ParquetTable known = known(key, rows);
        if (known.rows() == 0) {
            return;
        }
        ParquetTable sized = Contracts.inBase(key, known);
        put(key, sized, sized == known ? note : note + (note.isEmpty() ? "" : "; ") + Contracts.note(key));
    }

    /** Takes rows that a store gave out, in its units. */
    void writeAsItStands(SeriesKey key, ParquetTable rows) throws IOException {
        ParquetTable known = known(key, rows);
        if (known.rows() > 0) {
            put(key, known, "");
        }
    }

    private void put(SeriesKey key, ParquetTable rows, String note) throws IOException {
        Provenance origin = new Provenance(options.kind(), file.name(), sha256, note);
        MarketStore.Written written = stored(key, rows, origin);
        count(key, rows.rows(), 0);
        long[] sums = counts.computeIfAbsent(key, k -> new long[6]);
        sums[2] += written.added();
        sums[3] += written.duplicates();
        sums[4] += written.revisions();
        sums[5] += written.refused();
        written.issues().stream()
                .filter(issue -> issue.reason() == Issue.Reason.REVISED)
                .forEach(issue -> found(
                        Issue.Reason.REVISED,
                        (int) Math.min(written.revisions(), Integer.MAX_VALUE),
                        () -> counts.size() > 1 ? key + " " + issue.where() : issue.where()));
    }

    /** The times of a series in the store; empty if it has none. */
    long[] storedTimes(SeriesKey key) throws IOException {
        return store.keys().contains(key)
                ? store.read(MarketStore.Query.all(key).only(List.of(RecordKind.TIME)))
                        .times(RecordKind.TIME)
                : new long[0];
    }

    private MarketStore.Written stored(SeriesKey key, ParquetTable rows, Provenance origin) throws IOException {
        try {
            return store.write(key, rows, origin, options.strict());
        } catch (IOException full) {
            stopped = true;
            throw full;
        }
    }

    /** Whether the store took no more, which is no fault of the file. */
    boolean isStopped() {
        return stopped;
    }

    /** The rows that can be known by now: what has not ended is left out, what has not begun is no data at all and held. */
    private ParquetTable known(SeriesKey key, ParquetTable rows) {
        if (options.nowNanos().isEmpty() || rows.rows() == 0) {
            return rows;
        }
        long now = options.nowNanos().getAsLong();
        long[] times = rows.times(RecordKind.TIME);
        long[] available = rows.times(RecordKind.AVAILABLE);
        int[] kept = IntStream.range(0, times.length)
                .filter(i -> times[i] <= now && available[i] <= now)
                .toArray();
        if (kept.length == times.length) {
            return rows;
        }
        int future = (int) Arrays.stream(times).filter(time -> time > now).count();
        if (future > 0) {
            held(key, future);
        }
        long first = IntStream.range(0, times.length)
                .filter(i -> times[i] > now || available[i] > now)
                .mapToLong(i -> times[i])
                .min()
                .orElse(now);
        found(
                Issue.Reason.UNFINISHED,
                times.length - kept.length,
                () -> TimeIndex.instant(first) + " had not ended by " + TimeIndex.instant(now)
                        + (future > 0 ? ", and " + future + " rows had not begun" : ""));
        return picked(rows, kept);
    }

    /** Some rows of a table, in the given order. */
    static ParquetTable picked(ParquetTable rows, int[] kept) {
        ParquetTable.Builder builder = ParquetTable.builder(kept.length);
        for (String name : rows.names()) {
            switch (rows.type(name)) {
                case TIME -> builder.times(name, longs(rows.times(name), kept));
                case LONG -> builder.longs(name, longs(rows.longs(name), kept));
                case DOUBLE -> {
                    double[] values = rows.doubles(name);
                    builder.doubles(
                            name,
                            Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
                }
                case TEXT -> {
                    List<String> texts = rows.texts(name);
                    builder.texts(name, Arrays.stream(kept).mapToObj(texts::get).toList());
                }
            }
        }
        return builder.build();
    }

    private static long[] longs(long[] values, int[] kept) {
        return Arrays.stream(kept).mapToLong(i -> values[i]).toArray();
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

    /** Whether no row was written nor held, nor an event told. */
    boolean isEmpty() {
        return counts.isEmpty() && events.isEmpty();
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
        return new ImportReport.FileEntry(
                file.name(), format, sha256, series, events.size(), tally.findings(), skipped);
    }
}
