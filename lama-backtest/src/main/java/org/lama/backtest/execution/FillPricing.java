package org.lama.backtest.execution;

import org.lama.backtest.order.OrderNormaliser;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;
import org.lama.core.market.Side;

/**
 * The price of a fill that takes liquidity: the matched price moved against us by the cost model's slippage, then rounded
 * against us to a step of the venue. The slippage of a model has no bound, a price has: a purchase costs at most {@value
 * #MOST_TIMES} times the matched price, and a sale brings at least that part of it, so that sales keep a price above 0 and
 * money fits its 64 bits. Immutable and thread-safe if the cost model is; O(1), allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FillPricing {
    /** How far a price moves at most, upwards for purchases and downwards for sales. */
    public static final double MOST_TIMES = 10;

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
     * Whether an order that takes liquidity has a price at all: it has none where its size matters and nothing was traded for
     * a day, so that it must wait. A position that the venue closes does not ask.
     *
     * @param tradedValueDay traded value of the last 24 hours; NaN where unknown
     * @param volatilityDay standard deviation of daily returns; NaN where unknown
     * @return false if it must wait
     */
    public boolean hasPrice(double tradedValueDay, double volatilityDay) {
        return tradedValueDay != 0
                || cost.slippage(Double.POSITIVE_INFINITY, Double.NaN, volatilityDay) < Double.POSITIVE_INFINITY;
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
        double times = side == Side.BUY ? Math.min(1 + slippage, MOST_TIMES) : Math.max(1 - slippage, 1 / MOST_TIMES);
        long slipped = rules.adverseTicks(side, rules.scale().price(referenceTicks) * times);
        return side == Side.BUY ? Math.max(slipped, referenceTicks) : Math.max(0, Math.min(slipped, referenceTicks));
    }
}
