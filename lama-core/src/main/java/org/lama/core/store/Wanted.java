package org.lama.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.lama.core.base.Check;
import org.lama.core.store.internal.RawColumn;

/**
 * Which rows and columns a reader wants. Immutable.
 *
 * @param lagNanos how long after its time a row is known that does not say it
 * @param columns the columns after the time, and what they hold
 * @param fromNanos first time, inclusive
 * @param toNanos end, exclusive
 * @param availableBy only rows known by then; empty for all
 * @param everyVersion whether all versions of a row are wanted, not the last one
 */
record Wanted(
        long lagNanos,
        Map<String, RawColumn.Kind> columns,
        long fromNanos,
        long toNanos,
        OptionalLong availableBy,
        boolean everyVersion) {

    /** What a query asks of a series. */
    static Wanted of(MarketStore.Query query, SeriesFile series) {
        SeriesKey key = query.key();
        Map<String, RawColumn.Kind> all = new LinkedHashMap<>();
        if (key.kind().sequenced()) {
            all.put(RecordKind.SEQUENCE, RawColumn.Kind.LONG);
        }
        all.put(RecordKind.AVAILABLE, RawColumn.Kind.TIME);
        all.putAll(series.columns());
        Map<String, RawColumn.Kind> wanted = new LinkedHashMap<>();
        for (String name : query.columns()) {
            RawColumn.Kind kind = all.get(name);
            Check.that(
                    kind != null || name.equals(RecordKind.TIME),
                    "column '" + name + "' is not in " + key + ", which has " + all.keySet());
            if (kind != null) {
                wanted.put(name, kind);
            }
        }
        return new Wanted(
                key.barNanos(),
                query.columns().isEmpty() ? all : wanted,
                query.fromNanos(),
                query.toNanos(),
                query.availableBy(),
                false);
    }

    /** What a query asks of a series, in all versions; where it names no columns also which version each is. */
    static Wanted versions(MarketStore.Query query, SeriesFile series) {
        Wanted last = of(query, series);
        Map<String, RawColumn.Kind> columns = new LinkedHashMap<>(last.columns);
        if (query.columns().isEmpty()) {
            columns.put(Rows.REVISION, RawColumn.Kind.LONG);
        }
        return new Wanted(last.lagNanos, columns, last.fromNanos, last.toNanos, last.availableBy, true);
    }

    /** All versions of all rows in a range, as a writer needs them. */
    static Wanted everything(SeriesKey key, SeriesFile series, long from, long to) {
        Map<String, RawColumn.Kind> all = new LinkedHashMap<>();
        all.put(RecordKind.SEQUENCE, RawColumn.Kind.LONG);
        all.put(RecordKind.AVAILABLE, RawColumn.Kind.TIME);
        all.put(Rows.REVISION, RawColumn.Kind.LONG);
        all.putAll(series.columns());
        return new Wanted(key.barNanos(), all, from, to, OptionalLong.empty(), true);
    }

    /** When each version of the rows of a query was known, and which one it is. */
    static Wanted versions(MarketStore.Query query) {
        Map<String, RawColumn.Kind> columns = new LinkedHashMap<>();
        columns.put(RecordKind.AVAILABLE, RawColumn.Kind.TIME);
        columns.put(Rows.REVISION, RawColumn.Kind.LONG);
        return new Wanted(
                query.key().barNanos(), columns, query.fromNanos(), query.toNanos(), query.availableBy(), true);
    }

    /** The end for files whose rows are known as their kind says: those known later lie behind it. */
    long impliedEnd() {
        if (availableBy.isEmpty() || availableBy.getAsLong() == Long.MAX_VALUE) {
            return toNanos;
        }
        long by = availableBy.getAsLong();
        long last = by < Long.MIN_VALUE + lagNanos ? Long.MIN_VALUE : by - lagNanos;
        return Math.max(fromNanos, Math.min(toNanos, last == Long.MIN_VALUE ? last : last + 1));
    }

    /** Whether nothing but ranges must be looked at to know which rows of a file are wanted. */
    boolean isPlain(PartitionManifest.Part part) {
        boolean onlyVersions = part.distinct() || everyVersion;
        return onlyVersions && (availableBy.isEmpty() || !part.has(RecordKind.AVAILABLE));
    }

    /** The wanted columns that a file has, with the time, and with those that its rows are ordered by. */
    List<String> stored(PartitionManifest.Part part, boolean merged) {
        List<String> names = new ArrayList<>();
        names.add(RecordKind.TIME);
        for (String name : part.columns().keySet()) {
            boolean order =
                    name.equals(RecordKind.SEQUENCE) || name.equals(RecordKind.AVAILABLE) || name.equals(Rows.REVISION);
            if (!name.equals(RecordKind.TIME) && (columns.containsKey(name) || (merged && order))) {
                names.add(name);
            }
        }
        return names;
    }
}
