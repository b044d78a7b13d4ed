package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lama.core.base.Issue;
import org.lama.core.data.RawTable.RawSeries;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/**
 * Judges one series: brings its rows into the order of time, counts every broken rule with its first and last place,
 * and says of each bar whether it can be used. One instance checks one series. Cost O(n log n).
 */
final class QualityCheck {
    /** Equal steps in a row, other than the main one, that make a stretch of another spacing. */
    static final int STRETCH_STEPS = 6;

    private static final double NANOS_PER_DAY = 86_400e9;
    /** Dollars or euros: all venues of the largest coin together reach it on their wildest days. */
    private static final double MOST_MONEY_A_DAY = 2e11;
    /** Of a currency whose unit may be worth a ten-thousandth of a dollar. */
    private static final double MOST_OF_ANY_CURRENCY = 1e15;

    private final RawTable table;
    private final RawSeries series;
    private final LoadOptions.Quarantine settings;
    private final Tally tally = new Tally();
    private final List<Issue> gaps = new ArrayList<>();
    private int[] rows = {};
    private byte[] states = {};

    private QualityCheck(RawSeries series, LoadOptions.Quarantine settings) {
        this.table = series.table();
        this.series = series;
        this.settings = settings;
    }

    /**
     * Checks one series.
     *
     * @param series its rows
     * @param settings when a price is not believed
     * @param fallbackStep spacing to take where the series is too short to tell, 0 if unknown
     * @param wholeFile whether findings that belong to the file as a whole are listed here
     */
    static Checked check(RawSeries series, LoadOptions.Quarantine settings, long fallbackStep, boolean wholeFile) {
        return new QualityCheck(series, settings).run(times -> Spacing.of(times, fallbackStep), wholeFile);
    }

    /** Checks one series whose bar length is known, so that sparse bars are not taken for longer ones. */
    static Checked checkStated(RawSeries series, LoadOptions.Quarantine settings, long step, boolean wholeFile) {
        return new QualityCheck(series, settings).run(times -> Spacing.stated(times, step), wholeFile);
    }

    private Checked run(Function<long[], Spacing> spacings, boolean wholeFile) {
        if (wholeFile) {
            wholeFile();
        }
        rows = TimeOrder.sort(table, series.rows(), tally, this::brokenTime);
        Spacing spacing = spacings.apply(Arrays.stream(times()).distinct().toArray());
        dropDuplicates(spacing.stepNanos());
        long[] times = times();
        int[] grid = spacing.stepNanos() > 0 ? grid(times, spacing) : new int[] {rows.length, rows.length, 0, 0};
        values();
        knownLate(spacing.stepNanos());
        SwappedVolume.tally(table, rows, tally);
        volumeUnit(spacing.stepNanos());
        JudgedBars bars = new JudgedBars(table, rows, states, tally);
        new PriceJumps(bars, settings).mark();
        new FlatRuns(bars, settings.staleBars()).mark();
        QualityReport report = new QualityReport(
                series.symbol(),
                table.source,
                series.rows().length,
                grid[0],
                grid[1],
                grid[2],
                grid[3],
                spacing.stepNanos(),
                tally.findings());
        return new Checked(series, rows, states, bars.segments(), report, gaps);
    }

    private void wholeFile() {
        for (int line : table.cutLines) {
            tally.add(Issue.Reason.CUT_LINE, () -> "row " + line);
        }
        for (Words column : table.unread()) {
            tally.add(Issue.Reason.UNREAD_COLUMN, () -> "'" + column.column() + "': " + column.shown());
        }
        if (table.bannerLines > 0) {
            tally.add(Issue.Reason.BANNER, table.bannerLines, () -> "row 1");
        }
        if (table.amounts) {
            tally.add(
                    Issue.Reason.RECEIVED_EARLY,
                    table.size,
                    () -> "column available: no number is a time at or after that of its row, so they are amounts");
        }
        if (!table.hasVolume) {
            tally.add(Issue.Reason.NO_VOLUME, () -> "no volume column");
        }
    }

    private void brokenTime(int row) {
        tally.add(Issue.Reason.NON_FINITE, () -> describe(row, "time", Double.NaN));
    }

    private long[] times() {
        long[] times = new long[rows.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = table.times[rows[i]];
        }
        return times;
    }

