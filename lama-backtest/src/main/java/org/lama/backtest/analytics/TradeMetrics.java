package org.lama.backtest.analytics;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Quantiles;
import org.lama.core.math.Sums;

/**
 * The figures of a list of round trips (open to flat), in the currency of the account. A ratio whose denominator is 0 is
 * NaN; without round trips all but the counts and sums are NaN. Immutable and thread-safe.
 *
 * @param roundTrips number of round trips
 * @param winRate share of round trips with a net profit above 0 among those other than 0
 * @param netProfit sum of the net profits
 * @param totalCost sum of the costs, commissions and slippage
 * @param profitPerTrade mean net profit of a round trip
 * @param medianProfit median net profit of a round trip
 * @param profitFactor sum of net profits above 0 / sum of net losses
 * @param payoffRatio mean net profit of the winners / mean net loss of the losers
 * @param costShare total cost / gross profit, where gross profit = net profit + total cost; NaN if that is not above 0
 * @param longestLosingStreak most round trips in a row with a net loss
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record TradeMetrics(
        int roundTrips,
        double winRate,
        double netProfit,
        double totalCost,
        double profitPerTrade,
        double medianProfit,
        double profitFactor,
        double payoffRatio,
        double costShare,
        int longestLosingStreak)
        implements Tabular {

    /**
     * The figures of round trips in the order of their exit. O(n log n).
     *
     * @param netProfit net profit of each round trip after all costs, finite
     * @param cost costs of each round trip, finite; a rebate is negative
     * @return the figures
     */
    public static TradeMetrics of(double[] netProfit, double[] cost) {
        Moments.requireFinite(netProfit, "netProfit");
        Moments.requireFinite(cost, "cost");
        int n = netProfit.length;
        Check.that(cost.length == n, "cost must have as many rows as netProfit=" + n + ", got " + cost.length);
        double gains = 0;
        double losses = 0;
        int wins = 0;
        int defeats = 0;
        int streak = 0;
        int longest = 0;
        for (double profit : netProfit) {
            if (profit > 0) {
                gains += profit;
                wins++;
            } else if (profit < 0) {
                losses -= profit;
                defeats++;
            }
            streak = profit < 0 ? streak + 1 : 0;
            longest = Math.max(longest, streak);
        }
        double net = Sums.neumaier(netProfit, 0, n);
        double costs = Sums.neumaier(cost, 0, n);
        return new TradeMetrics(
                n,
                Ratios.of(wins, wins + defeats),
                net,
                costs,
                Ratios.of(net, n),
                Quantiles.of(netProfit, 0.5),
                Ratios.of(gains, losses),
                Ratios.of(Ratios.of(gains, wins), Ratios.of(losses, defeats)),
                net + costs > 0 ? costs / (net + costs) : Double.NaN,
                longest);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "metric",
                        List.of(
                                "roundTrips",
                                "winRate",
                                "netProfit",
                                "totalCost",
                                "profitPerTrade",
                                "medianProfit",
                                "profitFactor",
                                "payoffRatio",
                                "costShare",
                                "longestLosingStreak")),
                new Column(
                        "value",
                        List.of(
                                (double) roundTrips,
                                winRate,
                                netProfit,
                                totalCost,
                                profitPerTrade,
                                medianProfit,
                                profitFactor,
                                payoffRatio,
                                costShare,
                                (double) longestLosingStreak)));
    }
}
