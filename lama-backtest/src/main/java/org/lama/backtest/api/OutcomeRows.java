package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.MetricsTable;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.Scale;
import org.lama.backtest.report.BacktestRecord;
import org.lama.core.data.MarketData;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** What the engine found, as plain values to keep. */
final class OutcomeRows {
    /** Multiple of the costs at which nothing is left; infinite beyond ten. */
    static final String BREAK_EVEN = "breakEvenCost";

    /** Why that is not known. */
    static final String NOTHING_EARNED = "nothing is earned even without costs";

    static final String NO_COSTS = "no costs were paid";
    static final String ABOVE_TEN = "more than 10 times the costs are borne";
    static final String NO_FURTHER_RUNS = "it needs further runs, which were not made";
    /** Why there are no figures of a year. */
    static final String TOO_SHORT = "the run is shorter than 30 days, too short for figures of a year";

    private static final List<String> OF_A_YEAR = List.of("sharpe", "sortino", "cagr", "calmar", "volatilityAnnual");
    private static final double MONEY_UNITS = 1e8;

    private OutcomeRows() {}

    /** The figures of a strategy. */
    static Map<String, Double> metrics(BacktestRecord record) {
        Map<String, Double> metrics = figures(record, record.returns(), record.drawdown());
        addActivity(metrics, record.result());
        metrics.put(BREAK_EVEN, record.breakEven());
        return metrics;
    }

    /** Why figures are undefined where more than one reason is possible. */
    static Map<String, String> reasons(BacktestRecord record) {
        Map<String, String> reasons = new LinkedHashMap<>();
        if (record.isTooShortForYears()) {
            OF_A_YEAR.forEach(name -> reasons.put(name, TOO_SHORT));
        }
        double breakEven = record.breakEven();
        if (record.isOnlyRun()) {
            reasons.put(BREAK_EVEN, NO_FURTHER_RUNS);
        } else if (!Double.isFinite(breakEven)) {
            boolean free = record.result().totalFees() + record.result().slippageCost() == 0;
            reasons.put(BREAK_EVEN, Double.isNaN(breakEven) ? NOTHING_EARNED : free ? NO_COSTS : ABOVE_TEN);
        }
        return reasons;
    }

    /** Those of buy and hold. */
    static Map<String, Double> benchmark(BacktestRecord record) {
        return figures(record, record.benchmarkReturns(), record.benchmarkDrawdown());
    }

    /** The figures under the names of the command line, and beside them the numbers that explain them. */
    private static Map<String, Double> figures(BacktestRecord record, double[] returns, Drawdown drawdown) {
        double periodsPerYear = record.periodsPerYear();
        Map<String, Double> values =
                new LinkedHashMap<>(MetricsTable.of(returns, periodsPerYear).values());
        // a drawdown inside a day is one too
        double deepest = drawdown.maximum();
        values.put("maxDrawdown", deepest);
        values.put("ulcerIndex", drawdown.ulcerIndex());
        values.put("calmar", deepest < 0 ? values.getOrDefault("cagr", Double.NaN) / -deepest : Double.NaN);
        PerformanceMetrics all = PerformanceMetrics.of(returns, periodsPerYear);
        values.put("totalReturn", all.value(Metric.TOTAL_RETURN));
        values.put("volatilityAnnual", all.value(Metric.VOLATILITY_ANNUAL));
        values.put("sharpePerPeriod", all.value(Metric.SHARPE_PER_PERIOD));
        values.put("periods", (double) returns.length);
        values.put("periodsPerYear", periodsPerYear);
        if (record.isTooShortForYears()) {
            OF_A_YEAR.forEach(name -> values.put(name, Double.NaN));
        }
        return values;
    }

    private static void addActivity(Map<String, Double> metrics, BacktestResult result) {
        List<RoundTrip> trips = result.roundTrips();
        long won = trips.stream().filter(trip -> trip.pnl() > 0).count();
        double exposure = 0;
        for (double each : result.exposure()) {
            exposure += each;
        }
        metrics.put("trades", (double) trips.size());
        metrics.put("tradesWon", trips.isEmpty() ? Double.NaN : won / (double) trips.size());
        metrics.put("turnover", result.turnover());
        metrics.put("exposure", exposure / Math.max(1, result.exposure().length));
    }

    static Map<String, Double> costs(BacktestResult result) {
        Map<String, Double> costs = new LinkedHashMap<>();
        costs.put("fees", result.totalFees());
        costs.put("slippage", result.slippageCost());
        costs.put("haircut", result.haircutCost());
        costs.put("funding", result.fundingPaid());
        costs.put("traded", result.tradedNotional());
        return costs;
    }

    static String worst(MarketData data) {
        return data.frames().stream()
                .map(frame -> frame.provenance().kind())
                .max(Comparator.naturalOrder())
                .orElse(Provenance.Kind.HISTORICAL)
                .name();
    }

