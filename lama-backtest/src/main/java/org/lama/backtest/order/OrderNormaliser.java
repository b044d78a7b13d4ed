package org.lama.backtest.order;

import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

/**
 * The one place where the rules of a venue meet an order: price step, quantity step, smallest and largest quantity,
 * smallest value, decimals. Prices go to the side that cannot hurt: all prices of a buy down, all prices of a sale up. So
 * a limit never becomes worse than asked, a stop fires no later than asked and a take-profit asks no less. Quantities go
 * towards zero. Immutable and thread-safe; every method is O(1), and those with primitive results allocate nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OrderNormaliser {
    /** A step may miss a whole number of units by this share of itself: it was written in decimals. */
    private static final double STEP_NOISE = 1e-9;

    private final Scale scale;
    private final TradingRules rules;
    private final double contractSize;
    private final boolean inverse;
    private final long tickStep;
    private final long lotStep;

    private OrderNormaliser(Scale scale, TradingRules rules, double contractSize, boolean inverse) {
        this.scale = Check.notNull(scale, "scale");
        this.rules = Check.notNull(rules, "rules");
        this.contractSize = contractSize;
        this.inverse = inverse;
        tickStep = step(rules.tickSize(), scale.priceDecimals(), "tickSize");
        lotStep = step(rules.lotSize(), scale.quantityDecimals(), "lotSize");
    }

    /**
     * The rules of a contract.
     *
     * @param contract what is traded
     * @return its normaliser
     * @throws IllegalArgumentException if a step of the venue is no multiple of the instrument's decimals
     */
    public static OrderNormaliser of(Contract contract) {
        return new OrderNormaliser(
                Scale.of(contract.instrument()),
                contract.rules(),
                contract.contractSize(),
                contract.payoff() == Payoff.INVERSE);
    }

    /**
     * The rules of something traded in base units.
     *
     * @param scale decimals of prices and quantities
     * @param rules what the venue asks
     * @return the normaliser
     * @throws IllegalArgumentException if a step of the venue is no multiple of the decimals
     */
    public static OrderNormaliser of(Scale scale, TradingRules rules) {
        return new OrderNormaliser(scale, rules, 1, false);
    }

    private static long step(double size, int decimals, String name) {
        if (size == 0) {
            return 1;
        }
        double units = size * FixedPoint.power(decimals);
        double whole = Math.rint(units);
        Check.that(
                whole >= 1 && whole <= 1e15 && Math.abs(units - whole) <= STEP_NOISE * whole,
                name + " must be a multiple of 10^-" + decimals + ", the decimals of the instrument, got " + size);
        return (long) whole;
    }

    /**
     * What became of an order under the rules.
     *
     * @param lots quantity in lots after rounding, at least 0
     * @param limitTicks limit in ticks, 0 if the order has none
     * @param triggerTicks trigger in ticks, 0 if the order has none
     * @param reason {@link Reason#ACCEPTED}, or why the venue would refuse it
     */
    public record Normalised(long lots, long limitTicks, long triggerTicks, Reason reason) {
        /**
         * Checks the parts.
         *
         * @param lots quantity in lots after rounding, at least 0
         * @param limitTicks limit in ticks, 0 if the order has none
         * @param triggerTicks trigger in ticks, 0 if the order has none
         * @param reason {@link Reason#ACCEPTED}, or why the venue would refuse it
         */
        public Normalised {
            Check.notNull(reason, "reason");
        }

        /**
         * Whether the venue would take it.
         *
         * @return true if so
         */
        public boolean isAccepted() {
            return reason == Reason.ACCEPTED;
        }
    }

    /**
     * Brings an order into the venue's form.
     *
     * @param request what is asked
     * @param referenceTicks price at which orders without a limit or trigger are valued for the smallest notional; 0 if
     *     none is known, which leaves that rule out
     * @return lots and ticks, or the reason for which it would be refused: {@link Reason#QUANTITY_TOO_LARGE} (does not
     *     fit into lots), {@link Reason#NO_PRICE} (a price that is no tick), {@link Reason#TOO_SMALL},
     *     {@link Reason#TOO_LARGE}; a reduce-only order is excused from the smallest notional, so that dust can be closed
     */
    public Normalised normalise(OrderRequest request, long referenceTicks) {
        long lots = lots(request.quantity());
        if (lots < 0) {
            return new Normalised(0, 0, 0, Reason.QUANTITY_TOO_LARGE);
        }
        long limit = priceOrNone(request.side(), request.limitPrice());
        long trigger = priceOrNone(request.side(), request.triggerPrice());
        if (limit < 0 || trigger < 0) {
            return new Normalised(0, 0, 0, Reason.NO_PRICE);
        }
        long value = limit > 0 ? limit : trigger > 0 ? trigger : referenceTicks;
        return new Normalised(lots, limit, trigger, check(lots, value, request.reduceOnly()));
    }

    private long priceOrNone(Side side, double price) {
        return Double.isNaN(price) ? 0 : ticks(side, price);
    }

    /**
     * The price of an order: down to a step for a buy, up for a sale.
     *
     * @param side direction of the order
     * @param price limit or trigger
     * @return ticks above 0 on the venue's grid, or -1 where there are none: not finite, below one step, too large
     */
    public long ticks(Side side, double price) {
        if (!(price > 0) || !FixedPoint.fits(2 * price, scale.priceDecimals())) {
            return -1;
        }
        Rounding rounding = side == Side.BUY ? Rounding.FLOOR : Rounding.CEILING;
        long ticks = onGrid(side, FixedPoint.fromDouble(price, scale.priceDecimals(), rounding));
        return ticks > 0 ? ticks : -1;
    }

    private long onGrid(Side side, long ticks) {
        long below = ticks - Math.floorMod(ticks, tickStep);
        return side == Side.BUY || below == ticks ? below : below + tickStep;
    }

    /**
     * The price of a fill that took liquidity, rounded against us to a step of the venue: up for a buy, down for a sale.
     *
     * @param side direction of the fill
     * @param price slipped price, at least 0
     * @return ticks, at least 0
     * @throws ArithmeticException if the price does not fit
     */
    public long adverseTicks(Side side, double price) {
        return onGrid(side == Side.BUY ? Side.SELL : Side.BUY, scale.adverseTicks(side, price));
    }

    /**
     * A quantity in lots, towards zero to a step of the venue.
     *
     * @param quantity base units or contracts, at least 0
     * @return lots, or -1 if the quantity does not fit
     */
    public long lots(double quantity) {
        return FixedPoint.fits(4 * quantity, scale.quantityDecimals()) ? wholeSteps(scale.lots(quantity)) : -1;
    }

    /**
     * A number of lots, towards zero to a step of the venue.
     *
     * @param lots any number, negative for a sale
     * @return the nearest multiple of the step that is not larger in size
     */
    public long wholeSteps(long lots) {
        return lots - lots % lotStep;
    }

    /**
     * Whether a size is allowed.
     *
     * @param lots quantity in lots, at least 0
     * @param priceTicks price that values it; 0 leaves out the smallest notional
     * @param reduceOnly whether the order can only close: then the smallest notional does not count
     * @return {@link Reason#ACCEPTED}, {@link Reason#TOO_SMALL} or {@link Reason#TOO_LARGE}
     */
    public Reason check(long lots, long priceTicks, boolean reduceOnly) {
        double quantity = scale.quantity(lots);
        if (lots <= 0 || quantity < rules.minQuantity()) {
            return Reason.TOO_SMALL;
        }
        if (quantity > rules.maxQuantity()) {
            return Reason.TOO_LARGE;
        }
        boolean tooCheap = priceTicks > 0 && !reduceOnly && notional(quantity, priceTicks) < rules.minNotional();
        return tooCheap ? Reason.TOO_SMALL : Reason.ACCEPTED;
    }

    /**
     * The value of an order in quote currency: q · c · p, for inverse contracts q · c.
     *
     * @param quantity base units or contracts
     * @param priceTicks price
     * @return the value
     */
    public double notional(double quantity, long priceTicks) {
        return quantity * contractSize * (inverse ? 1 : scale.price(priceTicks));
    }

    /**
     * The decimals that it works with.
     *
     * @return scale of prices and quantities
     */
    public Scale scale() {
        return scale;
    }

    /**
     * The price step.
     *
     * @return ticks per step of the venue, at least 1
     */
    public long tickStep() {
        return tickStep;
    }

    /**
     * The quantity step.
     *
     * @return lots per step of the venue, at least 1
     */
    public long lotStep() {
        return lotStep;
    }
}
