package org.lama.backtest.execution;

import org.lama.core.base.Api;

/**
 * What it takes to fill a resting limit order. Stops always trigger at a touch. Enum, thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum TouchRule {
    /** The market must trade beyond the limit: below it for a buy, above it for a sale. We are last in the queue. */
    THROUGH("a limit order fills when the market trades through it"),
    /** A trade at the limit suffices. We are first in the queue, which nobody is. */
    TOUCH("a limit order fills when the market touches it");

    private final String words;

    TouchRule(String words) {
        this.words = words;
    }

    /**
     * The assumption in words.
     *
     * @return one clause for reports
     */
    public String describe() {
        return words;
    }
}
