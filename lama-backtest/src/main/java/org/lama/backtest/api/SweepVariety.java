package org.lama.backtest.api;

import org.lama.backtest.analytics.EffectiveTrials;
import org.lama.backtest.sweep.SweepResult;

/**
 * How many independent tries a sweep amounts to, by the sample of its trials whose returns were kept.
 *
 * @param effective at least 1
 * @param observations returns of each trial of the sample, 0 without one
 */
record SweepVariety(double effective, int observations) {
    static SweepVariety of(SweepResult result, double[][] matrix) {
        long all = Math.max(Math.max(1, matrix.length), result.statistics().tried());
        EffectiveTrials trials = EffectiveTrials.of(matrix);
        return new SweepVariety(trials.effective(all), matrix.length == 0 ? 0 : matrix[0].length);
    }
}
