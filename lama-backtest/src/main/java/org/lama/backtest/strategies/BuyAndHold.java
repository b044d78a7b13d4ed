package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** Buys each symbol once, with an equal part of the equity, at the first bar at which it can be traded. */
final class BuyAndHold implements Strategy {
    private boolean[] bought = new boolean[0];

    @Override
    public void onStart(Context context) {
        bought = new boolean[context.symbols().size()];
    }

    @Override
    public void onBar(Context context) {
        for (int i = 0; i < bought.length; i++) {
            if (!bought[i] && context.isTradable(i)) {
                bought[i] = true;
                context.target(i, 1.0 / bought.length);
            }
        }
    }
}
