package org.lama.backtest.risk;

import org.lama.core.base.Api;

/**
 * Why the gate let an order through or not.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum Denial {
    /** The order may go out. */
    NONE,
    /** Trading is halted. */
    HALTED,
    /** Only exposure may be reduced, and this order does not. */
    REDUCING,
    /** Too many orders within a second or a minute. */
    ORDER_RATE,
    /** Too many orders are open. */
    OPEN_ORDERS,
    /** The price is too far from the reference. */
    PRICE_COLLAR,
    /** The reference price is unknown or too old to judge a price by. */
    STALE_REFERENCE;

    /**
     * Whether the order may go out.
     *
     * @return true for {@link #NONE}
     */
    public boolean admitted() {
        return this == NONE;
    }
}
