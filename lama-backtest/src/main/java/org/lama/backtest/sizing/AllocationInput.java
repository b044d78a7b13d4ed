package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What an allocation may know. The arrays are lent, not copied, one element per instrument. Not thread-safe while they
 * change.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AllocationInput {
    private final double[] strength;
    private final double[] unitValue;
    private final double equity;
    private final ReturnWindow returns;

    /**
     * Lends the inputs.
     *
     * @param strength wanted direction and strength in [-1, 1]; 0 and NaN: no position wanted; larger values count as 1
     * @param unitValue value of one unit of quantity (price, or contract size times price) in reporting currency; NaN where
     *     unknown; used by the mode {@code fixed} alone
     * @param equity in reporting currency; at 0 or below every weight is 0
     * @param returns window that ends at the decision
     */
    public AllocationInput(double[] strength, double[] unitValue, double equity, ReturnWindow returns) {
        Check.that(
                strength.length == unitValue.length && strength.length == returns.instruments(),
                "strength, unitValue and returns must have as many instruments, got " + strength.length + ", "
                        + unitValue.length + " and " + returns.instruments());
        this.strength = strength;
        this.unitValue = unitValue;
        this.equity = equity;
        this.returns = returns;
    }

    /**
     * How many instruments there are.
     *
     * @return at least 0
     */
    public int size() {
        return strength.length;
    }

    /**
     * Wanted direction and strength.
     *
     * @param instrument its number
     * @return in [-1, 1]; 0 for NaN
     */
    public double strength(int instrument) {
        double value = strength[instrument];
        return Double.isNaN(value) || value == 0 ? 0 : Math.max(-1, Math.min(1, value));
    }

    /**
     * Value of one unit of quantity.
     *
     * @param instrument its number
     * @return in reporting currency; NaN where unknown
     */
    public double unitValue(int instrument) {
        return unitValue[instrument];
    }

    /**
     * Equity at the decision.
     *
     * @return in reporting currency
     */
    public double equity() {
        return equity;
    }

    /**
     * Returns up to the decision.
     *
     * @return the window
     */
    public ReturnWindow returns() {
        return returns;
    }
}
