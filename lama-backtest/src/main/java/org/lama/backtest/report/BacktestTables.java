package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lama.backtest.analytics.Breakdown;
import org.lama.backtest.analytics.CalendarReturns;
import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.DrawdownTable;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.MonthlyReturns;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.TradeOutcome;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;
import org.lama.core.market.Side;
import org.lama.core.series.TimeIndex;

/**
 * The parts of a finished run as named columns, for reports, notebooks and files. Times are instants, money is in the
 * currency of the account, returns are fractions. Stateless; O(cells).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestTables {
    private BacktestTables() {}

    /**
     * All figures of performance of run and benchmark, then turnover, exposure and round trips. Drawdowns are those of the
     * bars, the other figures those of the periods of the record.
     *
     * @param record the run
     * @return columns metric, strategy, benchmark
     */
    public static Tabular metrics(BacktestRecord record) {
        PerformanceMetrics mine = record.metrics();
        PerformanceMetrics other = record.benchmarkMetrics();
        Map<String, double[]> rows = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            rows.put(metric.key(), new double[] {mine.value(metric), other.value(metric)});
        }
        overBars(rows, 0, record.drawdown());
        overBars(rows, 1, record.benchmarkDrawdown());
        append(rows, record.activity(), "activity.");
        append(rows, record.tradeMetrics(), "trades.");
        return Columns.of(List.copyOf(rows.entrySet()))
                .with("metric", Map.Entry::getKey)
                .with("strategy", row -> row.getValue()[0])
                .with("benchmark", row -> row.getValue()[1])
                .build();
    }

    private static void overBars(Map<String, double[]> rows, int column, Drawdown drawdown) {
        double growth = cell(rows, Metric.COMPOUND_ANNUAL_GROWTH)[column];
        double deepest = drawdown.maximum();
        double ulcer = drawdown.ulcerIndex();
        cell(rows, Metric.MAXIMUM_DRAWDOWN)[column] = deepest;
        cell(rows, Metric.LONGEST_DRAWDOWN_BARS)[column] = drawdown.longestBars();
        cell(rows, Metric.ULCER_INDEX)[column] = ulcer;
        cell(rows, Metric.CALMAR)[column] = deepest < 0 ? growth / -deepest : Double.NaN;
        cell(rows, Metric.MARTIN_RATIO)[column] = ulcer > 0 ? growth / ulcer : Double.NaN;
        cell(rows, Metric.RECOVERY_FACTOR)[column] =
                deepest < 0 ? cell(rows, Metric.TOTAL_RETURN)[column] / -deepest : Double.NaN;
    }

    private static double[] cell(Map<String, double[]> rows, Metric metric) {
        return Check.notNull(rows.get(metric.key()), metric.key());
    }

    private static void append(Map<String, double[]> rows, Tabular table, String prefix) {
        List<?> names = table.columns().get(0).cells();
        List<?> cells = table.columns().get(1).cells();
        for (int k = 0; k < names.size(); k++) {
            rows.put(prefix + names.get(k), new double[] {((Number) cells.get(k)).doubleValue(), Double.NaN});
        }
    }

    /**
     * Account value over time.
     *
     * @param record the run
     * @return columns time, equity, cash, exposure, netExposure, benchmark, drawdown
     */
    public static Tabular equity(BacktestRecord record) {
        double[] equity = record.result().equity();
        double[] cash = record.result().cash();
        double[] gross = record.result().exposure();
        double[] net = record.result().netExposure();
        double[] benchmark = record.benchmark();
        double[] drawdown = record.curve().drawdown();
        return Columns.of(IntStream.range(0, equity.length).boxed().toList())
                .with("time", row -> TimeIndex.instant(record.times().at(row)))
                .with("equity", row -> equity[row])
                .with("cash", row -> cash[row])
                .with("exposure", row -> gross[row])
                .with("netExposure", row -> net[row])
                .with("benchmark", row -> benchmark[row])
                .with("drawdown", row -> drawdown[row])
                .build();
    }

    /**
     * One row per round trip, in the order of the exits.
     *
     * @param record the run
     * @return columns strategy, asset, side, entryTime, exitTime, entryPrice, exitPrice, quantity, fees, slippage, funding,
     *     insurance, pnl, returnFraction, adverse, favourable, adverseFraction, favourableFraction, bars, hours
     */
    public static Tabular trades(BacktestRecord record) {
        return trades(record.trades());
    }

    static Tabular trades(List<TradeOutcome> trades) {
        return Columns.of(trades)
                .with("strategy", t -> t.trip().strategy())
                .with("asset", t -> t.trip().symbol())
                .with("side", t -> t.trip().side() == Side.BUY ? "long" : "short")
                .with("entryTime", t -> TimeIndex.instant(t.trip().entryNanos()))
                .with("exitTime", t -> TimeIndex.instant(t.trip().exitNanos()))
                .with("entryPrice", t -> t.trip().entryPrice())
                .with("exitPrice", t -> t.trip().exitPrice())
                .with("quantity", t -> t.trip().quantity())
                .with("fees", t -> t.trip().fees())
                .with("slippage", t -> t.trip().slippage())
                .with("funding", t -> t.trip().funding())
                .with("insurance", t -> t.trip().insurance())
                .with("pnl", t -> t.trip().pnl())
                .with("returnFraction", TradeOutcome::returnFraction)
                .with("adverse", TradeOutcome::adverse)
                .with("favourable", TradeOutcome::favourable)
                .with("adverseFraction", TradeOutcome::adverseFraction)
                .with("favourableFraction", TradeOutcome::favourableFraction)
                .with("bars", t -> (long) t.bars())
                .with("hours", TradeOutcome::hours)
                .build();
    }

    /**
     * One row per fill, in the order of booking.
     *
     * @param record the run
     * @return columns time, asset, side, quantity, price, fee, orderId
     */
    public static Tabular fills(BacktestRecord record) {
        return Columns.of(record.fills())
                .with("time", f -> TimeIndex.instant(f.tsNanos()))
                .with("asset", BacktestRecord.FillRow::symbol)
                .with("side", BacktestRecord.FillRow::side)
                .with("quantity", BacktestRecord.FillRow::quantity)
                .with("price", BacktestRecord.FillRow::price)
                .with("fee", BacktestRecord.FillRow::fee)
                .with("orderId", BacktestRecord.FillRow::orderId)
                .build();
    }

    /**
     * The worst drawdowns by bar.
     *
     * @param record the run
     * @param most rows at most, at least 1
     * @return the deepest first
     */
    public static Tabular drawdowns(BacktestRecord record, int most) {
        return DrawdownTable.of(record.times().copyRange(0, record.times().size()), record.barReturns())
                .worst(most);
    }

    /**
     * Return of each month and year.
     *
     * @param record the run
     * @return one row per year
     */
    public static Tabular months(BacktestRecord record) {
        return MonthlyReturns.of(record.periods().insideNanos(), record.returns());
    }

    /**
     * Quantiles of the returns of days, weeks, months, quarters and years.
     *
     * @param record the run
     * @return one row per unit
     */
    public static Tabular quantiles(BacktestRecord record) {
        return CalendarReturns.quantiles(record.periods().insideNanos(), record.returns());
    }

    /**
     * What each strategy earned with each asset, from fixed-point books and in the asset's settlement currency: net = price
     * - slippage - fees - funding + insurance.
     *
     * @param record the run
     * @return columns strategy, asset, fills, price, slippage, fees, funding, insurance, net; the largest |net| first
     */
    public static Tabular attribution(BacktestRecord record) {
        List<BacktestResult.Attribution> rows = new ArrayList<>(record.result().attribution());
        rows.sort(Comparator.comparingLong((BacktestResult.Attribution row) -> -Math.abs(row.netUnits())));
        return Columns.of(rows)
                .with("strategy", BacktestResult.Attribution::strategy)
                .with("asset", BacktestResult.Attribution::symbol)
                .with("fills", row -> (long) row.fills())
                .with("price", row -> money(row.realisedUnits() + row.unrealisedUnits() + row.slippageUnits()))
                .with("slippage", row -> money(row.slippageUnits()))
                .with("fees", row -> money(row.feeUnits()))
                .with("funding", row -> money(row.fundingUnits()))
                .with("insurance", row -> money(row.insuranceUnits()))
                .with("net", row -> money(row.netUnits()))
                .build();
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }

    /**
     * Round trips by regime at their entry; without regimes no rows.
     *
     * @param record the run
     * @return one row per regime
     */
    public static Tabular regimes(BacktestRecord record) {
        return record.regimes().isEmpty()
                ? Breakdown.ofTrades("regime", List.of(), t -> "")
                : Breakdown.byState(
                        "regime",
                        record.trades(),
                        record.times(),
                        record.regimes().stream().map(Words::of).toList());
    }

    /**
     * The result at multiples of the costs; without cost runs no rows.
     *
     * @param record the run
     * @return columns costMultiple, sharpe, totalReturn, maxDrawdown, costsPaid
     */
    public static Tabular costs(BacktestRecord record) {
        return Columns.of(record.costs())
                .with("costMultiple", BacktestRecord.CostPoint::multiple)
                .with("sharpe", BacktestRecord.CostPoint::sharpe)
                .with("totalReturn", BacktestRecord.CostPoint::totalReturn)
                .with("maxDrawdown", BacktestRecord.CostPoint::maxDrawdown)
                .with("costsPaid", BacktestRecord.CostPoint::costs)
                .build();
    }

    /**
     * Orders that were refused or ended without a trade, and positions closed without an order, counted by reason.
     *
     * @param record the run
     * @return columns what, reason, count
     */
    public static Tabular exceptions(BacktestRecord record) {
        Map<List<String>, Long> counts = new LinkedHashMap<>();
        for (OrderEvent event : record.result().exceptions()) {
            counts.merge(event.accept(new Kind()), 1L, Long::sum);
        }
        List<Map.Entry<List<String>, Long>> rows = new ArrayList<>(counts.entrySet());
        rows.sort(Map.Entry.<List<String>, Long>comparingByValue().reversed());
        return Columns.of(rows)
                .with("what", row -> row.getKey().get(0))
                .with("reason", row -> row.getKey().get(1))
                .with("count", Map.Entry::getValue)
                .build();
    }

    /** What happened and why, in words. */
    private static final class Kind implements OrderEvent.Visitor<List<String>> {
        @Override
        public List<String> moved(OrderEvent.Moved event) {
            return List.of("order " + words(event.state()), words(event.reason()));
        }

        @Override
        public List<String> filled(OrderEvent.Filled event) {
            return List.of("order " + words(event.state()), "fill");
        }

        @Override
        public List<String> rejected(OrderEvent.Rejected event) {
            String detail = event.detail().isEmpty() ? "" : ": " + event.detail();
            return List.of("order rejected", words(event.reason()) + detail);
        }

        @Override
        public List<String> forced(OrderEvent.Forced event) {
            return List.of("position closed", words(event.reason()));
        }

        @Override
        public List<String> funded(OrderEvent.Funded event) {
            return List.of("funding", event.paidUnits() >= 0 ? "paid" : "received");
        }

        private static String words(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * What of the data could not be used as it is, {@link BacktestRecord#issues()}.
     *
     * @param record the run
     * @return columns reason, where, detail; one row per symbol, column and reason
     */
    public static Tabular issues(BacktestRecord record) {
        return Columns.of(record.issues())
                .with("reason", issue -> issue.reason().name())
                .with("where", Issue::where)
                .with("detail", Issue::detail)
                .build();
    }

    /**
     * The settings of several runs side by side, those that differ only.
     *
     * @param records the runs
     * @return columns setting and one per run; a missing setting is empty
     */
    public static Tabular differingSettings(List<BacktestRecord> records) {
        List<String> names = records.stream()
                .flatMap(r -> r.settings().keySet().stream())
                .distinct()
                .filter(name -> records.stream()
                                .map(r -> r.settings().getOrDefault(name, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        Columns<String> columns = Columns.of(names).with("setting", name -> name);
        for (BacktestRecord record : records) {
            columns.with(record.name(), name -> record.settings().getOrDefault(name, ""));
        }
        return columns.build();
    }

    /**
     * The figures of several runs side by side.
     *
     * @param records the runs
     * @return columns metric and one per run
     */
    public static Tabular sideBySide(List<BacktestRecord> records) {
        List<Tabular> tables = records.stream().map(BacktestTables::metrics).toList();
        List<Tabular.Column> columns = new ArrayList<>();
        columns.add(tables.get(0).columns().get(0));
        for (int k = 0; k < tables.size(); k++) {
            columns.add(new Tabular.Column(
                    records.get(k).name(), tables.get(k).columns().get(1).cells()));
        }
        List<Tabular.Column> done = List.copyOf(columns);
        return () -> done;
    }

    /**
     * Where the bars came from.
     *
     * @param record the run
     * @return columns asset, rows, provenance, source, sha256
     */
    public static Tabular data(BacktestRecord record) {
        return Columns.of(record.data().frames())
                .with("asset", f -> f.symbol())
                .with("rows", f -> (long) f.size())
                .with("provenance", f -> f.provenance().kind().name())
                .with("source", f -> f.provenance().source())
                .with("sha256", f -> shorten(f.provenance().sha256()))
                .build();
    }

    private static String shorten(String text) {
        return text.length() > 12 ? text.substring(0, 12) + "…" : text;
    }

    /** The first column in words instead of keys: for pages, not for files. */
    static Tabular readable(Tabular table) {
        List<Tabular.Column> done = ReportTable.inWords(table.columns());
        return () -> done;
    }

    /** Every part by the name of its file. */
    static Map<String, Tabular> all(BacktestRecord record) {
        Map<String, Tabular> all = new LinkedHashMap<>();
        all.put("trades", trades(record));
        all.put("equity", equity(record));
        all.put("fills", fills(record));
        all.put("metrics", metrics(record));
        return all;
    }

    /** The round trips that won or lost most. */
    static Tabular largestTrades(BacktestRecord record, int rows) {
        TradeOutcome[] sorted = record.trades().toArray(TradeOutcome[]::new);
        Arrays.sort(
                sorted,
                java.util.Comparator.comparingDouble(t -> -Math.abs(t.trip().pnl())));
        return trades(Arrays.asList(sorted).subList(0, Math.min(rows, sorted.length)));
    }
}
