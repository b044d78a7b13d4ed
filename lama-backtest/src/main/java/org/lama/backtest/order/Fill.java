package org.lama.backtest.order;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * A trade of ours in fixed point. Immutable.
 *
 * @param orderId number of the order it belongs to; 0 for a forced exit that nobody ordered
 * @param tsNanos when it happened, UTC epoch nanoseconds
 * @param symbol position of the symbol in the study
 * @param side direction
 * @param lots quantity in lots, above 0
 * @param priceTicks price per unit after slippage, in ticks, at least 0
 * @param feeUnits fee in units of 10^-8 quote currency; negative for an explicit rebate
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Fill(long orderId, long tsNanos, int symbol, Side side, long lots, long priceTicks, long feeUnits) {
    /**
     * Checks ranges.
     *
     * @param orderId number of the order it belongs to; 0 for a forced exit that nobody ordered
     * @param tsNanos when it happened, UTC epoch nanoseconds
     * @param symbol position of the symbol in the study
     * @param side direction
     * @param lots quantity in lots, above 0
     * @param priceTicks price per unit after slippage, in ticks, at least 0
     * @param feeUnits fee in units of 10^-8 quote currency; negative for an explicit rebate
     */
    public Fill {
        Check.atLeast(symbol, 0, "symbol");
        Check.notNull(side, "side");
        if (orderId < 0 || lots <= 0 || priceTicks < 0) { // fills come in masses: no text unless one is wrong
            Check.that(orderId >= 0, "orderId must be >= 0, got " + orderId);
            Check.that(lots > 0, "lots must be > 0, got " + lots);
            Check.that(priceTicks >= 0, "priceTicks must be >= 0, got " + priceTicks);
        }
    }

    /**
     * The change of the position.
     *
     * @return lots with the sign of the side
     */
    public long signedLots() {
        return side.sign() * lots;
    }
}
