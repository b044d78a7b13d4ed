package org.lama.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.internal.ParquetSource;
import org.lama.core.store.internal.RawColumn;

/**
 * Named columns of equal length as a Parquet file holds them: times, integers, numbers and texts. Immutable and
 * thread-safe; arrays are copied at the door, once: inside of this package columns are lent, not copied.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ParquetTable {
    private final Map<String, RawColumn> columns;
    private final int rows;
    private final Map<String, String> metadata;

    private ParquetTable(List<RawColumn> columns, int rows, Map<String, String> metadata) {
        this.columns = new LinkedHashMap<>();
        columns.forEach(column -> this.columns.put(column.name(), column));
        this.rows = rows;
        this.metadata = Map.copyOf(metadata);
    }

    /** What a column holds. */
    public enum Type {
        /** UTC epoch nanoseconds; a missing time is {@link Long#MIN_VALUE}. */
        TIME,
        /** Integers. */
        LONG,
        /** Numbers; a missing one is NaN. Integers with missing values are numbers too. */
        DOUBLE,
        /** Texts; a missing one is empty. */
        TEXT
    }

    /**
     * Starts a table.
     *
     * @param rows number of rows of every column, at least 0
     * @return an empty builder
     */
    public static Builder builder(int rows) {
        return new Builder(Check.atLeast(rows, 0, "rows"));
    }

    /** Collects columns in order. Not thread-safe. */
    public static final class Builder {
        private final int rows;
        private final Map<String, RawColumn> columns = new LinkedHashMap<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();

        private Builder(int rows) {
            this.rows = rows;
        }

        /**
         * Adds times, kept as microseconds if all are whole ones, else as nanoseconds.
         *
         * @param name name of the column, not used before
         * @param tsNanos UTC epoch nanoseconds, copied
         * @return this builder
         */
        public Builder times(String name, long[] tsNanos) {
            return add(name, RawColumn.Kind.TIME, tsNanos.clone(), tsNanos.length);
        }

        /**
         * Adds integers.
         *
         * @param name name of the column, not used before
         * @param numbers the integers, copied
         * @return this builder
         */
        public Builder longs(String name, long[] numbers) {
            return add(name, RawColumn.Kind.LONG, numbers.clone(), numbers.length);
        }

        /**
         * Adds numbers.
         *
         * @param name name of the column, not used before
         * @param numbers the numbers, copied; NaN stays NaN
         * @return this builder
         */
        public Builder doubles(String name, double[] numbers) {
            return add(name, RawColumn.Kind.DOUBLE, numbers.clone(), numbers.length);
        }

        /**
         * Adds texts.
         *
         * @param name name of the column, not used before
         * @param texts the texts, copied
         * @return this builder
         */
        public Builder texts(String name, List<String> texts) {
            List<String> checked = List.copyOf(texts);
            return add(name, RawColumn.Kind.TEXT, checked.toArray(new String[0]), checked.size());
        }

        /**
         * Adds a line to the footer.
         *
         * @param key name of the line
         * @param value its text
         * @return this builder
         */
        public Builder metadata(String key, String value) {
            metadata.put(Check.notBlank(key, "key"), Check.notNull(value, "value"));
            return this;
        }

        /**
         * Makes the table.
         *
         * @return the table
         */
        public ParquetTable build() {
            Check.that(!columns.isEmpty(), "a table must have at least one column");
            return new ParquetTable(new ArrayList<>(columns.values()), rows, metadata);
        }

        private Builder add(String name, RawColumn.Kind kind, Object values, int length) {
            Check.that(length == rows, "column " + name + " must have " + rows + " rows, got " + length);
            RawColumn before = columns.put(Check.notBlank(name, "name"), new RawColumn(name, kind, values));
            Check.that(before == null, "column " + name + " is added twice");
            return this;
        }
    }

    /**
     * Number of rows.
     *
     * @return at least 0
     */
    public int rows() {
        return rows;
    }

    /**
     * The names of the columns in order.
     *
     * @return the names
     */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * What a column holds.
     *
     * @param name its name
     * @return the type
     * @throws IllegalArgumentException if there is no such column, naming those that exist
     */
    public Type type(String name) {
        return Type.valueOf(column(name).kind().name());
    }

    /**
     * The times of a column.
     *
     * @param name its name
     * @return UTC epoch nanoseconds, a copy
     */
    public long[] times(String name) {
        return expect(name, RawColumn.Kind.TIME).longs().clone();
    }

    /**
     * The integers of a column.
     *
     * @param name its name
     * @return the integers, a copy
     */
    public long[] longs(String name) {
        return expect(name, RawColumn.Kind.LONG).longs().clone();
    }

    /**
     * The numbers of a column; integers are converted.
     *
     * @param name its name
     * @return the numbers, a copy
     */
    public double[] doubles(String name) {
        RawColumn column = column(name);
        if (column.kind() == RawColumn.Kind.LONG) {
            long[] numbers = column.longs();
            double[] converted = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                converted[i] = numbers[i];
            }
            return converted;
        }
        return expect(name, RawColumn.Kind.DOUBLE).doubles().clone();
    }

    /**
     * The texts of a column.
     *
     * @param name its name
     * @return the texts
     */
    public List<String> texts(String name) {
        return List.of(expect(name, RawColumn.Kind.TEXT).texts());
    }

    /**
     * The lines of the footer.
     *
     * @return keys and values
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** A table around columns that nobody else has: nothing is copied. */
    static ParquetTable owning(List<RawColumn> columns, int rows) {
        return new ParquetTable(columns, rows, Map.of());
    }

    /** A table around columns that nobody else has: nothing is copied. */
    static ParquetTable owning(ParquetSource.Content content) {
        return new ParquetTable(content.columns(), content.rows(), content.metadata());
    }

    /** The columns with their own arrays, to be read while the caller runs and not to be kept or changed. */
    List<RawColumn> lendColumns() {
        return List.copyOf(columns.values());
    }

    /** The times themselves, under the rule of {@link #lendColumns()}. */
    long[] lendTimes(String name) {
        return expect(name, RawColumn.Kind.TIME).longs();
    }

    /** The numbers themselves, or integers converted, under the rule of {@link #lendColumns()}. */
    double[] lendDoubles(String name) {
        RawColumn column = column(name);
        return column.kind() == RawColumn.Kind.LONG
                ? doubles(name)
                : expect(name, RawColumn.Kind.DOUBLE).doubles();
    }

    private RawColumn column(String name) {
        RawColumn column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("column '" + name + "' is not in the table, which has " + names());
        }
        return column;
    }

    private RawColumn expect(String name, RawColumn.Kind kind) {
        RawColumn column = column(name);
        Check.that(column.kind() == kind, "column " + name + " holds " + column.kind() + ", not " + kind);
        return column;
    }
}
