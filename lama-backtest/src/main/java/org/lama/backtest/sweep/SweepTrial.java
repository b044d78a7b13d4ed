package org.lama.backtest.sweep;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.ParameterSet;

/**
 * One finished trial of a sweep, as it stands in its log.
 *
 * @param number from 0, in the order in which the sampler handed the sets out
 * @param parameters the set
 * @param state whether the metric is defined
 * @param value the metric on all data, NaN unless the state is {@link State#DEFINED}
 * @param figures what is kept beside the metric
 * @param path how it was computed, such as {@code engine} or {@code windows}
 * @param reason why the metric is not defined, or at which step the trial was stopped; empty if neither
 * @param rungs values at the rungs of the pruner that were reached; NaN where not defined there
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SweepTrial(
        long number,
        ParameterSet parameters,
        State state,
        double value,
        TrialFinding.Figures figures,
        String path,
        String reason,
        List<Double> rungs) {
    /** The path of a trial whose evaluation failed. */
    static final String FAILED = "failed";

    /** The path of a trial that failed after its strategy had been made, while it saw data. */
    static final String BROKEN = "broken";

    /** How a trial ended. */
    public enum State {
        /** The metric has a value. */
        DEFINED,
        /** The metric has none on all data: no trades, no spread, or the strategy refused the set. */
        UNDEFINED,
        /** Stopped early by the pruner. */
        PRUNED
    }

    /**
     * Copies the rungs and puts texts on one line.
     *
     * @param number from 0, in the order in which the sampler handed the sets out
     * @param parameters the set
     * @param state whether the metric is defined
     * @param value the metric on all data, NaN unless the state is {@link State#DEFINED}
     * @param figures what is kept beside the metric
     * @param path how it was computed, such as {@code engine} or {@code windows}
     * @param reason why the metric is not defined, or at which step the trial was stopped; empty if neither
     * @param rungs values at the rungs of the pruner that were reached; NaN where not defined there
     */
    public SweepTrial {
        Check.notNull(parameters, "parameters");
        Check.notNull(state, "state");
        Check.notNull(figures, "figures");
        // messages quote what users wrote, and a log has one line for each trial
        path = Check.notNull(path, "path").replaceAll("\\p{Cntrl}+", " ");
        reason = Check.notNull(reason, "reason").replaceAll("\\p{Cntrl}+", " ");
        rungs = List.copyOf(rungs);
    }

    /**
     * Whether the strategy refused the set, or failed with it while it saw data.
     *
     * @return true if there is no result
     */
    public boolean hasFailed() {
        return path.equals(FAILED) || path.equals(BROKEN);
    }

    /**
     * Whether the pruner stopped the trial, so that nobody knows what it does on all data. One that had no value at a step, such
     * as one without trades on the first bars, was stopped too; one that the strategy refused was not.
     *
     * @return true if it was not run to the end
     */
    public boolean wasStopped() {
        boolean withoutValue = state == State.UNDEFINED
                && !rungs.isEmpty()
                && Double.isNaN(rungs.get(rungs.size() - 1))
                && !path.equals(FAILED);
        return state == State.PRUNED || withoutValue;
    }
}
