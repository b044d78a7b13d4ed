package org.lama.backtest.engine;

import java.util.OptionalInt;
import org.lama.core.base.Api;
import org.lama.core.series.TimeIndex;

/**
 * A strategy threw. The message names the strategy, the callback, the time of the event, the instrument if the event has
 * one, and what was thrown, which is also the cause.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StrategyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Name in the run. */
    private final String strategy;
    /** Time of the event. */
    private final long tsNanos;
    /** Number of the instrument, negative for none. */
    private final int instrument;

    StrategyException(String strategy, String where, long tsNanos, int instrument, String symbol, Throwable cause) {
        super(
                "strategy '" + strategy + "' failed in " + where + " at " + TimeIndex.instant(tsNanos)
                        + (symbol.isEmpty() ? "" : " for " + symbol) + ": "
                        + (cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage()),
                cause);
        this.strategy = strategy;
        this.tsNanos = tsNanos;
        this.instrument = instrument;
    }

    /**
     * Which strategy.
     *
     * @return its name in the run
     */
    public String strategy() {
        return strategy;
    }

    /**
     * When.
     *
     * @return time of the event, UTC epoch nanoseconds; the close for a bar
     */
    public long tsNanos() {
        return tsNanos;
    }

    /**
     * For which instrument the callback came.
     *
     * @return its number; empty for bars, timers, start and end
     */
    public OptionalInt instrument() {
        return instrument < 0 ? OptionalInt.empty() : OptionalInt.of(instrument);
    }
}
