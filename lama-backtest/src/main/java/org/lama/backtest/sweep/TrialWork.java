package org.lama.backtest.sweep;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.TaskWorker;

/**
 * The far side of the trials of a sweep: what a {@link TaskWorker} returns that has made a trial function of its bytes.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TrialWork {
    private TrialWork() {}

    /**
     * Evaluates what a {@link Sweep} asks for.
     *
     * @param function equal to that of the sweep
     * @return the work
     */
    public static TaskWorker.Work of(TrialFunction function) {
        Check.notNull(function, "function");
        return input -> TrialBytes.ofFinding(TrialTask.evaluate(function, TrialBytes.caseOf(input)));
    }
}
