package org.lama.core.search;

import java.util.List;
import org.lama.core.base.Check;

/** What every pruner requires of a wave. */
final class WaveCheck {
    private WaveCheck() {}

    static void check(List<Long> rungs, long step, long[] trials, double[] values) {
        Check.that(rungs.contains(step), "step must be one of the rungs " + rungs + ", got " + step);
        Check.that(
                trials.length == values.length,
                "values must be as many as trials=" + trials.length + ", got " + values.length);
        for (int i = 0; i < trials.length; i++) {
            Check.that(
                    trials[i] >= 0 && (i == 0 || trials[i - 1] < trials[i]),
                    "trials must be >= 0 and ascending, got " + trials[i] + " at " + i);
        }
    }
}
