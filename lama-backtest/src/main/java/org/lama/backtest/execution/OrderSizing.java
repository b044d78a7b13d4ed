package org.lama.backtest.execution;

import org.lama.core.base.Api;

/**
 * When a target weight becomes a quantity. Enum, thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum OrderSizing {
    /** At the decision: weight · equity / last close, as an order in base units that is known before the fill. */
    AT_DECISION,
    /**
     * At the fill: weight · equity of the decision / fill price, as an order for an amount of quote currency. A weight
     * of 1 from a flat position spends all cash, fee included.
     */
    AT_FILL,
    /**
     * At the fill, of the equity that all positions have at the opens at which it fills: weight · equity / (purchase price
     * · (1 + fee)), the purchase price slipped whichever side fills. What a fund that rebalances at an auction does.
     */
    AT_OPEN
}
