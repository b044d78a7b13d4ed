package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.order.OrderEvent;
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

/**
 * A strategy replayed over a book under several queue models, and beside them what a simulation would claim that takes the
 * touch of a price for a fill. Made by {@code Lama.replay}. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookReplay {
    private static final String SCHEMA = "lama-book-replay/2";
    private static final String RESULT = "result.json";

    private final ReplayRequest request;
    private final Map<String, String> parameters;
    private final String codeSha256;
    private final Book book;
    private final List<ReplayRun> runs;
    private final Optional<ReplayRun> touch;
    private final Trials trials;
    private final String idle;

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
            Trials trials,
            String idle) {
        this.request = request;
        this.parameters = new LinkedHashMap<>(parameters);
        this.codeSha256 = codeSha256;
        this.book = book;
        this.runs = List.copyOf(runs);
        this.touch = touch;
        this.trials = trials;
        this.idle = idle;
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
        whyNoOrder().ifPresentOrElse(why -> text.append(line("No order was sent: %s.", why)), () -> figures(text));
        text.append(line("Trials: %s. One replay is a trial, not evidence.", trials.words()));
        text.append(line("%s", ReplayReport.tooShort(runs.get(0))));
        return text.toString();
    }

    private void figures(StringBuilder text) {
        text.append(ReplayReport.words(all()).asText());
        Map<OrderEvent.Reason, Long> refusals = runs.get(0).quotes().refusals();
        if (!Set.of(OrderEvent.Reason.WOULD_TAKE).containsAll(refusals.keySet())) {
            text.append(line("Refused under %s: %s", runs.get(0).queue(), refusals));
        }
        text.append(line("%s", ReplayReport.intervals(runs)));
        text.append(line("Fills: %s.", fillRule()));
        touch.ifPresent(fiction -> text.append(line(
                "Fills by touch are a fiction: no queue in front, every print at the price is ours. They claim %,.2f;"
                        + " the queue models say %s.",
                fiction.split().profit(), claims())));
    }

    /** Empty if there was an order. */
    private Optional<String> whyNoOrder() {
        if (runs.stream().anyMatch(run -> run.result().orders() > 0)) {
            return Optional.empty();
        }
        if (!(book.validShare() > 0)) {
            return Optional.of("the book was never valid");
        }
        return Optional.of(idle.isEmpty() ? "the strategy asked for none" : idle);
    }

    /** A venue would have filled an order whole that the price went through: a share of it makes the drift after it milder. */
    private String fillRule() {
        FillRules fills = request.fills();
        if (!fills.partial()) {
            return "whole orders";
        }
        if (fills.participation() == FillRules.UNLIMITED) {
            return "in parts, all of what others trade or show";
        }
        String parts = "in parts, at most " + fills.participation() + " of what others trade or show";
        return fills.participation() == 1
                ? parts
                : parts + ", also where the price went through an order; so adverse selection (mid after fills) looks"
                        + " milder than at share 1";
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
     * Settings, checksums and every figure. Money counts, so that spread, inventory and fees add up to the profit: fees that
     * were paid are below 0, rebates above. The rates {@code makerFee} and {@code takerFee} are what is charged: a rebate is
     * below 0.
     *
     * @return what {@code result.json} holds; a number that is not defined is null
     */
    public Node manifest() {
        Node.Fields values = Node.object();
        parameters.forEach(values::put);
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
                .put("fills", request.fills().partial() ? "parts" : "whole")
                .put("participation", number(request.fills().participation()))
                .put("feed", book.node())
                .put("trials", trials.raw())
                .put("ledgerStarted", trials.ledgerStarted())
                .put("ledger", LedgerWitness.node(trials.tip()))
                .put("whyNoOrder", whyNoOrder().orElse(""))
                .put("runs", Node.array(runs.stream().map(BookReplay::node).toList()))
                .put(
                        "fiction",
                        touch.map(BookReplay::node)
                                .orElseGet(() -> Node.object().build()))
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
        PnlSplit split = runs.get(0).split();
        ParquetFrames.write(folder.file("fills.parquet"), () -> new FillRows(split));
        CsvTable.write(folder.file("fills.csv"), () -> new FillRows(split));
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
        facts.put("maker fee", request.makerFee() + (request.makerFee() < 0 ? " (a rebate)" : ""));
        facts.put("taker fee", String.valueOf(request.takerFee()));
        facts.put("fills", fillRule());
        whyNoOrder().ifPresent(why -> facts.put("no order was sent", why));
        facts.put("LAMA", Versions.lama());
        facts.put("Java", Versions.java());
        facts.put("Trials", trials.words());
        facts.put("SHA-256 of the feed", book.checksum());
        facts.put("SHA-256 of the strategy", codeSha256);
        return facts;
    }
}
