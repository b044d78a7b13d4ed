package org.lama.core.data;

import java.util.Arrays;

/**
 * The spacing of a series: the commonest step between neighbouring times, and the grid it spans. Immutable.
 *
 * @param stepNanos the commonest step, the smallest one if several are equally common; 0 if it cannot be told
 * @param phase remainder of the times of the grid after division by the step
 */
record Spacing(long stepNanos, long phase) {
    /** The spacing of distinct, ascending times. */
    static Spacing of(long[] times) {
        return of(times, 0);
    }

    /** The spacing of distinct, ascending times, where a series too short to tell takes the step of its neighbours. */
    static Spacing of(long[] times, long fallback) {
        if (times.length == 0) {
            return new Spacing(0, 0);
        }
        boolean tooShort = times.length < 10 && fallback > 0;
        long step = times.length < 2 || tooShort ? fallback : commonestStep(times);
        if (step == 0) {
            return new Spacing(0, 0);
        }
        return new Spacing(step, phase(times, step));
    }

    /** A spacing that is stated by who wrote the times, with the phase that most of them have. */
    static Spacing stated(long[] times, long step) {
        return times.length == 0 ? new Spacing(0, 0) : new Spacing(step, phase(times, step));
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
        long[] steps = new long[times.length - 1];
        for (int i = 1; i < times.length; i++) {
            steps[i - 1] = times[i] - times[i - 1];
        }
        Arrays.sort(steps);
        return commonest(steps);
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

    boolean onGrid(long time) {
        return Math.floorMod(time, stepNanos) == phase;
    }
}
