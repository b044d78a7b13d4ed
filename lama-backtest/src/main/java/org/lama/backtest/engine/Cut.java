package org.lama.backtest.engine;

import java.time.Instant;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Targets of one symbol that were not taken as the strategy gave them. Immutable.
 *
 * @param symbol name of the symbol
 * @param shortOnSpot true if they were short where nothing can be sold short, and were taken as 0; false if the limits
 *     made them smaller
 * @param limit which limits it was the first time, such as {@code maxWeight 0.5}; empty for a short target
 * @param count how often, at least 1
 * @param first when for the first time
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Cut(String symbol, boolean shortOnSpot, String limit, int count, Instant first) {
    /**
     * Checks the parts.
     *
     * @param symbol name of the symbol
     * @param shortOnSpot true if they were short where nothing can be sold short, and were taken as 0; false if the
     *     limits made them smaller
     * @param limit which limits it was the first time, such as {@code maxWeight 0.5}; empty for a short target
     * @param count how often, at least 1
     * @param first when for the first time
     */
    public Cut {
        Check.notBlank(symbol, "symbol");
        Check.notNull(limit, "limit");
        Check.atLeast(count, 1, "count");
        Check.notNull(first, "first");
    }

    /**
     * What happened, in words without the count.
     *
     * @return such as {@code short target on spot taken as 0, BTCUSD, first 2020-01-02T00:00:00Z: ...}
     */
    public String words() {
        String cut = "target cut to the limits" + (limit.isEmpty() ? ", " : " (" + limit + "), ");
        return (shortOnSpot ? "short target on spot taken as 0, " : cut) + symbol + ", first " + first
                + (shortOnSpot ? ": trade perpetuals to sell short (--kind perp)" : "");
    }
}
