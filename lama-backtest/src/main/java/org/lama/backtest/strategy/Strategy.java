package org.lama.backtest.strategy;

import org.lama.core.base.Api;

/**
 * Decides once per bar close. The same object runs in backtests and, later, on paper and live venues.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Strategy {
    /**
     * Called at every close of the common time grid, after all fills of the bar. Set target weights through the context;
     * a symbol without a new target keeps its position. Orders fill at the next open of the symbol, never earlier.
     *
     * @param context what is knowable now
     */
    void onClose(Context context);
}
