package org.lama.backtest.engine;

import java.util.List;

/**
 * What a run tells beside its books.
 *
 * @param failures of strategies that were halted
 * @param ambiguousBars bars in which the order of prices decided what filled
 * @param warmUpBars of each strategy
 */
record RunNotes(List<StrategyException> failures, long ambiguousBars, List<Integer> warmUpBars) {
    RunNotes {
        failures = List.copyOf(failures);
        warmUpBars = List.copyOf(warmUpBars);
    }
}
