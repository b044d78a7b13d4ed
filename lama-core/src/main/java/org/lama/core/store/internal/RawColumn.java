package org.lama.core.store.internal;

import org.lama.core.base.Api;

/**
 * One column between our types and Parquet's: the array has the type that the kind says and is shared, not copied.
 *
 * @param name its name
 * @param kind what it holds
 * @param values {@code long[]} for TIME and LONG, {@code double[]} for DOUBLE, {@code String[]} for TEXT
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public record RawColumn(String name, Kind kind, Object values) {
    /** What a column holds. */
    public enum Kind {
        /** UTC epoch nanoseconds; a missing time is {@link Long#MIN_VALUE}. */
        TIME,
        /** Integers, none missing. */
        LONG,
        /** Numbers; a missing one is NaN. */
        DOUBLE,
        /** Texts; a missing one is empty. */
        TEXT
    }

    /**
     * The times or integers.
     *
     * @return the array itself
     */
    public long[] longs() {
        return (long[]) values;
    }

    /**
     * The numbers.
     *
     * @return the array itself
     */
    public double[] doubles() {
        return (double[]) values;
    }

    /**
     * The texts.
     *
     * @return the array itself
     */
    public String[] texts() {
        return (String[]) values;
    }
}
