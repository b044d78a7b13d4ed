package org.lama.backtest.ledger;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * One position from open to flat. Prices are averages weighted by quantity, slippage included (harmonic averages for
 * inverse contracts); money is in the settlement currency, which is the quote currency but for inverse contracts. With the
 * price profit of its lots, {@code pnl = price profit − fees − funding + insurance} holds to the money unit, and the pnl of all trips
 * of an account that is flat is the change of its equity. Immutable.
 *
 * @param symbol name of the symbol
 * @param side BUY for a long trip, SELL for a short one
 * @param entryNanos first fill, UTC epoch nanoseconds
 * @param exitNanos fill that made the position flat
 * @param entryPrice average price of the fills that enlarged the position, in quote currency
 * @param exitPrice average price of the fills that reduced it
 * @param quantity total quantity taken in, in base units or contracts, above 0
 * @param fees all fees of the trip; NaN if one was in a currency without a conversion mark
 * @param slippage what the slipped prices cost against their references; a part of pnl
 * @param pnl what the trip earned after fees, slippage, funding and insurance; NaN if a fee is not known
 * @param funding what was paid in funding less what was received; a part of pnl
 * @param insurance what the venue bore of a loss beyond the margin, its fee first; at least 0, a part of pnl
 * @param strategy name of the strategy that held it; empty for the account as a whole
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RoundTrip(
        String symbol,
        Side side,
        long entryNanos,
        long exitNanos,
        double entryPrice,
        double exitPrice,
        double quantity,
        double fees,
        double slippage,
        double pnl,
        double funding,
        double insurance,
        String strategy) {
    /**
     * Checks the parts.
     *
     * @param symbol name of the symbol
     * @param side BUY for a long trip, SELL for a short one
     * @param entryNanos first fill, UTC epoch nanoseconds
     * @param exitNanos fill that made the position flat
     * @param entryPrice average price of the fills that enlarged the position, in quote currency
     * @param exitPrice average price of the fills that reduced it
     * @param quantity total quantity taken in, in base units or contracts, above 0
     * @param fees all fees of the trip; NaN if one was in a currency without a conversion mark
     * @param slippage what the slipped prices cost against their references; a part of pnl
     * @param pnl what the trip earned after fees, slippage, funding and insurance; NaN if a fee is not known
     * @param funding what was paid in funding less what was received; a part of pnl
     * @param insurance what the venue bore of a loss beyond the margin, its fee first; at least 0, a part of pnl
     * @param strategy name of the strategy that held it; empty for the account as a whole
     */
    public RoundTrip {
        Check.notBlank(symbol, "symbol");
        Check.notNull(side, "side");
        Check.notNull(strategy, "strategy");
        Check.that(exitNanos >= entryNanos, "exitNanos must be >= entryNanos, got " + exitNanos + " < " + entryNanos);
    }
}
