package org.lama.core.data;

import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;

/** One series after judgement: its bars in the order of time, one per time, with what is wrong about each. */
final class Checked {
    /** The bar can be used. */
    static final byte GOOD = 0;
    /** The bar breaks an ERROR rule, is a spike or has two versions: its values are not believed. */
    static final byte BROKEN = 1;
    /** The bar lies after the end of trading. */
    static final byte DEAD = 2;
    /** The bar lies between two bars of the grid. */
    static final byte OFF_GRID = 3;

    private final RawTable.RawSeries series;
    private final int[] rows;
    private final byte[] states;
    private final int[] segments;
    private final QualityReport report;
    private final List<Issue> gaps;

    /**
     * Gathers the parts; arrays are kept, not copied.
     *
     * @param series the rows as they stood in the file
     * @param rows for each bar its position in the table
     * @param states for each bar whether it can be used
     * @param segments for each bar the number of the segment it belongs to, from 0
     * @param report the findings
     * @param gaps every place where bars are missing
     */
    Checked(
            RawTable.RawSeries series,
            int[] rows,
            byte[] states,
            int[] segments,
            QualityReport report,
            List<Issue> gaps) {
        this.series = series;
        this.rows = rows;
        this.states = states;
        this.segments = segments;
        this.report = report;
        this.gaps = List.copyOf(gaps);
    }

    RawTable.RawSeries series() {
        return series;
    }

    RawTable table() {
        return series.table();
    }

    String symbol() {
        return series.symbol();
    }

    QualityReport report() {
        return report;
    }

    List<Issue> gaps() {
        return gaps;
    }

    /** Spacing of the bars, 0 if it cannot be told. */
    long stepNanos() {
        return report.stepNanos();
    }

    /** All rows that have a time, repeated ones too, in the order of time; equal times keep the file's order. */
    int[] ordered() {
        return TimeOrder.sort(series.table(), series.rows(), new Tally(), row -> {});
    }

    /** Remainder of the times of the grid after division by the spacing. */
    long phase() {
        for (int bar = 0; bar < rows.length; bar++) {
            if (states[bar] != OFF_GRID) {
                return Math.floorMod(time(bar), Math.max(1, stepNanos()));
            }
        }
        return 0;
    }

    int size() {
        return rows.length;
    }

    /** The position of a bar in the table. */
    int row(int bar) {
        return rows[bar];
    }

    byte state(int bar) {
        return states[bar];
    }

    int segment(int bar) {
        return segments[bar];
    }

    long time(int bar) {
        return series.table().times[rows[bar]];
    }
}
