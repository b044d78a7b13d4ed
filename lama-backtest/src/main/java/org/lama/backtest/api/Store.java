package org.lama.backtest.api;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;
import org.lama.core.data.FileImport;
import org.lama.core.data.ImportFindings;
import org.lama.core.data.ImportOptions;
import org.lama.core.data.ImportReport;
import org.lama.core.data.ImportStoppedException;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.StoreBars;
import org.lama.core.data.Universe;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.ServerStores;

/**
 * A store as people use it: fill it from files, see what is in it and how good it is, load bars for a study. As a table
 * it is its catalogue, one row for each series.
 *
 * <pre>{@code
 * try (Store store = Lama.store(Path.of("market"))) {
 *     System.out.print(store.importFiles(Path.of("BTCUSDT.csv")).asText());
 *     System.out.print(store.load("BTC-USDT").explain());
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Store implements Tabular, Closeable {
    private final MarketStore store;
    private final DataRequest request;
    private final String name;

    private Store(MarketStore store, DataRequest request) {
        this.store = store;
        this.request = request;
        this.name = StoreData.nameOf(request).orElse("store");
    }

    static Store of(DataRequest request) throws IOException {
        return new Store(StoreData.open(request), request);
    }

    /**
     * Makes or updates the tables of a store on a server.
     *
     * @param url address of the database, without password, which comes from {@code LAMA_DB_PASSWORD}
     * @return number of migrations that were applied
     * @throws IOException if the server cannot be reached or refuses
     */
    public static int initialise(String url) throws IOException {
        return ServerStores.initialise(StoreData.server(
                DataRequest.synthetic().withDatabase(url).database().orElseThrow()));
    }

    /**
     * The store itself, for rows of any kind.
     *
     * @return the store, open as long as this is
     */
    public MarketStore rows() {
        return store;
    }

    /**
     * Imports a file or all files of a folder, whose names tell what they are of.
     *
     * @param path a file or folder
     * @return what became of every file
     * @throws IOException if there is no such path, or the store cannot be written
     */
    public ImportReport importFiles(Path path) throws IOException {
        return importFiles(path, ImportOptions.defaults());
    }

    /**
     * Imports a file or all files of a folder. Events of instruments that the files tell are kept beside the data, in a
     * folder as {@code universe.json}; they explain jumps of later imports, and no study joins what they part. What is found wrong
     * with the files is kept too, as {@code quality.json}. Bars that have not ended by the time of the options, else by the
     * clock of this machine, are left out.
     *
     * @param path a file or folder
     * @param options whose the files are
     * @return what became of every file
     * @throws ImportStoppedException if the store takes no more; it has the report of what was done before
     * @throws IOException if there is no such path, or the store cannot be read
     */
    public ImportReport importFiles(Path path, ImportOptions options) throws IOException {
        return importFiles(path, options, (stage, done, of) -> {});
    }

    /**
     * As {@link #importFiles(Path, ImportOptions)}, saying how far it is.
     *
     * @param path a file or folder
     * @param options whose the files are
     * @param listener told after each file
     * @return what became of every file
     * @throws ImportStoppedException if the store takes no more; it has the report of what was done before
     * @throws IOException if there is no such path, or the store cannot be read
     */
    public ImportReport importFiles(Path path, ImportOptions options, FileImport.Listener listener) throws IOException {
        Universe known = universe().with(options.universe());
        try {
            ImportReport report = FileImport.run(path, store, options.orNow().withUniverse(known), listener);
            keep(options, report);
            return report;
        } catch (ImportStoppedException stopped) {
            try {
                keep(options, stopped.report());
            } catch (IOException full) {
                stopped.addSuppressed(full);
            }
            throw stopped;
        }
    }

    /** Keeps what files told of instruments, and what was found wrong with them, beside the data. */
    private void keep(ImportOptions options, ImportReport report) throws IOException {
        Universe told = options.universe().with(report.universe());
        if (!told.events().isEmpty()) {
            universe().with(told).keep(store);
        }
        ImportFindings before = imports();
        ImportFindings found = before.with(report);
        boolean isThere = request.path().map(ParquetStore::isStore).orElse(true);
        if (isThere && !found.equals(before)) {
            found.keep(store);
        }
    }

    /**
     * The events of instruments that imports have told so far.
     *
     * @return the events
     * @throws IOException if they cannot be read
     */
    public Universe universe() throws IOException {
        return Universe.of(store);
    }

    /**
     * What imports found wrong with their files.
     *
     * @return the findings, as of the last import of each file
     * @throws IOException if they cannot be read
     */
    public ImportFindings imports() throws IOException {
        return ImportFindings.of(store);
    }

    /**
     * Loads bars with their quality, cleaned by the default policy; what a seal closes is cut off.
     *
     * @param symbols ids or short forms such as {@code BTC-USDT}; none for all
     * @return the bars with their quality
     * @throws IOException if there are no such bars, naming the nearest
     */
    public Dataset load(String... symbols) throws IOException {
        DataRequest wanted = request(symbols);
        return SealGate.open(wanted, Loading.load(wanted, 0));
    }

    /**
     * The default study of bars of this store, for {@code Lama.study}.
     *
     * @param symbols ids or short forms; none for all
     * @return the request; its market is that of the series
     * @throws IOException if there are no such bars, or they are of several kinds
     */
    public StudyRequest study(String... symbols) throws IOException {
        Node market = Node.object().put("study", Node.object().build()).build();
        return StudyConfig.apply(new StudyRequest(request(symbols), StudySettings.defaults()), market);
    }

    /**
     * The request for bars of this store, for studies and backtests.
     *
     * @param symbols ids or short forms; none for all
     * @return the request; its market is that of the series where they share one
     * @throws IOException if there are no such bars
     */
    public DataRequest request(String... symbols) throws IOException {
        DataRequest wanted = request.withSymbols(Arrays.asList(symbols));
        return StoreData.withMarket(wanted, StoreData.market(wanted, false));
    }

    /**
     * Says what is right and wrong with every series, and reads every byte of it while doing so.
     *
     * @return one report for each series, in the order of the catalogue; series other than bars are read whole and counted
     * @throws IOException if the store cannot be read at all
     */
    public List<QualityReport> verify() throws IOException {
        Optional<Path> folder = request.path();
        if (folder.isEmpty()) {
            return verify(store);
        }
        try (MarketStore skipping = ParquetStore.open(folder.get(), ParquetStore.Strictness.SKIP)) {
            return verify(skipping);
        }
    }

    private List<QualityReport> verify(MarketStore from) throws IOException {
        List<QualityReport> reports = new ArrayList<>();
        List<MarketStore.Entry> entries = from.catalogue();
        int told = report(from, 0, name, reports);
        try {
            Universe.of(from);
            ImportFindings.of(from);
        } catch (IOException broken) {
            reports.add(unreadable(name, List.of(String.valueOf(broken.getMessage()))));
        }
        for (MarketStore.Entry entry : entries) {
            QualityReport report = entry.key().kind() == RecordKind.BARS
                    ? StoreBars.verify(from, name, entry, LoadOptions.Quarantine.defaults())
                    : counted(from, entry);
            int before = reports.size();
            told = report(from, told, report.source(), reports);
            if (reports.size() > before) {
                QualityReport broken = reports.remove(before);
                List<QualityReport.Finding> all = new ArrayList<>(broken.findings());
                all.addAll(report.findings());
                report = report.withFindings(all);
            }
            reports.add(report);
        }
        return reports;
    }

    /** Adds a report of what was found broken since. */
    private static int report(MarketStore from, int told, String source, List<QualityReport> reports) {
        if (!(from instanceof ParquetStore files)) {
            return 0;
        }
        List<Issue> issues = files.issues();
        if (issues.size() > told) {
            List<Issue> fresh = issues.subList(told, issues.size());
            reports.add(unreadable(source, fresh.stream().map(Issue::detail).toList()));
        }
        return issues.size();
    }

    private static QualityReport unreadable(String source, List<String> why) {
        QualityReport.Finding finding =
                new QualityReport.Finding(Issue.Reason.UNREADABLE, why.size(), why.get(0), why.get(why.size() - 1));
        return new QualityReport(source, source, 0, 0, 0, 0, 0, 0, List.of(finding));
    }

    private QualityReport counted(MarketStore from, MarketStore.Entry entry) throws IOException {
        long rows = 0;
        try (MarketStore.Batches batches = from.scan(MarketStore.Query.all(entry.key()))) {
            for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                rows += batch.rows();
            }
        }
        String symbol = entry.key().instrument().toString();
        int shown = (int) Math.min(Integer.MAX_VALUE, rows);
        return new QualityReport(symbol, name + "/" + entry.key(), shown, 0, 0, 0, 0, 0, List.of());
    }

    /**
     * Every place where bars are missing.
     *
     * @return for each series of bars its gaps in the order of time
     * @throws IOException if the store cannot be read
     */
    public Map<String, List<Issue>> gaps() throws IOException {
        Map<String, List<Issue>> gaps = new LinkedHashMap<>();
        for (MarketStore.Entry entry : store.catalogue()) {
            if (entry.key().kind() == RecordKind.BARS) {
                gaps.put(entry.key().toString(), gaps(entry));
            }
        }
        return gaps;
    }

    /**
     * Every place where bars of one series are missing.
     *
     * @param entry a series of bars of this store
     * @return the gaps in the order of time
     * @throws IOException if the store cannot be read
     */
    public List<Issue> gaps(MarketStore.Entry entry) throws IOException {
        return StoreBars.gaps(store, name, entry);
    }

    /**
     * What is there, in words.
     *
     * @return a line for each series
     * @throws IOException if it cannot be told
     */
    public String explain() throws IOException {
        List<MarketStore.Entry> entries = store.catalogue();
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(explain(entry)).append('\n'));
        return text.append(entries.size())
                .append(" series in ")
                .append(name)
                .append(".\n")
                .toString();
    }

    /**
     * One series in words.
     *
     * @param entry the series
     * @return a line without its end; of revised rows it counts the last versions, and the earlier ones apart
     */
    public String explain(MarketStore.Entry entry) {
        OptionalLong earlier = earlierVersions(entry);
        long versions = earlier.orElse(0);
        return entry.key() + ": " + (entry.rows() - versions) + " rows"
                + (versions > 0
                        ? " and " + versions + (versions == 1 ? " earlier version, " : " earlier versions, ")
                        : ", ")
                + (earlier.isEmpty() ? "earlier versions among them if there are any, for they cannot be read, " : "")
                + TimeIndex.instant(entry.fromNanos()) + " .. "
                + TimeIndex.instant(entry.toNanos())
                + (entry.bytes() > 0 ? ", " + (entry.bytes() + 1023) / 1024 + " KiB" : "") + ", from "
                + origins(entry);
    }

    /**
     * How many versions of rows were replaced by later ones.
     *
     * @param entry a series of this store
     * @return their number, which the rows of the entry include; empty if they cannot be read, of which reading tells more
     */
    public OptionalLong earlierVersions(MarketStore.Entry entry) {
        try {
            return OptionalLong.of(
                    store.revisions(MarketStore.Query.all(entry.key())).rows());
        } catch (IOException broken) {
            return OptionalLong.empty();
        }
    }

    private static String origins(MarketStore.Entry entry) {
        List<Provenance> all = entry.provenance();
        String shown = all.stream()
                .limit(2)
                .map(origin -> origin.source() + " (" + origin.kind() + ")")
                .collect(Collectors.joining(", "));
        return all.size() > 2 ? shown + " and " + (all.size() - 2) + " more" : shown;
    }

    /**
     * The catalogue.
     *
     * @return columns symbol, kind, interval, rows, from, to, bytes, origin; of revised rows the last versions count
     */
    @Override
    public List<Column> columns() {
        List<MarketStore.Entry> entries;
        try {
            entries = store.catalogue();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
        return List.of(
                column("symbol", entries, entry -> entry.key().instrument().toString()),
                column("kind", entries, entry -> entry.key().kind().folder()),
                column("interval", entries, entry -> entry.key().interval()),
                column(
                        "rows",
                        entries,
                        entry -> entry.rows() - earlierVersions(entry).orElse(0)),
                column("from", entries, entry -> TimeIndex.instant(entry.fromNanos())),
                column("to", entries, entry -> TimeIndex.instant(entry.toNanos())),
                column("bytes", entries, MarketStore.Entry::bytes),
                column("origin", entries, Store::origins));
    }

    private static Column column(
            String name, List<MarketStore.Entry> entries, java.util.function.Function<MarketStore.Entry, Object> cell) {
        return new Column(name, entries.stream().map(cell).toList());
    }

    @Override
    public void close() throws IOException {
        Check.notNull(store, "store").close();
    }
}
