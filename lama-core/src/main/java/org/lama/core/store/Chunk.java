package org.lama.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.internal.ParquetSource;
import org.lama.core.store.internal.RawColumn;

/**
 * Rows of one file, as they came out of it. Its arrays are shared inside this package and not changed.
 *
 * @param rows how many
 * @param lagNanos how long after its time a row is known that does not say it
 * @param time their times
 * @param columns the others that were read, by name
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier within the package, never compared
record Chunk(int rows, long lagNanos, long[] time, Map<String, RawColumn> columns) {
    static Chunk of(ParquetSource.Content content, long lagNanos) {
        Map<String, RawColumn> columns = new LinkedHashMap<>();
        content.columns().forEach(column -> columns.put(column.name(), column));
        RawColumn time = columns.remove(RecordKind.TIME);
        if (time == null) {
            throw new IllegalArgumentException("there is no column time");
        }
        return new Chunk(content.rows(), lagNanos, time.longs(), columns);
    }

    /** Integers of a column, none if the file has no such column. */
    long @Nullable [] longs(String name) {
        RawColumn column = columns.get(name);
        return column == null ? null : column.longs();
    }

    /** The columns that a reader wants, the time first. What the file lacks is filled in. */
    List<RawColumn> columns(Wanted wanted) {
        List<RawColumn> out = new ArrayList<>();
        out.add(new RawColumn(RecordKind.TIME, RawColumn.Kind.TIME, time));
        wanted.columns().forEach((name, kind) -> {
            RawColumn column = columns.get(name);
            out.add(column == null ? new RawColumn(name, kind, absent(name, kind)) : Missing.as(column, kind));
        });
        return out;
    }

    private Object absent(String name, RawColumn.Kind kind) {
        Object array = Missing.array(kind, rows);
        if (isImplied(name)) {
            implied(name, array, 0, 0, rows);
        } else {
            Missing.fill(kind, array, 0, rows);
        }
        return array;
    }

    private static boolean isImplied(String name) {
        return name.equals(RecordKind.SEQUENCE) || name.equals(Rows.REVISION) || name.equals(RecordKind.AVAILABLE);
    }

    private void implied(String name, Object array, int from, int at, int count) {
        long[] out = (long[]) array;
        boolean times = name.equals(RecordKind.AVAILABLE);
        for (int i = 0; i < count; i++) {
            out[at + i] = times ? time[from + i] + lagNanos : 0;
        }
    }

    /** Copies rows of a column into a longer one of that name. */
    void copy(RawColumn target, int from, int at, int count) {
        RawColumn column = target.name().equals(RecordKind.TIME)
                ? new RawColumn(RecordKind.TIME, RawColumn.Kind.TIME, time)
                : columns.get(target.name());
        if (column != null && column.kind() == target.kind()) {
            System.arraycopy(column.values(), from, target.values(), at, count);
        } else if (column != null) {
            double[] out = target.doubles();
            long[] whole = column.longs();
            for (int i = 0; i < count; i++) {
                out[at + i] = Missing.number(whole[from + i]);
            }
        } else if (isImplied(target.name())) {
            implied(target.name(), target.values(), from, at, count);
        } else {
            Missing.fill(target.kind(), target.values(), at, at + count);
        }
    }
}
