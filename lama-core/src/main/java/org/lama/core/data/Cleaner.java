package org.lama.core.data;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/** Turns a checked series into a frame by a policy. Stateless. */
final class Cleaner {
    private static final List<String> NAMES =
            List.of(Columns.OPEN, Columns.HIGH, Columns.LOW, Columns.CLOSE, Columns.VOLUME);
    private static final int MAX_ROWS = 100_000_000;

    private Cleaner() {}

    static Frame clean(Checked checked, LoadOptions options) throws DataException {
        String source = checked.table().source;
        String symbol = checked.symbol();
        if (options.policy() == LoadOptions.Policy.FAIL) {
            failOnError(checked.report());
        }
        if (checked.stepNanos() == 0) {
            throw new DataException(
                    source,
                    0,
                    "",
                    symbol + " has " + checked.size() + (checked.size() == 1 ? " bar" : " bars")
                            + ", too few to tell their spacing",
                    "give at least two bars");
        }
        int[] target = options.policy() == LoadOptions.Policy.DROP ? goodOnly(checked) : onGrid(checked);
        int size = 0;
        for (int bar = 0; bar < target.length; bar++) {
            size = Math.max(size, target[bar] + 1);
        }
        boolean usable = false;
        for (int bar = 0; bar < target.length; bar++) {
            usable |= target[bar] >= 0 && checked.state(bar) == Checked.GOOD;
        }
        if (!usable) {
            throw new DataException(source, 0, "", symbol + " has no usable bar", findings(checked.report()));
        }
        return frame(checked, target, size, options);
    }

    private static String findings(QualityReport report) {
        return "repair or leave out the file; found "
                + String.join(
                        "; ",
                        report.findings().stream()
                                .map(finding ->
                                        finding.reason() + " " + finding.count() + " times, first " + finding.first())
                                .toList());
    }

    private static void failOnError(QualityReport report) throws DataException {
        for (QualityReport.Finding finding : report.findings()) {
            if (finding.reason().severity() == Issue.Severity.ERROR) {
                throw new DataException(
                        report.source(),
                        0,
                        "",
                        finding.reason() + " " + finding.count() + " times, first " + finding.first(),
                        "repair the file or choose the policy MARK_GAP, DROP or FFILL");
            }
        }
    }

    /** For each bar its row in the frame when broken bars are left out. */
    private static int[] goodOnly(Checked checked) {
        int[] target = new int[checked.size()];
        int next = 0;
        for (int bar = 0; bar < target.length; bar++) {
            target[bar] = checked.state(bar) == Checked.GOOD ? next++ : -1;
        }
        return target;
    }

    /** For each bar its row in the frame when the frame is an even grid from the first to the last bar. */
    private static int[] onGrid(Checked checked) throws DataException {
        int[] target = new int[checked.size()];
        long first = TimeText.NONE;
        for (int bar = 0; bar < target.length; bar++) {
            target[bar] = -1;
            if (checked.state(bar) != Checked.OFF_GRID) {
                first = first == TimeText.NONE ? checked.time(bar) : first;
                long row = (checked.time(bar) - first) / checked.stepNanos();
                if (row >= MAX_ROWS) {
                    throw new DataException(
                            checked.table().source,
                            checked.table().rowNumbers[checked.row(bar)],
                            "time",
                            "an even grid up to here would need more than " + MAX_ROWS + " rows",
                            "look for a wrong time, or choose the policy DROP");
                }
                target[bar] = (int) row;
            }
        }
        return target;
    }

    private static Frame frame(Checked checked, int[] target, int size, LoadOptions options) {
        RawTable table = checked.table();
        double[][] columns = new double[NAMES.size()][];
        for (int field = 0; field < columns.length; field++) {
            columns[field] = spread(checked, table.prices[field], target, size);
        }
        double[][] extras = new double[table.extras.length][];
        for (int extra = 0; extra < extras.length; extra++) {
            extras[extra] = spread(checked, table.extras[extra], target, size);
        }
        if (checked.report().count(Issue.Reason.SWAPPED_VOLUME) > 0) {
            putVolumesRight(checked, target, columns[RawTable.VOLUME], extras[SwappedVolume.quoteVolume(table)]);
        }
        double[] segments = segments(checked, target, size);
        if (options.policy() == LoadOptions.Policy.FFILL) {
            fill(columns, segments, options.maxFill());
        }
        Frame frame = Frame.of(
                checked.symbol(), index(checked, target, size), checked.stepNanos(), provenance(checked, options));
        for (int field = 0; field < columns.length; field++) {
            frame = frame.with(NAMES.get(field), columns[field]);
        }
        for (int extra = 0; extra < extras.length; extra++) {
            frame = frame.with(table.extraNames.get(extra), extras[extra]);
        }
        return frame.with(BarFiles.SEGMENT, segments);
    }

