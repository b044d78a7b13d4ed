package org.lama.backtest.analytics;

import org.lama.core.base.Api;

/**
 * The figures of {@link TradeMetrics}, in the order in which they are printed. Money is in quote currency. A ratio whose
 * denominator is 0 is NaN, and so is every figure whose inputs are not known.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum TradeMetric {
    /** Number of round trips. */
    ROUND_TRIPS("roundTrips"),
    /** Sum of the net profits. */
    NET_PROFIT("netProfit"),
    /** Sum of the costs, fees and slippage. */
    TOTAL_COST("totalCost"),
    /** Total cost / gross profit, where gross profit = net profit + total cost; NaN if that is not above 0. */
    COST_SHARE("costShare"),
    /** Share with a net profit above 0 among those other than 0. */
    WIN_RATE("winRate"),
    /** Mean net profit. */
    PROFIT_PER_TRADE("profitPerTrade"),
    /** Median net profit. */
    MEDIAN_PROFIT("medianProfit"),
    /** Largest net profit. */
    BEST_TRADE("bestTrade"),
    /** Smallest net profit. */
    WORST_TRADE("worstTrade"),
    /** Sum of net profits above 0 / sum of net losses. */
    PROFIT_FACTOR("profitFactor"),
    /** Mean net profit of the winners / mean net loss of the losers. */
    PAYOFF_RATIO("payoffRatio"),
    /** Win rate - (1 - win rate) / payoff ratio (Kelly 1956); fraction of capital. */
    KELLY("kelly"),
    /** Mean net profit / standard deviation with n - 1 · √n (Tharp's system quality): the t value of the mean. */
    SYSTEM_QUALITY("systemQuality"),
    /** Most round trips in a row with a net profit. */
    LONGEST_WINNING_STREAK("longestWinningStreak"),
    /** Most round trips in a row with a net loss. */
    LONGEST_LOSING_STREAK("longestLosingStreak"),
    /** Mean of net profit / capital put in, every trip alike; fraction. */
    MEAN_RETURN("meanReturn"),
    /** Sum of net profits / sum of capital put in: large trips count more; fraction. */
    CAPITAL_WEIGHTED_RETURN("capitalWeightedReturn"),
    /** Capital put into winners / capital put into winners and losers. */
    CAPITAL_WEIGHTED_WIN_RATE("capitalWeightedWinRate"),
    /** Mean time from entry to exit; hours. */
    MEAN_HOURS("meanHours"),
    /** Median time from entry to exit; hours. */
    MEDIAN_HOURS("medianHours"),
    /** Mean time of the winners; hours. */
    MEAN_HOURS_WINNERS("meanHoursWinners"),
    /** Mean time of the losers; hours. */
    MEAN_HOURS_LOSERS("meanHoursLosers"),
    /** Mean of the largest loss on the way; fraction of the capital put in, at most 0. */
    MEAN_ADVERSE("meanAdverse"),
    /** Mean of the largest gain on the way; fraction of the capital put in, at least 0. */
    MEAN_FAVOURABLE("meanFavourable"),
    /** Mean favourable / |mean adverse|: above 1 the entries lean the right way (Faith 2007, without his scaling). */
    EDGE_RATIO("edgeRatio"),
    /** Sum of gross profits / sum of the largest gains on the way: how much of the gain the exits kept. */
    EXIT_EFFICIENCY("exitEfficiency"),
    /** Mean of net profit over risk to the stop, over the trips with a known stop. */
    MEAN_RISK_MULTIPLE("meanRiskMultiple");

    private final String key;

    TradeMetric(String key) {
        this.key = key;
    }

    /**
     * The name of the figure in files.
     *
     * @return a name in camel case
     */
    public String key() {
        return key;
    }
}
