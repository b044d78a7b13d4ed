package org.lama.backtest.sweep;

import org.lama.core.base.Api;

/**
 * What a rule made of the capital.
 *
 * @param endEquity cash and position at the last close
 * @param entries number of purchases
 * @param roundTrips number of purchases that were sold again
 * @param mean mean return per period, a fraction; NaN if only the money was asked for
 * @param standardDeviation of the returns per period with n - 1; NaN if only the money was asked for, or below two periods
 * @param maximumDrawdown lowest equity at a close over the highest close before it, less 1; the capital counts as a peak; NaN
 *     if only the money was asked for
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RuleOutcome(
        double endEquity, int entries, int roundTrips, double mean, double standardDeviation, double maximumDrawdown) {
    /**
     * Mean over standard deviation.
     *
     * @return per period; NaN without spread
     */
    public double sharpePerPeriod() {
        return standardDeviation > 0 ? mean / standardDeviation : Double.NaN;
    }
}
