package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds stretches of one series whose clock runs whole hours beside that of another source of the same asset. Each bar is
 * given the shift of up to 14 hours under which its return is nearest to the other source's; changing the shift costs, so
 * that only stretches which fit much better under another shift are named (dynamic programming after Viterbi 1967, O(29 n)
 * time). Stateless.
 */
final class TimeShifts {
    private static final long HOUR = 3_600_000_000_000L;
    private static final int MOST_HOURS = 14;
    private static final int STATES = 2 * MOST_HOURS + 1;
    /** A return that misses by this many times the usual size says no more than one that misses by less. */
    private static final double MOST_COST = 4;
    /** About what 10 bars gain under the right shift. */
    private static final double CHANGE_COST = 20;
    /** Returns of two venues differ by less than this share of their usual size. */
    private static final double SCALE = 0.68;

    private static final int FEWEST_BARS = 48;
    private static final int MOST_ROWS = 20_000_000;

    private TimeShifts() {}

    /**
     * A stretch.
     *
     * @param from first bar, UTC epoch nanoseconds
     * @param to end, exclusive
     * @param hours hours to be added to its times
     */
    record Stretch(long from, long to, int hours) {
        /** The same stretch as the other series shows it. */
        Stretch mirrored() {
            return new Stretch(from + hours * HOUR, to + hours * HOUR, -hours);
        }

        boolean overlaps(Stretch other) {
            long shared = Math.min(to, other.to) - Math.max(from, other.from);
            return 2 * shared >= to - from && hours * other.hours > 0;
        }
    }

    /** The stretches of a series that are shifted against another one; none for bars longer than an hour. */
    static List<Stretch> find(SeriesProbe series, SeriesProbe other) {
        long step = series.key().barNanos();
        if (step > HOUR || HOUR % step != 0 || series.size() < FEWEST_BARS || other.size() < FEWEST_BARS) {
            return List.of();
        }
        long first = series.times()[0];
        long rows = (series.times()[series.size() - 1] - first) / step + 1;
        if (rows > MOST_ROWS) {
            return List.of();
        }
        double[] own = returns(series, first, (int) rows, step);
        int hourBars = (int) (HOUR / step);
        int margin = MOST_HOURS * hourBars;
        double[] theirs = returns(other, first - margin * step, (int) rows + 2 * margin, step);
        double scale = SCALE * usualMove(own, theirs, margin);
        if (!(scale > 0)) {
            return List.of();
        }
        byte[] path = path(own, theirs, hourBars, scale);
        return stretches(path, first, step);
    }

    /** The median size of the returns where both series have bars. */
    private static double usualMove(double[] own, double[] theirs, int margin) {
        double[] sizes = new double[own.length];
        int count = 0;
        for (int t = 0; t < own.length; t++) {
            if (Double.isFinite(own[t]) && Double.isFinite(theirs[t + margin])) {
                sizes[count++] = Math.abs(own[t]);
            }
        }
        Arrays.sort(sizes, 0, count);
        return count < FEWEST_BARS ? 0 : sizes[count / 2];
    }

    /** Log returns on an even grid; NaN where a bar or the one before is missing. */
    private static double[] returns(SeriesProbe probe, long first, int rows, long step) {
        double[] logs = new double[rows + 1];
        Arrays.fill(logs, Double.NaN);
        for (int i = 0; i < probe.size(); i++) {
            long offset = probe.times()[i] - first;
            long row = Math.floorDiv(offset, step) + 1;
            if (row >= 0 && row <= rows && Math.floorMod(offset, step) == 0) {
                logs[(int) row] = Math.log(probe.closes()[i]);
            }
        }
        double[] returns = new double[rows];
        for (int row = 0; row < rows; row++) {
            returns[row] = logs[row + 1] - logs[row];
        }
        return returns;
    }

    /** The cheapest shift of each bar, as a state. */
    private static byte[] path(double[] own, double[] theirs, int hourBars, double scale) {
        double[] cost = new double[STATES];
        Arrays.fill(cost, CHANGE_COST);
        cost[MOST_HOURS] = 0;
        byte[] cheapest = new byte[own.length];
        int[] stays = new int[own.length];
        for (int t = 0; t < own.length; t++) {
            int best = argMin(cost);
            double change = cost[best] + CHANGE_COST;
            cheapest[t] = (byte) best;
            boolean told = Double.isFinite(own[t]) && Double.isFinite(theirs[t + MOST_HOURS * hourBars]);
            for (int state = 0; state < STATES; state++) {
                double miss = told ? Math.abs(own[t] - theirs[t + state * hourBars]) / scale : 0;
                double here = Double.isNaN(miss) ? MOST_COST : Math.min(miss, MOST_COST);
                boolean stay = cost[state] <= change;
                stays[t] |= stay ? 1 << state : 0;
                cost[state] = (stay ? cost[state] : change) + here;
            }
        }
        byte[] path = new byte[own.length];
        int state = argMin(cost);
        for (int t = own.length - 1; t >= 0; t--) {
            path[t] = (byte) state;
            state = (stays[t] >> state & 1) != 0 ? state : cheapest[t];
        }
        return path;
    }

    private static int argMin(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] < values[best] ? i : best;
        }
        return best;
    }

    private static List<Stretch> stretches(byte[] path, long first, long step) {
        List<Stretch> found = new ArrayList<>();
        int start = 0;
        for (int t = 1; t <= path.length; t++) {
            if (t == path.length || path[t] != path[start]) {
                int hours = path[start] - MOST_HOURS;
                if (hours != 0 && t - start >= FEWEST_BARS) {
                    found.add(new Stretch(first + start * step, first + t * step, hours));
                }
                start = t;
            }
        }
        return found;
    }
}
