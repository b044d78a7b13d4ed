package org.lama.backtest.ledger;

import org.lama.core.base.Api;

/**
 * What an account may owe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum AccountMode {
    /** Everything is paid in full: no negative cash, no short position, no contracts on margin. */
    CASH,
    /** Cash may go below zero and nothing is liquidated: limits are somebody else's business. */
    CREDIT,
    /** Each position on margin has its own margin, taken from cash; it can lose no more than that. */
    ISOLATED,
    /** All positions of one settlement currency stand on all that the account owns in it. */
    CROSS
}
