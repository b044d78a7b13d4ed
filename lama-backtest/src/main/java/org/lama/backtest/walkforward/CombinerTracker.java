package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;

/**
 * Follows the scores of all combiners through time and says which of them holds; sees a period only after its close.
 * Mutable, single-threaded; a period costs O(combiners · window).
 */
final class CombinerTracker {
    private static final int LEAST = 20;

    private final List<String> names;
    private final int window;
    private final double[][] ring;
    private final int[] streak;
    private final double[] mean;
    private final double[] squares;
    private final int[] led;
    private final int[] chosen;
    private final List<CombinerTracking.Switch> switches = new ArrayList<>();
    private final List<CombinerTracking.Point> points = new ArrayList<>();
    private int periods;
    private int choice;

    CombinerTracker(List<String> names) {
        this.names = names;
        window = CombinerTracking.WINDOW;
        int count = names.size();
        ring = new double[count][window];
        streak = new int[count];
        mean = new double[count];
        squares = new double[count];
        led = new int[count];
        chosen = new int[count];
    }

    /** Number of the combiner that holds now; the configured one, 0, until another takes over. */
    int choice() {
        return choice;
    }

    /** Takes the scores of the period that has just closed; a period in which nothing was scored is left out. */
    void observe(long closeNanos, double[] scores) {
        int at = periods % window;
        periods++;
        chosen[choice]++;
        for (int c = 0; c < scores.length; c++) {
            ring[c][at] = scores[c];
            double delta = scores[c] - mean[c];
            mean[c] += delta / periods;
            squares[c] += delta * (scores[c] - mean[c]);
        }
        int n = Math.min(periods, window);
        note(closeNanos, n);
        if (n >= LEAST) {
            decide(closeNanos, n);
        }
    }

    private void note(long closeNanos, int n) {
        List<Double> rolling = new ArrayList<>();
        int best = 0;
        for (int c = 0; c < ring.length; c++) {
            rolling.add(mean(ring[c], n));
            best = rolling.get(c) > rolling.get(best) ? c : best;
        }
        led[best]++;
        points.add(new CombinerTracking.Point(closeNanos, rolling));
    }

    private void decide(long closeNanos, int n) {
        int next = choice;
        double most = 0;
        for (int c = 0; c < ring.length; c++) {
            double lead = c == choice ? 0 : lead(ring[c], ring[choice], n);
            streak[c] = lead > CombinerTracking.LEAD ? streak[c] + 1 : 0;
            if (streak[c] >= CombinerTracking.PATIENCE && lead > most) {
                next = c;
                most = lead;
            }
        }
        if (next != choice) {
            switches.add(new CombinerTracking.Switch(closeNanos, names.get(choice), names.get(next), most));
            choice = next;
            java.util.Arrays.fill(streak, 0);
        }
    }

    private static double mean(double[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[i];
        }
        return sum / n;
    }

    /** Mean of the differences in their standard errors; 0 if they do not differ. */
    private static double lead(double[] challenger, double[] holder, int n) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double difference = challenger[i] - holder[i];
            double delta = difference - mean;
            mean += delta / (i + 1);
            squares += delta * (difference - mean);
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        return error > 0 ? mean / error : 0;
    }

    CombinerTracking result(boolean active) {
        List<CombinerTracking.Score> rows = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            rows.add(new CombinerTracking.Score(
                    names.get(c),
                    periods > 0 ? mean[c] : Double.NaN,
                    periods > 1 ? Math.sqrt(squares[c] / (periods - 1) / periods) : Double.NaN,
                    periods,
                    periods > 0 ? (double) led[c] / periods : 0,
                    periods > 0 ? (double) chosen[c] / periods : 0));
        }
        return new CombinerTracking(active, rows, switches, CombinerTracking.thinned(points));
    }
}
