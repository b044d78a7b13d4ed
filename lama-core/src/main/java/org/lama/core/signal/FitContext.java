package org.lama.core.signal;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Deadline;

/**
 * What a fit may spend and where its randomness comes from.
 *
 * @param seed the task's own seed, a pure function of the study's seed
 * @param maxEvaluations likelihood evaluations per candidate, at least 1 (default 2,000)
 * @param maxCandidates candidate models per search, at least 1 (default 100)
 * @param deadline polled between iterations; {@link Deadline#none()} in backtests
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FitContext(long seed, int maxEvaluations, int maxCandidates, Deadline deadline) {
    /**
     * Checks the parts.
     *
     * @param seed the task's own seed, a pure function of the study's seed
     * @param maxEvaluations likelihood evaluations per candidate, at least 1 (default 2,000)
     * @param maxCandidates candidate models per search, at least 1 (default 100)
     * @param deadline polled between iterations; {@link Deadline#none()} in backtests
     */
    public FitContext {
        Check.atLeast(maxEvaluations, 1, "maxEvaluations");
        Check.atLeast(maxCandidates, 1, "maxCandidates");
        Check.notNull(deadline, "deadline");
    }

    /**
     * The budget of a backtest: 2,000 evaluations per candidate, 100 candidates, no clock.
     *
     * @param seed the task's own seed
     * @return the context
     */
    public static FitContext backtest(long seed) {
        return new FitContext(seed, 2_000, 100, Deadline.none());
    }
}
