package org.lama.backtest.strategy;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.series.Frame;

/**
 * What a strategy may know and do at one decision time. There is no way to reach a later row: frames are views that end
 * at the bar that just closed.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Context {
    /**
     * The decision time.
     *
     * @return close of the bar, UTC epoch nanoseconds
     */
    long timeNanos();

    /**
     * All symbols of the study; other methods take positions in this list.
     *
     * @return the symbols
     */
    List<String> symbols();

    /**
     * The rows of a symbol up to the bar that just closed.
     *
     * @param symbol position in {@link #symbols()}
     * @return a view; empty before the symbol's first bar
     */
    Frame past(int symbol);

    /**
     * Whether the symbol has a valid bar that closed now, so that it can be traded.
     *
     * @param symbol position in {@link #symbols()}
     * @return true if so
     */
    boolean isTradable(int symbol);

    /**
     * The share of equity now held in a symbol, marked at its last close.
     *
     * @param symbol position in {@link #symbols()}
     * @return weight, negative if short
     */
    double weight(int symbol);

    /**
     * Equity now, all positions marked at their last close.
     *
     * @return in quote currency
     */
    double equity();

    /**
     * Asks for a position of a given share of today's equity; an order goes out at this close and fills at the next
     * open.
     *
     * @param symbol position in {@link #symbols()}
     * @param weight wanted share of equity, finite; limits may reduce it
     */
    void target(int symbol, double weight);
}
