package org.lama.core.search;

import org.lama.core.base.Api;

/**
 * Whether a search looks for the smallest or the largest value. NaN stands for a trial that failed and is worse than
 * every number, whatever the direction. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum Direction {
    /** Small values are good: an error, a drawdown. */
    MINIMISE,
    /** Large values are good: a Sharpe ratio. */
    MAXIMISE;

    /**
     * Whether one value is strictly better than another.
     *
     * @param value the value
     * @param other what it is compared with
     * @return true if it is better; NaN is better than nothing, and every number is better than NaN
     */
    public boolean isBetter(double value, double other) {
        return loss(value) < loss(other) || (Double.isNaN(other) && !Double.isNaN(value));
    }

    /**
     * The value as a loss: small is good.
     *
     * @param value the value
     * @return the value or its negative; positive infinity for NaN
     */
    public double loss(double value) {
        if (Double.isNaN(value)) {
            return Double.POSITIVE_INFINITY;
        }
        return this == MINIMISE ? value : -value;
    }
}
