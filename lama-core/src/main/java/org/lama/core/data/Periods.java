package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * When the periods end of which a table holds sums, so that their values are known: after the commonest step of its times, or
 * where these are too few to tell, after the length in the file's name, that of the same series in the store, or the whole
 * step to the next row, which is never too short. Stateless.
 */
final class Periods {
    /** From so many times on a file tells its step itself: two times may be a hole apart. */
    private static final int TELLING = 3;

    private Periods() {}

    /**
     * The ends of the periods of rows, and the counts of what is wrong with their times.
     *
     * @param times beginnings, UTC epoch nanoseconds; {@link TimeText#NONE} stays
     * @param subjects the rows of each series
     * @throws DataException if nothing tells how long a period is, and the table does not say when its rows were known
     */
    static long[] ends(SeriesSink sink, TableFile table, long[] times, Map<SeriesKey, int[]> subjects)
            throws IOException {
        long[] ends = times.clone();
        long common = -1;
        for (Map.Entry<SeriesKey, int[]> subject : subjects.entrySet()) {
            long[] own = taken(times, subject.getValue());
            long step = Grid.check(own, sink.tally()).stepNanos();
            if (distinct(own).length < TELLING) {
                common = common < 0 ? common(sink, table, times, subjects) : common;
                step = common;
            }
            for (int row : subject.getValue()) {
                ends[row] = times[row] == TimeText.NONE ? TimeText.NONE : times[row] + step;
            }
        }
        return ends;
    }

    private static long common(SeriesSink sink, TableFile table, long[] times, Map<SeriesKey, int[]> subjects)
            throws IOException {
        Map<Long, Integer> votes = new TreeMap<>();
        long gap = 0;
        long most = 0;
        for (int[] rows : subjects.values()) {
            long[] own = distinct(taken(times, rows));
            gap = own.length == 2 ? Math.max(gap, own[1] - own[0]) : gap;
            if (own.length >= TELLING) {
                votes.merge(Spacing.of(own).stepNanos(), 1, Integer::sum);
            }
        }
        for (Map.Entry<Long, Integer> vote : votes.entrySet()) {
            most = vote.getValue() > votes.getOrDefault(most, 0) ? vote.getKey() : most;
        }
        return most > 0 ? most : said(sink, table, times, List.copyOf(subjects.keySet()), gap);
    }

    /** The step where no series of the file has rows enough to tell it. */
    private static long said(SeriesSink sink, TableFile table, long[] times, List<SeriesKey> keys, long gap)
            throws IOException {
        long named = FileNames.intervalNanos(sink.file().name());
        // a window of 30 days in a name is no step of rows that are a day apart
        if (named > 0 && (gap == 0 || named <= gap)) {
            return named;
        }
        OptionalLong stored = stored(sink, keys, gap);
        if (stored.isPresent() || gap > 0 || distinct(times).length == 0 || isTold(table, times)) {
            return stored.orElse(gap);
        }
        throw new DataException(
                sink.file().name(),
                2,
                "",
                "its rows have one time, so that nothing tells how long their period is, nor when they were known",
                "say it in the name of the file, such as 1h or 1d, or give a column available");
    }

    private static OptionalLong stored(SeriesSink sink, List<SeriesKey> keys, long gap) throws IOException {
        for (SeriesKey key : keys) {
            long[] times = distinct(sink.storedTimes(key));
            long step = times.length < TELLING ? 0 : Spacing.of(times).stepNanos();
            if (step > 0 && (gap == 0 || step <= gap)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /** Whether the table says of every row when it could be known. */
    private static boolean isTold(TableFile table, long[] times) {
        return table.has(RecordKind.AVAILABLE)
                && !table.isOfAmounts(times)
                && Arrays.stream(table.wholes(RecordKind.AVAILABLE)).noneMatch(known -> known == TimeText.NONE);
    }

    private static long[] distinct(long[] times) {
        return Arrays.stream(times)
                .filter(time -> time != TimeText.NONE)
                .sorted()
                .distinct()
                .toArray();
    }

    private static long[] taken(long[] values, int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> values[row]).toArray();
    }
}
