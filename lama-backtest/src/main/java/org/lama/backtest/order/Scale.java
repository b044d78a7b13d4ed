package org.lama.backtest.order;

import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Instrument;
import org.lama.core.market.Side;

/**
 * Converts the prices and quantities of one instrument: prices to ticks of 10^-priceDecimals, quantities to lots of
 * 10^-quantityDecimals, ticks times lots to money units of 10^-8. Immutable and thread-safe; every method is O(1) and
 * allocates nothing.
 *
 * @param priceDecimals 0 to 12
 * @param quantityDecimals 0 to 12
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Scale(int priceDecimals, int quantityDecimals) {
    private static final int FINEST = 12;
    /** What a 64-bit count must have room for beyond the start of a run. */
    private static final double ROOM = 1e5;

    private static final double LARGEST = 9.2e18;

    /**
     * Checks ranges.
     *
     * @param priceDecimals 0 to 12
     * @param quantityDecimals 0 to 12
     */
    public Scale {
        Check.inRange(priceDecimals, 0, 12, "priceDecimals");
        Check.inRange(quantityDecimals, 0, 12, "quantityDecimals");
    }

    /**
     * The scale that an instrument carries.
     *
     * @param instrument what is traded
     * @return its scale
     */
    public static Scale of(Instrument instrument) {
        return new Scale(instrument.priceDecimals(), instrument.quantityDecimals());
    }

    /**
     * A scale for data whose venue and tick are unknown, chosen so that at least six digits of the price and 10^9 of
     * equity fit: 12 and 0 decimals below a price of 10^-6, 12 and 4 below 0.01, 8 and 8 below 10^6, else 4 and 12.
     *
     * @param firstPrice the first price known of the instrument, above 0; later prices must not enter the choice
     * @return the scale
     */
    public static Scale forPrice(double firstPrice) {
        Check.positive(firstPrice, "firstPrice");
        if (firstPrice < 1e-2) {
            return new Scale(12, firstPrice < 1e-6 ? 0 : 4);
        }
        return firstPrice < 1e6 ? new Scale(8, 8) : new Scale(4, 12);
    }

    /**
     * The finest scale on which a hundred thousand times a price and a quantity still fit into 64 bits.
     *
     * @param firstPrice the first price known of the instrument, above 0; later prices must not enter the choice
     * @param quantity such as the whole capital buys at that price, above 0
     * @return at most 12 decimals each
     */
    public static Scale finest(double firstPrice, double quantity) {
        return new Scale(
                finest(Check.positive(firstPrice, "firstPrice")), finest(Check.positive(quantity, "quantity")));
    }

    private static int finest(double value) {
        int decimals = FINEST;
        while (decimals > 0 && value * ROOM * Math.pow(10, decimals) > LARGEST) {
            decimals--;
        }
        return decimals;
    }

    /**
     * The tick nearest to a price.
     *
     * @param price any number
     * @return ticks above 0, or -1 for what is no price here: NaN, infinite, zero, negative, below half a tick, too
     *     large
     */
    public long ticksOrMissing(double price) {
        if (!(price > 0) || !FixedPoint.fits(price, priceDecimals)) {
            return -1;
        }
        long ticks = FixedPoint.fromDouble(price, priceDecimals, Rounding.NEAREST);
        return ticks > 0 ? ticks : -1;
    }

    /**
     * The price of a fill in ticks, rounded against us: up for a buy, down for a sale.
     *
     * @param side direction
     * @param price slipped price, at least 0
     * @return ticks
     */
    public long adverseTicks(Side side, double price) {
        return FixedPoint.fromDouble(price, priceDecimals, side == Side.BUY ? Rounding.CEILING : Rounding.FLOOR);
    }

    /**
     * A price in quote currency.
     *
     * @param ticks price in ticks
     * @return ticks · 10^-priceDecimals
     */
    public double price(long ticks) {
        return FixedPoint.toDouble(ticks, priceDecimals);
    }

    /**
     * A quantity in lots, rounded towards zero.
     *
     * @param quantity base units, negative for short
     * @return lots
     * @throws ArithmeticException if the quantity does not fit
     */
    public long lots(double quantity) {
        return FixedPoint.fromDouble(quantity, quantityDecimals, Rounding.TOWARDS_ZERO);
    }

    /**
     * A quantity in base units.
     *
     * @param lots quantity in lots
     * @return lots · 10^-quantityDecimals
     */
    public double quantity(long lots) {
        return FixedPoint.toDouble(lots, quantityDecimals);
    }

    /**
     * What lots cost at a price, to the nearest 10^-8, ties to even.
     *
     * @param lots signed quantity
     * @param ticks price or difference of prices
     * @return money units with the sign of the product
     * @throws ArithmeticException if it exceeds 9.2e18 units, that is 92 billion
     */
    public long notionalUnits(long lots, long ticks) {
        return FixedPoint.multiply(lots, ticks, priceDecimals + quantityDecimals - FixedPoint.MONEY_DECIMALS);
    }
}
