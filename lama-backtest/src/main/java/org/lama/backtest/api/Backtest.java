package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.report.BacktestReport;
import org.lama.backtest.report.EquityCurve;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Figures;
import org.lama.core.base.Api;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * A finished backtest: what the strategy did, its figures, and everything a person looks at. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Backtest {
    private static final String RESULT = "result.json";
    private static final int ISSUES_SHOWN = 3;
    private static final int EVENTS_SHOWN = 8;
    private static final String NONE = "n/a";
    private static final String EXPIRED = "forced EXPIRED";

    private final BacktestRequest request;
    private final Map<String, String> parameters;
    private final BacktestOutcome outcome;
    private final Optional<BacktestRecord> record;

    Backtest(
            BacktestRequest request,
            Map<String, String> parameters,
            BacktestOutcome outcome,
            Optional<BacktestRecord> record) {
        this.request = request;
        this.parameters = new LinkedHashMap<>(parameters);
        this.outcome = outcome;
        this.record = record;
    }

    /**
     * Opens a result that was written before; nothing is computed again.
     *
     * @param result a {@code result.json} of a backtest, or its folder
     * @return the backtest
     * @throws IOException if it cannot be read or is something else
     */
    public static Backtest open(Path result) throws IOException {
        Path file = Files.isDirectory(result) ? result.resolve(RESULT) : result;
        Node document = ResultFile.read(file);
        if (!document.has("schema") || !document.get("schema").asText().equals(BacktestManifest.SCHEMA)) {
            throw new IOException(file + ": is no result of a backtest (field 'schema' must be "
                    + BacktestManifest.SCHEMA + "); give a result.json that 'lama backtest' wrote");
        }
        BacktestRequest request = request(file, document);
        return new Backtest(request, request.parameters(), BacktestManifest.read(file, document), Optional.empty());
    }

    /** What a manifest asked for; its paths are relative to its folder. */
    static BacktestRequest request(Path manifest, Node document) {
        BacktestRequest asked = BacktestConfig.apply(BacktestRequest.of("buy-and-hold"), document.get("settings"));
        return BacktestPaths.resolve(asked, manifest);
    }

    /**
     * What was asked.
     *
     * @return the request
     */
    public BacktestRequest request() {
        return request;
    }

    /**
     * Equity at the end, open positions at their last price.
     *
     * @return in quote currency
     */
    public double endEquity() {
        return outcome.endEquity();
    }

    /**
     * The figures by name, such as {@code sharpe}, {@code maxDrawdown} or {@code trades}; NaN where undefined.
     *
     * @return a copy in the order in which they are printed
     */
    public Map<String, Double> metrics() {
        return new LinkedHashMap<>(outcome.metrics());
    }

    /**
     * The same of buy and hold on the same data at the same costs.
     *
     * @return a copy
     */
    public Map<String, Double> benchmark() {
        return new LinkedHashMap<>(outcome.benchmarkMetrics());
    }

    /**
     * Fees, slippage, haircut of forced exits, funding (what was paid, negative where more was received) and traded value.
     *
     * @return quote currency by name, a copy
     */
    public Map<String, Double> costs() {
        return new LinkedHashMap<>(outcome.costs());
    }

    /**
     * Equity at the close of each bar.
     *
     * @return a copy
     */
    public double[] equity() {
        return outcome.curve().equity().clone();
    }

    /**
     * The times of {@link #equity()}.
     *
     * @return closes
     */
    public TimeIndex times() {
        return TimeIndex.of(outcome.curve().times());
    }

    /**
     * Whether any series was generated.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return outcome.provenance().equals("SYNTHETIC");
    }

    /**
     * The key figures of strategy and benchmark, one row per metric.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular table() {
        List<String> names = List.copyOf(outcome.metrics().keySet());
        return () -> List.of(
                new Tabular.Column("metric", names),
                new Tabular.Column("strategy", values(names, outcome.metrics())),
                new Tabular.Column("buyAndHold", values(names, outcome.benchmarkMetrics())));
    }

    private static List<Double> values(List<String> names, Map<String, Double> metrics) {
        return names.stream()
                .map(name -> metrics.getOrDefault(name, Double.NaN))
                .toList();
    }

    /**
     * The closed round trips, one row each; pnl = grossProfit - slippage - fees - funding + insurance.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular trades() {
        List<BacktestOutcome.Trade> rows = outcome.trades();
        return () -> List.of(
                column("symbol", rows, BacktestOutcome.Trade::symbol),
                column("side", rows, BacktestOutcome.Trade::side),
                column("entryTime", rows, trade -> time(trade.entryTime())),
                column("exitTime", rows, trade -> time(trade.exitTime())),
                column("entryPrice", rows, BacktestOutcome.Trade::entryPrice),
                column("exitPrice", rows, BacktestOutcome.Trade::exitPrice),
                column("quantity", rows, BacktestOutcome.Trade::quantity),
                column("fees", rows, BacktestOutcome.Trade::fees),
                column("slippage", rows, BacktestOutcome.Trade::slippage),
                column("pnl", rows, BacktestOutcome.Trade::pnl),
                column("grossProfit", rows, BacktestOutcome.Trade::grossProfit),
                column("funding", rows, BacktestOutcome.Trade::funding),
                column("insurance", rows, BacktestOutcome.Trade::insurance));
    }

    /**
     * All fills, one row each.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular fills() {
        List<BacktestOutcome.FillRow> rows = outcome.fills();
        return () -> List.of(
                column("time", rows, fill -> time(fill.time())),
                column("symbol", rows, BacktestOutcome.FillRow::symbol),
                column("side", rows, BacktestOutcome.FillRow::side),
                column("price", rows, BacktestOutcome.FillRow::price),
                column("quantity", rows, BacktestOutcome.FillRow::quantity),
                column("fee", rows, BacktestOutcome.FillRow::fee));
    }

    private static Instant time(long nanos) {
        return TimeIndex.instant(nanos);
    }

    private static <T> Tabular.Column column(String name, List<T> rows, Function<T, ?> value) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(value.apply(row)));
        return new Tabular.Column(name, values);
    }

    /**
     * Everything that reports, tables and figures can show: {@code BacktestTables}, {@code BacktestFigures}.
     *
     * @return the record of the run; empty where the result was opened from a file
     */
    public Optional<BacktestRecord> record() {
        return record;
    }

    /**
     * Equity with benchmark, drawdown and rolling Sharpe ratio.
     *
     * @return the figure
     */
    public Figure figure() {
        BacktestOutcome.Curve curve = outcome.curve();
        return Figures.tearSheet(
                EquityCurve.of(TimeIndex.of(curve.times()), curve.equity()).withBenchmark(curve.benchmark()));
    }

    /**
     * The result in a few lines, the benchmark beside it.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        double cash = request.settings().cash();
        StringBuilder text = new StringBuilder();
        text.append(line("%s%s", request.title(), parameters.isEmpty() ? "" : " " + parameters));
        text.append(line(
                "End equity %,.2f from %,.2f: total return %s; %s %s",
                endEquity(), cash, percent(metric("totalReturn")), outcome.held(), percent(benchmark("totalReturn"))));
        text.append(line(
                "Sharpe ratio %s a year (buy and hold %s), CAGR %s, deepest drawdown %s (buy and hold %s)",
                fixed(metric("sharpe")),
                fixed(benchmark("sharpe")),
                percent(metric("cagr")),
                percent(metric("maxDrawdown")),
                percent(benchmark("maxDrawdown"))));
        text.append(line(
                "%s, %,d %s; fees %,.2f, slippage %,.2f%s; invested %s on average",
                roundTrips(),
                outcome.fills().size(),
                outcome.fills().size() == 1 ? "fill" : "fills",
                outcome.costs().getOrDefault("fees", 0.0),
                outcome.costs().getOrDefault("slippage", 0.0),
                others(),
                percent(metric("exposure"))));
        text.append(line("Break-even cost: %s", breakEven()));
        text.append(line("Capital at which the mean return is 0: %s", ChecksManifest.capacityWords(outcome.checks())));
        String delistings = DelistingRuns.words(outcome.checks());
        if (!delistings.isEmpty()) {
            text.append(line("%s", delistings));
        }
        if (outcome.reasons().containsValue(OutcomeRows.TOO_SHORT)) {
            text.append(line("No figures of a year: %s", OutcomeRows.TOO_SHORT));
        }
        for (BacktestOutcome.StrategyRow each : outcome.strategies()) {
            text.append(line(
                    "  %s: %,.2f from %,.2f (price %,.2f, slippage %,.2f%s, fees %,.2f, funding %,.2f; %d %s)",
                    each.name(),
                    each.endEquity(),
                    each.startEquity(),
                    each.price(),
                    each.slippage(),
                    each.haircut() == 0 ? "" : String.format(Locale.ROOT, ", haircut %,.2f", each.haircut()),
                    each.fees(),
                    each.funding(),
                    each.fills(),
                    each.fills() == 1 ? "fill" : "fills"));
        }
        text.append(events());
        text.append(remarks());
        BacktestOutcome.TrialCount trials = outcome.trials();
        text.append(line("Deflated Sharpe ratio %s over %s", fixed(trials.deflatedSharpe()), trials.words()));
        if (!trials.ledgerStarted().isEmpty()) {
            text.append(line("Trial ledger: started %s", trials.ledgerStarted()));
        }
        return text.append(LedgerUse.warnings(outcome.series().stream().map(BacktestOutcome.SeriesRow::note)))
                .toString();
    }

    /** Funding and haircuts, where there were any. */
    private String others() {
        double haircut = outcome.costs().getOrDefault("haircut", 0.0);
        double funding = outcome.costs().getOrDefault("funding", 0.0);
        return (haircut == 0 ? "" : String.format(Locale.ROOT, ", haircut of forced exits %,.2f", haircut))
                + (funding == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", funding %s %,.2f",
                                funding > 0 ? "paid" : "received",
                                Math.abs(funding)));
    }

    /** What was refused or forced, how often and where first; the end of an option is as it should be. */
    private String events() {
        List<String> refused = new ArrayList<>();
        StringBuilder expired = new StringBuilder();
        outcome.events().forEach((what, count) -> {
            String first = outcome.firsts().get(what);
            String where = first == null ? "" : ", first " + first;
            if (what.equals(EXPIRED)) {
                expired.append(
                        line("Settled at expiry: %,d %s%s", count, count == 1 ? "position" : "positions", where));
            } else {
                refused.add(line("  %s: %,d %s%s", what, count, count == 1 ? "time" : "times", where));
            }
        });
        int more = refused.size() - EVENTS_SHOWN;
        return (refused.isEmpty() ? "" : line("Not everything was done as asked:"))
                + String.join("", refused.subList(0, Math.min(EVENTS_SHOWN, refused.size())))
                + (more > 0 ? line("  and %d more in result.json", more) : "")
                + expired;
    }

    private String breakEven() {
        String why = outcome.reasons().get(OutcomeRows.BREAK_EVEN);
        return why == null ? fixed(metric(OutcomeRows.BREAK_EVEN)) + " times the assumed costs" : NONE + ", " + why;
    }

    private String roundTrips() {
        int count = outcome.trades().size();
        return count == 0
                ? "No finished round trip"
                : String.format(
                        Locale.ROOT,
                        "%,d round %s of which %s won",
                        count,
                        count == 1 ? "trip" : "trips",
                        percent(metric("tradesWon")));
    }

    /** What of the data could not be used as it is: the first few, and how many more there are. */
    private String remarks() {
        List<Issue> issues = outcome.issues();
        StringBuilder text = new StringBuilder();
        if (!issues.isEmpty()) {
            text.append(line("Data that could not be used as they are: %d %s", issues.size(), noun(issues.size())));
        }
        for (Issue issue : issues.subList(0, Math.min(ISSUES_SHOWN, issues.size()))) {
            text.append(line("  %s: %s", issue.where(), issue.detail()));
        }
        if (issues.size() > ISSUES_SHOWN) {
            text.append(line("  and %d more in result.json", issues.size() - ISSUES_SHOWN));
        }
        return text.toString();
    }

    private static String noun(int count) {
        return count == 1 ? "finding" : "findings";
    }

    /**
     * What of the data could not be used as it is: rows without a usable price, funding off the contract's interval.
     *
     * @return one per symbol, column and reason
     */
    public List<Issue> issues() {
        return outcome.issues();
    }

    /**
     * What to do next, for the end of a command.
     *
     * @param folder where the result lies
     * @return at least one line
     */
    public List<String> closingLines(OutputFolder folder) {
        String path = DataPaths.flag(request.data());
        return List.of(
                "One backtest on all the data is a trial, not evidence: parameters were seen together with their result.",
                "Next: ./lama study" + path + "   # walks forward; or ./lama compare "
                        + DataPaths.typed(folder.shown("")) + " ANOTHER_RESULT");
    }

    private double metric(String name) {
        return outcome.metrics().getOrDefault(name, Double.NaN);
    }

    private double benchmark(String name) {
        return outcome.benchmarkMetrics().getOrDefault(name, Double.NaN);
    }

    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? NONE : rounded("%,.1f", 100 * fraction) + " %";
    }

    private static String fixed(double value) {
        return Double.isNaN(value) ? NONE : rounded("%,.2f", value);
    }

    /** What rounds to zero has no sign. */
    private static String rounded(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value).replaceFirst("^-(?=[0.]*$)", "");
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values) + "\n";
    }

    /**
     * The manifest: settings, seeds, checksums, versions, every figure and every trade; paths are relative to the working
     * directory.
     *
     * @return what {@code result.json} holds
     */
    public Node manifest() {
        return manifest(Path.of(""));
    }

    /**
     * The manifest as {@link #write(OutputFolder)} writes it: paths are relative to the folder.
     *
     * @param folder where it will lie
     * @return what {@code result.json} holds
     */
    public Node manifest(OutputFolder folder) {
        return manifest(folder.path());
    }

    private Node manifest(Path folder) {
        return BacktestManifest.of(BacktestPaths.relative(request, folder), parameters, outcome);
    }

    /**
     * Writes report.html, trades, equity and fills as Parquet and CSV, and, last, result.json. A result that was opened
     * from a file has its report where it was written; no other is made.
     *
     * @param folder where
     * @throws IOException if a file cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        Node manifest = manifest(folder);
        if (record.isPresent()) {
            BacktestReport.of(record.get(), statement(folder)).write(folder.file("report.html"));
        }
        for (Map.Entry<String, ParquetTable> table :
                BacktestManifest.tables(outcome).entrySet()) {
            ParquetFrames.write(folder.file(table.getKey() + ".parquet"), table.getValue());
            CsvTable.write(folder.file(table.getKey() + ".csv"), table.getValue());
        }
        Documents.writeJson(folder.file(RESULT), manifest);
    }

    private BacktestReport.Statement statement(OutputFolder folder) {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("LAMA", Versions.lama());
        run.put("Java", Versions.java());
        run.put("Seed", String.valueOf(request.settings().seed()));
        run.put("Trials", outcome.trials().words());
        run.put("Deflated Sharpe ratio", fixed(outcome.trials().deflatedSharpe()));
        run.put(
                "Trial ledger",
                outcome.trials().ledgerStarted().isEmpty()
                        ? "none is kept"
                        : "started " + outcome.trials().ledgerStarted());
        run.put("SHA-256 of the data", outcome.dataChecksum());
        run.put("SHA-256 of the strategy", outcome.codeChecksum());
        return new BacktestReport.Statement(run, "./lama rerun " + DataPaths.typed(folder.shown(RESULT)));
    }
}
