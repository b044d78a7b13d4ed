package org.lama.backtest.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.lama.backtest.analytics.EffectiveTrials;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepTrial;

/**
 * How many independent tries a sweep amounts to, by the sample of its trials whose returns were kept.
 *
 * @param effective at least 1
 * @param observations returns of each trial of the sample, 0 without one
 * @param novelty how little each trial of the sample resembles those before it, by its number
 */
record SweepVariety(double effective, int observations, TreeMap<Long, Double> novelty) {
    static SweepVariety of(SweepResult result) {
        return among(result, any -> true, result.statistics().tried());
    }

    /** The same of some of the trials. */
    static SweepVariety among(SweepResult result, Predicate<SweepTrial> some, long tried) {
        List<SweepTrial> sampled = result.returns().sampled().stream()
                .filter(some)
                .filter(trial -> result.returns().of(trial.number()).length > 0)
                .toList();
        double[][] matrix = sampled.stream()
                .map(trial -> result.returns().of(trial.number()))
                .toArray(double[][]::new);
        EffectiveTrials trials = EffectiveTrials.of(matrix);
        double[] each = trials.novelty();
        TreeMap<Long, Double> novelty = new TreeMap<>();
        for (int i = 0; i < each.length; i++) {
            novelty.put(sampled.get(i).number(), each[i]);
        }
        return new SweepVariety(
                trials.effective(Math.max(Math.max(1, matrix.length), tried)),
                matrix.length == 0 ? 0 : matrix[0].length,
                novelty);
    }

    /** Of any trial: that of its neighbours in the sample where it is not one of them. */
    double noveltyOf(long number) {
        Map.Entry<Long, Double> before = novelty.floorEntry(number);
        Map.Entry<Long, Double> after = novelty.ceilingEntry(number);
        if (before == null || after == null) {
            return before != null ? before.getValue() : after != null ? after.getValue() : 1;
        }
        return (before.getValue() + after.getValue()) / 2;
    }
}
