package org.lama.core.search;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.lama.core.base.Check;

/** Stops a trial that is worse than the median of all that reached the same step (Golovin et al. 2017, Vizier). */
final class MedianPruner implements Pruner {
    private final Direction direction;
    private final List<Long> rungs;
    private final int startupTrials;
    private final TreeMap<Long, SortedLosses> seen = new TreeMap<>();

    MedianPruner(Direction direction, List<Long> rungs, int startupTrials) {
        this.direction = Check.notNull(direction, "direction");
        this.rungs = List.copyOf(rungs);
        Check.that(!rungs.isEmpty(), "rungs must hold at least one step");
        for (int i = 0; i < rungs.size(); i++) {
            Check.that(
                    rungs.get(i) >= 1 && (i == 0 || rungs.get(i - 1) < rungs.get(i)),
                    "rungs must be >= 1 and ascending, got " + rungs);
        }
        this.startupTrials = Check.atLeast(startupTrials, 1, "startupTrials");
    }

    @Override
    public List<Long> rungs() {
        return rungs;
    }

    @Override
    public String canonicalText() {
        return "median rungs=" + rungs.toString().replace(" ", "") + " startup=" + startupTrials + " direction="
                + direction.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean[] judge(long step, long[] trials, double[] values) {
        WaveCheck.check(rungs, step, trials, values);
        double[] losses = new double[values.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = direction.loss(values[i]);
        }
        SortedLosses ever = seen.computeIfAbsent(step, key -> new SortedLosses());
        ever.add(losses);
        boolean[] keep = new boolean[losses.length];
        double median = losses.length == 0 ? 0 : ever.at((ever.count() - 1) / 2);
        for (int i = 0; i < keep.length; i++) {
            keep[i] = losses[i] < Double.POSITIVE_INFINITY && (ever.count() < startupTrials || losses[i] <= median);
        }
        return keep;
    }
}
