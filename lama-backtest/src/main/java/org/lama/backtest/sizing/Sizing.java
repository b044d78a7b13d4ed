package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Named;

/**
 * From signals to target weights, all symbols at once. A pure function of its arguments: no state, no clock, no random
 * numbers; immutable and thread-safe. O(number of symbols), allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Sizing extends Named {
    /**
     * Computes target weights. Inactive symbols, and active ones whose volatility is NaN, infinite or not above 0, get 0: a
     * risk that cannot be measured is not taken. All arrays have one element per symbol.
     *
     * @param strength combined signal in [-1, 1]; NaN counts as 0
     * @param sizeMultiplier product of regime factor and risk multipliers, in [0, 1]; NaN counts as 0
     * @param volatilityAnnual estimated volatility per year as a fraction, known at the decision
     * @param active whether the symbol takes part; N_active counts these
     * @param out receives the weights, shares of equity; the sum of their absolute values is at most 1
     */
    void weights(double[] strength, double[] sizeMultiplier, double[] volatilityAnnual, boolean[] active, double[] out);
}
