package org.lama.core.signal;

import org.lama.core.base.Api;
import org.lama.core.base.Named;

/**
 * Labels the market bar by bar. Streaming by construction: a label cannot depend on a later state.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface RegimeDetector extends Named {
    /**
     * Starts at the beginning of the data.
     *
     * @param barsPerDay bars per 24 hours, above 0
     * @return a session without history
     */
    Session open(double barsPerDay);

    /** One pass over time; mutable and single-threaded. */
    interface Session {
        /**
         * Takes the next state and labels it.
         *
         * @param state the state at the close of a bar; times increase from call to call
         * @return the label that holds from this close on
         */
        RegimeLabel next(MarketState state);
    }
}
