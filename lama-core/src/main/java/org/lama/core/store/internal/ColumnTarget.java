package org.lama.core.store.internal;

import java.util.BitSet;

/**
 * The array that the values of a column go to. Integers note where one is missing, which makes numbers of them. Not
 * thread-safe.
 */
final class ColumnTarget {
    private final RawColumn.Kind kind;
    private final Object array;
    private final BitSet holes = new BitSet();

    ColumnTarget(RawColumn.Kind kind, int rows) {
        this.kind = kind;
        this.array = switch (kind) {
            case TIME, LONG -> new long[rows];
            case DOUBLE -> new double[rows];
            case TEXT -> new String[rows];
        };
    }

    RawColumn.Kind kind() {
        return kind;
    }

    long[] longs() {
        return (long[]) array;
    }

    double[] doubles() {
        return (double[]) array;
    }

    String[] texts() {
        return (String[]) array;
    }

    void setMissing(int row) {
        switch (kind) {
            case TIME -> longs()[row] = Long.MIN_VALUE;
            case LONG -> {
                longs()[row] = 0;
                holes.set(row);
            }
            case DOUBLE -> doubles()[row] = Double.NaN;
            case TEXT -> texts()[row] = "";
        }
    }

    /** Takes over rows of another target of the same kind. */
    void copy(ColumnTarget from, int start, int count, int to) {
        System.arraycopy(from.array, start, array, to, count);
        for (int i = from.holes.nextSetBit(start); i >= 0 && i < start + count; i = from.holes.nextSetBit(i + 1)) {
            holes.set(i - start + to);
        }
    }

    /**
     * The column; its array is handed over.
     *
     * @param name its name
     * @param asNumbers whether integers become numbers even if none is missing
     */
    RawColumn column(String name, boolean asNumbers) {
        if (kind != RawColumn.Kind.LONG || (holes.isEmpty() && !asNumbers)) {
            return new RawColumn(name, kind, array);
        }
        double[] numbers = new double[longs().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = holes.get(i) ? Double.NaN : longs()[i];
        }
        return new RawColumn(name, RawColumn.Kind.DOUBLE, numbers);
    }
}
