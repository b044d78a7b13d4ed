package org.lama.core.signal;

import org.lama.core.base.Api;

/**
 * What a regime detector may know at one decision time; all values describe the past only.
 *
 * @param timeNanos decision time (close of the bar), UTC epoch nanoseconds
 * @param volatility24h realised volatility of the market index over the last 24 hours, annualised; NaN if unknown
 * @param liquidityScore mean liquidity score of the active universe in [0, 1]; NaN if unknown
 * @param return24h simple return of the market index over the last 24 hours; NaN if unknown
 * @param anomalyRate share of the active universe that is anomalous now, in [0, 1]; NaN if unknown
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record MarketState(
        long timeNanos, double volatility24h, double liquidityScore, double return24h, double anomalyRate) {}
