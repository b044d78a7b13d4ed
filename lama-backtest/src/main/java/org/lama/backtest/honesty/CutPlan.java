package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * Where the future begins. Half of the cuts fall anywhere, one in each of equal stretches of the bars; half fall right
 * after a decision, one in each of equal stretches of the decisions: a leak that lasts for one bar shows only there. As
 * many further decisions as fit into a fixed amount of work get a cut of their own, which is spoilt in one way, or in two
 * if there is room.
 */
final class CutPlan {
    /** Rows of the data that the further cuts may run through; a run ends at its cut, so on average half of them. */
    private static final long ROWS = 2_000_000;

    private final long[] main;
    private final long[] further;
    private final long[] again;

    CutPlan(MarketData data, Recording truth, CheckSettings settings) {
        long[] grid = StrategyHonesty.grid(data);
        int first = settings.firstBar();
        Check.that(grid.length > first, "data must hold more bars than firstBar=" + first + ", got " + grid.length);
        long[] bars = Arrays.copyOfRange(grid, first, grid.length);
        long[] decisions = decisions(truth, bars[0], grid[grid.length - 1]);
        TreeSet<Long> cuts = new TreeSet<>();
        int half = settings.cuts() / 2;
        draw(decisions, half, Seeds.rng(settings.seed(), 1), cuts);
        draw(bars, settings.cuts() - cuts.size(), Seeds.rng(settings.seed(), 0), cuts);
        for (Instant at : settings.at()) {
            cuts.add(TimeIndex.nanos(at) + data.barNanos());
        }
        main = cuts.stream().mapToLong(Long::longValue).toArray();
        long rows = 0;
        for (Frame frame : data.frames()) {
            rows += frame.size();
        }
        TreeSet<Long> more = new TreeSet<>();
        int room = (int) Math.min(Integer.MAX_VALUE, 2 * ROWS / rows);
        draw(decisions, room, Seeds.rng(settings.seed(), 2), more);
        more.removeAll(cuts);
        further = more.stream().mapToLong(Long::longValue).toArray();
        TreeSet<Long> others = new TreeSet<>();
        draw(further, room - further.length, Seeds.rng(settings.seed(), 3), others);
        again = others.stream().mapToLong(Long::longValue).toArray();
    }

    /** First spoilt times, ascending: the close of a decision is the open of the first bar that it may not know. */
    long[] main() {
        return main;
    }

    /** Further ones, after decisions. */
    long[] further() {
        return further;
    }

    /** Those of the further ones that are spoilt in a second way. */
    long[] again() {
        return again;
    }

    private static void draw(long[] from, int count, Rng rng, Set<Long> cuts) {
        int most = Math.min(count, from.length);
        for (int i = 0; i < most; i++) {
            int low = (int) ((long) from.length * i / most);
            int high = (int) ((long) from.length * (i + 1) / most);
            cuts.add(from[low + rng.nextInt(high - low)]);
        }
    }

    private static long[] decisions(Recording truth, long first, long last) {
        TreeSet<Long> times = new TreeSet<>();
        for (Recording.Column each : new Recording.Column[] {truth.targets(), truth.fills()}) {
            for (int i = 0; i < each.size(); i++) {
                long time = each.cell(i, 0);
                if (time >= first && time <= last) {
                    times.add(time);
                }
            }
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }
}
