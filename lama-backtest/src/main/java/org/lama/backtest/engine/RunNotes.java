package org.lama.backtest.engine;

import java.util.List;
import org.lama.core.base.Issue;

/**
 * What a run tells beside its books.
 *
 * @param failures of strategies that were halted
 * @param ambiguousBars bars in which the order of prices decided what filled
 * @param warmUpBars of each strategy
 * @param issues of the streams
 * @param gaps in which positions were closed as if delisted
 */
record RunNotes(
        List<StrategyException> failures,
        long ambiguousBars,
        List<Integer> warmUpBars,
        List<Issue> issues,
        List<Issue> gaps) {
    RunNotes {
        failures = List.copyOf(failures);
        warmUpBars = List.copyOf(warmUpBars);
        issues = List.copyOf(issues);
        gaps = List.copyOf(gaps);
    }
}
