package org.lama.core.series;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One named column of a {@link Frame}. A missing value is NaN. Immutable; {@link #head(int)} is an O(1) view that cannot
 * reach later rows, and the array behind it is never handed out.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Series {
    private final String name;
    private final TimeIndex index;
    private final double[] values;
    /** That of the index, which a read of a value would have to ask for. */
    private final int size;

    Series(String name, TimeIndex index, double[] values) {
        this.name = name;
        this.index = index;
        this.values = values;
        size = index.size();
    }

    /**
     * A series over given values, which are copied.
     *
     * @param name name of the column
     * @param index times of the rows
     * @param values one value per row, NaN where missing
     * @return the series
     */
    public static Series of(String name, TimeIndex index, double[] values) {
        Check.that(
                values.length == index.size(),
                "values must have " + index.size() + " rows like the index, got " + values.length);
        return new Series(Check.notBlank(name, "name"), index, values.clone());
    }

    /**
     * The name of the column.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The times of the rows.
     *
     * @return the index
     */
    public TimeIndex index() {
        return index;
    }

    /**
     * Number of rows.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * One value.
     *
     * @param row 0 up to, not including, {@link #size()}
     * @return the value, NaN if missing
     */
    public double get(int row) {
        if (row >= size) {
            throw new IndexOutOfBoundsException("row " + row + " of " + size + " in column " + name);
        }
        return values[row];
    }

    /**
     * The value of the last row.
     *
     * @return the value, NaN if missing or if there is no row
     */
    public double last() {
        return size() == 0 ? Double.NaN : values[size() - 1];
    }

    /**
     * The first rows as a view; O(1).
     *
     * @param rows how many, at most {@link #size()}
     * @return the view
     */
    public Series head(int rows) {
        return rows == size() ? this : new Series(name, index.head(rows), values);
    }

    /**
     * A copy of all values.
     *
     * @return a new array of {@link #size()} values
     */
    public double[] toArray() {
        return Arrays.copyOf(values, size());
    }

    /**
     * A copy of a range of values.
     *
     * @param from first row
     * @param to row after the last, at most {@link #size()}
     * @return a new array
     */
    public double[] copyRange(int from, int to) {
        Check.that(0 <= from && from <= to && to <= size(), "range [" + from + ", " + to + ") outside of " + size());
        return Arrays.copyOfRange(values, from, to);
    }

    /** The array behind the series, for the frame alone. */
    double[] values() {
        return values;
    }
}