    private void dropDuplicates(long stepNanos) {
        int[] kept = new int[rows.length];
        byte[] keptStates = new byte[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            if (count == 0 || table.times[row] != table.times[kept[count - 1]]) {
                kept[count++] = row;
            } else if (table.isVersion(row, kept[count - 1])) {
                kept[count - 1] = version(kept[count - 1], row, stepNanos);
            } else if (equal(table, row, kept[count - 1])) {
                tally.add(Issue.Reason.DUPLICATE_EQUAL, place(row));
            } else {
                tally.add(Issue.Reason.DUPLICATE_DIFFERENT, place(row));
                // nothing says which of the two is right, so neither is believed
                keptStates[count - 1] = Checked.BROKEN;
            }
        }
        rows = Arrays.copyOf(kept, count);
        states = Arrays.copyOf(keptStates, count);
    }

    /** Of two versions of a bar the one that who decides at its close has seen. */
    private int version(int one, int other, long stepNanos) {
        boolean oneFirst = known(one, stepNanos) != known(other, stepNanos)
                ? known(one, stepNanos) < known(other, stepNanos)
                : table.compare(one, other) <= 0;
        int before = oneFirst ? one : other;
        int after = oneFirst ? other : one;
        if (isLate(after, stepNanos)) {
            tally.add(
                    Issue.Reason.KNOWN_LATE,
                    () -> at(after) + ": corrected at " + TimeIndex.instant(table.available[after]));
            return before;
        }
        if (!equal(table, one, other)) {
            tally.add(Issue.Reason.REVISED, () -> at(after) + ": a later version of its bar; the last is used");
        }
        return after;
    }

    private long known(int row, long stepNanos) {
        long close = table.times[row] + stepNanos;
        return table.available.length > 0 ? Math.max(close, table.available[row]) : close;
    }

    private boolean isLate(int row, long stepNanos) {
        return table.available.length > 0 && KnownBars.isLate(table.times[row], table.available[row], stepNanos);
    }

    /** Whether two rows hold the same numbers in all columns. */
    static boolean equal(RawTable table, int a, int b) {
        return equal(table.prices, a, b) && equal(table.extras, a, b);
    }

