package org.lama.backtest.strategies;

import java.util.Set;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** Buys each of its symbols once, with an equal part of the equity, at the first bar at which it can be traded. */
final class BuyAndHold implements Strategy {
    /** Empty for all symbols of the data. */
    private final Set<String> held;

    private boolean[] bought = new boolean[0];
    private int count;

    BuyAndHold() {
        this(Set.of());
    }

    BuyAndHold(Set<String> held) {
        this.held = held;
    }

    @Override
    public void onStart(Context context) {
        bought = new boolean[context.symbols().size()];
        count = bought.length;
        for (int i = 0; i < bought.length && !held.isEmpty(); i++) {
            bought[i] = !held.contains(context.symbols().get(i));
            count -= bought[i] ? 1 : 0;
        }
    }

    @Override
    public void onBar(Context context) {
        for (int i = 0; i < bought.length; i++) {
            if (!bought[i] && context.isTradable(i)) {
                bought[i] = true;
                context.target(i, 1.0 / count);
            }
        }
    }
}
