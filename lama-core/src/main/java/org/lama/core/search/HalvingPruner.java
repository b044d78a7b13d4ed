package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Check;

/**
 * Successive halving whose rungs remember: of all trials that ever reached a rung the best 1/factor go on (Li et al. 2020,
 * arXiv:1810.05934), decided per wave. Hyperband is several of them side by side, each with its own first rung.
 */
final class HalvingPruner implements Pruner {
    /** The golden ratio: multiples of it modulo 1 spread trials over the brackets without clusters. */
    private static final double GOLDEN = 0.6180339887498949;

    private final Direction direction;
    private final String text;
    private final int factor;
    private final List<Long> rungs;
    /** By bracket: the share of trials in it and in those before it. */
    private final double[] shares;
    /** By bracket, then rung. */
    private final SortedLosses[][] seen;

    HalvingPruner(Direction direction, long from, long to, int factor, boolean hyperband) {
        this.direction = Check.notNull(direction, "direction");
        Check.that(from >= 1 && from < to, "from must be in [1, to=" + to + "), got " + from);
        Check.atLeast(factor, 2, "factor");
        this.factor = factor;
        List<Long> steps = new ArrayList<>();
        for (long step = from; step < to; step = step > Long.MAX_VALUE / factor ? Long.MAX_VALUE : step * factor) {
            steps.add(step);
        }
        rungs = List.copyOf(steps);
        // The last bracket of Hyperband has no rung below the full resource: its trials are never stopped.
        int brackets = hyperband ? rungs.size() + 1 : 1;
        shares = shares(brackets, factor);
        seen = new SortedLosses[brackets][rungs.size()];
        for (SortedLosses[] bracket : seen) {
            for (int r = 0; r < bracket.length; r++) {
                bracket[r] = new SortedLosses();
            }
        }
        text = (hyperband ? "hyperband" : "halving") + " from=" + from + " to=" + to + " factor=" + factor
                + " direction=" + direction.name().toLowerCase(Locale.ROOT);
    }

    /** As many trials as give every bracket the same budget (Li et al. 2018, algorithm 1). */
    private static double[] shares(int brackets, int factor) {
        double[] cumulative = new double[brackets];
        double sum = 0;
        for (int b = 0; b < brackets; b++) {
            int halvings = brackets - 1 - b;
            sum += Math.ceil((double) brackets / (halvings + 1) * StrictMath.pow(factor, halvings));
            cumulative[b] = sum;
        }
        for (int b = 0; b < brackets; b++) {
            cumulative[b] /= sum;
        }
        return cumulative;
    }

    private int bracket(long trial) {
        double place = trial * GOLDEN - Math.floor(trial * GOLDEN);
        int bracket = 0;
        while (bracket < shares.length - 1 && place >= shares[bracket]) {
            bracket++;
        }
        return bracket;
    }

    @Override
    public List<Long> rungs() {
        return rungs;
    }

    @Override
    public String canonicalText() {
        return text;
    }

    @Override
    public boolean[] judge(long step, long[] trials, double[] values) {
        WaveCheck.check(rungs, step, trials, values);
        boolean[] keep = new boolean[trials.length];
        for (int b = 0; b < seen.length; b++) {
            judgeBracket(b, rungs.indexOf(step), trials, values, keep);
        }
        return keep;
    }

    private void judgeBracket(int bracket, int rung, long[] trials, double[] values, boolean[] keep) {
        int[] members = new int[trials.length];
        int count = 0;
        for (int i = 0; i < trials.length; i++) {
            if (bracket(trials[i]) == bracket) {
                members[count++] = i;
                keep[i] = rung < bracket && !Double.isNaN(values[i]);
            }
        }
        if (rung < bracket || count == 0) {
            return;
        }
        double[] losses = new double[count];
        for (int m = 0; m < count; m++) {
            losses[m] = direction.loss(values[members[m]]);
        }
        SortedLosses ever = seen[bracket][rung];
        ever.add(losses);
        int room = Math.max(1, ever.count() / factor);
        for (int m = 0; m < count; m++) {
            int equalBefore = 0;
            for (int k = 0; k < m; k++) {
                equalBefore += losses[k] == losses[m] ? 1 : 0;
            }
            keep[members[m]] =
                    losses[m] < Double.POSITIVE_INFINITY && ever.smaller(losses[m]) + equalBefore < room;
        }
    }
}
