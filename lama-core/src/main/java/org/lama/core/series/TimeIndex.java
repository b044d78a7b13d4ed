package org.lama.core.series;

import java.time.Instant;
import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The times of the rows of a {@link Frame}: strictly increasing UTC epoch nanoseconds, the OPEN of each bar. Immutable;
 * {@link #head(int)} is an O(1) view that cannot reach later rows.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class TimeIndex {
    private final long[] times;
    private final int size;

    private TimeIndex(long[] times, int size) {
        this.times = times;
        this.size = size;
    }

    /**
     * An index over given times, which are copied.
     *
     * @param tsNanos strictly increasing UTC epoch nanoseconds
     * @return the index
     * @throws IllegalArgumentException if a time does not lie after the one before, naming the row
     */
    public static TimeIndex of(long[] tsNanos) {
        for (int i = 1; i < tsNanos.length; i++) {
            if (tsNanos[i] <= tsNanos[i - 1]) {
                throw new IllegalArgumentException("times must be strictly increasing, but row " + i + " ("
                        + instant(tsNanos[i]) + ") does not lie after row " + (i - 1) + " (" + instant(tsNanos[i - 1])
                        + ")");
            }
        }
        return new TimeIndex(tsNanos.clone(), tsNanos.length);
    }

    /**
     * An index with equal spacing.
     *
     * @param firstNanos time of row 0, UTC epoch nanoseconds
     * @param stepNanos spacing, above 0
     * @param size number of rows, at least 0
     * @return the index
     */
    public static TimeIndex regular(long firstNanos, long stepNanos, int size) {
        Check.that(stepNanos > 0, "stepNanos must be > 0, got " + stepNanos);
        long[] times = new long[Check.atLeast(size, 0, "size")];
        for (int i = 0; i < size; i++) {
            times[i] = firstNanos + i * stepNanos;
        }
        return new TimeIndex(times, size);
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
     * The time of one row.
     *
     * @param row 0 up to, not including, {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long at(int row) {
        if (row >= size) {
            throw new IndexOutOfBoundsException("row " + row + " of " + size);
        }
        return times[row];
    }

    /**
     * The first row whose time is not before the given time; O(log n).
     *
     * @param tsNanos UTC epoch nanoseconds
     * @return a row, or {@link #size()} if all rows lie before
     */
    public int ceiling(long tsNanos) {
        int found = Arrays.binarySearch(times, 0, size, tsNanos);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * The last row whose time is not after the given time; O(log n).
     *
     * @param tsNanos UTC epoch nanoseconds
     * @return a row, or -1 if all rows lie after
     */
    public int floor(long tsNanos) {
        int found = Arrays.binarySearch(times, 0, size, tsNanos);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * The row with exactly the given time; O(log n).
     *
     * @param tsNanos UTC epoch nanoseconds
     * @return a row, or -1 if there is none
     */
    public int indexOf(long tsNanos) {
        int found = Arrays.binarySearch(times, 0, size, tsNanos);
        return found >= 0 ? found : -1;
    }

    /**
     * The first rows as a view; O(1).
     *
     * @param rows how many, at most {@link #size()}
     * @return the view
     */
    public TimeIndex head(int rows) {
        Check.inRange(rows, 0, size, "rows");
        return rows == size ? this : new TimeIndex(times, rows);
    }

    /**
     * A copy of a range of times.
     *
     * @param from first row
     * @param to row after the last
     * @return UTC epoch nanoseconds
     */
    public long[] copyRange(int from, int to) {
        Check.that(0 <= from && from <= to && to <= size, "range [" + from + ", " + to + ") outside of " + size);
        return Arrays.copyOfRange(times, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeIndex that && Arrays.equals(times, 0, size, that.times, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + Long.hashCode(times[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return size == 0
                ? "TimeIndex[0]"
                : "TimeIndex[" + size + ", " + instant(times[0]) + " .. " + instant(times[size - 1]) + "]";
    }

    /**
     * The instant of a time in nanoseconds.
     *
     * @param tsNanos UTC epoch nanoseconds
     * @return the same time as an {@link Instant}
     */
    public static Instant instant(long tsNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(tsNanos, 1_000_000_000L), Math.floorMod(tsNanos, 1_000_000_000L));
    }

    /**
     * The nanoseconds of an instant.
     *
     * @param instant the time
     * @return UTC epoch nanoseconds
     * @throws ArithmeticException outside of the years 1678 to 2262
     */
    public static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
