package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lama.backtest.report.DataFindings;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Figures;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Suggestion;
import org.lama.core.base.Tabular;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/**
 * Loaded bars with their quality: the first thing a study shows. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Dataset implements Tabular {
    private static final int SHOWN = 12;

    private final MarketData data;
    private final List<String> notices;
    private final Optional<DataRequest> source;

    Dataset(MarketData data) {
        this(data, List.of(), Optional.empty());
    }

    Dataset(MarketData data, List<String> notices, Optional<DataRequest> source) {
        this.data = data;
        this.source = source;
        this.notices = List.copyOf(notices);
    }

    /**
     * Bars that were made or changed in memory.
     *
     * @param data the bars, as clean as they are meant to be: nothing is checked again
     * @return the data set
     */
    public static Dataset of(MarketData data) {
        return new Dataset(Check.notNull(data, "data"));
    }

    /** What they were loaded with; empty if they were made in memory. Their trial ledger lies beside that. */
    Optional<DataRequest> source() {
        return source;
    }

    /**
     * What a seal did to the data: where they were cut off, or that a window of them is spent.
     *
     * @return sentences; empty without a seal
     */
    public List<String> notices() {
        return notices;
    }

    /**
     * The cleaned bars.
     *
     * @return the data
     */
    public MarketData data() {
        return data;
    }

    /**
     * Whether any series was generated.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return data.frames().stream().anyMatch(frame -> frame.provenance().kind() == Provenance.Kind.SYNTHETIC);
    }

    /**
     * The quality of every series, one row each.
     *
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular table() {
        return this;
    }

    /**
     * The findings of one series, one row per broken rule.
     *
     * @param symbol the series
     * @return a table; {@code Tables.of} makes a Tablesaw table of it
     */
    public Tabular findings(String symbol) {
        return data.quality().stream()
                .filter(quality -> quality.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("symbol '" + symbol
                        + "' is not in the data; nearest is " + Suggestion.nearest(symbol, data.symbols())));
    }

    /**
     * The closes of one series on a time axis.
     *
     * @param symbol the series
     * @return the figure
     */
    public Figure figure(String symbol) {
        Frame frame = data.frame(symbol);
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("close", frame.column(Columns.CLOSE).toArray());
        return Figures.lines(symbol + " close", frame.index(), columns);
    }

    /**
     * What was loaded, in a few lines.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        List<Frame> frames = data.frames();
        long errors = data.quality().stream().filter(QualityReport::hasErrors).count();
        Provenance.Kind worst = frames.stream()
                .map(frame -> frame.provenance().kind())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        text.append(frames.size())
                .append(" series")
                .append(", bars of ")
                .append(length(data.barNanos()))
                .append(", provenance ")
                .append(worst)
                .append('\n');
        frames.stream()
                .limit(SHOWN)
                .forEach(frame -> text.append("  ").append(line(frame)).append('\n'));
        if (frames.size() > SHOWN) {
            text.append("  and ").append(frames.size() - SHOWN).append(" more\n");
        }
        if (errors > 0) {
            text.append(errors)
                    .append(
                            " series with findings of severity ERROR. Repair the file, or import what is right, and see all findings")
                    .append(" with 'lama data verify'.\n");
            data.quality().stream()
                    .filter(QualityReport::hasErrors)
                    .limit(SHOWN)
                    .forEach(report -> text.append(errorLines(report)));
        }
        notices.forEach(notice -> text.append(notice).append(".\n"));
        frames.stream()
                .filter(Loading::isConstant)
                .limit(SHOWN)
                .forEach(frame -> text.append("Note: the close of ")
                        .append(frame.symbol())
                        .append(" never changes; leave it out with --symbols, or look whether the right column is")
                        .append(" called close.\n"));
        return text.toString();
    }

    private static String length(long barNanos) {
        long seconds = barNanos / 1_000_000_000L;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 60 != 0) {
            return seconds + " s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + " h" : seconds / 60 + " min";
    }

    /** Of rows without a number the engine tells how many there are; here it must be said what they become. */
    private static String outcome(Issue.Reason reason) {
        String gap = reason == Issue.Reason.NON_FINITE ? ": the bar is left out as a gap" : "";
        return DataFindings.outcome(reason).map(done -> ": " + done).orElse(gap);
    }

    private static String errorLines(QualityReport report) {
        StringBuilder lines = new StringBuilder();
        report.findings().stream()
                .filter(finding -> finding.reason().severity() == Issue.Severity.ERROR)
                .forEach(finding -> lines.append("  ")
                        .append(report.source())
                        .append(", ")
                        .append(report.symbol())
                        .append(": ")
                        .append(finding.reason())
                        .append(' ')
                        .append(finding.count())
                        .append(finding.count() == 1 ? " time, " : " times, first ")
                        .append(finding.first())
                        .append(outcome(finding.reason()))
                        .append('\n'));
        return lines.toString();
    }

    private String line(Frame frame) {
        String missing = data.quality().stream()
                .filter(report -> report.symbol().equals(frame.symbol()) && report.missing() > 0)
                .map(report -> ", " + report.missing() + " bars missing in " + report.gaps() + " gaps")
                .findFirst()
                .orElse("");
        return frame.symbol() + ": " + frame.size() + " bars, "
                + TimeIndex.instant(frame.index().at(0)) + " .. "
                + TimeIndex.instant(frame.availableAt(frame.size() - 1)) + missing
                + counted(frame, Issue.Reason.REVISED, " revised later, the last values used")
                + counted(frame, Issue.Reason.KNOWN_LATE, " known or corrected after the close")
                + StoreJoins.of(frame).stream().map(said -> "\n    " + said).collect(Collectors.joining());
    }

    /** Bars whose values depend on when they are looked at; the quality of the series says more. */
    private String counted(Frame frame, Issue.Reason reason, String what) {
        int bars = data.quality().stream()
                .filter(report -> report.symbol().equals(frame.symbol()))
                .mapToInt(report -> report.count(reason))
                .sum();
        return bars == 0 ? "" : ", " + bars + (bars == 1 ? " bar" : " bars") + what;
    }

    @Override
    public List<Column> columns() {
        List<QualityReport> reports = data.quality();
        List<Column> columns = new ArrayList<>();
        columns.add(
                new Column("symbol", reports.stream().map(QualityReport::symbol).toList()));
        columns.add(
                new Column("source", reports.stream().map(QualityReport::source).toList()));
        columns.add(
                longs("rows", reports.stream().mapToLong(QualityReport::rows).toArray()));
        columns.add(longs(
                "expected", reports.stream().mapToLong(QualityReport::expected).toArray()));
        columns.add(longs(
                "missing", reports.stream().mapToLong(QualityReport::missing).toArray()));
        columns.add(
                longs("gaps", reports.stream().mapToLong(QualityReport::gaps).toArray()));
        columns.add(new Column(
                "findings",
                reports.stream()
                        .map(report -> String.join(
                                ", ",
                                report.findings().stream()
                                        .map(finding -> finding.reason() + " " + finding.count())
                                        .toList()))
                        .toList()));
        return columns;
    }

    private static Column longs(String name, long[] values) {
        return new Column(name, Arrays.stream(values).boxed().toList());
    }
}
