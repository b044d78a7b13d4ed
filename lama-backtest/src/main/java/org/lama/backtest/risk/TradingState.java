package org.lama.backtest.risk;

import org.lama.core.base.Api;

/**
 * What may be traded now. The order of the constants is the order of severity.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum TradingState {
    /** Everything. */
    ACTIVE,
    /** Only what brings a position nearer to 0, never beyond it. */
    REDUCING,
    /** Nothing; resting orders may be cancelled. */
    HALTED;

    /**
     * The position that may be asked for in this state: a pure function, monotone in the state. O(1).
     *
     * @param current position or weight held, finite
     * @param wanted position or weight wanted; NaN means no wish
     * @return {@code wanted}, or what this state leaves of it; NaN for NaN
     */
    public double permitted(double current, double wanted) {
        if (this == ACTIVE || Double.isNaN(wanted)) {
            return wanted;
        }
        if (this == HALTED) {
            return current;
        }
        return current >= 0 ? Math.max(0, Math.min(current, wanted)) : Math.min(0, Math.max(current, wanted));
    }

    /**
     * Whether an order of a signed quantity may go out; it may be too large only in {@link #ACTIVE}. O(1).
     *
     * @param current position held, negative if short
     * @param quantity bought, negative if sold
     * @return true if the order is within what {@link #permitted} leaves
     */
    public boolean permitsOrder(double current, double quantity) {
        return permitted(current, current + quantity) == current + quantity && (this != HALTED || quantity == 0);
    }

    /**
     * The more severe of two states.
     *
     * @param other another state
     * @return this or the other
     */
    public TradingState worse(TradingState other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
