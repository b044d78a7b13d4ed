package org.lama.backtest.sweep;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Capital and flat costs of the fast path: all capital goes in at each entry and comes out at each exit.
 *
 * @param cash capital at the start, above 0
 * @param commission fraction of the slipped notional of each fill, in [0, 1)
 * @param slippage fraction of the price of each fill, in [0, 1)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RuleCosts(double cash, double commission, double slippage) {
    /**
     * Checks ranges.
     *
     * @param cash capital at the start, above 0
     * @param commission fraction of the slipped notional of each fill, in [0, 1)
     * @param slippage fraction of the price of each fill, in [0, 1)
     */
    public RuleCosts {
        Check.positive(cash, "cash");
        Check.that(commission >= 0 && commission < 1, "commission must be in [0, 1), got " + commission);
        Check.that(slippage >= 0 && slippage < 1, "slippage must be in [0, 1), got " + slippage);
    }
}
