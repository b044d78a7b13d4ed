package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.ConcentratedLiquidity;
import org.lama.core.features.ConstantProduct;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * What buying the base of a stored pool for some amount of quote cost, without the pool's fee: the mean price over the price
 * before, less 1. A pool with {@code reserve_quote} is one of constant product, where that is exact. Of one with concentrated
 * liquidity only the active range is known: a swap that leaves it costs at least {@code atLeast}, and {@code ifContinued} if
 * the liquidity went on beyond; no bound. States of which a number is missing do not count.
 *
 * @param notional size of the swap in quote
 * @param states how many states of the pool could be used
 * @param exact in how many of them the swap stays within the range
 * @param atLeast of the last state; NaN without any
 * @param ifContinued of the last state; NaN without any
 * @param median of {@code ifContinued} over all states; NaN without any
 * @param worst largest {@code ifContinued} over all states; NaN without any
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record PoolSlippage(
        double notional, int states, int exact, double atLeast, double ifContinued, double median, double worst) {
    /**
     * Computes it over the states of a pool. O(states log states), which are held in memory.
     *
     * @param store where the pool's series is
     * @param query the series and its range
     * @param terms what the integers of the chain mean; empty for a pool of constant product
     * @param notional size of the swap in quote, above 0
     * @return the slippage
     * @throws IOException if the store cannot be read
     */
    public static PoolSlippage of(
            MarketStore store, MarketStore.Query query, Optional<PoolColumns.Terms> terms, double notional)
            throws IOException {
        Check.positive(notional, "notional");
        return terms.isPresent()
                ? concentrated(PoolColumns.states(store, query, terms.get()), notional)
                : constant(store, query, notional);
    }

    private static PoolSlippage constant(MarketStore store, MarketStore.Query query, double notional)
            throws IOException {
        Check.that(query.key().kind() == RecordKind.POOLS, "the series must be one of a pool, got " + query.key());
        ParquetTable rows = store.read(query);
        Check.that(
                rows.names().contains("reserve_quote"),
                query.key() + " has no column reserve_quote; a pool with concentrated liquidity needs its terms");
        double[] costs = Arrays.stream(rows.doubles("reserve_quote"))
                .map(reserve -> ConstantProduct.slippage(reserve, notional))
                .filter(cost -> cost >= 0)
                .toArray();
        double last = costs.length == 0 ? Double.NaN : costs[costs.length - 1];
        return of(notional, costs, costs.length, last);
    }

    private static PoolSlippage concentrated(PoolColumns.States states, double notional) {
        double[] costs = new double[states.times().length];
        int count = 0;
        int exact = 0;
        double atLeast = Double.NaN;
        for (int i = 0; i < costs.length; i++) {
            double quote = states.quote()[i];
            double base = states.base()[i];
            double liquidity = Math.sqrt(quote * base);
            double root = Math.sqrt(quote / base) + states.range()[i] / liquidity;
            ConcentratedLiquidity.Bounds bounds =
                    ConcentratedLiquidity.slippage(liquidity, quote / base, root * root, notional);
            if (bounds.ifContinued() >= 0) {
                costs[count++] = bounds.ifContinued();
                exact += bounds.exact() ? 1 : 0;
                atLeast = bounds.atLeast();
            }
        }
        return of(notional, Arrays.copyOf(costs, count), exact, atLeast);
    }

    private static PoolSlippage of(double notional, double[] costs, int exact, double atLeast) {
        int n = costs.length;
        if (n == 0) {
            return new PoolSlippage(notional, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = costs.clone();
        Arrays.sort(sorted);
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new PoolSlippage(notional, n, exact, atLeast, costs[n - 1], median, sorted[n - 1]);
    }
}
