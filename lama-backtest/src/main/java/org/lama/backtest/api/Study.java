package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.report.CapacityReport;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.StudyFigures;
import org.lama.backtest.report.StudyReport;
import org.lama.backtest.report.StudyTables;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.backtest.walkforward.StudyChecks;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.base.Api;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * A finished study: its result, its verdict, and everything a person looks at. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Study {
    private static final long WATERFALL_STREAM = -4;

    private final StudyRequest request;
    private final StudyResult result;
    private final Verdict verdict;
    private final VerdictRule rule;
    private final Waterfall waterfall;
    private final Manifest.Header header;

    private Study(
            StudyRequest request,
            StudyResult result,
            Verdict verdict,
            VerdictRule rule,
            Waterfall waterfall,
            Manifest.Header header) {
        this.waterfall = waterfall;
        this.request = request;
        this.result = result;
        this.verdict = verdict;
        this.rule = rule;
        this.header = header;
    }

    static Study of(StudyRequest request, StudyResult result, VerdictRule rule, Manifest.Header unjudged) {
        Node hypothesis = Node.object()
                .put("text", rule.canonicalText())
                .put("sha256", rule.hash())
                .build();
        Verdict judged = rule.judge(evidence(result));
        Verdict verdict = judged.withNext(next(request, result, judged))
                .withFigure("breakEvenCost", result.significance().breakEvenCost())
                .withFigure(
                        "capacityZeroReturn", result.checks().capacity().zero().capital())
                .withFigure(
                        "capacityZeroReturnLow",
                        result.checks().capacity().zero().low())
                .withFigure(
                        "capacityZeroReturnHigh",
                        result.checks().capacity().zero().high())
                .withFigure("pessimisticReturn", result.checks().bounds().pessimisticReturn())
                .withFigure("optimisticReturn", result.checks().bounds().optimisticReturn());
        return new Study(request, result, verdict, rule, waterfall(result), unjudged.withHypothesis(hypothesis));
    }

    /** From the re-runs of the study to figures with their uncertainty. */
    private static Waterfall waterfall(StudyResult result) {
        StudyChecks checks = result.checks();
        StationaryBootstrap bootstrap = StationaryBootstrap.of(
                result.settings().bootstrapSamples(),
                Seeds.derive(result.settings().seed(), WATERFALL_STREAM));
        Waterfall.Builder steps = Waterfall.from(array(checks.naiveReturns()), 365, bootstrap);
        for (StudyChecks.RuleSwitch rule : checks.rules()) {
            if (rule.reason().isEmpty()) {
                steps.switched(rule.rule(), rule.naive(), rule.honest(), array(rule.returns()));
            } else {
                steps.notApplicable(rule.rule(), rule.naive(), rule.honest(), rule.reason());
            }
        }
        StudyResult.Significance s = result.significance();
        return steps.trials(s.rawTrials(), s.effectiveTrials(), s.trialVariance());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Figures per day, as the rule wants them. */
    static Evidence evidence(StudyResult result) {
        StudyResult.Significance s = result.significance();
        Map<String, Double> metrics = result.strategy();
        ProbabilisticSharpe sharpe = new ProbabilisticSharpe(
                s.observations(),
                metrics.getOrDefault("sharpePerPeriod", Double.NaN),
                metrics.getOrDefault("skewness", Double.NaN),
                metrics.getOrDefault("excessKurtosis", Double.NaN) + 3);
        double perDay = Math.min(1, s.observations() / Math.max(1, s.days()));
        return new Evidence(
                sharpe,
                s.meanLowerBound() / 365,
                result.trades().size(),
                Math.max(perDay, 1e-3),
                new Evidence.Trials(s.rawTrials(), s.effectiveTrials(), s.trialVariance()),
                result.checks().bounds().isDecidable());
    }

    /** What helps next, by the answer; it never promises a number of trials. */
    private static String next(StudyRequest request, StudyResult result, Verdict verdict) {
        String flag = DataPaths.flag(request.data());
        if (result.partial()) {
            return "./lama study" + flag + "   # the same again, to the end";
        }
        if (result.isSynthetic()) {
            return "./lama study --data YOUR_BARS.csv";
        }
        return switch (verdict.outcome()) {
            case EDGE -> "./lama rerun result.json   # then the same study on data it has not seen";
            case NO_EDGE ->
                "./lama study --print-config   # change the study, not the dates: each new study is a trial";
            case NOT_ENOUGH_DATA, NOT_DECIDABLE_ON_BARS ->
                "./lama data verify" + flag.replaceFirst("^ --data", "") + "   # then give it a longer history";
        };
    }

    /**
     * What was asked.
     *
     * @return the request
     */
    public StudyRequest request() {
        return request;
    }

    /**
     * How the Sharpe ratio falls from naive to honest rules.
     *
     * @return the steps with their uncertainty
     */
    public Waterfall waterfall() {
        return waterfall;
    }

    /**
     * What was found, in plain values.
     *
     * @return the result
     */
    public StudyResult result() {
        return result;
    }

    /**
     * The verdict by the rule that was hashed before the data were opened.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * The three lines with which a study closes.
     *
     * @return verdict, why and next command
     */
    public List<String> closingLines() {
        List<String> lines = new ArrayList<>(verdict.closingLines());
        if (result.partial()) {
            lines.set(0, lines.get(0) + " (PARTIAL: the study was interrupted)");
        }
        return List.copyOf(lines);
    }

    /**
     * The key figures of strategy and benchmark, one row per metric.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular table() {
        return StudyTables.metrics(result);
    }

    /**
     * The folds, one row per asset and window.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular folds() {
        return StudyTables.folds(result);
    }

    /**
     * The closed round trips.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular trades() {
        return StudyTables.trades(result);
    }

    /**
     * The assets with their tests.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular assets() {
        return StudyTables.assets(result);
    }

    /**
     * Equity with benchmark, drawdown and rolling Sharpe ratio.
     *
     * @return the figure
     */
    public Figure figure() {
        return StudyFigures.tearSheet(result);
    }

    /**
     * The result in a few lines, uncertainty beside each figure.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        StudyResult.Significance s = result.significance();
        StringBuilder text = new StringBuilder();
        if (result.partial()) {
            text.append("PARTIAL: interrupted; everything below holds for the part that was done.\n");
        }
        text.append(line(
                "Sharpe ratio %.2f a year, 95 %% interval %.2f to %.2f; buy and hold %.2f",
                s.sharpe(), s.sharpeLow(), s.sharpeHigh(), metric(result.benchmark(), "sharpe")));
        text.append(line(
                "Mean net return %.1f %% a year, 95 %% interval %.1f %% to %.1f %%; deepest drawdown %.1f %%",
                100 * s.meanReturn(),
                100 * s.meanLow(),
                100 * s.meanHigh(),
                100 * metric(result.strategy(), "maximumDrawdown")));
        text.append(line(
                "Deflated Sharpe ratio %.3f over %d trials (%.1f effective%s); %s",
                s.deflated(),
                s.rawTrials(),
                s.effectiveTrials(),
                s.trialsOnWindow() < s.rawTrials() ? ", " + s.trialsOnWindow() + " on this very window" : "",
                breakEven(s.breakEvenCost())));
        text.append(line(
                "From naive to honest rules: Sharpe ratio %s to %s; capital at which the mean return is 0: %s",
                number(waterfall.naive()),
                number(waterfall.honest()),
                CapacityReport.words(result.checks().capacity())));
        text.append(line("Inside bars: %s", result.checks().bounds().why()));
        result.slippageModels()
                .forEach(point -> text.append(line(
                        "With %s slippage%s: Sharpe ratio %.2f, total return %.1f %%, costs %.0f",
                        point.model().text(),
                        point.configured() ? " (asked for)" : "",
                        point.sharpe(),
                        100 * point.totalReturn(),
                        point.costs())));
        List<String> found = new ArrayList<>();
        result.assets().stream().filter(StudyResult.AssetOutcome::found).forEach(asset -> found.add(asset.symbol()));
        text.append(line(
                "%d %s, %d folds, %d round trips; found by itself: %s",
                result.assets().size(),
                result.assets().size() == 1 ? "asset" : "assets",
                result.folds().size(),
                result.trades().size(),
                found.isEmpty() ? "none" : String.join(", ", found)));
        if (!result.planted().isEmpty()) {
            List<String> planted = new ArrayList<>();
            result.planted()
                    .forEach(truth ->
                            planted.add(truth.symbol() + (found.contains(truth.symbol()) ? " found" : " missed")));
            text.append(line("Planted edges: %s", String.join(", ", planted)));
        }
        return text.append(LedgerUse.warnings(
                        result.data().stream().map(series -> series.provenance().note())))
                .toString();
    }

    private static String breakEven(double multiple) {
        if (Double.isNaN(multiple)) {
            return "nothing was earned before costs";
        }
        return multiple == Double.POSITIVE_INFINITY
                ? "the return is still positive at 10 times the costs"
                : String.format(Locale.ROOT, "the return is gone at %.1f times the costs", multiple);
    }

    private static String number(Waterfall.Level level) {
        return Double.isNaN(level.sharpe())
                ? "n/a"
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", level.sharpe(), level.low(), level.high());
    }

    private static double metric(Map<String, Double> metrics, String key) {
        return metrics.getOrDefault(key, Double.NaN);
    }

    private static String line(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values) + "\n";
    }

    /**
     * The manifest: settings, seeds, checksums, versions and every figure; the path of the data is relative to the
     * working directory.
     *
     * @return what {@code result.json} holds
     */
    public Node manifest() {
        return manifest(Path.of(""));
    }

    /**
     * The manifest as {@link #write(OutputFolder)} writes it: the path of the data is relative to the folder.
     *
     * @param folder where it will lie
     * @return what {@code result.json} holds
     */
    public Node manifest(OutputFolder folder) {
        return manifest(folder.path());
    }

    private Node manifest(Path folder) {
        return Manifest.of(DataPaths.relative(request, folder), result, verdict, waterfall, header);
    }

    /**
     * Writes report.html, trades.parquet, equity.parquet and, last, result.json.
     *
     * @param folder where
     * @throws IOException if a file cannot be written
     */
    public void write(OutputFolder folder) throws IOException {
        StudyReport.of(result, waterfall, statement(folder)).write(folder.file("report.html"));
        ParquetFrames.write(folder.file("trades.parquet"), Outputs.trades(result));
        ParquetFrames.write(folder.file("equity.parquet"), Outputs.equity(result));
        Documents.writeJson(folder.file("result.json"), manifest(folder));
    }

    private StudyReport.Statement statement(OutputFolder folder) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("Hypothesis", rule.hypothesis());
        asked.put("Metric", rule.metric());
        asked.put("Rule", rule.sentence());
        asked.put("SHA-256 of the rule", header.hypothesis().get("sha256").asText());
        Map<String, String> run = new LinkedHashMap<>();
        run.put("LAMA", Versions.lama());
        run.put("Java", Versions.java());
        run.put("Seed", String.valueOf(request.study().seed()));
        run.put("Determinism", "equal bits for any number of threads");
        run.put("SHA-256 of the data", header.dataChecksum());
        run.put("Settings", Documents.compactJson(StudyConfig.document(DataPaths.relative(request, folder.path()))));
        return new StudyReport.Statement(
                verdict.headline(),
                verdict.why(),
                verdict.next(),
                asked,
                run,
                "./lama rerun " + DataPaths.typed(folder.shown("result.json")));
    }

    /** The Parquet files of a study. */
    private static final class Outputs {
        static ParquetTable trades(StudyResult result) {
            List<StudyResult.TradeRow> rows = result.trades();
            return ParquetTable.builder(rows.size())
                    .texts(
                            "symbol",
                            rows.stream().map(StudyResult.TradeRow::symbol).toList())
                    .texts("side", rows.stream().map(StudyResult.TradeRow::side).toList())
                    .times(
                            "entryTime",
                            rows.stream()
                                    .mapToLong(StudyResult.TradeRow::entryTime)
                                    .toArray())
                    .times(
                            "exitTime",
                            rows.stream()
                                    .mapToLong(StudyResult.TradeRow::exitTime)
                                    .toArray())
                    .doubles("entryPrice", doubles(rows, StudyResult.TradeRow::entryPrice))
                    .doubles("exitPrice", doubles(rows, StudyResult.TradeRow::exitPrice))
                    .doubles("quantity", doubles(rows, StudyResult.TradeRow::quantity))
                    .doubles("fees", doubles(rows, StudyResult.TradeRow::fees))
                    .doubles("slippage", doubles(rows, StudyResult.TradeRow::slippage))
                    .doubles("pnl", doubles(rows, StudyResult.TradeRow::pnl))
                    .build();
        }

        private static double[] doubles(
                List<StudyResult.TradeRow> rows, java.util.function.ToDoubleFunction<StudyResult.TradeRow> column) {
            return rows.stream().mapToDouble(column).toArray();
        }

        static ParquetTable equity(StudyResult result) {
            StudyResult.EquityCurve curve = result.curve();
            List<String> regimes = new ArrayList<>();
            for (org.lama.core.signal.RegimeLabel label : curve.regimes()) {
                regimes.add(label.name());
            }
            return ParquetTable.builder(curve.size())
                    .times("time", curve.times())
                    .doubles("equity", curve.equity())
                    .doubles("benchmark", curve.benchmark())
                    .doubles("drawdown", curve.drawdown())
                    .doubles("exposure", curve.exposure())
                    .texts("regime", regimes)
                    .build();
        }
    }
}
