package org.lama.backtest.execution;

import org.lama.core.base.Api;

/**
 * In which order the prices of a bar are taken to have come. It matters only for bars in which more than one order of a
 * position could fill; such bars are counted as ambiguous. Enum, thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum IntrabarPath {
    /**
     * The order worst for each position: stops before limits and take-profits; an exit with profit fills in the bar of
     * its entry only if the prices leave no other way.
     */
    PESSIMISTIC("of several fills that a bar allows the worst comes first"),
    /** The order best for each position: the mirror image. The bound that reports show beside the honest figure. */
    OPTIMISTIC("of several fills that a bar allows the best comes first"),
    /** Open, high, low, close. */
    OPEN_HIGH_LOW_CLOSE("prices come as open, high, low, close"),
    /** Open, low, high, close. */
    OPEN_LOW_HIGH_CLOSE("prices come as open, low, high, close"),
    /** The extreme nearer to the open first; at equal distance the low. */
    NEAREST_FIRST("prices come as open, the nearer extreme, the other, close");

    private final String words;

    IntrabarPath(String words) {
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
