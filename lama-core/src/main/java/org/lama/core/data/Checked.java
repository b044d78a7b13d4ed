package org.lama.core.data;

import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;

/**
 * One series after judgement: its bars in the order of time, one per time, with what is wrong about each.
 *
 * @param series the rows as they stood in the file
 * @param rows for each bar its position in the table
 * @param states for each bar whether it can be used: {@link #GOOD}, {@link #BROKEN} or {@link #DEAD}
 * @param segments for each bar the number of the segment it belongs to, from 0
 * @param stepNanos spacing of the bars, 0 if it cannot be told
 * @param report the findings
 * @param gaps every place where bars are missing
 */
record Checked(
        RawTable.RawSeries series,
        int[] rows,
        byte[] states,
        int[] segments,
        long stepNanos,
        QualityReport report,
        List<Issue> gaps) {
    /** The bar can be used. */
    static final byte GOOD = 0;
    /** The bar breaks an ERROR rule, is a spike or lies off the grid: its values are not believed. */
    static final byte BROKEN = 1;
    /** The bar lies after the end of trading. */
    static final byte DEAD = 2;
    /** The bar lies between two bars of the grid. */
    static final byte OFF_GRID = 3;

    long time(int bar) {
        return series.table().times[rows[bar]];
    }

    double value(int field, int bar) {
        return series.table().prices[field][rows[bar]];
    }

    int size() {
        return rows.length;
    }
}
