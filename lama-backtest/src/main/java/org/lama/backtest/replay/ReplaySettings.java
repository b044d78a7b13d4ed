package org.lama.backtest.replay;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What holds for all markets of a replay. Immutable and thread-safe.
 *
 * @param cash money at the start in quote currency, finite and at least 0
 * @param staleAfter how long nothing may come about a book, prints aside, before it counts as stale, above 0
 * @param cancelsWhenStale whether resting orders are cancelled once their book is stale or not valid
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ReplaySettings(double cash, Duration staleAfter, boolean cancelsWhenStale) {
    /** No money at the start; after ten seconds a book is stale and its orders are cancelled. */
    public static final ReplaySettings DEFAULT = new ReplaySettings(0, Duration.ofSeconds(10), true);

    /**
     * Checks ranges.
     *
     * @param cash money at the start in quote currency, finite and at least 0
     * @param staleAfter how long nothing may come about a book, prints aside, before it counts as stale, above 0
     * @param cancelsWhenStale whether resting orders are cancelled once their book is stale or not valid
     */
    public ReplaySettings {
        Check.notNegative(cash, "cash");
        Check.that(staleAfter.toNanos() > 0, "staleAfter must be > 0, got " + staleAfter);
    }

    /**
     * The same settings with money.
     *
     * @param money at the start in quote currency, finite and at least 0
     * @return a copy
     */
    public ReplaySettings withCash(double money) {
        return new ReplaySettings(money, staleAfter, cancelsWhenStale);
    }

    /**
     * The same settings with another patience.
     *
     * @param patience how long nothing may come about a book, prints aside, before it counts as stale, above 0
     * @return a copy
     */
    public ReplaySettings withStaleAfter(Duration patience) {
        return new ReplaySettings(cash, patience, cancelsWhenStale);
    }

    /**
     * The same settings, with orders that stay where they are when their book is stale or not valid.
     *
     * @return a copy
     */
    public ReplaySettings keepingOrders() {
        return new ReplaySettings(cash, staleAfter, false);
    }
}
