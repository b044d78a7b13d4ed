package org.lama.core.search;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Stops trials early that do badly on less than all data. A step is how much of the resource a trial has used: bars,
 * folds or rounds. The caller evaluates a wave of trials up to a rung, tells their values in the order of trial
 * numbers and goes on with those that are kept. What is kept is a pure function of the settings and the sequence of
 * calls: a caller that cuts its waves by trial number gets the same answer for any number of threads. Mutable, for one
 * thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Pruner {
    /**
     * The steps at which the pruner decides.
     *
     * @return ascending, all below the full resource; empty if nothing is ever stopped
     */
    List<Long> rungs();

    /**
     * Decides about a wave of trials that reached a rung.
     *
     * @param step the rung
     * @param trials their numbers, ascending
     * @param values their values at this step; a trial with NaN is stopped
     * @return true for each trial that goes on
     */
    boolean[] judge(long step, long[] trials, double[] values);

    /**
     * The kind of the pruner with all its settings: equal texts mean equal pruners.
     *
     * @return such as {@code halving from=30 to=270 factor=3 direction=maximise}
     */
    String canonicalText();

    /**
     * Decides about one trial that reached a rung.
     *
     * @param trial its number
     * @param step the rung
     * @param value its value at this step
     * @return true if the trial goes on
     */
    default boolean report(long trial, long step, double value) {
        return judge(step, new long[] {trial}, new double[] {value})[0];
    }
}
