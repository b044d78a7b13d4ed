package org.lama.core.data;

import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;

/**
 * Finds stretches in which the volumes in base and in quote currency stand in each other's column: quote over base must
 * be a price that the bar saw, and there base over quote is. Bars that both readings fit, and bars without trade, decide
 * nothing. Stateless.
 */
final class SwappedVolume {
    /** Averages are rounded, and venues count fees differently. */
    private static final double TOLERANCE = 0.001;

    /** Fewer swapped bars between right ones are chance. */
    private static final int FEWEST_BARS = 6;

    private SwappedVolume() {}

    /** For each of the rows, which are in the order of time, whether it lies swapped in a swapped stretch. */
    static boolean[] flags(RawTable table, int[] rows) {
        boolean[] flags = new boolean[rows.length];
        walk(table, rows, (from, to, bars) -> {
            for (int i = from; i <= to; i++) {
                flags[i] = reading(table, rows[i]) < 0;
            }
        });
        return flags;
    }

    /** Counts the swapped bars, one place for each stretch. */
    static void tally(RawTable table, int[] rows, Tally tally) {
        walk(
                table,
                rows,
                (from, to, bars) -> tally.add(
                        Issue.Reason.SWAPPED_VOLUME,
                        bars,
                        () -> TimeIndex.instant(table.times[rows[from]]) + " to "
                                + TimeIndex.instant(table.times[rows[to]]) + ", " + bars + " bars"));
    }

    private interface Stretch {
        void found(int from, int to, int bars);
    }

    private static void walk(RawTable table, int[] rows, Stretch sink) {
        if (quoteVolume(table) < 0) {
            return;
        }
        int from = -1;
        int to = -1;
        int bars = 0;
        for (int i = 0; i <= rows.length; i++) {
            int reading = i == rows.length ? 1 : reading(table, rows[i]);
            if (reading > 0) {
                if (bars >= FEWEST_BARS) {
                    sink.found(from, to, bars);
                }
                bars = 0;
            } else if (reading < 0) {
                from = bars == 0 ? i : from;
                to = i;
                bars++;
            }
        }
    }

    static int quoteVolume(RawTable table) {
        return table.hasVolume ? table.extraNames.indexOf("quote_volume") : -1;
    }

    /** 1 if the volumes stand right, -1 if they are swapped, 0 if that cannot be told. */
    private static int reading(RawTable table, int row) {
        double base = table.prices[RawTable.VOLUME][row];
        double quote = table.extras[quoteVolume(table)][row];
        double low = table.prices[RawTable.LOW][row] * (1 - TOLERANCE);
        double high = table.prices[RawTable.HIGH][row] * (1 + TOLERANCE);
        if (!(base > 0 && quote > 0)) {
            return 0;
        }
        boolean right = quote / base >= low && quote / base <= high;
        boolean swapped = base / quote >= low && base / quote <= high;
        return right == swapped ? 0 : right ? 1 : -1;
    }
}
