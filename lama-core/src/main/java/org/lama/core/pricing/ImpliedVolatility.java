package org.lama.core.pricing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a price says about the volatility. Immutable.
 *
 * @param volatility a year, as a fraction; 0 for {@link Outcome#AT_INTRINSIC}, NaN where there is none
 * @param outcome how the search ended
 * @param iterations steps of the search
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ImpliedVolatility(double volatility, Outcome outcome, int iterations) {
    /** How the search ended. */
    public enum Outcome {
        /** Found. */
        SOLVED,
        /** The price has no time value beyond its own rounding: every small volatility gives it. */
        AT_INTRINSIC,
        /** The price is below the intrinsic value: no volatility gives it. */
        BELOW_INTRINSIC,
        /** The price is at or above the discounted forward (call) or strike (put): no finite volatility gives it. */
        ABOVE_MAXIMUM,
        /** There is no time left, so the price does not depend on the volatility. */
        EXPIRED,
        /** The price is NaN, infinite or negative. */
        NO_PRICE
    }

    /**
     * Checks the parts.
     *
     * @param volatility a year, as a fraction; 0 for {@link Outcome#AT_INTRINSIC}, NaN where there is none
     * @param outcome how the search ended
     * @param iterations steps of the search
     */
    public ImpliedVolatility {
        Check.notNull(outcome, "outcome");
        Check.atLeast(iterations, 0, "iterations");
    }

    /**
     * Whether a volatility was found.
     *
     * @return true for {@link Outcome#SOLVED}
     */
    public boolean isSolved() {
        return outcome == Outcome.SOLVED;
    }
}
