package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * When a rolling choice of the order may start from the window before.
 *
 * @param refreshEvery windows from one search from scratch to the next, at least 1; 1 means always from scratch (default 8)
 * @param candidatesWithin orders whose criterion was at most this much above the best of the window before are fitted first,
 *     at least 0 (default 6)
 * @param maxWarmCandidates how many of them at most, at least 1 (default 6)
 * @param maxFall largest fall of the log-likelihood per observation, against the same window's random walk or white noise,
 *     before a search from scratch, above 0 (default 0.05)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RollingOptions(int refreshEvery, double candidatesWithin, int maxWarmCandidates, double maxFall) {
    /**
     * Checks the ranges.
     *
     * @param refreshEvery windows from one search from scratch to the next, at least 1; 1 means always from scratch (default
     *     8)
     * @param candidatesWithin orders whose criterion was at most this much above the best of the window before are fitted
     *     first, at least 0 (default 6)
     * @param maxWarmCandidates how many of them at most, at least 1 (default 6)
     * @param maxFall largest fall of the log-likelihood per observation, against the same window's random walk or white
     *     noise, before a search from scratch, above 0 (default 0.05)
     */
    public RollingOptions {
        Check.atLeast(refreshEvery, 1, "refreshEvery");
        Check.notNegative(candidatesWithin, "candidatesWithin");
        Check.atLeast(maxWarmCandidates, 1, "maxWarmCandidates");
        Check.positive(maxFall, "maxFall");
    }

    /**
     * A search from scratch every 8 windows; up to 6 orders within 6 of the best; a fall of 0.05.
     *
     * @return the defaults
     */
    public static RollingOptions defaults() {
        return new RollingOptions(8, 6, 6, 0.05);
    }

    /**
     * A copy with another distance between searches from scratch.
     *
     * @param windows at least 1; 1 means always from scratch
     * @return the copy
     */
    public RollingOptions withRefreshEvery(int windows) {
        return new RollingOptions(windows, candidatesWithin, maxWarmCandidates, maxFall);
    }
}