    static List<BacktestOutcome.SeriesRow> series(MarketData data) {
        List<BacktestOutcome.SeriesRow> rows = new ArrayList<>();
        for (Frame frame : data.frames()) {
            rows.add(new BacktestOutcome.SeriesRow(
                    frame.symbol(),
                    frame.provenance().source(),
                    frame.provenance().sha256(),
                    frame.provenance().kind().name(),
                    frame.provenance().note(),
                    frame.size(),
                    frame.size() == 0 ? 0 : frame.index().at(0),
                    frame.size() == 0 ? 0 : frame.availableAt(frame.size() - 1)));
        }
        return rows;
    }

    static List<BacktestOutcome.Trade> trades(BacktestResult result) {
        return result.roundTrips().stream()
                .map(trip -> new BacktestOutcome.Trade(
                        trip.symbol(),
                        trip.side() == Side.BUY ? "LONG" : "SHORT",
                        trip.entryNanos(),
                        trip.exitNanos(),
                        trip.entryPrice(),
                        trip.exitPrice(),
                        trip.quantity(),
                        trip.fees(),
                        trip.slippage(),
                        trip.pnl(),
                        rounded(trip.pnl() + trip.fees() + trip.slippage() + trip.funding() - trip.insurance()),
                        trip.funding(),
                        trip.insurance()))
                .toList();
    }

    /** To the unit of money, which sums of several parts miss by their noise; NaN stays. */
    private static double rounded(double amount) {
        return Math.rint(amount * MONEY_UNITS) / MONEY_UNITS;
    }

    static List<BacktestOutcome.FillRow> fills(BacktestResult result) {
        List<Scale> scales = result.contracts().stream()
                .map(contract -> Scale.of(contract.instrument()))
                .toList();
        List<BacktestOutcome.FillRow> rows = new ArrayList<>();
        for (Fill fill : result.fills()) {
            Scale scale = scales.get(fill.symbol());
            rows.add(new BacktestOutcome.FillRow(
                    fill.tsNanos(),
                    result.symbols().get(fill.symbol()),
                    fill.side().name(),
                    scale.price(fill.priceTicks()),
                    scale.quantity(fill.lots()),
                    money(fill.feeUnits())));
        }
        return rows;
    }

    /** What each of several strategies made of its share; empty for one. */
    static List<BacktestOutcome.StrategyRow> strategies(BacktestResult result) {
        List<BacktestOutcome.StrategyRow> rows = new ArrayList<>();
        for (String name : result.strategies().size() > 1 ? result.strategies() : List.<String>of()) {
            BacktestResult.Profit profit = result.profit(name);
            double end = money(result.endEquityUnits(name));
            rows.add(new BacktestOutcome.StrategyRow(
                    name,
                    end - profit.total(),
                    end,
                    profit.price(),
                    profit.slippage(),
                    profit.haircut(),
                    profit.fees(),
                    profit.funding(),
                    profit.rest(),
                    result.fills(name).size()));
        }
        return rows;
    }

    static Map<String, Integer> events(BacktestResult result, boolean outgrown, Map<String, Integer> unsized) {
        Map<String, Integer> counts = new TreeMap<>(unsized);
        for (OrderEvent event : result.exceptions()) {
            String what = what(event);
            if (!what.isEmpty()) {
                counts.merge(what, 1, Integer::sum);
            }
        }
        result.failures().forEach(failure -> counts.merge("failed: " + failure.getMessage(), 1, Integer::sum));
        if (outgrown) {
            counts.put("fractional quantities grew too large, traded in lots", 1);
        }
        if (result.ambiguousBars() > 0) {
            counts.put("ambiguous bars", (int) Math.min(Integer.MAX_VALUE, result.ambiguousBars()));
        }
        return counts;
    }

    /** What an event is counted as; empty if it is not. */
    private static String what(OrderEvent event) {
        if (event instanceof OrderEvent.Rejected rejected) {
            return "rejected " + rejected.reason() + (rejected.detail().isEmpty() ? "" : ": " + rejected.detail());
        }
        return event instanceof OrderEvent.Forced forced ? "forced " + forced.reason() : "";
    }

    /** Where and when what is counted happened first, by the names of the counts. */
    static Map<String, String> firsts(BacktestResult result) {
        Map<String, String> firsts = new TreeMap<>();
        for (OrderEvent event : result.exceptions()) {
            String what = what(event);
            if (!what.isEmpty()) {
                firsts.putIfAbsent(what, place(event, result));
            }
        }
        return firsts;
    }

    private static String place(OrderEvent event, BacktestResult result) {
        return result.symbols().get(event.symbol()) + " at " + TimeIndex.instant(event.tsNanos())
                + (event.orderId() == OrderEvent.NO_ORDER ? "" : ", order " + event.orderId());
    }

    static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
