package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Quantiles;
import org.lama.core.math.Sums;

/**
 * The figures by which a list of round trips (open to flat) is judged; each formula stands at its {@link TradeMetric}.
 * Without round trips all but the counts and sums are NaN; trips whose profit is not known, because a fee was in a currency
 * without a rate, are left out. Immutable and thread-safe. O(n log n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TradeMetrics implements Tabular {
    private final Map<TradeMetric, Double> values = new EnumMap<>(TradeMetric.class);

    private TradeMetrics() {}

    /**
     * The figures that need profits and costs alone; the others are NaN.
     *
     * @param netProfit net profit of each round trip after all costs, finite, in the order of the exits
     * @param cost costs of each round trip, finite; a rebate is negative
     * @return the figures
     */
    public static TradeMetrics of(double[] netProfit, double[] cost) {
        Moments.requireFinite(netProfit, "netProfit");
        Moments.requireFinite(cost, "cost");
        Check.that(
                cost.length == netProfit.length,
                "cost must have as many rows as netProfit=" + netProfit.length + ", got " + cost.length);
        TradeMetrics metrics = new TradeMetrics();
        metrics.putSums(netProfit, cost);
        metrics.putGainsAndLosses(netProfit);
        metrics.putStreaks(netProfit);
        return metrics;
    }

    /**
     * All figures.
     *
     * @param outcomes outcomes in the order of the exits
     * @return the figures
     */
    public static TradeMetrics of(List<TradeOutcome> outcomes) {
        List<TradeOutcome> trades = known(outcomes);
        TradeMetrics metrics = of(
                column(trades, t -> t.trip().pnl()),
                column(trades, t -> t.trip().fees() + t.trip().slippage()));
        if (!trades.isEmpty()) {
            metrics.putCapital(trades);
            metrics.putDurations(trades);
            metrics.putExcursions(trades);
        }
        return metrics;
    }

    /** The trips whose profit is known. */
    static List<TradeOutcome> known(List<TradeOutcome> outcomes) {
        return outcomes.stream()
                .filter(t -> Double.isFinite(t.trip().pnl()) && Double.isFinite(t.trip().fees()))
                .toList();
    }

    /**
     * One figure.
     *
     * @param metric which
     * @return its value in the unit that stands at the metric, NaN where it is not defined
     */
    public double value(TradeMetric metric) {
        return values.getOrDefault(metric, Double.NaN);
    }

    @Override
    public List<Column> columns() {
        List<TradeMetric> all = List.of(TradeMetric.values());
        return List.of(
                new Column("metric", all.stream().map(TradeMetric::key).toList()),
                new Column("value", all.stream().map(this::value).toList()));
    }

    private void putSums(double[] netProfit, double[] cost) {
        int n = netProfit.length;
        double net = Sums.neumaier(netProfit, 0, n);
        double costs = Sums.neumaier(cost, 0, n);
        Moments moments = Moments.of(netProfit);
        put(TradeMetric.ROUND_TRIPS, n);
        put(TradeMetric.NET_PROFIT, net);
        put(TradeMetric.TOTAL_COST, costs);
        put(TradeMetric.COST_SHARE, net + costs > 0 ? costs / (net + costs) : Double.NaN);
        put(TradeMetric.PROFIT_PER_TRADE, Ratios.of(net, n));
        put(TradeMetric.MEDIAN_PROFIT, Quantiles.of(netProfit, 0.5));
        put(TradeMetric.BEST_TRADE, Quantiles.of(netProfit, 1));
        put(TradeMetric.WORST_TRADE, Quantiles.of(netProfit, 0));
        put(TradeMetric.SYSTEM_QUALITY, moments.sharpe() * Math.sqrt(n));
    }

    private void putGainsAndLosses(double[] netProfit) {
        double gains = 0;
        double losses = 0;
        int wins = 0;
        int defeats = 0;
        for (double profit : netProfit) {
            if (profit > 0) {
                gains += profit;
                wins++;
            } else if (profit < 0) {
                losses -= profit;
                defeats++;
            }
        }
        double rate = Ratios.of(wins, wins + defeats);
        double payoff = Ratios.of(Ratios.of(gains, wins), Ratios.of(losses, defeats));
        put(TradeMetric.WIN_RATE, rate);
        put(TradeMetric.PROFIT_FACTOR, Ratios.of(gains, losses));
        put(TradeMetric.PAYOFF_RATIO, payoff);
        put(TradeMetric.KELLY, rate - Ratios.of(1 - rate, payoff));
    }

    private void putStreaks(double[] netProfit) {
        int up = 0;
        int down = 0;
        int longestUp = 0;
        int longestDown = 0;
        for (double profit : netProfit) {
            up = profit > 0 ? up + 1 : 0;
            down = profit < 0 ? down + 1 : 0;
            longestUp = Math.max(longestUp, up);
            longestDown = Math.max(longestDown, down);
        }
        put(TradeMetric.LONGEST_WINNING_STREAK, longestUp);
        put(TradeMetric.LONGEST_LOSING_STREAK, longestDown);
    }

    private void putCapital(List<TradeOutcome> trades) {
        double won = sum(trades, t -> t.trip().pnl() > 0 ? t.notional() : 0);
        double lost = sum(trades, t -> t.trip().pnl() < 0 ? t.notional() : 0);
        put(TradeMetric.MEAN_RETURN, mean(trades, TradeOutcome::returnFraction, t -> true));
        put(
                TradeMetric.CAPITAL_WEIGHTED_RETURN,
                Ratios.of(value(TradeMetric.NET_PROFIT), sum(trades, TradeOutcome::notional)));
        put(TradeMetric.CAPITAL_WEIGHTED_WIN_RATE, Ratios.of(won, won + lost));
        put(
                TradeMetric.MEAN_RISK_MULTIPLE,
                mean(trades, TradeOutcome::riskMultiple, t -> !Double.isNaN(t.riskMultiple())));
    }

    private void putDurations(List<TradeOutcome> trades) {
        put(TradeMetric.MEAN_HOURS, mean(trades, TradeOutcome::hours, t -> true));
        put(TradeMetric.MEDIAN_HOURS, Quantiles.of(column(trades, TradeOutcome::hours), 0.5));
        put(
                TradeMetric.MEAN_HOURS_WINNERS,
                mean(trades, TradeOutcome::hours, t -> t.trip().pnl() > 0));
        put(
                TradeMetric.MEAN_HOURS_LOSERS,
                mean(trades, TradeOutcome::hours, t -> t.trip().pnl() < 0));
    }

    private void putExcursions(List<TradeOutcome> trades) {
        List<TradeOutcome> known =
                trades.stream().filter(t -> !Double.isNaN(t.adverseFraction())).toList();
        double adverse = mean(known, TradeOutcome::adverseFraction, t -> true);
        double favourable = mean(known, TradeOutcome::favourableFraction, t -> true);
        put(TradeMetric.MEAN_ADVERSE, adverse);
        put(TradeMetric.MEAN_FAVOURABLE, favourable);
        put(TradeMetric.EDGE_RATIO, Ratios.of(favourable, Math.abs(adverse)));
        put(
                TradeMetric.EXIT_EFFICIENCY,
                Ratios.of(sum(known, TradeOutcome::grossProfit), sum(known, TradeOutcome::favourable)));
    }

    private static double[] column(List<TradeOutcome> trades, ToDoubleFunction<TradeOutcome> reader) {
        return trades.stream().mapToDouble(reader).toArray();
    }

    private static double sum(List<TradeOutcome> trades, ToDoubleFunction<TradeOutcome> reader) {
        return Sums.neumaier(column(trades, reader), 0, trades.size());
    }

    private static double mean(
            List<TradeOutcome> trades, ToDoubleFunction<TradeOutcome> reader, Predicate<TradeOutcome> chosen) {
        double[] x = trades.stream().filter(chosen).mapToDouble(reader).toArray();
        return Ratios.of(Arrays.stream(x).sum(), x.length);
    }

    private void put(TradeMetric metric, double value) {
        values.put(metric, value);
    }
}
