package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.Breakdown;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.TradeMetric;
import org.lama.backtest.analytics.TradeMetrics;
import org.lama.backtest.engine.BacktestResult;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;
import org.lama.core.series.Frame;

/**
 * Turns a finished run into a report. It holds figures, never advice; the same run gives the same page. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestReport {
    static final String DISCLAIMER =
            "Research software, no advice. Past and simulated results say little about the future; you can lose all you"
                    + " trade with.";
    private static final int TRADES_SHOWN = 200;
    private static final int DRAWDOWNS_SHOWN = 10;
    private static final int ISSUES_SHOWN = 50;

    private BacktestReport() {}

    /**
     * What a report says beside the numbers.
     *
     * @param run versions, seed, data checksums and whatever else is needed to run again, by name
     * @param rerun the command that gives the same numbers again; empty if there is none
     */
    public record Statement(Map<String, String> run, String rerun) {
        /** Nothing is known about the run. */
        public static final Statement NONE = new Statement(Map.of(), "");

        /**
         * Copies the map, keeping its order.
         *
         * @param run versions, seed, data checksums and whatever else is needed to run again, by name
         * @param rerun the command that gives the same numbers again; empty if there is none
         */
        public Statement {
            run = new LinkedHashMap<>(run);
            Check.notNull(rerun, "rerun");
        }
    }

    /**
     * The report of a run.
     *
     * @param record the run
     * @param statement versions and how to run it again
     * @return the report, ready to be written
     */
    public static HtmlReport of(BacktestRecord record, Statement statement) {
        HtmlReport report = HtmlReport.titled("Backtest of " + record.name()).subtitle(subtitle(record));
        banners(report, List.of(record));
        if (!record.ambiguity().isDecidable()) {
            report.banner(
                    "NOT DECIDABLE ON BARS",
                    "The pessimistic and the optimistic order of prices inside bars give results of different sign.");
        }
        report.keyFigures(keyFigures(record));
        report.section(performance(record));
        report.section(waterfall(record));
        report.section(drawdowns(record));
        report.section(calendar(record));
        report.section(rolling(record));
        report.section(trades(record));
        report.section(Robustness.trades(Robustness.of(record.result())));
        report.section(split(record));
        report.section(breakdowns(record));
        report.section(costs(record));
        report.section(capacity(record));
        report.section(execution(record));
        report.section(provenance(record, statement));
        return report.footnote(DISCLAIMER);
    }

    /**
     * What a run says about its own honesty, for the page of something larger that it belongs to.
     *
     * @param record the run, with its further runs and its waterfall
     * @return the waterfall, costs with the break-even cost, capacity, and execution with the bounds inside bars
     */
    public static List<ReportSection> judging(BacktestRecord record) {
        return List.of(waterfall(record), costs(record), capacity(record), execution(record));
    }

    static void banners(HtmlReport report, List<BacktestRecord> records) {
        if (records.stream().anyMatch(BacktestRecord::isSynthetic)) {
            report.banner(
                    "SYNTHETIC", "These prices were generated. The result is about the machinery, not about a market.");
        }
        SealBanner.add(
                report,
                records.stream()
                        .flatMap(record -> record.data().frames().stream())
                        .map(Frame::provenance)
                        .toList());
        for (BacktestRecord record : records) {
            if (!record.failures().isEmpty()) {
                report.banner("FAILED IN PART", record.failures().get(0));
            }
        }
    }

    private static String subtitle(BacktestRecord record) {
        return span(record) + " · " + bar(record.data().barNanos()) + " bars · " + assets(record);
    }

    static String assets(BacktestRecord record) {
        int n = record.result().symbols().size();
        return n == 1 ? record.result().symbols().get(0) : n + " assets";
    }

    /** No estimate is certain, so none is rounded to 0 or 1. */
    private static String probability(double value) {
        return value > 0.9995 ? "> 0.999" : value < 0.0005 ? "< 0.001" : Numbers.fixed(value, 3);
    }

    static String span(BacktestRecord record) {
        int n = record.times().size();
        return n == 0
                ? "no bar"
                : Words.date(record.times().at(0) - record.data().barNanos()) + " to "
                        + Words.date(record.times().at(n - 1) - 1);
    }

    private static String bar(long nanos) {
        double minutes = nanos / 6e10;
        return minutes == 1440
                ? "daily"
                : minutes == 60
                        ? "hourly"
                        : minutes >= 60
                                ? Numbers.significant(minutes / 60, 3) + "-hour"
                                : Numbers.significant(minutes, 3) + "-minute";
    }

    private static List<KeyFigure> keyFigures(BacktestRecord record) {
        PerformanceMetrics mine = record.metrics();
        PerformanceMetrics hold = record.benchmarkMetrics();
        BootstrapResult bootstrap = record.bootstrap();
        double year = record.periodsPerYear();
        double root = Math.sqrt(year);
        String label = record.benchmarkName() + " ";
        List<KeyFigure> cards = new ArrayList<>();
        if (record.isTooShortForYears()) {
            cards.add(KeyFigure.of("Figures of a year", "n/a", "the run is shorter than 30 days"));
            cards.add(percent("Return in all", Metric.TOTAL_RETURN, mine, hold, label));
        } else {
            cards.add(KeyFigure.number(
                    "Sharpe ratio a year",
                    whisker(bootstrap.sharpePerPeriod(), root),
                    label + Numbers.fixed(hold.sharpe(), 2)));
            cards.add(KeyFigure.percent(
                    "Mean return a year",
                    whisker(bootstrap.mean(), year),
                    label + Numbers.percent(hold.value(Metric.MEAN) * year, 1)));
            cards.add(percent("Growth a year", Metric.COMPOUND_ANNUAL_GROWTH, mine, hold, label));
        }
        cards.add(KeyFigure.of(
                "Deepest drawdown",
                Numbers.percent(record.drawdown().maximum(), 1),
                label + Numbers.percent(record.benchmarkDrawdown().maximum(), 1)));
        cards.add(KeyFigure.of(
                "Probability of a Sharpe ratio above 0",
                probability(ProbabilisticSharpe.of(record.returns()).probability(0)),
                "as if this were the only trial"));
        cards.add(KeyFigure.of("Break-even cost", multiple(record), breakEvenWords(record)));
        TradeMetrics trades = record.tradeMetrics();
        cards.add(KeyFigure.of(
                "Round trips",
                Numbers.fixed(record.trades().size(), 0),
                record.trades().isEmpty()
                        ? "none was finished"
                        : Numbers.percent(trades.value(TradeMetric.WIN_RATE), 0) + " gained"));
        cards.add(KeyFigure.of(
                "Exposure",
                Numbers.percent(record.activity().meanExposure(), 0),
                "in the market " + Numbers.percent(record.activity().timeInMarket(), 0) + " of the time"));
        return cards;
    }

    private static KeyFigure.Whisker whisker(BootstrapResult.Interval interval, double factor) {
        return new KeyFigure.Whisker(interval.low() * factor, interval.estimate() * factor, interval.high() * factor);
    }

    private static KeyFigure percent(
            String name, Metric metric, PerformanceMetrics mine, PerformanceMetrics hold, String label) {
        return KeyFigure.of(
                name, Numbers.percent(mine.value(metric), 1), label + Numbers.percent(hold.value(metric), 1));
    }

    private static String multiple(BacktestRecord record) {
        double value = record.breakEven();
        if (record.isOnlyRun()) {
            return "n/a";
        }
        return Double.isNaN(value) || isFree(record)
                ? "none"
                : Double.isInfinite(value) ? "> 10×" : Numbers.fixed(value, 2) + "×";
    }

    private static String breakEvenWords(BacktestRecord record) {
        if (record.isOnlyRun()) {
            return "it needs further runs, which were not made";
        }
        return isFree(record)
                ? "no costs were paid"
                : Double.isNaN(record.breakEven()) ? "nothing is earned even without costs" : "of the assumed costs";
    }

    private static boolean isFree(BacktestRecord record) {
        return record.result().totalFees() + record.result().slippageCost() == 0;
    }

    private static ReportSection performance(BacktestRecord record) {
        BootstrapResult bootstrap = record.bootstrap();
        return ReportSection.titled("Performance")
                .text(sentence(record))
                .figure(BacktestFigures.tearSheet(record))
                .figure(ResultFigures.distribution(record))
                .table(ReportTable.of("All metrics", BacktestTables.readable(BacktestTables.metrics(record)))
                        .folded())
                .table(ReportTable.of("Returns by length of period", BacktestTables.quantiles(record))
                        .format(
                                ReportTable.Format.PERCENT,
                                "worst",
                                "q05",
                                "q25",
                                "median",
                                "q75",
                                "q95",
                                "best",
                                "expected",
                                "winRate")
                        .folded())
                .note("Measured on " + Numbers.fixed(record.returns().length, 0) + " returns per "
                        + (record.periodsPerYear() == 365 ? "day" : "bar") + ", "
                        + Numbers.significant(record.periodsPerYear(), 4)
                        + " a year. Intervals: stationary bootstrap of 2,000 resamples with a mean block of "
                        + Numbers.significant(bootstrap.blockLength(), 3)
                        + " returns. They know nothing of how many strategies were tried before this one.");
    }

    private static String sentence(BacktestRecord record) {
        double cash = record.result().capital();
        String currency = record.result().currency();
        return Numbers.fixed(cash, 0) + " " + currency + " became "
                + Numbers.fixed(cash * (1 + record.totalReturn()), 0) + " " + currency + ", "
                + Numbers.percent(record.totalReturn(), 1) + " in all, after "
                + Numbers.fixed(record.result().totalFees(), 0) + " in fees and "
                + Numbers.fixed(record.result().slippageCost(), 0) + " in slippage" + others(record.result()) + ".";
    }

    /** Funding and haircuts, where there were any. */
    private static String others(BacktestResult result) {
        String haircut = result.haircutCost() == 0
                ? ""
                : ", " + Numbers.fixed(result.haircutCost(), 0) + " of haircuts on forced exits";
        double funding = result.fundingPaid();
        return haircut
                + (funding == 0
                        ? ""
                        : ", and " + Numbers.fixed(Math.abs(funding), 0) + " of funding "
                                + (funding > 0 ? "paid" : "received"));
    }

    private static ReportSection drawdowns(BacktestRecord record) {
        return ReportSection.titled("Worst drawdowns")
                .table(ReportTable.of("The deepest, by bar", BacktestTables.drawdowns(record, DRAWDOWNS_SHOWN))
                        .format(ReportTable.Format.PERCENT, "depth"))
                .note("Lengths count bars below the peak: up to the trough, after it, and in all. The capital at"
                        + " the start counts as a peak.");
    }

    private static ReportSection calendar(BacktestRecord record) {
        return ReportSection.titled("Month by month, year by year")
                .figure(Figures.monthlyReturns(record.curve()))
                .figure(ResultFigures.years(record));
    }

    private static ReportSection rolling(BacktestRecord record) {
        return ReportSection.titled("Risk over time").figure(ResultFigures.rolling(record));
    }

    private static ReportSection trades(BacktestRecord record) {
        ReportSection section = ReportSection.titled("Trades");
        if (record.fills().isEmpty()) {
            return section.text("Nothing was traded.");
        }
        return section.figure(BacktestFigures.price(record))
                .figure(BacktestFigures.excursions(record))
                .table(ReportTable.of("Largest gains and losses", BacktestTables.largestTrades(record, TRADES_SHOWN))
                        .format(ReportTable.Format.PERCENT, "returnFraction", "adverseFraction", "favourableFraction")
                        .format(
                                ReportTable.Format.MONEY,
                                "fees",
                                "slippage",
                                "funding",
                                "insurance",
                                "pnl",
                                "adverse",
                                "favourable")
                        .folded())
                .note(
                        "Excursions come from bars: all of the bars between entry and exit, of the bar of the entry only its"
                                + " close and of the bar of the exit only its open, unless the fill was at the open. They are"
                                + " never overstated.");
    }

    private static ReportSection split(BacktestRecord record) {
        return ReportSection.titled("What the profit is made of")
                .figure(ResultFigures.waterfall(record.split(), record.result().currency()))
                .table(ReportTable.of("By strategy and asset", BacktestTables.attribution(record))
                        .format(ReportTable.Format.MONEY, "price", "slippage", "fees", "funding", "insurance", "net"))
                .note(
                        "Price is what the positions would have earned at the reference prices of their fills. The parts sum"
                                + " to the change of equity to the last unit of 10⁻⁸. The table is in the currency in which each"
                                + " asset is settled.");
    }

    private static ReportSection breakdowns(BacktestRecord record) {
        ReportSection section = ReportSection.titled("By side, hour and weekday");
        if (record.result().strategies().size() > 1) {
            section.table(breakdown("By strategy", Breakdown.byStrategy(record.trades())));
        }
        section.table(breakdown("By side", Breakdown.bySide(record.trades())));
        if (!record.regimes().isEmpty()) {
            section.table(breakdown("By regime at the entry", BacktestTables.regimes(record)));
        }
        if (!record.trades().isEmpty() && record.data().barNanos() < 86_400_000_000_000L) {
            section.figure(
                    BacktestFigures.profits("Net profit by hour of entry, UTC", Breakdown.byHour(record.trades())));
        }
        if (!record.trades().isEmpty()) {
            section.figure(BacktestFigures.profits(
                    "Net profit by weekday of entry, UTC", Breakdown.byWeekday(record.trades())));
        }
        return section.table(breakdown("By asset", Breakdown.byAsset(record.trades()))
                        .folded())
                .note(
                        "Whoever looks at enough groups finds one that did well: these tables describe, they prove nothing.");
    }

    private static ReportTable breakdown(String caption, Tabular table) {
        return ReportTable.of(caption, table)
                .format(ReportTable.Format.PERCENT, "winRate", "meanReturn", "capitalWeightedReturn")
                .format(ReportTable.Format.MONEY, "netProfit", "fees", "slippage")
                .format(ReportTable.Format.FIXED_2, "profitFactor");
    }

    private static ReportSection costs(BacktestRecord record) {
        ReportSection section = ReportSection.titled("Costs");
        double linear = record.linearBreakEven();
        String words = Double.isNaN(linear)
                ? "Nothing is earned even without costs."
                : Double.isInfinite(linear)
                        ? "No costs were paid."
                        : "With the same trades, only dearer, nothing is left at " + Numbers.fixed(linear, 2)
                                + " times the costs.";
        if (record.costs().isEmpty()) {
            return section.text(words).note(record.whyNoCosts());
        }
        double breakEven = record.breakEven();
        String again = Double.isNaN(breakEven)
                ? ""
                : Double.isInfinite(breakEven)
                        ? " Run again, ten times the costs still leave something."
                        : " Run again, which also changes sizes, nothing is left at " + Numbers.fixed(breakEven, 2)
                                + " times.";
        return section.text(words + again)
                .figure(BacktestFigures.costs(record))
                .table(ReportTable.of("Costs", BacktestTables.costs(record))
                        .format(ReportTable.Format.PERCENT, "totalReturn", "maxDrawdown")
                        .format(ReportTable.Format.FIXED_2, "sharpe")
                        .format(ReportTable.Format.MONEY, "costsPaid"));
    }

    private static ReportSection capacity(BacktestRecord record) {
        return record.capacity()
                .map(curve -> CapacityReport.section(
                        curve, record.result().capital(), record.result().currency(), capacityLimits(curve)))
                .orElseGet(() -> ReportSection.titled("Capacity").text("n/a. " + record.whyNoCapacity()));
    }

    private static List<String> capacityLimits(CapacityCurve curve) {
        return curve.isOfRecordedFills()
                ? List.of(
                        "It was not run with each capital: that was not asked for, or its trades are the same at any.")
                : List.of("Limits, lots and cash are those of the run.");
    }

    private static ReportSection execution(BacktestRecord record) {
        ReportSection section =
                ReportSection.titled("What the simulation assumes").bullets(record.assumptions());
        section.text(ambiguity(record.ambiguity()));
        Tabular exceptions = BacktestTables.exceptions(record);
        if (record.result().exceptions().isEmpty()) {
            section.text("Every order was taken and filled; no position was closed without an order.");
        } else {
            section.table(ReportTable.of("Orders without a trade, and positions closed without an order", exceptions));
        }
        List<Issue> issues = record.issues();
        if (!issues.isEmpty()) {
            section.table(ReportTable.of("Data that could not be used as they are", BacktestTables.issues(record))
                    .format(ReportTable.Format.SENTENCE, "detail")
                    .first(ISSUES_SHOWN)
                    .folded());
        }
        return record.failures().isEmpty() ? section : section.bullets(record.failures());
    }

    private static ReportSection waterfall(BacktestRecord record) {
        return record.waterfall()
                .map(WaterfallReport::section)
                .orElseGet(() -> ReportSection.titled("From naive to honest").text(record.whyNoWaterfall()));
    }

    private static String ambiguity(BacktestRecord.Ambiguity found) {
        if (found.bars() == 0) {
            return "No bar allowed more than one order of fills: the order of prices inside bars does not matter here, and"
                    + " the pessimistic and the optimistic result are the one shown.";
        }
        String count = Numbers.fixed((double) found.bars(), 0) + (found.bars() == 1 ? " bar" : " bars");
        if (found.isUnknown()) {
            return count + " allowed several orders of fills; what the other orders would give was not run.";
        }
        String range = count + " allowed several orders of fills. With the worst first the"
                + " run returns " + Numbers.percent(found.pessimisticReturn(), 1) + ", with the best first "
                + Numbers.percent(found.optimisticReturn(), 1) + ".";
        return found.isDecidable() ? range : range + " The sign differs: bars cannot decide this.";
    }

    private static ReportSection provenance(BacktestRecord record, Statement statement) {
        ReportSection section = ReportSection.titled("Settings, data and how to run it again")
                .facts(record.settings())
                .table(ReportTable.of("Data", BacktestTables.data(record))
                        .format(ReportTable.Format.LABEL, "provenance"))
                .facts(statement.run());
        return statement.rerun().isEmpty()
                ? section
                : section.text("The same data, settings and seed give the same numbers bit for bit.")
                        .code(statement.rerun());
    }
}
