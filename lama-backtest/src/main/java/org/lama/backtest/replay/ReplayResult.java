package org.lama.backtest.replay;

import java.util.List;
import org.lama.core.base.Api;

/**
 * What came of a replay. Immutable.
 *
 * @param cash money at the start, in quote currency
 * @param markets what came of each market, in the order in which they were given
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ReplayResult(double cash, List<MarketResult> markets) {
    /**
     * Copies the list.
     *
     * @param cash money at the start, in quote currency
     * @param markets what came of each market, in the order in which they were given
     */
    public ReplayResult {
        markets = List.copyOf(markets);
    }

    /**
     * What came of one market.
     *
     * @param instrument its place in the list
     * @return its figures
     */
    public MarketResult market(int instrument) {
        return markets.get(instrument);
    }

    /**
     * Profit of all markets at their last mid prices, less fees.
     *
     * @return in quote currency; NaN if a position is held whose last mid is unknown
     */
    public double profit() {
        double sum = 0;
        for (MarketResult market : markets) {
            sum += market.profit();
        }
        return sum;
    }

    /**
     * Money at the start and profit.
     *
     * @return in quote currency; NaN as {@link #profit}
     */
    public double equity() {
        return cash + profit();
    }
}
