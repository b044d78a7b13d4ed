package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.replay.PnlSplit;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.ReplayFigures;
import org.lama.backtest.report.ReplayReport;
import org.lama.backtest.report.ReplayRun;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.search.TrialLedger;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * A strategy replayed over a book under several queue models, and beside them what a simulation would claim that takes the
 * touch of a price for a fill. Made by {@code Lama.replay}. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookReplay {
    private static final String SCHEMA = "lama-book-replay/1";
    private static final String RESULT = "result.json";

    private final ReplayRequest request;
    private final Map<String, String> parameters;
    private final String codeSha256;
    private final Book book;
    private final List<ReplayRun> runs;
    private final Optional<ReplayRun> touch;
    private final Trials trials;

    /** What the ledger knows of this feed, with this trial. */
    record Trials(int raw, double effective, String ledgerStarted, Optional<TrialLedger.Tip> tip) {
        String words() {
            return raw + (raw == 1 ? " trial" : " trials") + " on this feed"
                    + (ledgerStarted.isEmpty() ? " (no trial ledger is kept)" : "");
        }
    }

    BookReplay(
            ReplayRequest request,
            Map<String, String> parameters,
            String codeSha256,
            Book book,
            List<ReplayRun> runs,
            Optional<ReplayRun> touch,
            Trials trials) {
        this.request = request;
        this.parameters = new LinkedHashMap<>(parameters);
        this.codeSha256 = codeSha256;
        this.book = book;
        this.runs = List.copyOf(runs);
        this.touch = touch;
        this.trials = trials;
    }

    /**
     * The runs, one for each queue model.
     *
     * @return in the order of the request
     */
    public List<ReplayRun> runs() {
        return runs;
    }

    /**
     * The same strategy as if the touch of its price filled it: a fiction.
     *
     * @return empty for a strategy object that serves one run
     */
    public Optional<ReplayRun> touch() {
        return touch;
    }

    /**
     * How many replays of this feed the ledger knows, with this one.
     *
     * @return at least 1
     */
    public int trials() {
        return trials.raw();
    }

    private List<ReplayRun> all() {
        List<ReplayRun> all = new ArrayList<>(runs);
        touch.ifPresent(all::add);
        return all;
    }

    /**
     * The parts of the profit side by side, one row each; NaN where a figure is not defined.
     *
     * @return a table
     */
    public Tabular table() {
        return ReplayReport.table(all());
    }

    /**
     * Mid price, own quotes and fills over a stretch of time under the first queue model.
     *
     * @param fromSeconds since the feed began, at least 0
     * @param seconds length of the stretch, above 0
     * @return the figure
     */
    public Figure quotes(double fromSeconds, double seconds) {
        return ReplayFigures.quotes(runs.get(0), fromSeconds, seconds);
    }

    /**
     * Inventory and profit over the run, the latter split into its parts, under the first queue model.
     *
     * @return the figure
     */
    public Figure profit() {
        return ReplayFigures.profit(runs.get(0));
    }

    /**
     * The parts of the profit under each queue model, as bars.
     *
     * @return the figure
     */
    public Figure parts() {
        return ReplayFigures.parts(all());
    }

    /**
     * The result in a few lines.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%s %s over %s", request.strategy(), parameters, book.request().symbol()));
        text.append(ReplayReport.words(all()).asText());
        runs.get(0).split().parts().stream()
                .map(PnlSplit.Part::whyNoInterval)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .ifPresent(why -> text.append(line("Intervals: %s", why)));
        touch.ifPresent(fiction -> text.append(line(
                "Fills by touch are a fiction: no queue in front, every print at the price is ours. They claim %,.2f;"
                        + " the queue models say %s.",
                fiction.split().profit(), claims())));
        text.append(line("Trials: %s. One replay is a trial, not evidence.", trials.words()));
        text.append(line("%s", ReplayReport.tooShort(runs.get(0))));
        return text.toString();
    }

    private String claims() {
        List<String> each = new ArrayList<>();
        runs.forEach(
                run -> each.add(String.format(Locale.ROOT, "%,.2f", run.split().profit())));
        return String.join(" and ", each);
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values) + "\n";
    }

    /**
     * Settings, checksums and every figure.
     *
     * @return what {@code result.json} holds; a number that is not defined is null
     */
    public Node manifest() {
        Node.Fields values = Node.object();
        parameters.forEach(values::put);
        Node.Fields flaws = Node.object();
        book.flaws().forEach(flaws::put);
        Node.Fields first = Node.object();
        book.flawsFrom().forEach((name, time) -> first.put(name, time.toString()));
        return Node.object()
                .put("schema", SCHEMA)
                .put("version", Versions.lama())
                .put("strategy", request.strategy())
                .put("codeSha256", codeSha256)
                .put("parameters", values.build())
                .put("orderLatencyNanos", request.orderLatency().toNanos())
                .put("answerLatencyNanos", request.answerLatency().toNanos())
                .put("makerFee", request.makerFee())
                .put("takerFee", request.takerFee())
                .put("participation", number(request.participation()))
                .put("feed", feed(flaws.build(), first.build()))
                .put("trials", trials.raw())
                .put("ledgerStarted", trials.ledgerStarted())
                .put("ledger", LedgerWitness.node(trials.tip()))
                .put("runs", Node.array(runs.stream().map(BookReplay::node).toList()))
                .put(
                        "fiction",
                        touch.map(BookReplay::node)
                                .orElseGet(() -> Node.object().build()))
                .build();
    }

    private Node feed(Node flaws, Node flawsFrom) {
        return Node.object()
                .put("symbol", book.request().symbol())
                .put("format", book.request().format())
                .put("path", book.request().file().map(String::valueOf).orElse(""))
                .put("seed", book.request().seed())
                .put("provenance", book.isSynthetic() ? "SYNTHETIC" : "RECORDED")
                .put("rows", book.rows())
                .put("from", book.from().toString())
                .put("to", book.to().toString())
                .put("validShare", number(book.validShare()))
                .put("sha256", book.checksum())
                .put("flaws", flaws)
                .put("flawsFrom", flawsFrom)
                .build();
    }

    private static Node node(ReplayRun run) {
        List<Node> parts = new ArrayList<>();
        for (PnlSplit.Part part : run.split().parts()) {
            parts.add(Node.object()
                    .put("name", part.name())
                    .put("value", number(part.value()))
                    .put("low", number(part.low()))
                    .put("high", number(part.high()))
                    .put("whyNoInterval", part.whyNoInterval())
                    .build());
        }
        return Node.object()
                .put("queue", run.queue())
                .put("profit", number(run.split().profit()))
                .put("spread", number(run.split().spread()))
                .put("inventory", number(run.split().inventory()))
                .put("fees", number(run.split().fees()))
                .put("parts", Node.array(parts))
                .put("trades", run.result().trades())
                .put("makerTrades", run.result().makerTrades())
                .put("orders", run.result().orders())
                .put("refused", run.result().refused())
                .put("cancelled", run.result().cancelled())
                .put("position", number(run.result().position()))
                .put("notional", number(run.result().notional()))
                .put("fillRatio", number(run.quotes().fillRatio()))
                .put("bothQuoted", number(run.bothQuoted()))
                .put("anyQuoted", number(run.anyQuoted()))
                .put("mostHeld", number(run.split().path().mostHeld()))
                .put("maxDrawdown", number(run.split().path().maxDrawdown()))
                .build();
    }

    private static Node number(double value) {
        return Double.isFinite(value) ? Node.of(value) : Node.nothing();
    }

    /**
     * Writes report.html, the fills of the first queue model with their marks as Parquet and CSV, and, last, result.json.
     *
     * @param folder where
     * @throws IOException if a file cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        ReplayReport.of(title(), facts(), runs, touch).write(folder.file("report.html"));
        ParquetTable fills = fills();
        ParquetFrames.write(folder.file("fills.parquet"), fills);
        CsvTable.write(folder.file("fills.csv"), fills);
        Documents.writeJson(folder.file(RESULT), manifest());
    }

    private ReplayReport.Title title() {
        return new ReplayReport.Title(
                request.strategy() + " over " + book.request().symbol(), book.isSynthetic(), book.explain());
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        parameters.forEach((name, value) -> facts.put("parameter " + name, value));
        facts.put("order latency", request.orderLatency().toNanos() / 1e6 + " ms");
        facts.put("answer latency", request.answerLatency().toNanos() / 1e6 + " ms");
        facts.put("maker fee", String.valueOf(request.makerFee()));
        facts.put("taker fee", String.valueOf(request.takerFee()));
        facts.put(
                "fills",
                Double.isInfinite(request.participation())
                        ? "whole orders"
                        : "in parts, at most " + request.participation() + " of what others trade or show");
        facts.put("LAMA", Versions.lama());
        facts.put("Java", Versions.java());
        facts.put("Trials", trials.words());
        facts.put("SHA-256 of the feed", book.checksum());
        facts.put("SHA-256 of the strategy", codeSha256);
        return facts;
    }

    /** Each fill with its mid and the drifts after it. */
    private ParquetTable fills() {
        Tabular marks = runs.get(0).split().marks();
        ParquetTable.Builder table =
                ParquetTable.builder(marks.columns().get(0).cells().size());
        for (Tabular.Column column : marks.columns()) {
            if (column.name().equals("tsNanos")) {
                table.times(
                        "time",
                        column.cells().stream()
                                .mapToLong(cell -> ((Number) cell).longValue())
                                .toArray());
            } else {
                table.doubles(
                        column.name().replace(' ', '_'),
                        column.cells().stream()
                                .mapToDouble(cell -> ((Number) cell).doubleValue())
                                .toArray());
            }
        }
        return table.build();
    }
}
