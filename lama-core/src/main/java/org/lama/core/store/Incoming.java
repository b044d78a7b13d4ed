package org.lama.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.store.internal.RawColumn;

/**
 * A table that somebody wants to store, made into sorted rows of its kind: columns checked, broken rows counted and left
 * out. Columns that are right as they are are not copied. Immutable.
 *
 * @param rows those that may be stored
 * @param refused how many may not
 * @param issues why not
 */
record Incoming(Rows rows, int refused, List<Issue> issues) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    /** Readers of folders with such names find columns of that name in the path. */
    private static final List<String> RESERVED = List.of("symbol", "interval", "date", "month", "year");

    private static final long[] NONE = {};

    static Incoming of(SeriesKey key, ParquetTable table) {
        Map<String, RawColumn> columns = new LinkedHashMap<>();
        table.lendColumns().forEach(column -> columns.put(column.name(), column));
        Map<String, RecordKind.Field> fields = new LinkedHashMap<>();
        key.kind().fields().forEach(field -> fields.put(field.name(), field));
        checkNames(key, columns, fields);
        long[] time = times(columns, RecordKind.TIME);
        RecordRules rules = new RecordRules(key.kind(), time);
        rules.times(key.barNanos());
        long[] available = available(key, time, columns, rules);
        List<RawColumn> values = new ArrayList<>();
        columns.forEach((name, column) -> {
            if (!name.equals(RecordKind.TIME)
                    && !name.equals(RecordKind.AVAILABLE)
                    && !name.equals(RecordKind.SEQUENCE)) {
                RawColumn value = typed(column, fields.get(name));
                rules.column(value, fields);
                values.add(value);
            }
        });
        long @Nullable [] sequence = columns.containsKey(RecordKind.SEQUENCE) ? wholes(columns) : null;
        Rows all = new Rows(key.barNanos(), time, sequence, available.length == 0 ? null : available, null, values);
        return new Incoming(sorted(key, all, rules), table.rows() - rules.accepted(), rules.issues());
    }

    private static void checkNames(
            SeriesKey key, Map<String, RawColumn> columns, Map<String, RecordKind.Field> fields) {
        Check.that(
                columns.containsKey(RecordKind.TIME),
                "a table of " + key.kind().folder() + " must have the column time, it has " + columns.keySet());
        for (RecordKind.Field field : fields.values()) {
            Check.that(
                    !field.required() || columns.containsKey(field.name()),
                    "a table of " + key.kind().folder() + " must have the column " + field.name() + ", it has "
                            + columns.keySet());
        }
        Check.that(
                key.kind().sequenced() || !columns.containsKey(RecordKind.SEQUENCE),
                "rows of " + key.kind().folder() + " are told apart by their time alone; leave out the column seq");
        for (String name : columns.keySet()) {
            Check.that(
                    NAME.matcher(name).matches() && !RESERVED.contains(name),
                    "name of a column must match " + NAME + " and be none of " + RESERVED + ", got '" + name + "'");
        }
    }

    private static long[] times(Map<String, RawColumn> columns, String name) {
        RawColumn column = Check.notNull(columns.get(name), name);
        Check.that(
                column.kind() == RawColumn.Kind.TIME, "column " + name + " must hold times, it holds " + column.kind());
        return column.longs();
    }

    private static long[] wholes(Map<String, RawColumn> columns) {
        RawColumn column = Check.notNull(columns.get(RecordKind.SEQUENCE), RecordKind.SEQUENCE);
        Check.that(column.kind() == RawColumn.Kind.LONG, "column seq must hold integers, it holds " + column.kind());
        return column.longs();
    }

    /** When each row could be known; empty if all are known as their kind says. */
    private static long[] available(SeriesKey key, long[] time, Map<String, RawColumn> columns, RecordRules rules) {
        if (!columns.containsKey(RecordKind.AVAILABLE)) {
            return NONE;
        }
        long[] known = rules.available(key.barNanos(), times(columns, RecordKind.AVAILABLE));
        for (int i = 0; i < time.length; i++) {
            if (known[i] != time[i] + key.barNanos()) {
                return known;
            }
        }
        return NONE;
    }

    /** A column as its kind wants it. */
    private static RawColumn typed(RawColumn column, RecordKind.@Nullable Field field) {
        if (field == null) {
            return column;
        }
        String name = column.name();
        if (column.kind() == RawColumn.Kind.LONG) {
            return field.whole() ? column : Missing.as(column, RawColumn.Kind.DOUBLE);
        }
        Check.that(
                column.kind() == RawColumn.Kind.DOUBLE,
                "column " + name + " must hold numbers, it holds " + column.kind());
        return field.whole() ? new RawColumn(name, RawColumn.Kind.LONG, whole(name, column.doubles())) : column;
    }

    private static long[] whole(String name, double[] numbers) {
        long[] whole = new long[numbers.length];
        for (int i = 0; i < whole.length; i++) {
            double number = numbers[i];
            Check.that(
                    Double.isNaN(number) || (number == Math.rint(number) && Math.abs(number) <= 0x1p53),
                    "column " + name + " must hold whole numbers up to 2^53, got " + number + " in row " + i);
            whole[i] = Double.isNaN(number) ? RecordKind.MISSING : (long) number;
        }
        return whole;
    }

    private static Rows sorted(SeriesKey key, Rows all, RecordRules rules) {
        int[] kept = new int[rules.accepted()];
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            if (!rules.isRefused(i)) {
                kept[count++] = i;
            }
        }
        boolean counted = key.kind().sequenced() && all.sequence() == null;
        // rows of one time keep their places if those are their sequence
        RowOrder order = new RowOrder(
                all.time(),
                all.sequence() == null ? NONE : all.sequence(),
                all.available() == null || counted ? NONE : all.available());
        int[] sorted = order.sorted(kept);
        boolean untouched = sorted == kept && count == all.size();
        Rows rows = untouched ? all : all.pick(sorted);
        return counted ? counted(rows) : rows;
    }

    /** With places among rows of one time, if any two have the same. */
    private static Rows counted(Rows rows) {
        if (rows.isDistinct(0, rows.size())) {
            return rows;
        }
        long[] sequence = new long[rows.size()];
        for (int i = 1; i < sequence.length; i++) {
            sequence[i] = rows.time()[i] == rows.time()[i - 1] ? sequence[i - 1] + 1 : 0;
        }
        return new Rows(rows.lagNanos(), rows.time(), sequence, rows.available(), rows.revision(), rows.values());
    }
}
