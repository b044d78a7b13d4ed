package org.lama.backtest.walkforward;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The rates by which each asset of a study is judged by itself: those of the rule that judges the whole study, handed in so that
 * they stand in one place. Null hypothesis per asset: its mean net return, traded alone, is at most 0; upper tail of the
 * stationary bootstrap; all assets together under Benjamini and Hochberg. Immutable and thread-safe.
 *
 * @param falseDiscoveryRate share of false discoveries that is borne among the assets found, inside (0, 1)
 * @param minimumRoundTrips an asset with fewer round trips is not found, at least 1
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record AssetRates(double falseDiscoveryRate, int minimumRoundTrips) {
    /** 10 % false discoveries and 30 round trips. */
    public static final AssetRates STANDARD = new AssetRates(0.10, 30);

    /**
     * Checks the ranges.
     *
     * @param falseDiscoveryRate share of false discoveries that is borne among the assets found, inside (0, 1)
     * @param minimumRoundTrips an asset with fewer round trips is not found, at least 1
     */
    public AssetRates {
        Check.that(
                falseDiscoveryRate > 0 && falseDiscoveryRate < 1,
                "falseDiscoveryRate must be in (0, 1), got " + falseDiscoveryRate);
        Check.atLeast(minimumRoundTrips, 1, "minimumRoundTrips");
    }
}
