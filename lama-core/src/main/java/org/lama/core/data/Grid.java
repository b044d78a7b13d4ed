package org.lama.core.data;

import java.util.Arrays;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;

/** Counts disorder, repetition and holes in the times of a table that has no bars. Stateless. */
final class Grid {
    /** A hole of a table is one from this many steps on: few tables are as even as bars. */
    private static final double HOLE_STEPS = 1.5;

    private Grid() {}

    /** Counts what is wrong and gives the spacing; times without a value are skipped. */
    static Spacing check(long[] given, Tally tally) {
        long[] times =
                Arrays.stream(given).filter(time -> time != TimeText.NONE).toArray();
        if (times.length < given.length) {
            tally.add(Issue.Reason.NON_FINITE, given.length - times.length, () -> "rows without a time");
        }
        order(times, tally);
        Arrays.sort(times);
        long[] distinct = Arrays.stream(times).distinct().toArray();
        Spacing spacing = Spacing.of(distinct);
        long step = spacing.stepNanos();
        for (int i = 1; step > 0 && i < distinct.length; i++) {
            long gap = distinct[i] - distinct[i - 1];
            if (gap > HOLE_STEPS * step) {
                long from = distinct[i - 1] + step;
                long to = distinct[i];
                long missing = Math.max(1, Math.round((double) gap / step) - 1);
                tally.add(
                        Issue.Reason.MISSING_BARS,
                        (int) Math.min(missing, Integer.MAX_VALUE / 4),
                        () -> TimeIndex.instant(from) + " to " + TimeIndex.instant(to));
            }
        }
        return spacing;
    }

    private static void order(long[] times, Tally tally) {
        int down = 0;
        int up = 0;
        for (int i = 1; i < times.length; i++) {
            down += times[i] < times[i - 1] ? 1 : 0;
            up += times[i] > times[i - 1] ? 1 : 0;
        }
        if (down > up) {
            tally.add(Issue.Reason.REVERSED, () -> "all rows");
        } else if (down > 0) {
            tally.add(Issue.Reason.OUT_OF_ORDER, down, () -> "rows before the row above");
        }
    }
}
