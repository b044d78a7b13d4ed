package org.lama.backtest.walkforward;

import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Instrument;
import org.lama.core.search.TaskExecutor;

/**
 * What a study works with and what cannot change its figures, apart from the trial count.
 *
 * @param executor runs the folds; any number of threads gives the same bits
 * @param monitor hears of progress and may stop the study
 * @param trials counts the trials
 * @param instruments the instrument of each symbol
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyTools(
        TaskExecutor executor, StudyMonitor monitor, TrialBook trials, Function<String, Instrument> instruments) {
    /**
     * Checks the parts.
     *
     * @param executor runs the folds; any number of threads gives the same bits
     * @param monitor hears of progress and may stop the study
     * @param trials counts the trials
     * @param instruments the instrument of each symbol
     */
    public StudyTools {
        Check.notNull(executor, "executor");
        Check.notNull(monitor, "monitor");
        Check.notNull(trials, "trials");
        Check.notNull(instruments, "instruments");
    }
}
