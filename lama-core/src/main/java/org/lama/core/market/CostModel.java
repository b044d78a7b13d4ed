package org.lama.core.market;

import org.lama.core.base.Api;

/**
 * What a fill costs: the one contract that engine, training environments and reports share. Slippage moves the price
 * against us; the fee is a fraction of the slipped notional, per fill and side. Implementations are immutable and
 * thread-safe; every method is O(1) and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface CostModel {
    /** How a fill met the book. */
    enum Role {
        /** A resting order was met. */
        MAKER,
        /** An order met what was resting. */
        TAKER
    }

    /**
     * How far the price moves against an order that takes liquidity, as a fraction of the price.
     *
     * @param participation notional of the fill over the traded value of the last 24 hours; NaN where unknown
     * @param spread relative bid-ask spread, a fraction of the mid price; NaN where unknown
     * @param volatilityDay standard deviation of daily returns, a fraction; NaN where unknown
     * @return at least 0; an unknown input leaves out its part. Finite unless the participation is infinite, in a market that
     *     traded nothing: infinite where no price can be named for a size
     */
    double slippage(double participation, double spread, double volatilityDay);

    /**
     * The fee as a fraction of the slipped notional.
     *
     * @param role whether the fill made or took liquidity
     * @param traded30Days own traded notional of the last 30 days in quote currency, at least 0, which decides the tier
     * @return a fraction below 1; negative for a rebate
     */
    double feeRate(Role role, double traded30Days);

    /**
     * Whether {@link #slippage} looks at its arguments; if not, nobody needs to compute them.
     *
     * @return false for a flat model
     */
    boolean dependsOnMarket();

    /**
     * The same model with all its costs multiplied; rebates are not enlarged.
     *
     * @param multiple at least 0; 1 changes nothing
     * @return a new model
     */
    CostModel scaled(double multiple);

    /**
     * What the model assumes, in one line for reports.
     *
     * @return for example {@code commission 0.10 %, slippage 0.05 % per fill and side}
     */
    String describe();
}
