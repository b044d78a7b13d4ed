package org.lama.backtest.sweep;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Returns per period of a bounded number of trials: an even sample of those with a defined metric, all of them where they are
 * few, and the best one. Arrays are not copied. Immutable otherwise.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepReturns {
    private final List<SweepTrial> trials;
    private final List<double[]> series;
    private final List<Long> sampled;

    SweepReturns(List<SweepTrial> trials, List<double[]> series, List<Long> sampled) {
        this.trials = List.copyOf(trials);
        this.series = List.copyOf(series);
        this.sampled = List.copyOf(sampled);
    }

    /**
     * The trials of the sample.
     *
     * @return in the order of their numbers
     */
    public List<SweepTrial> sampled() {
        return trials.stream().filter(t -> sampled.contains(t.number())).toList();
    }

    /**
     * The returns of the sample, one row per trial of {@link #sampled}; trials without returns are left out.
     *
     * @return rows of equal length; none if the function gives no returns
     */
    public double[][] matrix() {
        return sampled().stream()
                .map(t -> of(t.number()))
                .filter(row -> row.length > 0)
                .toArray(double[][]::new);
    }

    /**
     * The same with the returns of one trial more, such as the best, in the order of the numbers.
     *
     * @param number of a trial whose returns were kept
     * @return the sample alone if it holds the trial, or its returns were not kept
     */
    public double[][] matrixWith(long number) {
        return trials.stream()
                .filter(t -> t.number() == number || sampled.contains(t.number()))
                .map(t -> of(t.number()))
                .filter(row -> row.length > 0)
                .toArray(double[][]::new);
    }

    /**
     * The returns of one trial.
     *
     * @param number of the trial
     * @return fractions per period; empty if they were not kept
     */
    public double[] of(long number) {
        for (int k = 0; k < trials.size(); k++) {
            if (trials.get(k).number() == number) {
                return series.get(k);
            }
        }
        return new double[0];
    }
}
