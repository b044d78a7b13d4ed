package org.lama.backtest.engine;

import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;

/** An engine that fills on the bar that made the decision: a cheat for the honesty kit to catch. */
public final class DishonestEngine {
    private DishonestEngine() {}

    /** Runs with fills on the decision bar. */
    public static void run(MarketData data, Strategy strategy, EngineSettings settings, EngineObserver observer) {
        BarEngine.run(data, strategy, settings, observer, TargetTiming.SAME_BAR);
    }
}
