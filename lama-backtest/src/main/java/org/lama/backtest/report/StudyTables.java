package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.stats.TestResult;

/**
 * The parts of a study as named columns, for reports, notebooks and files. Times are instants, money is in quote
 * currency, returns are fractions. Stateless; O(cells).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StudyTables {
    private StudyTables() {}

    /**
     * All metrics of strategy and benchmark side by side.
     *
     * @param result the study
     * @return columns metric, strategy, buy and hold
     */
    public static Tabular metrics(StudyResult result) {
        Set<String> names = new LinkedHashSet<>(result.strategy().keySet());
        names.addAll(result.benchmark().keySet());
        return Columns.of(List.copyOf(names))
                .with("metric", ReportTable::heading)
                .with("strategy", name -> result.strategy().getOrDefault(name, Double.NaN))
                .with("buy and hold", name -> result.benchmark().getOrDefault(name, Double.NaN))
                .build();
    }

    /**
     * The momentum model of each asset's last fold with p-values of the tests of its residuals.
     *
     * @param result the study
     * @return columns asset, model, status, ljungBox, robust (Ljung-Box allowing for changing variance), squares
     *     (McLeod-Li), normality (Jarque-Bera), coefficients
     */
    public static Tabular models(StudyResult result) {
        return Columns.of(result.models())
                .with("asset", StudyResult.LastModel::asset)
                .with("model", last -> last.model().title())
                .with("status", last -> last.model().status().outcome().name())
                .with("ljungBox", last -> pValue(last, 0))
                .with("robust", last -> pValue(last, 1))
                .with("squares", last -> pValue(last, 2))
                .with("normality", last -> pValue(last, 3))
                .with("coefficients", StudyTables::coefficients)
                .build();
    }

    private static double pValue(StudyResult.LastModel last, int test) {
        List<TestResult> tests = ModelTables.residualTests(last.model());
        return tests.isEmpty() ? Double.NaN : tests.get(test).pValue();
    }

    private static String coefficients(StudyResult.LastModel last) {
        return last.model().coefficients().stream()
                .map(c -> c.name() + " " + Numbers.significant(c.estimate(), 3))
                .collect(Collectors.joining(", "));
    }

    /**
     * One row per asset and fold.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular folds(StudyResult result) {
        return Columns.of(result.folds())
                .with("asset", StudyResult.FoldOutcome::asset)
                .with("trainFrom", fold -> TimeIndex.instant(fold.trainFrom()))
                .with("trainTo", fold -> TimeIndex.instant(fold.trainTo()))
                .with("testFrom", fold -> TimeIndex.instant(fold.testFrom()))
                .with("testTo", fold -> TimeIndex.instant(fold.testTo()))
                .with("complete", StudyResult.FoldOutcome::complete)
                .with("status", fold -> fold.status().name())
                .with("model", StudyResult.FoldOutcome::model)
                .with("inSample", StudyResult.FoldOutcome::inSample)
                .with("outOfSample", StudyResult.FoldOutcome::outOfSample)
                .build();
    }

    /**
     * One row per active asset, in the order of their p-values.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular assets(StudyResult result) {
        List<StudyResult.AssetOutcome> sorted = result.assets().stream()
                .sorted(Comparator.comparingDouble(StudyResult.AssetOutcome::pValue)
                        .thenComparing(StudyResult.AssetOutcome::symbol))
                .toList();
        Columns<StudyResult.AssetOutcome> columns = Columns.of(sorted)
                .with("asset", StudyResult.AssetOutcome::symbol)
                .with("edge", asset -> asset.found() ? "found" : "not found");
        if (!result.planted().isEmpty()) {
            columns.with("judgement", StudyTables::judgement);
        }
        return columns.with("sharpe", StudyResult.AssetOutcome::sharpe)
                .with("pValue", StudyResult.AssetOutcome::pValue)
                .with("adjusted", StudyResult.AssetOutcome::adjusted)
                .with("pnl", StudyResult.AssetOutcome::pnl)
                .with("roundTrips", asset -> (long) asset.roundTrips())
                .with("activeDays", asset -> Math.round(asset.activeDays()))
                .with("nonZeroDays", asset -> Math.round(asset.nonZeroDays()))
                .with("okFolds", asset -> asset.okFolds() + " of " + asset.folds())
                .build();
    }

    private static String judgement(StudyResult.AssetOutcome asset) {
        if (asset.planted()) {
            return asset.found() ? "found" : "missed";
        }
        return asset.found() ? "false alarm" : "rightly none";
    }

    /**
     * One row per combiner.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular combiners(StudyResult result) {
        return Columns.of(result.combiners())
                .with("combiner", StudyResult.CombinerOutcome::name)
                .with("role", StudyTables::role)
                .with("sharpe", StudyResult.CombinerOutcome::sharpe)
                .with("totalReturn", StudyResult.CombinerOutcome::totalReturn)
                .with("maxDrawdown", StudyResult.CombinerOutcome::maxDrawdown)
                .with("turnoverAYear", StudyResult.CombinerOutcome::turnover)
                .build();
    }

    private static String role(StudyResult.CombinerOutcome combiner) {
        String asked = combiner.configured() ? "asked for" : "tracked";
        return combiner.best() ? asked + ", best" : asked;
    }

    /**
     * One row per model of slippage.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular slippageModels(StudyResult result) {
        return Columns.of(result.slippageModels())
                .with("slippage", StudyTables::slippage)
                .with("sharpe", StudyResult.SlippagePoint::sharpe)
                .with("totalReturn", StudyResult.SlippagePoint::totalReturn)
                .with("maxDrawdown", StudyResult.SlippagePoint::maxDrawdown)
                .with("costsPaid", StudyResult.SlippagePoint::costs)
                .with("assumes", StudyResult.SlippagePoint::assumes)
                .build();
    }

    private static String slippage(StudyResult.SlippagePoint point) {
        return point.model().text() + (point.configured() ? " (asked for)" : "");
    }

    /**
     * One row per multiple of the costs.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular sensitivity(StudyResult result) {
        return Columns.of(result.sensitivity())
                .with("costMultiple", StudyResult.CostPoint::multiple)
                .with("sharpe", StudyResult.CostPoint::sharpe)
                .with("totalReturn", StudyResult.CostPoint::totalReturn)
                .with("maxDrawdown", StudyResult.CostPoint::maxDrawdown)
                .with("costsPaid", StudyResult.CostPoint::costs)
                .build();
    }

    /**
     * One row per regime.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular regimes(StudyResult result) {
        return Columns.of(result.regimes())
                .with("regime", regime -> Words.of(regime.label()))
                .with("share", StudyResult.RegimeOutcome::share)
                .with("annualReturn", StudyResult.RegimeOutcome::annualReturn)
                .with("sharpe", StudyResult.RegimeOutcome::sharpe)
                .build();
    }

    /**
     * One row per round trip, by entry time.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular trades(StudyResult result) {
        return trades(result.trades());
    }

    /** The round trips that won or lost most. */
    static Tabular largestTrades(StudyResult result, int rows) {
        return trades(result.trades().stream()
                .sorted(Comparator.comparingDouble((StudyResult.TradeRow trade) -> -Math.abs(trade.pnl()))
                        .thenComparingLong(StudyResult.TradeRow::entryTime)
                        .thenComparing(StudyResult.TradeRow::symbol))
                .limit(rows)
                .toList());
    }

    private static Tabular trades(List<StudyResult.TradeRow> trades) {
        return Columns.of(trades)
                .with("symbol", StudyResult.TradeRow::symbol)
                .with("side", StudyResult.TradeRow::side)
                .with("entryTime", trade -> TimeIndex.instant(trade.entryTime()))
                .with("exitTime", trade -> TimeIndex.instant(trade.exitTime()))
                .with("entryPrice", StudyResult.TradeRow::entryPrice)
                .with("exitPrice", StudyResult.TradeRow::exitPrice)
                .with("quantity", StudyResult.TradeRow::quantity)
                .with("fees", StudyResult.TradeRow::fees)
                .with("slippage", StudyResult.TradeRow::slippage)
                .with("pnl", StudyResult.TradeRow::pnl)
                .build();
    }

    /**
     * One row per bar close.
     *
     * @param result the study
     * @return columns time, equity, benchmark, drawdown, exposure, regime
     */
    public static Tabular equity(StudyResult result) {
        StudyResult.EquityCurve curve = result.curve();
        long[] times = curve.times();
        RegimeLabel[] regimes = curve.regimes();
        List<Object> instants = new ArrayList<>();
        List<Object> labels = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            instants.add(TimeIndex.instant(times[i]));
            labels.add(regimes[i].name());
        }
        List<Tabular.Column> columns = List.of(
                new Tabular.Column("time", instants),
                column("equity", curve.equity()),
                column("benchmark", curve.benchmark()),
                column("drawdown", curve.drawdown()),
                column("exposure", curve.exposure()),
                new Tabular.Column("regime", labels));
        return () -> columns;
    }

    private static Tabular.Column column(String name, double[] values) {
        return new Tabular.Column(name, Arrays.stream(values).boxed().toList());
    }

    /**
     * What is right and wrong with each series, one row per series.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular data(StudyResult result) {
        return Columns.of(result.data())
                .with("symbol", StudyResult.SeriesInfo::symbol)
                .with("provenance", series -> series.provenance().kind().name())
                .with("from", series -> TimeIndex.instant(series.from()))
                .with("to", series -> TimeIndex.instant(series.to()))
                .with("rows", series -> (long) series.rows())
                .with("expected", series -> (long) series.quality().expected())
                .with("missing", series -> (long) series.quality().missing())
                .with("gaps", series -> (long) series.quality().gaps())
                .with("quality", series -> grade(series.quality()))
                .with("source", series -> series.provenance().source())
                .with("sha256", series -> series.provenance().sha256())
                .build();
    }

    private static String grade(QualityReport quality) {
        return quality.hasErrors() ? "ERROR" : quality.findings().isEmpty() ? "OK" : "WARNING";
    }

    /** One row per broken rule of any series. */
    static Tabular findings(StudyResult result) {
        record Line(String symbol, QualityReport.Finding finding) {}
        List<Line> lines = result.data().stream()
                .flatMap(series ->
                        series.quality().findings().stream().map(finding -> new Line(series.symbol(), finding)))
                .toList();
        return Columns.of(lines)
                .with("symbol", Line::symbol)
                .with("severity", line -> line.finding().reason().severity().name())
                .with("rule", line -> line.finding().reason().name())
                .with("count", line -> (long) line.finding().count())
                .with("first", line -> line.finding().first())
                .with("last", line -> line.finding().last())
                .build();
    }

    /**
     * Assets that were never active.
     *
     * @param result the study
     * @return columns asset and reason
     */
    public static Tabular dropped(StudyResult result) {
        return Columns.of(result.dropped())
                .with("asset", StudyResult.Dropped::asset)
                .with("reason", StudyResult.Dropped::reason)
                .build();
    }

    /**
     * In how many folds each model gave a direction, only shrank sizes, or said nothing.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular activity(StudyResult result) {
        return Columns.of(result.activity())
                .with("model", StudyResult.MemberActivity::member)
                .with("directionalFolds", member -> (long) member.directionalFolds())
                .with("riskOnlyFolds", member -> (long) member.riskFolds())
                .with("neutralFolds", member -> (long) member.neutralFolds())
                .with("meanWeight", StudyResult.MemberActivity::meanWeight)
                .with("meanContribution", StudyResult.MemberActivity::meanContribution)
                .with("fits", member -> String.join("; ", member.fits()))
                .build();
    }

    /**
     * Why members were left out or decisions were flat, one row per reason.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular vetoes(StudyResult result) {
        return Columns.of(result.vetoes())
                .with("reason", StudyResult.Veto::reason)
                .with("decisions", veto -> (long) veto.decisions())
                .build();
    }

    /**
     * The study with other losses on assets that disappear while they are held.
     *
     * @param result the study
     * @return the table
     */
    public static Tabular delisting(StudyResult result) {
        return Columns.of(result.delisting())
                .with("haircut", StudyResult.DelistingPoint::haircut)
                .with("totalReturn", StudyResult.DelistingPoint::totalReturn)
                .with("sharpe", StudyResult.DelistingPoint::sharpe)
                .build();
    }

    /** How the momentum fits ended, one row per outcome that happened. */
    static Tabular fits(StudyResult result) {
        List<FitStatus.Outcome> seen = Arrays.stream(FitStatus.Outcome.values())
                .filter(outcome -> count(result, outcome) > 0)
                .toList();
        double all = Math.max(1, result.folds().size());
        return Columns.of(seen)
                .with("outcome", FitStatus.Outcome::name)
                .with("folds", outcome -> count(result, outcome))
                .with("share", outcome -> count(result, outcome) / all)
                .build();
    }

    static long count(StudyResult result, FitStatus.Outcome outcome) {
        return result.folds().stream().filter(fold -> fold.status() == outcome).count();
    }

    static double value(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }
}
