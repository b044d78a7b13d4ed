package org.lama.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.internal.RawColumn;

/**
 * Rows of a series in memory, sorted by (time, sequence, available, revision). What follows from the rule is not held:
 * no sequence means 0 everywhere, no availability means known at once, no revision means the first one. Arrays are shared
 * inside this package and not changed once made.
 *
 * @param lagNanos how long after its time a row is known that does not say it
 * @param time times
 * @param sequence numbers among rows of one time
 * @param available when each row could be known
 * @param revision how many other versions of the row were written before
 * @param values the other columns
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier within the package, never compared
record Rows(
        long lagNanos,
        long[] time,
        long @Nullable [] sequence,
        long @Nullable [] available,
        long @Nullable [] revision,
        List<RawColumn> values) {
    /** Name of the column of a file that tells versions of a row apart; readers never see it. */
    static final String REVISION = "_revision";

    int size() {
        return time.length;
    }

    long sequence(int row) {
        return sequence == null ? 0 : sequence[row];
    }

    long available(int row) {
        return available == null ? time[row] + lagNanos : available[row];
    }

    long revision(int row) {
        return revision == null ? 0 : revision[row];
    }

    /** Compares the keys of two rows. */
    int compareKeys(int row, Rows other, int otherRow) {
        int order = Long.compare(time[row], other.time[otherRow]);
        return order != 0 ? order : Long.compare(sequence(row), other.sequence(otherRow));
    }

    /** Rows in another order, or some of them. */
    Rows pick(int[] rows) {
        List<RawColumn> picked = new ArrayList<>();
        for (RawColumn column : values) {
            picked.add(new RawColumn(column.name(), column.kind(), pick(column, rows)));
        }
        return new Rows(
                lagNanos,
                pick(time, rows),
                sequence == null ? null : pick(sequence, rows),
                available == null ? null : pick(available, rows),
                revision == null ? null : pick(revision, rows),
                picked);
    }

    private static Object pick(RawColumn column, int[] rows) {
        return switch (column.kind()) {
            case TIME, LONG -> pick(column.longs(), rows);
            case DOUBLE -> {
                double[] from = column.doubles();
                double[] out = new double[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    out[i] = from[rows[i]];
                }
                yield out;
            }
            case TEXT ->
                Arrays.stream(rows).mapToObj(row -> column.texts()[row]).toArray(String[]::new);
        };
    }

    private static long[] pick(long[] from, int[] rows) {
        long[] out = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            out[i] = from[rows[i]];
        }
        return out;
    }

    /** Some rows one after the other. */
    Rows slice(int from, int to) {
        if (from == 0 && to == size()) {
            return this;
        }
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return pick(rows);
    }

    /** The same rows with other values. */
    Rows with(List<RawColumn> others) {
        return new Rows(lagNanos, time, sequence, available, revision, others);
    }

    /** The same rows as versions of others. */
    Rows revised(long[] revisions) {
        return new Rows(lagNanos, time, sequence, available, revisions, values);
    }

    /** The columns of a file with these rows, or some of them one after the other. */
    List<RawColumn> columns(int from, int to) {
        List<RawColumn> columns = new ArrayList<>();
        columns.add(new RawColumn(RecordKind.TIME, RawColumn.Kind.TIME, time));
        if (sequence != null && !isZero(sequence, from, to)) {
            columns.add(new RawColumn(RecordKind.SEQUENCE, RawColumn.Kind.LONG, sequence));
        }
        if (available != null && !isDefault(from, to)) {
            columns.add(new RawColumn(RecordKind.AVAILABLE, RawColumn.Kind.TIME, available));
        }
        if (revision != null && !isZero(revision, from, to)) {
            columns.add(new RawColumn(REVISION, RawColumn.Kind.LONG, revision));
        }
        columns.addAll(values);
        return columns;
    }

    private static boolean isZero(long[] numbers, int from, int to) {
        for (int i = from; i < to; i++) {
            if (numbers[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isDefault(int from, int to) {
        for (int i = from; i < to; i++) {
            if (available(i) != time[i] + lagNanos) {
                return false;
            }
        }
        return true;
    }

    /** Whether no two rows have the same key. */
    boolean isDistinct(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (time[i] == time[i - 1] && sequence(i) == sequence(i - 1)) {
                return false;
            }
        }
        return true;
    }

    /** What columns hold. */
    static Map<String, RawColumn.Kind> types(List<RawColumn> columns) {
        Map<String, RawColumn.Kind> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.kind()));
        return types;
    }
}
