package org.lama.core.store;

import java.util.Arrays;
import org.lama.core.store.internal.RawColumn;

/** What stands in a column where nothing was written, and columns that become others. Static and thread-safe. */
final class Missing {
    private Missing() {}

    /** An array for a column. */
    static Object array(RawColumn.Kind kind, int rows) {
        return switch (kind) {
            case TIME, LONG -> new long[rows];
            case DOUBLE -> new double[rows];
            case TEXT -> new String[rows];
        };
    }

    /** Marks rows of an array as missing. */
    static void fill(RawColumn.Kind kind, Object array, int from, int to) {
        switch (kind) {
            case TIME, LONG -> Arrays.fill((long[]) array, from, to, RecordKind.MISSING);
            case DOUBLE -> Arrays.fill((double[]) array, from, to, Double.NaN);
            case TEXT -> Arrays.fill((String[]) array, from, to, "");
        }
    }

    /** A whole number as a number. */
    static double number(long whole) {
        return whole == RecordKind.MISSING ? Double.NaN : whole;
    }

    /** Whole numbers as numbers. */
    static double[] numbers(long[] whole) {
        double[] numbers = new double[whole.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(whole[i]);
        }
        return numbers;
    }

    /** A column as a kind that holds all of its values. */
    static RawColumn as(RawColumn column, RawColumn.Kind kind) {
        return column.kind() == kind ? column : new RawColumn(column.name(), kind, numbers(column.longs()));
    }
}
