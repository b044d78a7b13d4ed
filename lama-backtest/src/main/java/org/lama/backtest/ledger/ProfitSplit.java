package org.lama.backtest.ledger;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Where the equity of one currency comes from, in money units of 10^-8, exactly:
 *
 * <p>{@code equity = capital + price − fees − funding + exchanged + insurance + rounding}. Immutable.
 *
 * @param currency of all amounts
 * @param capital deposits less withdrawals
 * @param price realised and unrealised price P&amp;L, slippage included
 * @param slippage what slipped prices cost against their references; a part of price, not a further term
 * @param fees paid, less rebates
 * @param funding paid, less received
 * @param exchanged received in conversions, less given
 * @param insurance losses beyond the margin, borne by the venue
 * @param rounding what rounding once per fill and new units of a position gave
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ProfitSplit(
        String currency,
        long capital,
        long price,
        long slippage,
        long fees,
        long funding,
        long exchanged,
        long insurance,
        long rounding) {
    /**
     * Checks the currency.
     *
     * @param currency of all amounts
     * @param capital deposits less withdrawals
     * @param price realised and unrealised price P&amp;L, slippage included
     * @param slippage what slipped prices cost against their references; a part of price, not a further term
     * @param fees paid, less rebates
     * @param funding paid, less received
     * @param exchanged received in conversions, less given
     * @param insurance losses beyond the margin, borne by the venue
     * @param rounding what rounding once per fill and new units of a position gave
     */
    public ProfitSplit {
        Check.notBlank(currency, "currency");
    }

    /**
     * The sum of all terms.
     *
     * @return the equity of the currency in money units
     */
    public long equity() {
        return capital + price - fees - funding + exchanged + insurance + rounding;
    }
}
