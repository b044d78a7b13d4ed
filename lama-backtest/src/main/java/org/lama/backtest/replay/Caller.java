package org.lama.backtest.replay;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** Who hears of what happens, through which context, and what time it is then. */
record Caller(Strategy strategy, Context context, Clock clock) {}
