package org.lama.backtest.replay;

import org.lama.core.base.Api;

/**
 * What a strategy had in one market in the end, as far as it had heard of its fills. Immutable.
 *
 * @param symbol by what the strategy knew the market
 * @param position base units, negative if short
 * @param balance money from all fills without fees: what was sold less what was bought, in quote currency
 * @param fees paid, negative for rebates, in quote currency: what is taken from the profit, as in each {@code Fill}
 * @param trades number of fills
 * @param makerTrades number of fills of orders at rest
 * @param quantity base units traded
 * @param notional quote currency traded
 * @param lastMid the last mid price of the book as the strategy saw it; NaN if that was not valid
 * @param orders orders sent
 * @param refused orders that the venue refused: they would have taken, or had no price or not one whole lot
 * @param cancelled orders that ended by a cancel
 * @param lateCancels cancels that came after the order had filled or was refused
 * @param rows rows of the feed
 * @param crossings how often a new best price met the other side, at the venue
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record MarketResult(
        String symbol,
        double position,
        double balance,
        double fees,
        long trades,
        long makerTrades,
        double quantity,
        double notional,
        double lastMid,
        long orders,
        long refused,
        long cancelled,
        long lateCancels,
        long rows,
        long crossings) {
    /**
     * Money and position at the last mid price, less fees.
     *
     * @return profit in quote currency; NaN if a position is held and the last mid is unknown
     */
    public double profit() {
        return balance - fees + (position == 0 ? 0 : position * lastMid);
    }
}
