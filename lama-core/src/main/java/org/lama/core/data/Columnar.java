package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Check;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/** Rows on their way into a store: primitive columns of equal length in the file's order. Not thread-safe. */
final class Columnar {
    private final long[] times;
    private final long[] available;
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, long[]> wholes = new LinkedHashMap<>();

    /** Rows with their times and when they could be known; arrays are kept, not copied. */
    Columnar(long[] times, long[] available) {
        Check.that(times.length == available.length, "times and available must have equal length");
        this.times = times;
        this.available = available;
    }

    /** Rows that are known when they happen. */
    static Columnar of(long[] times) {
        return new Columnar(times, times);
    }

    /** Rows that are known a while after their time, as sums of a period are. */
    static Columnar after(long[] times, long nanos) {
        long[] available = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            available[i] = times[i] == TimeText.NONE ? TimeText.NONE : times[i] + nanos;
        }
        return new Columnar(times, available);
    }

    Columnar number(String name, double[] values) {
        Check.that(values.length == times.length, "column " + name + " must have " + times.length + " rows");
        numbers.put(name, values);
        return this;
    }

    Columnar whole(String name, long[] values) {
        Check.that(values.length == times.length, "column " + name + " must have " + times.length + " rows");
        wholes.put(name, values);
        return this;
    }

    int rows() {
        return times.length;
    }

    /** The times themselves. */
    long[] times() {
        return times;
    }

    long time(int row) {
        return times[row];
    }

    long availableAt(int row) {
        return available[row];
    }

    /** All rows that have a time, in its order. */
    ParquetTable table() {
        int[] rows = new int[times.length];
        Arrays.setAll(rows, i -> i);
        return table(rows);
    }

    /** Some rows, those that have a time, in its order; equal times keep the given order. */
    ParquetTable table(int[] wanted) {
        int[] rows = ordered(wanted);
        ParquetTable.Builder builder = ParquetTable.builder(rows.length)
                .times(RecordKind.TIME, taken(times, rows))
                .times(RecordKind.AVAILABLE, taken(available, rows));
        wholes.forEach((name, values) -> builder.longs(name, taken(values, rows)));
        numbers.forEach((name, values) -> builder.doubles(name, taken(values, rows)));
        return builder.build();
    }

    private int[] ordered(int[] wanted) {
        List<Integer> order = new ArrayList<>(wanted.length);
        boolean sorted = true;
        long before = Long.MIN_VALUE;
        for (int row : wanted) {
            if (times[row] != TimeText.NONE) {
                sorted &= times[row] >= before;
                before = times[row];
                order.add(row);
            }
        }
        if (!sorted) {
            order.sort(Comparator.comparingLong(row -> times[row]));
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long[] taken(long[] values, int[] rows) {
        long[] out = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            out[i] = values[rows[i]];
        }
        return out;
    }

    private static double[] taken(double[] values, int[] rows) {
        double[] out = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            out[i] = values[rows[i]];
        }
        return out;
    }

    /** The rows of each text, in the order of first appearance. */
    static Map<String, int[]> groups(List<String> texts) {
        Map<String, List<Integer>> found = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            found.computeIfAbsent(texts.get(i), key -> new ArrayList<>()).add(i);
        }
        Map<String, int[]> groups = new LinkedHashMap<>();
        found.forEach((text, rows) ->
                groups.put(text, rows.stream().mapToInt(Integer::intValue).toArray()));
        return groups;
    }
}
