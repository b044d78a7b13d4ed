package org.lama.backtest.execution;

import org.lama.core.base.Api;

/**
 * At which price of a bar a market order fills. No order fills before it has arrived: decision time plus latency. Enum,
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum FillTiming {
    /** At the first open at or after its arrival. */
    NEXT_OPEN("market orders fill at the first open at or after they arrive"),
    /** At the close of the first bar whose open is at or after its arrival. */
    NEXT_CLOSE("market orders fill at the close of the first bar that opens at or after they arrive"),
    /**
     * Inside the bar in which it arrives, at the moment of its arrival: the price is read off the straight line from the
     * open to the extreme that lies against the order, reached at the end of the bar (off the intrabar path for the two
     * fixed orders of prices). Without latency that is the next open.
     */
    CLOSE_WITH_LATENCY("market orders are sent at the close and fill when they arrive, inside the next bar");

    private final String words;

    FillTiming(String words) {
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
