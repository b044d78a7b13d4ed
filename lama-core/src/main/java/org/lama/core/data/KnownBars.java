package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * Bars as they were known when they closed: a study decides at the close, so that a bar which came later, and a correction
 * which came later, are not seen by it. Used once; not thread-safe.
 */
final class KnownBars {
    /** Bars that come so much after their close are used: who trades on them has waited for them. */
    private static final long GRACE_NANOS = 60_000_000_000L;

    /** Corrections mostly come many at a time; after so many times the bars of older ones are left out. */
    private static final int MOST_READS = 64;

    private final MarketStore store;
    private final MarketStore.Query query;
    private final long[] times;
    private final long[] known;
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, long[]> wholes = new LinkedHashMap<>();
    private int corrected;

    private KnownBars(MarketStore store, MarketStore.Query query, ParquetTable rows) {
        this.store = store;
        this.query = query;
        times = rows.times(RecordKind.TIME);
        known = rows.times(RecordKind.AVAILABLE);
    }

    /**
     * Bars as a study may see them.
     *
     * @param rows the bars
     * @param findings what was left out or taken back
     */
    record Result(ParquetTable rows, List<QualityReport.Finding> findings) {}

    /** Reads bars. */
    static Result read(MarketStore store, MarketStore.Query query) throws IOException {
        ParquetTable rows = store.read(query);
        KnownBars bars = new KnownBars(store, query, rows);
        return bars.latest() < 0 ? new Result(rows, List.of()) : bars.result(rows);
    }

    /** Bars with several versions of which none says that it came later: which one was known at the close is not known. */
    static Optional<QualityReport.Finding> revised(MarketStore store, MarketStore.Query query) throws IOException {
        ParquetTable later = store.revisions(query);
        long[] times = later.times(RecordKind.TIME);
        long[] known = later.times(RecordKind.AVAILABLE);
        long bar = query.key().barNanos();
        long[] silent = IntStream.range(0, times.length)
                .filter(row -> !isLate(times[row], known[row], bar))
                .mapToLong(row -> times[row])
                .distinct()
                .toArray();
        if (silent.length == 0) {
            return Optional.empty();
        }
        String bars = silent.length == 1 ? " bar was" : " bars were";
        return Optional.of(new QualityReport.Finding(
                Issue.Reason.REVISED,
                silent.length,
                TimeIndex.instant(silent[0]) + ": " + silent.length + bars
                        + " revised by a later import that does not say when the new values became known: the last are used",
                TimeIndex.instant(silent[silent.length - 1]).toString()));
    }

    private boolean isLate(int row) {
        return isLate(times[row], known[row], query.key().barNanos());
    }

    /** Whether a bar that was known at a moment came too late for who trades on it. */
    static boolean isLate(long time, long known, long barNanos) {
        return known > time + barNanos + Math.min(barNanos, GRACE_NANOS);
    }

    /** Of the bars that were known late the one that was known last; negative if none was. */
    private int latest() {
        int latest = -1;
        for (int row = 0; row < times.length; row++) {
            if (isLate(row) && known[row] < Long.MAX_VALUE && (latest < 0 || known[row] > known[latest])) {
                latest = row;
            }
        }
        return latest;
    }

    private Result result(ParquetTable rows) throws IOException {
        for (String name : rows.names()) {
            if (rows.type(name) == ParquetTable.Type.DOUBLE) {
                numbers.put(name, rows.doubles(name));
            } else if (rows.type(name) == ParquetTable.Type.LONG) {
                wholes.put(name, rows.longs(name));
            }
        }
        int[] late = all(true);
        int reads = 0;
        for (int row = latest(); row >= 0 && reads < MOST_READS; row = latest(), reads++) {
            before(known[row]);
        }
        List<QualityReport.Finding> findings = new ArrayList<>();
        if (corrected > 0) {
            findings.add(
                    finding(corrected, late, " later corrected: each has the values that were known at its close"));
        }
        int[] unknown = all(true);
        if (unknown.length > 0) {
            findings.add(finding(unknown.length, unknown, " not known at the close: left out"));
        }
        return new Result(table(all(false)), findings);
    }

    private QualityReport.Finding finding(int count, int[] rows, String what) {
        String bars = count == 1 ? " bar" : " bars";
        return new QualityReport.Finding(
                Issue.Reason.KNOWN_LATE,
                count,
                TimeIndex.instant(times[rows[0]]) + ": " + count + bars + what,
                TimeIndex.instant(times[rows[rows.length - 1]]).toString());
    }

    /** The bars that are late, or those that are not. */
    private int[] all(boolean late) {
        int[] rows = new int[times.length];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (isLate(row) == late) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** Puts what was there before a moment into the bars that became known in it; later ones never were. */
    private void before(long moment) throws IOException {
        int first = -1;
        int last = -1;
        for (int row = 0; row < times.length; row++) {
            if (known[row] == moment && isLate(row)) {
                first = first < 0 ? row : first;
                last = row;
            }
        }
        ParquetTable older =
                store.read(query.between(times[first], times[last] + 1).knownBy(moment - 1));
        long[] olderTimes = older.times(RecordKind.TIME);
        long[] olderKnown = older.times(RecordKind.AVAILABLE);
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < olderTimes.length; i++) {
            places.put(olderTimes[i], i);
        }
        int[] from = new int[times.length];
        for (int row = first; row <= last; row++) {
            from[row] = known[row] == moment && isLate(row) ? places.getOrDefault(times[row], -1) : -2;
            if (from[row] != -2) {
                known[row] = from[row] < 0 ? Long.MAX_VALUE : olderKnown[from[row]];
                corrected += isLate(row) ? 0 : 1;
            }
        }
        take(older, from, first, last);
    }

    private void take(ParquetTable older, int[] from, int first, int last) {
        numbers.forEach((name, values) -> {
            double[] before = older.doubles(name);
            for (int row = first; row <= last; row++) {
                values[row] = from[row] < 0 ? values[row] : before[from[row]];
            }
        });
        wholes.forEach((name, values) -> {
            long[] before = older.longs(name);
            for (int row = first; row <= last; row++) {
                values[row] = from[row] < 0 ? values[row] : before[from[row]];
            }
        });
    }

    private ParquetTable table(int[] rows) {
        ParquetTable.Builder out = ParquetTable.builder(rows.length)
                .times(RecordKind.TIME, picked(times, rows))
                .times(RecordKind.AVAILABLE, picked(known, rows));
        wholes.forEach((name, values) -> out.longs(name, picked(values, rows)));
        numbers.forEach((name, values) -> out.doubles(
                name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray()));
        return out.build();
    }

    private static long[] picked(long[] values, int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> values[row]).toArray();
    }
}
