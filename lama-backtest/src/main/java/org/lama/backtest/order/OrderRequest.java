package org.lama.backtest.order;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * What a strategy asks of a venue. Prices and quantities are numbers of the strategy's world; the venue's rules
 * (tick, lot, smallest sizes) are applied in one place, {@code OrderNormaliser}, before the order goes out. Immutable.
 *
 * @param instrument position of the instrument in the run
 * @param side direction
 * @param type kind of order
 * @param quantity base units or contracts, above 0
 * @param limitPrice for {@link Type#LIMIT}, {@link Type#STOP_LIMIT}, {@link Type#TAKE_PROFIT_LIMIT}; else NaN
 * @param triggerPrice for stops and take-profits; for {@link Type#TRAILING_STOP} NaN: it follows the best price
 * @param trail distance of a trailing stop as a fraction of the best price, in (0, 1); else NaN
 * @param timeInForce how long it stands
 * @param expiresNanos when a {@link TimeInForce#GTD} order ends; else {@link Long#MAX_VALUE}
 * @param postOnly whether it is refused rather than take liquidity (LIMIT alone)
 * @param reduceOnly whether it may only make a position smaller; it is cut to the position at the fill
 * @param tag free text by which the order can be told again: the context and the result of a run give it back for the
 *     number that events carry; may be empty
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record OrderRequest(
        int instrument,
        Side side,
        Type type,
        double quantity,
        double limitPrice,
        double triggerPrice,
        double trail,
        TimeInForce timeInForce,
        long expiresNanos,
        boolean postOnly,
        boolean reduceOnly,
        String tag) {

    /** Kinds of order. */
    public enum Type {
        /** At the best price to be had. */
        MARKET,
        /** At the limit or better. */
        LIMIT,
        /** A market order once the price has moved against us to the trigger: up for a buy, down for a sale. */
        STOP,
        /** A limit order once the price has reached the trigger of a stop. */
        STOP_LIMIT,
        /** A stop whose trigger follows the best price since the order, at a fixed fraction. */
        TRAILING_STOP,
        /** A market order once the price has moved in our favour to the trigger: down for a buy, up for a sale. */
        TAKE_PROFIT,
        /** A limit order once the price has reached the trigger of a take-profit. */
        TAKE_PROFIT_LIMIT
    }

    /** How long an order stands. */
    public enum TimeInForce {
        /** Until it is filled or cancelled. */
        GTC,
        /** What cannot fill at once is cancelled. */
        IOC,
        /** If it cannot fill whole at once it is cancelled whole. */
        FOK,
        /** Until a given time. */
        GTD
    }

    /**
     * Checks that type, prices and flags fit together.
     *
     * @param instrument position of the instrument in the run
     * @param side direction
     * @param type kind of order
     * @param quantity base units or contracts, above 0
     * @param limitPrice for {@link Type#LIMIT}, {@link Type#STOP_LIMIT}, {@link Type#TAKE_PROFIT_LIMIT}; else NaN
     * @param triggerPrice for stops and take-profits; for {@link Type#TRAILING_STOP} NaN: it follows the best price
     * @param trail distance of a trailing stop as a fraction of the best price, in (0, 1); else NaN
     * @param timeInForce how long it stands
     * @param expiresNanos when a {@link TimeInForce#GTD} order ends; else {@link Long#MAX_VALUE}
     * @param postOnly whether it is refused rather than take liquidity (LIMIT alone)
     * @param reduceOnly whether it may only make a position smaller; it is cut to the position at the fill
     * @param tag free text by which the order can be told again: the context and the result of a run give it back for the
     *     number that events carry; may be empty
     */
    public OrderRequest {
        Check.atLeast(instrument, 0, "instrument");
        Check.notNull(side, "side");
        Check.notNull(type, "type");
        Check.positive(quantity, "quantity");
        price(limitPrice, "limitPrice", type, limited(type));
        price(triggerPrice, "triggerPrice", type, triggered(type));
        Check.that(
                type == Type.TRAILING_STOP ? trail > 0 && trail < 1 : Double.isNaN(trail),
                "trail must be in (0, 1) for TRAILING_STOP and NaN for all else, got " + trail + " for " + type);
        Check.notNull(timeInForce, "timeInForce");
        Check.that(
                (timeInForce == TimeInForce.GTD) == (expiresNanos != Long.MAX_VALUE),
                "expiresNanos must be given for GTD and for nothing else, got " + expiresNanos + " for " + timeInForce);
        boolean atOnce = timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
        Check.that(
                !postOnly || (type == Type.LIMIT && !atOnce),
                "postOnly must go with a LIMIT order that may rest, got " + type + " " + timeInForce);
        Check.notNull(tag, "tag");
    }

    private static boolean limited(Type type) {
        return type == Type.LIMIT || type == Type.STOP_LIMIT || type == Type.TAKE_PROFIT_LIMIT;
    }

    private static boolean triggered(Type type) {
        return type == Type.STOP
                || type == Type.STOP_LIMIT
                || type == Type.TAKE_PROFIT
                || type == Type.TAKE_PROFIT_LIMIT;
    }

    private static void price(double value, String name, Type type, boolean wanted) {
        if (wanted) {
            Check.positive(value, name);
        } else {
            Check.that(Double.isNaN(value), name + " must be NaN for " + type + ", got " + value);
        }
    }

    /**
     * A market order.
     *
     * @param instrument position of the instrument
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @return the request
     */
    public static OrderRequest market(int instrument, Side side, double quantity) {
        return plain(instrument, side, Type.MARKET, quantity, Double.NaN, Double.NaN);
    }

    /**
     * A limit order, good till cancelled.
     *
     * @param instrument position of the instrument
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @param limitPrice worst price
     * @return the request
     */
    public static OrderRequest limit(int instrument, Side side, double quantity, double limitPrice) {
        return plain(instrument, side, Type.LIMIT, quantity, limitPrice, Double.NaN);
    }

    /**
     * A stop order, good till cancelled.
     *
     * @param instrument position of the instrument
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @param triggerPrice at which it becomes a market order
     * @return the request
     */
    public static OrderRequest stop(int instrument, Side side, double quantity, double triggerPrice) {
        return plain(instrument, side, Type.STOP, quantity, Double.NaN, triggerPrice);
    }

    /**
     * A stop-limit order, good till cancelled.
     *
     * @param instrument position of the instrument
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @param triggerPrice at which it becomes a limit order
     * @param limitPrice worst price
     * @return the request
     */
    public static OrderRequest stopLimit(
            int instrument, Side side, double quantity, double triggerPrice, double limitPrice) {
        return plain(instrument, side, Type.STOP_LIMIT, quantity, limitPrice, triggerPrice);
    }

    /**
     * A take-profit order, good till cancelled.
     *
     * @param instrument position of the instrument
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @param triggerPrice at which it becomes a market order
     * @return the request
     */
    public static OrderRequest takeProfit(int instrument, Side side, double quantity, double triggerPrice) {
        return plain(instrument, side, Type.TAKE_PROFIT, quantity, Double.NaN, triggerPrice);
    }

    /**
     * A trailing stop, good till cancelled.
     *
     * @param instrument position of the instrument
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @param trail distance as a fraction of the best price since the order, in (0, 1)
     * @return the request
     */
    public static OrderRequest trailingStop(int instrument, Side side, double quantity, double trail) {
        return new OrderRequest(
                instrument,
                side,
                Type.TRAILING_STOP,
                quantity,
                Double.NaN,
                Double.NaN,
                trail,
                TimeInForce.GTC,
                Long.MAX_VALUE,
                false,
                false,
                "");
    }

    private static OrderRequest plain(
            int instrument, Side side, Type type, double quantity, double limitPrice, double triggerPrice) {
        return new OrderRequest(
                instrument,
                side,
                type,
                quantity,
                limitPrice,
                triggerPrice,
                Double.NaN,
                TimeInForce.GTC,
                Long.MAX_VALUE,
                false,
                false,
                "");
    }

    /**
     * The same order that stands for another time.
     *
     * @param other IOC, FOK or GTC
     * @return a copy
     */
    public OrderRequest withTimeInForce(TimeInForce other) {
        return copy(other, Long.MAX_VALUE, postOnly, reduceOnly, tag);
    }

    /**
     * The same order, standing until a time.
     *
     * @param nanos UTC epoch nanoseconds
     * @return a copy
     */
    public OrderRequest goodTill(long nanos) {
        return copy(TimeInForce.GTD, nanos, postOnly, reduceOnly, tag);
    }

    /**
     * The same order, refused rather than take liquidity.
     *
     * @return a copy
     */
    public OrderRequest asPostOnly() {
        return copy(timeInForce, expiresNanos, true, reduceOnly, tag);
    }

    /**
     * The same order, which may only make a position smaller.
     *
     * @return a copy
     */
    public OrderRequest asReduceOnly() {
        return copy(timeInForce, expiresNanos, postOnly, true, tag);
    }

    /**
     * The same order with a text of one's own.
     *
     * @param text comes back in events
     * @return a copy
     */
    public OrderRequest withTag(String text) {
        return copy(timeInForce, expiresNanos, postOnly, reduceOnly, text);
    }

    private OrderRequest copy(TimeInForce time, long expires, boolean post, boolean reduce, String text) {
        return new OrderRequest(
                instrument, side, type, quantity, limitPrice, triggerPrice, trail, time, expires, post, reduce, text);
    }
}
