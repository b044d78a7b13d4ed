package org.lama.backtest.execution;

import org.lama.backtest.order.OrderNormaliser;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;
import org.lama.core.market.Side;

/**
 * The price of a fill that takes liquidity: the matched price moved against us by the cost model's slippage, then rounded
 * against us to a step of the venue. Immutable and thread-safe if the cost model is; O(1), allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FillPricing {
    private final CostModel cost;
    private final OrderNormaliser rules;

    /**
     * Pricing of one instrument.
     *
     * @param cost slippage
     * @param rules decimals and steps of the instrument
     */
    public FillPricing(CostModel cost, OrderNormaliser rules) {
        this.cost = Check.notNull(cost, "cost");
        this.rules = Check.notNull(rules, "rules");
    }

    /**
     * The price of a fill.
     *
     * @param side direction
     * @param referenceTicks price before slippage, above 0
     * @param participation notional of the fill over the traded value of the last 24 hours; NaN where unknown
     * @param spread relative bid-ask spread; NaN where unknown
     * @param volatilityDay standard deviation of daily returns; NaN where unknown
     * @return ticks, not better than the reference and at least 0
     */
    public long takerTicks(Side side, long referenceTicks, double participation, double spread, double volatilityDay) {
        double slippage = cost.slippage(participation, spread, volatilityDay);
        double price = rules.scale().price(referenceTicks) * (1 + side.sign() * slippage);
        long slipped = rules.adverseTicks(side, Math.max(0, price));
        return side == Side.BUY ? Math.max(slipped, referenceTicks) : Math.max(0, Math.min(slipped, referenceTicks));
    }
}
