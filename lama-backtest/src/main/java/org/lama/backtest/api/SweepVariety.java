package org.lama.backtest.api;

import org.lama.backtest.analytics.EffectiveTrials;
import org.lama.backtest.sweep.SweepResult;

/**
 * How many different trials a sweep amounts to, by the sample of its trials whose returns were kept. On random walks the best
 * of 200 crossings passed at 95 % in 12 % of the walks with the clusters alone, and in 5 % with the larger of both answers.
 *
 * @param effective at least 1
 * @param clusters at least 1
 * @param observations returns of each trial of the sample, 0 without one
 */
record SweepVariety(double effective, double clusters, int observations) {
    static SweepVariety of(SweepResult result, double[][] matrix) {
        long all = Math.max(Math.max(1, matrix.length), result.statistics().tried());
        EffectiveTrials trials = EffectiveTrials.of(matrix);
        return new SweepVariety(
                trials.effective(all), Math.max(1, trials.clusters(all)), matrix.length == 0 ? 0 : matrix[0].length);
    }
}
