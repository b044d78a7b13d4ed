package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** In the place of a time: no version was known at the close. */
    private static final long NEVER = Long.MIN_VALUE;

    private final long barNanos;
    private final long[] times;
    private final long[] known;
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, long[]> wholes = new LinkedHashMap<>();

    private KnownBars(long barNanos, ParquetTable rows) {
        this.barNanos = barNanos;
        times = rows.times(RecordKind.TIME);
        known = new long[times.length];
        Arrays.fill(known, NEVER);
        for (String name : rows.names()) {
            if (rows.type(name) == ParquetTable.Type.DOUBLE) {
                numbers.put(name, rows.doubles(name));
            } else if (rows.type(name) == ParquetTable.Type.LONG) {
                wholes.put(name, rows.longs(name));
            }
        }
    }

    /**
     * Bars as a study may see them.
     *
     * @param rows the bars
     * @param findings what was left out or taken back
     */
    record Result(ParquetTable rows, List<QualityReport.Finding> findings) {}

    /** Reads bars: once, and where the last version of some came late once more in all versions. */
    static Result read(MarketStore store, MarketStore.Query query) throws IOException {
        ParquetTable rows = store.read(query);
        long bar = query.key().barNanos();
        long[] times = rows.times(RecordKind.TIME);
        long[] last = rows.times(RecordKind.AVAILABLE);
        int[] late = IntStream.range(0, times.length)
                .filter(row -> isLate(times[row], last[row], bar))
                .toArray();
        if (late.length == 0) {
            return new Result(rows, List.of());
        }
        KnownBars bars = new KnownBars(bar, rows);
        try (MarketStore.Batches batches = store.scanVersions(query)) {
            int row = 0;
            for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                row = bars.take(batch, row);
            }
        }
        return bars.result(late);
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

    /** Whether a bar that was known at a moment came too late for who trades on it. */
    static boolean isLate(long time, long known, long barNanos) {
        return known > time + barNanos + Math.min(barNanos, GRACE_NANOS);
    }

    /** Puts the versions of a batch that were known at the close into their bars; from which bar on the next one goes. */
    private int take(ParquetTable batch, int from) {
        long[] versionTimes = batch.times(RecordKind.TIME);
        long[] versionKnown = batch.times(RecordKind.AVAILABLE);
        int[] into = new int[versionTimes.length];
        int row = from;
        for (int i = 0; i < into.length; i++) {
            while (row < times.length && times[row] < versionTimes[i]) {
                row++;
            }
            // a bar that a writer has added since the first reading is not there
            boolean counts = row < times.length
                    && times[row] == versionTimes[i]
                    && !isLate(times[row], versionKnown[i], barNanos)
                    && versionKnown[i] >= known[row];
            into[i] = counts ? row : -1;
            if (counts) {
                known[row] = versionKnown[i];
            }
        }
        numbers.forEach((name, values) -> {
            double[] version = batch.doubles(name);
            for (int i = 0; i < into.length; i++) {
                if (into[i] >= 0) {
                    values[into[i]] = version[i];
                }
            }
        });
        wholes.forEach((name, values) -> {
            long[] version = batch.longs(name);
            for (int i = 0; i < into.length; i++) {
                if (into[i] >= 0) {
                    values[into[i]] = version[i];
                }
            }
        });
        return row;
    }

    private Result result(int[] late) {
        List<QualityReport.Finding> findings = new ArrayList<>();
        int[] corrected = Arrays.stream(late).filter(row -> known[row] != NEVER).toArray();
        if (corrected.length > 0) {
            findings.add(finding(corrected, " later corrected: each has the values that were known at its close"));
        }
        int[] unknown = Arrays.stream(late).filter(row -> known[row] == NEVER).toArray();
        if (unknown.length > 0) {
            findings.add(finding(unknown, " not known at the close: left out"));
        }
        int[] kept = IntStream.range(0, times.length)
                .filter(row -> known[row] != NEVER)
                .toArray();
        return new Result(table(kept), findings);
    }

    private QualityReport.Finding finding(int[] rows, String what) {
        int count = rows.length;
        String bars = count == 1 ? " bar" : " bars";
        return new QualityReport.Finding(
                Issue.Reason.KNOWN_LATE,
                count,
                TimeIndex.instant(times[rows[0]]) + ": " + count + bars + what,
                TimeIndex.instant(times[rows[rows.length - 1]]).toString());
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
