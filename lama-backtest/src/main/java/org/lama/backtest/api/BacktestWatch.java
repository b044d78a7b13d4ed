package org.lama.backtest.api;

import org.lama.core.base.Api;

/**
 * Hears when the run that was asked for begins and ends. What lies outside makes a strategy only to ask for its parameters,
 * or runs it again under other rules to judge the result; what the strategy prints there belongs to no result. Called on the
 * thread of the backtest.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface BacktestWatch {
    /** Hears nothing. */
    BacktestWatch NONE = new BacktestWatch() {
        @Override
        public void begins() {}

        @Override
        public void ends() {}
    };

    /** The run that was asked for begins; twice where it is made anew in lots because quantities grew too large. */
    void begins();

    /** It has ended, or failed. */
    void ends();
}
