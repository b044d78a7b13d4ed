package org.lama.core.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Takes files of every kind into a store: bars, ticks, recorded streams, funding, open interest, options, pools, rankings,
 * other numbers, announcements. What a file is, is told by its content; whose it is, by its name, its folder or the
 * caller. Formats and rules stand in {@code docs/data.md}. A file that cannot be used is named, and the next one is
 * taken. Running it again changes nothing.
 *
 * <p>Memory: one file at a time, of streams and ticks the expanded bytes and a piece of rows; for comparisons 16 bytes for
 * each bar of the import, and of the store's series of the same assets. Stateless and thread-safe, but a store takes one
 * writer at a time.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FileImport {
    private FileImport() {}

    /**
     * Imports a file, or all files of a folder to its depths.
     *
     * @param path a file or folder
     * @param store where to
     * @param options whose the files are and what happens to rows that are proved wrong
     * @return what became of every file
     * @throws DataException if there is no such path
     * @throws ImportStoppedException if the store cannot be written or, under {@code strict}, a row revises another one
     * @throws IOException if the store cannot be read
     */
    public static ImportReport run(Path path, MarketStore store, ImportOptions options) throws IOException {
        return run(path, store, options, (stage, done, of) -> {});
    }

    /** Is told how far an import is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called after each file, by the thread of the import.
         *
         * @param stage {@code look} while files are told apart and compared, then {@code import}
         * @param done files that are done, from 1
         * @param of how many there are
         */
        void progress(String stage, int done, int of);
    }

    /**
     * As {@link #run(Path, MarketStore, ImportOptions)}, saying how far it is.
     *
     * @param path a file or folder
     * @param store where to
     * @param options whose the files are and what happens to rows that are proved wrong
     * @param listener told after each file
     * @return what became of every file
     * @throws DataException if there is no such path
     * @throws ImportStoppedException if the store cannot be written or, under {@code strict}, a row revises another one
     * @throws IOException if the store cannot be read
     */
    public static ImportReport run(Path path, MarketStore store, ImportOptions options, Listener listener)
            throws IOException {
        Check.notNull(store, "store");
        Check.notNull(options, "options");
        Map<SourceFile, FileShape> files = new LinkedHashMap<>();
        List<SeriesProbe> probes = new ArrayList<>();
        List<SourceFile> below = SourceFile.below(path);
        for (SourceFile file : below) {
            FileShape shape = shape(file);
            files.put(file, shape);
            if (shape == FileShape.BARS) {
                probes.addAll(BarImport.probes(file, options));
            }
            listener.progress("look", files.size(), below.size());
        }
        Map<String, Suspicion> suspicions = compare(probes, store);
        List<ImportReport.FileEntry> entries = new ArrayList<>();
        List<Universe.Event> events = new ArrayList<>();
        int done = 0;
        for (Map.Entry<SourceFile, FileShape> file : files.entrySet()) {
            SeriesSink sink = new SeriesSink(file.getKey(), store, options);
            try {
                // counted only when it is kept
                List<ImportReport.FileEntry> taken = new ArrayList<>();
                store.together(() -> taken.add(take(sink, file.getValue(), suspicions)));
                entries.addAll(taken);
            } catch (IOException full) {
                String why = "the import stopped here: " + full.getMessage();
                String name = file.getKey().name();
                entries.add(new ImportReport.FileEntry(name, file.getValue().word(), "", List.of(), 0, List.of(), why));
                throw new ImportStoppedException(new ImportReport(entries, Universe.of(events)), full);
            }
            events.addAll(sink.events());
            listener.progress("import", ++done, files.size());
        }
        return new ImportReport(entries, Universe.of(events));
    }

    private static FileShape shape(SourceFile file) {
        try {
            return FileShape.of(file);
        } catch (IOException broken) {
            // its reader says what is broken
            return FileShape.BARS;
        }
    }

    private static Map<String, Suspicion> compare(List<SeriesProbe> probes, MarketStore store) throws IOException {
        List<SeriesProbe> all = new ArrayList<>(stored(probes, store));
        all.addAll(probes);
        Map<SeriesProbe, Suspicion> found = CrossChecks.run(all);
        Map<String, Suspicion> named = new HashMap<>();
        for (SeriesProbe probe : probes) {
            Suspicion suspicion = found.get(probe);
            if (suspicion != null) {
                named.put(probe.source(), suspicion);
            }
        }
        return named;
    }

    /** The series of the store with which those of the import can be compared. */
    private static List<SeriesProbe> stored(List<SeriesProbe> probes, MarketStore store) throws IOException {
        List<SeriesProbe> stored = new ArrayList<>();
        for (SeriesKey key : store.keys()) {
            SeriesProbe.Builder builder = new SeriesProbe.Builder("store", key).stored();
            SeriesProbe empty = builder.build();
            boolean comparable = key.kind() == RecordKind.BARS
                    && probes.stream()
                            .anyMatch(probe -> probe.base().equals(empty.base())
                                    && probe.key().barNanos() == key.barNanos());
            if (comparable) {
                ParquetTable rows = store.read(MarketStore.Query.all(key).only(List.of("close")));
                stored.add(builder.closes(rows.times(RecordKind.TIME), rows.doubles("close"))
                        .build());
            }
        }
        return stored;
    }

    private static ImportReport.FileEntry take(SeriesSink sink, FileShape shape, Map<String, Suspicion> suspicions)
            throws IOException {
        if (shape == FileShape.NONE) {
            boolean archive = sink.file().name().toLowerCase(Locale.ROOT).endsWith(".zip");
            return sink.entry(
                    shape.word(),
                    archive
                            ? "an archive must hold one file alone, without a folder, which is a table; expand it by hand"
                            : "holds no table, stream or events that are understood; bars need a header such as"
                                    + " time,open,high,low,close,volume");
        }
        try {
            if (shape == FileShape.BARS) {
                BarImport.write(sink, suspicions);
            } else {
                read(sink, shape);
                if (sink.isEmpty() && sink.tally().findings().stream().noneMatch(FileImport::leavesOut)) {
                    sink.found(Issue.Reason.UNREADABLE, 1, () -> "no row could be used; " + CellText.forTime(""));
                }
            }
            return sink.entry(shape.word(), "");
        } catch (IOException broken) {
            if (sink.isStopped()) {
                throw broken;
            }
            return leftOut(sink, shape, broken);
        } catch (IllegalArgumentException broken) {
            return leftOut(sink, shape, broken);
        }
    }

    /** What is wrong with one file keeps no other back. */
    private static ImportReport.FileEntry leftOut(SeriesSink sink, FileShape shape, Exception broken) {
        String said = String.valueOf(broken.getMessage());
        String why = broken instanceof FileSystemException ? "cannot be read: " + said : said;
        sink.found(Issue.Reason.UNREADABLE, 1, () -> why);
        return sink.entry(shape.word(), why);
    }

    /** Whether a finding says already why nothing came of a file. */
    private static boolean leavesOut(QualityReport.Finding finding) {
        return finding.reason() == Issue.Reason.UNREADABLE || finding.reason() == Issue.Reason.UNFINISHED;
    }

    private static void read(SeriesSink sink, FileShape shape) throws IOException {
        switch (shape) {
            case TRADES -> TradeFiles.read(sink);
            case QUOTES -> TickFiles.quotes(sink);
            case DEPTH -> TickFiles.depth(sink);
            case QUOTE_BARS -> TickFiles.quoteBars(sink);
            case STREAM -> StreamFiles.read(sink);
            case FUNDING -> MetricFiles.funding(sink);
            case OPEN_INTEREST -> MetricFiles.openInterest(sink);
            case POOLS -> MetricFiles.pools(sink);
            case METRICS -> MetricFiles.metrics(sink);
            case UNIVERSE -> MetricFiles.universe(sink);
            case INSTRUMENTS -> TermFiles.read(sink);
            case OPTION_SUMMARY -> OptionFiles.summary(sink);
            case OPTION_TICKERS -> OptionFiles.tickers(sink);
            case EXPORT -> ExportFiles.read(sink);
            case EVENTS -> EventFiles.read(sink);
            case BARS, NONE -> throw new IllegalStateException("not read here: " + shape);
        }
    }
}
