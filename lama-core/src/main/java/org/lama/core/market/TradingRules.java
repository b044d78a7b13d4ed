package org.lama.core.market;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a venue asks of an order: steps of price and quantity and the smallest and largest sizes. Immutable.
 *
 * @param tickSize step of the price in quote currency, above 0; or 0 for none beyond the instrument's decimals
 * @param lotSize step of the quantity in base units or contracts, above 0; or 0 for none beyond the decimals
 * @param minQuantity smallest quantity of an order, at least 0
 * @param maxQuantity largest quantity of an order, above {@code minQuantity}; may be infinite
 * @param minNotional smallest value of an order in quote currency, at least 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TradingRules(
        double tickSize, double lotSize, double minQuantity, double maxQuantity, double minNotional) {
    /** No rule beyond the decimals of the instrument. */
    public static final TradingRules NONE = new TradingRules(0, 0, 0, Double.POSITIVE_INFINITY, 0);

    /**
     * Checks ranges.
     *
     * @param tickSize step of the price in quote currency, above 0; or 0 for none beyond the instrument's decimals
     * @param lotSize step of the quantity in base units or contracts, above 0; or 0 for none beyond the decimals
     * @param minQuantity smallest quantity of an order, at least 0
     * @param maxQuantity largest quantity of an order, above {@code minQuantity}; may be infinite
     * @param minNotional smallest value of an order in quote currency, at least 0
     */
    public TradingRules {
        Check.notNegative(tickSize, "tickSize");
        Check.notNegative(lotSize, "lotSize");
        Check.notNegative(minQuantity, "minQuantity");
        Check.notNegative(minNotional, "minNotional");
        Check.that(
                maxQuantity > minQuantity, "maxQuantity must be > minQuantity=" + minQuantity + ", got " + maxQuantity);
    }
}
