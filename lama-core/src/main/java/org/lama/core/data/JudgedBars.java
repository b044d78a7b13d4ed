package org.lama.core.data;

import java.util.Arrays;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;

/** The bars of one series under judgement: what the checks of whole stretches need to see, and where they say it. */
final class JudgedBars {
    private final RawTable table;
    private final int[] rows;
    private final byte[] states;
    private final int[] segments;
    private final Tally tally;

    /**
     * Gathers the parts; arrays are kept, not copied, so that marks are seen by the owner.
     *
     * @param table the rows as they stood in the file
     * @param rows for each bar its position in the table
     * @param states for each bar whether it can be used
     * @param tally where findings are counted
     */
    JudgedBars(RawTable table, int[] rows, byte[] states, Tally tally) {
        this.table = table;
        this.rows = rows;
        this.states = states;
        this.tally = tally;
        segments = new int[rows.length];
    }

    /** Where a row of the table stands: its time, if it has one, and its number in the file. */
    static String place(RawTable table, int row) {
        long time = table.times[row];
        return (time == TimeText.NONE ? "" : TimeIndex.instant(time) + " ") + "(row " + table.rowNumbers[row] + ")";
    }

    int bars() {
        return rows.length;
    }

    /** The close of a bar that nothing is wrong with so far, else NaN. */
    double usableClose(int bar) {
        return states[bar] == Checked.GOOD ? table.prices[RawTable.CLOSE][rows[bar]] : Double.NaN;
    }

    /** One field of a bar. */
    double field(int field, int bar) {
        return table.prices[field][rows[bar]];
    }

    /** For each bar the number of its segment; the array itself. */
    int[] segments() {
        return segments;
    }

    void mark(int bar, byte state) {
        states[bar] = state;
    }

    void segmentFrom(int bar, int segment) {
        Arrays.fill(segments, bar, segments.length, segment);
    }

    void count(Issue.Reason reason, int bar, String detail) {
        int row = rows[bar];
        tally.add(reason, () -> place(table, row) + (detail.isEmpty() ? "" : ": " + detail));
    }

    void count(Issue.Reason reason, int bars, int firstBar, String detail) {
        int row = rows[firstBar];
        tally.add(reason, bars, () -> place(table, row) + ": " + detail);
    }
}
