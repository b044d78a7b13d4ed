package org.lama.backtest.replay;

import java.util.Map;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** The built-in maker as the peers' script has it: every 100 ms 1 at the best bid and the best ask, at most 5 held. */
final class TouchQuoter implements Strategy {
    private final Strategy own = Strategies.maker("touch-quoter").create(Map.of("quantity", "1", "inventory", "5"));

    @Override
    public void onStart(Context context) {
        own.onStart(context);
    }

    @Override
    public void onBar(Context context) {}

    @Override
    public void onTimer(Context context, String name) {
        own.onTimer(context, name);
    }
}
