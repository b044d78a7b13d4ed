package org.lama.backtest.strategy;

import org.lama.backtest.order.OrderEvent;
import org.lama.core.base.Api;

/**
 * Decides. The same object runs in backtests and, later, on paper and live venues; it must not ask which. All callbacks
 * come on one thread, in the order of time, with a context that knows nothing later than the event. Orders go out with
 * the context's methods and come back as events.
 *
 * <p>A strategy object is used for one run: it may keep state, such as streaming indicators, in its fields.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Strategy {
    /**
     * How many closed bars of an instrument the strategy needs before its orders for it count. During the warm-up
     * {@link #onBar} is called, so that indicators can fill, but orders and targets are refused with
     * {@link OrderEvent.Reason#WARM_UP}.
     *
     * @return at least 0
     */
    default int warmUpBars() {
        return 0;
    }

    /**
     * Called once before the first event.
     *
     * @param context the run; no bar has closed yet
     */
    default void onStart(Context context) {}

    /**
     * Called at each time at which at least one bar closed, after all fills and marks of that time. A target that is not
     * renewed keeps its position.
     *
     * @param context what is knowable now
     */
    void onBar(Context context);

    /**
     * Called for each print of the venue's tape.
     *
     * @param context what is knowable now; its {@code lastTrade} methods tell the print
     * @param instrument whose tape
     */
    default void onTrade(Context context, int instrument) {}

    /**
     * Called for each new snapshot of an order book.
     *
     * @param context what is knowable now; its {@code bid} and {@code ask} methods tell the book
     * @param instrument whose book
     */
    default void onBook(Context context, int instrument) {}

    /**
     * Called when something happened to an order or a position of this strategy.
     *
     * @param context what is knowable now
     * @param event what happened
     */
    default void onOrder(Context context, OrderEvent event) {}

    /**
     * Called when a timer set with {@link Context#timer} is due.
     *
     * @param context what is knowable now
     * @param name of the timer
     */
    default void onTimer(Context context, String name) {}

    /**
     * Called once after the last event. Orders are refused from here on.
     *
     * @param context the end of the run
     */
    default void onEnd(Context context) {}

    /**
     * Why the strategy sent no order, for whoever reads the result of a run without any.
     *
     * @return a clause such as {@code its volatility was not known yet}; empty if the strategy does not say
     */
    default String whyIdle() {
        return "";
    }
}
