package org.lama.core.store.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Checked rows of one series on their way into a server, sorted by (time, sequence, level). The arrays are shared, not
 * copied.
 *
 * @param rows how many
 * @param times UTC epoch nanoseconds, none missing
 * @param sequences what tells rows of one time apart
 * @param available UTC epoch nanoseconds; {@link Long#MIN_VALUE} for the kind's default
 * @param levels 0 for the first row of a (time, sequence), 1 for the next one with the same, and so on
 * @param columns all others
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@SuppressWarnings("ArrayRecordComponent") // a carrier of columns, never compared
public record RowBlock(
        int rows, long[] times, long[] sequences, long[] available, int[] levels, List<RawColumn> columns) {
    /**
     * Checks the lengths.
     *
     * @param rows how many
     * @param times UTC epoch nanoseconds, none missing
     * @param sequences what tells rows of one time apart
     * @param available UTC epoch nanoseconds
     * @param levels 0 for the first row of a (time, sequence)
     * @param columns all others
     */
    public RowBlock {
        Check.that(
                times.length == rows && sequences.length == rows && available.length == rows && levels.length == rows,
                "all columns must have " + rows + " rows");
        columns = List.copyOf(columns);
    }

    /**
     * Some of the rows.
     *
     * @param from first row
     * @param to end, exclusive
     * @return a copy
     */
    public RowBlock slice(int from, int to) {
        if (from == 0 && to == rows) {
            return this;
        }
        List<RawColumn> parts = new ArrayList<>();
        for (RawColumn column : columns) {
            parts.add(new RawColumn(column.name(), column.kind(), part(column, from, to)));
        }
        return new RowBlock(
                to - from,
                Arrays.copyOfRange(times, from, to),
                Arrays.copyOfRange(sequences, from, to),
                Arrays.copyOfRange(available, from, to),
                Arrays.copyOfRange(levels, from, to),
                parts);
    }

    /**
     * Rows one after the other.
     *
     * @param names of their columns
     * @param kinds of their columns
     * @param parts blocks with these columns, in order
     * @return all rows
     */
    public static RowBlock joined(List<String> names, List<RawColumn.Kind> kinds, List<RowBlock> parts) {
        int rows = parts.stream().mapToInt(RowBlock::rows).sum();
        long[] times = new long[rows];
        long[] sequences = new long[rows];
        long[] available = new long[rows];
        int[] levels = new int[rows];
        List<RawColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new RawColumn(names.get(i), kinds.get(i), array(kinds.get(i), rows)));
        }
        int at = 0;
        for (RowBlock part : parts) {
            System.arraycopy(part.times, 0, times, at, part.rows);
            System.arraycopy(part.sequences, 0, sequences, at, part.rows);
            System.arraycopy(part.available, 0, available, at, part.rows);
            System.arraycopy(part.levels, 0, levels, at, part.rows);
            for (int i = 0; i < columns.size(); i++) {
                System.arraycopy(part.columns.get(i).values(), 0, columns.get(i).values(), at, part.rows);
            }
            at += part.rows;
        }
        return new RowBlock(rows, times, sequences, available, levels, columns);
    }

    private static Object array(RawColumn.Kind kind, int rows) {
        return switch (kind) {
            case TIME, LONG -> new long[rows];
            case DOUBLE -> new double[rows];
            case TEXT -> new String[rows];
        };
    }

    /** Whether no two rows have the same time and sequence. */
    boolean isDistinct() {
        for (int level : levels) {
            if (level > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object part(RawColumn column, int from, int to) {
        return switch (column.kind()) {
            case TIME, LONG -> Arrays.copyOfRange(column.longs(), from, to);
            case DOUBLE -> Arrays.copyOfRange(column.doubles(), from, to);
            case TEXT -> Arrays.copyOfRange(column.texts(), from, to);
        };
    }
}
