package org.lama.backtest.replay;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.market.Side;

/** The market maker of the peers' script: every 100 ms cancel all, quote 1 at the best bid and the best ask, at most 5 held. */
final class TouchQuoter implements Strategy {
    private static final long STEP_NANOS = 100_000_000;
    private static final double MOST = 5;
    private long bid;
    private long ask;
    private long next;

    @Override
    public void onStart(Context context) {
        next = context.timeNanos() + STEP_NANOS;
        context.timer("quote", next);
    }

    @Override
    public void onBar(Context context) {}

    @Override
    public void onTimer(Context context, String name) {
        context.cancel(bid);
        context.cancel(ask);
        double position = context.position(0);
        if (position < MOST) {
            bid = context.quote(0, Side.BUY, 1, context.bid(0));
        }
        if (position > -MOST) {
            ask = context.quote(0, Side.SELL, 1, context.ask(0));
        }
        next += STEP_NANOS;
        context.timer("quote", next);
    }
}
