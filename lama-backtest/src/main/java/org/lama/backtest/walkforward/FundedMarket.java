package org.lama.backtest.walkforward;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.lama.backtest.engine.Market;
import org.lama.backtest.strategies.FundingColumn;
import org.lama.core.base.Api;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;

/**
 * Funding that stands beside the bars of perpetuals, as payments of a market: each at the close of its row. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FundedMarket {
    private FundedMarket() {}

    /**
     * Adds the rates of a column of funding ({@link FundingColumn}) for every symbol that has one. O(rows).
     *
     * @param market takes the streams
     * @param data bars
     * @param isFunded for which symbols
     */
    public static void addTo(Market.Builder market, MarketData data, Predicate<String> isFunded) {
        for (Frame frame : data.frames()) {
            Optional<String> funding = FundingColumn.of(frame);
            if (funding.isPresent() && isFunded.test(frame.symbol())) {
                double[] rates = frame.column(funding.get()).toArray();
                long[] times = new long[rates.length];
                double[] kept = new double[rates.length];
                int count = 0;
                for (int i = 0; i < rates.length; i++) {
                    if (Double.isFinite(rates[i])) {
                        times[count] = frame.availableAt(i);
                        kept[count++] = rates[i];
                    }
                }
                market.funding(frame.symbol(), Arrays.copyOf(times, count), Arrays.copyOf(kept, count));
            }
        }
    }

    /** The bars of a study, with their funding where it trades perpetuals. */
    static Market of(MarketData data, boolean perpetual) {
        Market.Builder market = Market.builder(data);
        if (perpetual) {
            addTo(market, data, symbol -> true);
        }
        return market.build();
    }
}