    private static boolean equal(double[][] columns, int a, int b) {
        for (double[] column : columns) {
            if (Double.compare(column[a], column[b]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Counts what the grid demands and marks what lies beside it: expected, present, missing, gaps. */
    private int[] grid(long[] times, Spacing spacing) {
        long step = spacing.stepNanos();
        long last = 0;
        int present = 0;
        int missing = 0;
        for (int i = 0; i < times.length; i++) {
            if (!spacing.onGrid(times[i])) {
                states[i] = Checked.OFF_GRID;
                tally.add(Issue.Reason.MIXED_SPACING, place(rows[i]));
                continue;
            }
            long skipped = present == 0 ? 0 : (times[i] - last) / step - 1;
            if (skipped > 0) {
                String place = bars(last + step, times[i], skipped);
                gaps.add(new Issue(Issue.Reason.MISSING_BARS, table.source + " " + series.symbol(), place));
                tally.add(Issue.Reason.MISSING_BARS, cap(skipped), () -> place);
                missing += cap(skipped);
            }
            present++;
            last = times[i];
        }
        stretches(times, spacing);
        return new int[] {present + missing, present, missing, gaps.size()};
    }

    private static int cap(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE / 4);
    }

    private static String bars(long from, long to, long count) {
        return TimeIndex.instant(from) + " to " + TimeIndex.instant(to) + ", " + count
                + (count == 1 ? " bar" : " bars");
    }

    /**
     * Finds runs of equal steps other than the main one: a coarser stretch inside a finer file. Of bars that are sparse by
     * nature only those that are too long for chance and begin as longer bars do: what trades every 6 seconds all by itself
     * begins anywhere.
     */
    private void stretches(long[] times, Spacing spacing) {
        long step = spacing.stepNanos();
        int start = 1;
        for (int i = 2; i <= times.length; i++) {
            boolean ends = i == times.length || times[i] - times[i - 1] != times[start] - times[start - 1];
            if (ends) {
                long other = times[start] - times[start - 1];
                if (other > step
                        && i - start >= STRETCH_STEPS
                        && spacing.isCoarser(other, times[start])
                        && !spacing.isChance(other, i - start)) {
                    tally.add(Issue.Reason.MIXED_SPACING, i - start, place(rows[start - 1]));
                }
                start = i;
            }
        }
    }

    /** What was known long after the close is no bar to trade on: it is there, but a gap in a run. */
    private void knownLate(long stepNanos) {
        for (int bar = 0; bar < rows.length && table.available.length > 0; bar++) {
            int row = rows[bar];
            long known = table.available[row];
            if (known != TimeText.NONE && known < table.times[row] + stepNanos) {
                tally.add(
                        Issue.Reason.RECEIVED_EARLY,
                        () -> at(row) + ": known at " + TimeIndex.instant(known) + " by its column available, before"
                                + " its close, which counts");
            }
            if (isLate(row, stepNanos)) {
                states[bar] = states[bar] == Checked.GOOD ? Checked.BROKEN : states[bar];
                tally.add(
                        Issue.Reason.KNOWN_LATE,
                        () -> at(row) + ": known at " + TimeIndex.instant(table.available[row]));
            }
        }
    }

    private void values() {
        for (int bar = 0; bar < rows.length; bar++) {
            int row = rows[bar];
            double volume = table.prices[RawTable.VOLUME][row];
            if (badNumber(row) || badSign(row) || badRange(row)) {
                states[bar] = states[bar] == Checked.GOOD ? Checked.BROKEN : states[bar];
            }
            if (volume == 0) {
                tally.add(Issue.Reason.ZERO_VOLUME, place(row));
            } else if (table.hasVolume && Double.isNaN(volume)) {
                tally.add(Issue.Reason.NO_VOLUME, place(row));
            }
        }
    }

    /** Whether most bars would have traded more than any market: then the volumes are no quantities but sums of money. */
    private void volumeUnit(long stepNanos) {
        if (SwappedVolume.quoteVolume(table) >= 0) {
            // the sums of money stand in a column of their own, by which the other is known
            return;
        }
        String symbol = series.symbol();
        double most = (symbol.contains("USD") || symbol.contains("EUR") ? MOST_MONEY_A_DAY : MOST_OF_ANY_CURRENCY)
                * (stepNanos / NANOS_PER_DAY);
        int traded = 0;
        int beyond = 0;
        int first = -1;
        for (int bar = 0; bar < rows.length; bar++) {
            double value = table.prices[RawTable.VOLUME][rows[bar]] * table.prices[RawTable.CLOSE][rows[bar]];
            traded += value > 0 ? 1 : 0;
            if (value > most) {
                beyond++;
                first = first < 0 ? bar : first;
            }
        }
        if (most > 0 && beyond > traded / 2) {
            tally.add(Issue.Reason.VOLUME_UNIT, beyond, place(rows[first]));
        }
    }

    private boolean badNumber(int row) {
        for (int field = RawTable.OPEN; field <= RawTable.VOLUME; field++) {
            double value = table.prices[field][row];
            boolean bad = field == RawTable.VOLUME ? Double.isInfinite(value) : !Double.isFinite(value);
            if (bad) {
                int column = field;
                tally.add(Issue.Reason.NON_FINITE, () -> describe(row, FIELD_NAMES[column], value));
                return true;
            }
        }
        return false;
    }

    private boolean badSign(int row) {
        for (int field = RawTable.OPEN; field <= RawTable.VOLUME; field++) {
            double value = table.prices[field][row];
            if (field == RawTable.VOLUME ? value < 0 : value <= 0) {
                int column = field;
                tally.add(Issue.Reason.NON_POSITIVE, () -> describe(row, FIELD_NAMES[column], value));
                return true;
            }
        }
        return false;
    }

    private boolean badRange(int row) {
        double open = table.prices[RawTable.OPEN][row];
        double high = table.prices[RawTable.HIGH][row];
        double low = table.prices[RawTable.LOW][row];
        double close = table.prices[RawTable.CLOSE][row];
        boolean bad = high < open || high < close || high < low || low > open || low > close;
        if (bad) {
            tally.add(
                    Issue.Reason.OHLC_VIOLATION,
                    () -> at(row) + ": open " + open + ", high " + high + ", low " + low + ", close " + close);
        }
        return bad;
    }

    private static final String[] FIELD_NAMES = {"open", "high", "low", "close", "volume"};

    private String describe(int row, String column, double value) {
        for (RawTable.Broken broken : table.broken) {
            if (broken.row() == table.rowNumbers[row]) {
                return at(row) + ", column " + broken.column() + ": '" + broken.text() + "'";
            }
        }
        return at(row) + ", column " + column + ": " + (Double.isNaN(value) ? "no number" : Double.toString(value));
    }

    private String at(int row) {
        return JudgedBars.place(table, row);
    }

    private Supplier<String> place(int row) {
        return () -> at(row);
    }
}