    /** Each swapped bar shows by its own price which volume is which, so that nothing is guessed. */
    private static void putVolumesRight(Checked checked, int[] target, double[] base, double[] quote) {
        int[] rows = new int[checked.size()];
        Arrays.setAll(rows, checked::row);
        boolean[] swapped = SwappedVolume.flags(checked.table(), rows);
        for (int bar = 0; bar < swapped.length; bar++) {
            if (swapped[bar] && target[bar] >= 0) {
                double other = base[target[bar]];
                base[target[bar]] = quote[target[bar]];
                quote[target[bar]] = other;
            }
        }
    }

    private static Provenance provenance(Checked checked, LoadOptions options) {
        RawTable table = checked.table();
        StringBuilder note = new StringBuilder("policy ").append(options.policy());
        if (checked.report().count(Issue.Reason.REVERSED) > 0) {
            note.append(", reversed");
        }
        if (table.bannerLines > 0) {
            note.append(", ").append(table.bannerLines).append(" banner lines skipped");
        }
        int swapped = checked.report().count(Issue.Reason.SWAPPED_VOLUME);
        if (swapped > 0) {
            note.append(", volumes swapped back in ").append(swapped).append(swapped == 1 ? " bar" : " bars");
        }
        return new Provenance(options.kind(), fileName(table.source), table.sha256, note.toString());
    }

    private static String fileName(String source) {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    private static TimeIndex index(Checked checked, int[] target, int size) {
        long[] times = new long[size];
        boolean[] known = new boolean[size];
        for (int bar = 0; bar < target.length; bar++) {
            if (target[bar] >= 0) {
                times[target[bar]] = checked.time(bar);
                known[target[bar]] = true;
            }
        }
        for (int row = 1; row < size; row++) {
            if (!known[row]) {
                times[row] = times[row - 1] + checked.stepNanos();
            }
        }
        return TimeIndex.of(times);
    }

    private static double[] spread(Checked checked, double[] column, int[] target, int size) {
        double[] out = new double[size];
        Arrays.fill(out, Double.NaN);
        for (int bar = 0; bar < target.length; bar++) {
            if (target[bar] >= 0 && checked.state(bar) == Checked.GOOD) {
                out[target[bar]] = column[checked.row(bar)];
            }
        }
        return out;
    }

    /** The segment of each row; rows of a gap belong to the segment before, rows after the end of trading to none. */
    private static double[] segments(Checked checked, int[] target, int size) {
        double[] out = new double[size];
        Arrays.fill(out, -1);
        for (int bar = 0; bar < target.length; bar++) {
            if (target[bar] >= 0) {
                out[target[bar]] = checked.state(bar) == Checked.DEAD ? Double.NaN : checked.segment(bar);
            }
        }
        for (int row = 1; row < size; row++) {
            out[row] = out[row] == -1 ? out[row - 1] : out[row];
        }
        return out;
    }

    private static void fill(double[][] columns, double[] segments, int maxFill) {
        double[] close = columns[RawTable.CLOSE];
        int filled = 0;
        for (int row = 1; row < close.length; row++) {
            if (!Double.isNaN(close[row])) {
                filled = 0;
            } else if (filled < maxFill && !Double.isNaN(close[row - 1]) && segments[row] == segments[row - 1]) {
                filled++;
                for (int field = RawTable.OPEN; field <= RawTable.CLOSE; field++) {
                    columns[field][row] = close[row - 1];
                }
                columns[RawTable.VOLUME][row] = 0;
            }
        }
    }
}
