package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/**
 * Which rows of a symbol can be looked at together. A new segment begins where the column of segments changes, and where a
 * declared redenomination shows its first price in new units. There the instrument is still the same one: its position goes on.
 */
final class Segments {
    private static final int[] ONE = new int[0];

    /** First row of the segment that each row belongs to; empty where there is but one. */
    private final int[] from;

    private final Frame[] parts;
    private final boolean[] declared;

    /** Cuts a frame at its column of segments and at the times of declared redenominations. */
    Segments(Frame frame, long barNanos, long[] redenominations) {
        declared = new boolean[redenominations.length == 0 ? 0 : frame.size()];
        boolean several = false;
        for (long time : redenominations) {
            int row = firstPrice(frame, time - barNanos);
            if (row > 0 && row < declared.length) {
                declared[row] = true;
                several = true;
            }
        }
        Series column = frame.has(BarEngine.SEGMENT) ? frame.column(BarEngine.SEGMENT) : MarketTape.ABSENT;
        from = several || changes(column) ? starts(frame.size(), column) : ONE;
        parts = split(frame, from);
    }

    /** The first row that opens after a time and has a close. */
    private static int firstPrice(Frame frame, long afterNanos) {
        Series close = frame.column(Columns.CLOSE);
        int row = frame.index().floor(afterNanos) + 1;
        while (row < close.size() && Double.isNaN(close.get(row))) {
            row++;
        }
        return row;
    }

    /** Whether there is more than one. */
    boolean areSeveral() {
        return from.length > 0;
    }

    /** First row of the segment that a row belongs to. */
    int from(int row) {
        return from.length == 0 ? 0 : from[row];
    }

    /** Whether another instrument begins at a row: a segment that nobody declared. */
    boolean beginsAnother(int row) {
        return row > 0 && from(row) == row && !isDeclared(row);
    }

    private boolean isDeclared(int row) {
        return declared.length > 0 && declared[row];
    }

    /** The whole segment that begins at a row; its later rows must not be shown to anybody. */
    Frame part(int first) {
        int ordinal = 0;
        for (int row = first; row > 0; row = from[row - 1]) {
            ordinal++;
        }
        return parts[ordinal];
    }

    private static boolean changes(Series column) {
        double last = Double.NaN;
        for (int i = 0; i < column.size(); i++) {
            double now = column.get(i);
            if (now != last && !Double.isNaN(now)) {
                if (!Double.isNaN(last)) {
                    return true;
                }
                last = now;
            }
        }
        return false;
    }

    private int[] starts(int rows, Series column) {
        int[] starts = new int[rows];
        double last = Double.NaN;
        for (int i = 0; i < rows; i++) {
            double now = column == MarketTape.ABSENT ? 0 : column.get(i);
            boolean changes = !Double.isNaN(now) && !Double.isNaN(last) && now != last;
            starts[i] = changes || isDeclared(i) ? i : i == 0 ? 0 : starts[i - 1];
            last = Double.isNaN(now) ? last : now;
        }
        return starts;
    }

    private static Frame[] split(Frame frame, int[] from) {
        if (from.length == 0) {
            return new Frame[] {frame};
        }
        List<Frame> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= from.length; i++) {
            if (i == from.length || from[i] != start) {
                parts.add(frame.slice(start, i));
                start = i;
            }
        }
        return parts.toArray(Frame[]::new);
    }
}
