package org.lama.core.market;

import org.lama.core.base.Api;

/**
 * What a fill costs: the one contract that engine, training environments and reports share. Slippage moves the price
 * against us; commission is a fraction of the slipped notional, per fill and side. Implementations are immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface CostModel {
    /**
     * The price we get.
     *
     * @param side direction of the fill
     * @param price reference price, above 0
     * @return price after slippage: not below the reference for a buy, not above it for a sale
     */
    double slippedPrice(Side side, double price);

    /**
     * The fee of a fill.
     *
     * @param notional slipped price times quantity, at least 0, in quote currency
     * @return the fee in quote currency, at least 0
     */
    double commission(double notional);

    /**
     * The same model with all its costs multiplied.
     *
     * @param multiple at least 0; 1 changes nothing
     * @return a new model
     */
    CostModel scaled(double multiple);

    /**
     * What the model assumes, in one line for reports.
     *
     * @return for example {@code commission 0.10 %, slippage 0.05 % per fill and side}
     */
    String describe();
}
