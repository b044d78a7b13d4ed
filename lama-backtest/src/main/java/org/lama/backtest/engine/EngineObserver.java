package org.lama.backtest.engine;

import org.lama.core.base.Api;

/**
 * Hears what a run decides and trades, as it happens. Must not call back into the run; an exception ends the run.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface EngineObserver {
    /** Hears nothing. */
    EngineObserver SILENT = new EngineObserver() {};

    /**
     * A strategy asked for a weight.
     *
     * @param tsNanos decision time, close of a bar
     * @param symbol position of the symbol
     * @param weight as asked, before limits
     */
    default void onTarget(long tsNanos, int symbol, double weight) {}

    /**
     * A trade was booked.
     *
     * @param tsNanos time of the fill
     * @param symbol position of the symbol
     * @param signedLots change of the position
     * @param priceTicks price after slippage
     * @param feeUnits fee in money units
     */
    default void onFill(long tsNanos, int symbol, long signedLots, long priceTicks, long feeUnits) {}

    /**
     * A bar was closed, after its decision.
     *
     * @param tsNanos close of the bar
     * @param equityUnits equity in money units
     */
    default void onBar(long tsNanos, long equityUnits) {}
}
