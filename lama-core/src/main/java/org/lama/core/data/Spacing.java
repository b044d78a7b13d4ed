package org.lama.core.data;

import java.util.Arrays;

/**
 * The spacing of a series: the commonest step between neighbouring times, or the one that is stated, and the grid it spans.
 * Immutable.
 */
final class Spacing {
    /** A run of equal steps is no chance if fewer of its kind are to be expected in the whole series. */
    private static final double CHANCE_RUNS = 0.01;

    private static final long[] DENSE = {};

    private final long stepNanos;
    private final long phase;
    /** The steps between the times, sorted, if the grid is one on which most places are empty; else none. */
    private final long[] sparse;

    private Spacing(long stepNanos, long phase, long[] sparse) {
        this.stepNanos = stepNanos;
        this.phase = phase;
        this.sparse = sparse;
    }

    /** The spacing of distinct, ascending times. */
    static Spacing of(long[] times) {
        return of(times, 0);
    }

    /** The spacing of distinct, ascending times, where a series too short to tell takes the step of its neighbours. */
    static Spacing of(long[] times, long fallback) {
        if (times.length == 0) {
            return new Spacing(0, 0, DENSE);
        }
        boolean tooShort = times.length < 10 && fallback > 0;
        long step = times.length < 2 || tooShort ? fallback : commonestStep(times);
        if (step == 0) {
            return new Spacing(0, 0, DENSE);
        }
        return new Spacing(step, phase(times, step), DENSE);
    }

    /** A spacing that is stated by who wrote the times, with the phase that most of them have. */
    static Spacing stated(long[] times, long step) {
        if (times.length == 0) {
            return new Spacing(0, 0, DENSE);
        }
        long[] steps = steps(times);
        boolean sparse = steps.length > 0 && commonest(steps) > step;
        return new Spacing(step, phase(times, step), sparse ? steps : DENSE);
    }

    private static long phase(long[] times, long step) {
        long[] phases = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            phases[i] = Math.floorMod(times[i], step);
        }
        Arrays.sort(phases);
        return commonest(phases);
    }

    private static long commonestStep(long[] times) {
        return commonest(steps(times));
    }

    private static long[] steps(long[] times) {
        long[] steps = new long[times.length - 1];
        for (int i = 1; i < times.length; i++) {
            steps[i - 1] = times[i] - times[i - 1];
        }
        Arrays.sort(steps);
        return steps;
    }

    private static long commonest(long[] sorted) {
        long best = sorted[0];
        int most = 0;
        int start = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                if (i - start > most) {
                    most = i - start;
                    best = sorted[start];
                }
                start = i;
            }
        }
        return best;
    }

    /** The step; the smallest one if several are equally common, 0 if it cannot be told. */
    long stepNanos() {
        return stepNanos;
    }

    boolean onGrid(long time) {
        return Math.floorMod(time, stepNanos) == phase;
    }

    /** Whether steps can be those of longer bars: where bars are sparse these must begin at whole multiples of their length. */
    boolean isCoarser(long step, long time) {
        return sparse.length == 0 || Math.floorMod(time - phase, step) == 0;
    }

    /** Whether a run of equal steps can be chance: only where bars are sparse, and only as long as their share explains. */
    boolean isChance(long step, int run) {
        int from = Arrays.binarySearch(sparse, step);
        if (from < 0) {
            return false;
        }
        int to = from;
        while (from > 0 && sparse[from - 1] == step) {
            from--;
        }
        while (to < sparse.length && sparse[to] == step) {
            to++;
        }
        double share = (to - from) / (double) sparse.length;
        return sparse.length * Math.pow(share, run) > CHANCE_RUNS;
    }
}
