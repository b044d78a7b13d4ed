package org.lama.core.series;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Columns of numbers over one {@link TimeIndex}: bars, features or signals of one symbol. Row i covers
 * {@code [time, time + barNanos)} and is knowable at its close, {@link #availableAt(int)}. A missing value is NaN.
 *
 * <p>Immutable and thread-safe. {@link #head(int)} is a view in O(columns) through which no later row can be read, by
 * whatever means: this is how point-in-time access is enforced.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Frame {
    private final String symbol;
    private final TimeIndex index;
    private final long barNanos;
    private final Provenance provenance;
    private final Map<String, Series> columns;
    private final @Nullable Tap tap;

    private Frame(
            String symbol,
            TimeIndex index,
            long barNanos,
            Provenance provenance,
            Map<String, Series> columns,
            @Nullable Tap tap) {
        this.symbol = symbol;
        this.index = index;
        this.barNanos = barNanos;
        this.provenance = provenance;
        this.columns = columns;
        this.tap = tap;
    }

    /** Hears each time a column is taken, and may hand out another: how a check finds the code that reads a value. */
    @FunctionalInterface
    public interface Tap {
        /**
         * A column is about to be handed out.
         *
         * @param symbol of the frame
         * @param column as it is, with the rows of the frame or view it is taken from
         * @return what is handed out instead, over the same rows
         */
        Series taken(String symbol, Series column);
    }

    /**
     * A frame without columns yet; add them with {@link #with(String, double[])}.
     *
     * @param symbol name of what is measured
     * @param index times of the rows (bar opens)
     * @param barNanos length of one bar, above 0
     * @param provenance where the values came from
     * @return the frame
     */
    public static Frame of(String symbol, TimeIndex index, long barNanos, Provenance provenance) {
        Check.that(barNanos > 0, "barNanos must be > 0, got " + barNanos);
        return new Frame(
                Check.notBlank(symbol, "symbol"),
                Check.notNull(index, "index"),
                barNanos,
                Check.notNull(provenance, "provenance"),
                Map.of(),
                null);
    }

    /**
     * A copy with one column more, or with the column of that name replaced; the values are copied, others shared.
     *
     * @param name name of the column
     * @param values one value per row, NaN where missing
     * @return the new frame
     */
    public Frame with(String name, double[] values) {
        Map<String, Series> more = new LinkedHashMap<>(columns);
        more.put(name, Series.of(name, index, values));
        return new Frame(symbol, index, barNanos, provenance, more, tap);
    }

    /**
     * A copy that tells a tap of every column taken from it, from its views and from its copies. For checks: data that
     * nobody listens to have none.
     *
     * @param listener hears of the columns
     * @return the new frame
     */
    public Frame tapped(Tap listener) {
        return new Frame(symbol, index, barNanos, provenance, columns, Check.notNull(listener, "listener"));
    }

    /**
     * A copy with the columns of another frame over the same times added or replaced.
     *
     * @param other a frame with an equal index
     * @return the new frame
     */
    public Frame with(Frame other) {
        Check.that(index.equals(other.index), "both frames must have the same times");
        Map<String, Series> more = new LinkedHashMap<>(columns);
        other.columns.forEach((name, series) -> more.put(name, series.head(index.size())));
        return new Frame(symbol, index, barNanos, provenance, more, tap == null ? other.tap : tap);
    }

    /**
     * A copy under another symbol.
     *
     * @param newSymbol the name
     * @return the new frame
     */
    public Frame withSymbol(String newSymbol) {
        return new Frame(Check.notBlank(newSymbol, "symbol"), index, barNanos, provenance, columns, tap);
    }

    /**
     * A copy with another provenance.
     *
     * @param newProvenance where the values came from
     * @return the new frame
     */
    public Frame withProvenance(Provenance newProvenance) {
        return new Frame(symbol, index, barNanos, Check.notNull(newProvenance, "provenance"), columns, tap);
    }

    /**
     * The first rows as a view; later rows cannot be reached through it. O(columns).
     *
     * @param rows how many, at most {@link #size()}
     * @return the view
     */
    public Frame head(int rows) {
        if (rows == index.size()) {
            return this;
        }
        TimeIndex shorter = index.head(rows);
        Map<String, Series> views = new LinkedHashMap<>();
        columns.forEach((name, series) -> views.put(name, new Series(name, shorter, series.values())));
        return new Frame(symbol, shorter, barNanos, provenance, views, tap);
    }

    /**
     * A range of rows as a copy: neither earlier nor later rows can be reached through it. O(rows · columns).
     *
     * @param from first row
     * @param to row after the last
     * @return the new frame
     */
    public Frame slice(int from, int to) {
        TimeIndex part = TimeIndex.of(index.copyRange(from, to));
        Map<String, Series> copies = new LinkedHashMap<>();
        columns.forEach((name, series) ->
                copies.put(name, new Series(name, part, Arrays.copyOfRange(series.values(), from, to))));
        return new Frame(symbol, part, barNanos, provenance, copies, tap);
    }

    /**
     * One column.
     *
     * @param name its name
     * @return the column
     * @throws IllegalArgumentException if there is none, naming those that exist
     */
    public Series column(String name) {
        Series series = columns.get(name);
        if (series == null) {
            throw new IllegalArgumentException(
                    "column '" + name + "' is not in frame " + symbol + ", which has " + columnNames());
        }
        return tap == null ? series : tap.taken(symbol, series);
    }

    /**
     * Whether a column exists.
     *
     * @param name its name
     * @return true if it does
     */
    public boolean has(String name) {
        return columns.containsKey(name);
    }

    /**
     * The names of the columns, in the order in which they were added.
     *
     * @return the names
     */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /**
     * The name of what is measured.
     *
     * @return the symbol
     */
    public String symbol() {
        return symbol;
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
        return index.size();
    }

    /**
     * Length of one bar.
     *
     * @return nanoseconds
     */
    public long barNanos() {
        return barNanos;
    }

    /**
     * When a row could be known: the close of its bar.
     *
     * @param row 0 up to, not including, {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long availableAt(int row) {
        return index.at(row) + barNanos;
    }

    /**
     * Where the values came from.
     *
     * @return the provenance
     */
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public String toString() {
        return "Frame[" + symbol + ", " + index + ", " + columnNames() + ", " + provenance.kind() + "]";
    }
}
