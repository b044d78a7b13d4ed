package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lama.backtest.analytics.PairedBootstrap;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * Several finished runs in one report: equity over each other, figures side by side, the difference of each run to the
 * first with its uncertainty, and the settings that differ. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ComparisonReport {
    private static final int RESAMPLES = 2000;

    private ComparisonReport() {}

    /**
     * The report.
     *
     * @param records at least two runs with different names; the first is what the others are held against
     * @return the report, ready to be written
     */
    public static HtmlReport of(List<BacktestRecord> records) {
        Check.that(records.size() >= 2, "records must hold at least 2 runs, got " + records.size());
        Check.that(
                records.stream().map(BacktestRecord::name).distinct().count() == records.size(),
                "records must have different names, got "
                        + records.stream().map(BacktestRecord::name).toList());
        BacktestRecord first = records.get(0);
        HtmlReport report = HtmlReport.titled(title(records))
                .subtitle(spans(records) + " · differences are held against " + first.name());
        BacktestReport.banners(report, records);
        if (!haveSameData(records)) {
            report.banner(
                    "DIFFERENT DATA",
                    "The runs saw different bars, so differences are not those of the strategies: " + seen(records)
                            + ". Only the periods that two runs share are held against each other.");
        }
        report.section(equity(records));
        report.section(differences(records));
        report.section(ReportSection.titled("Figures side by side")
                .table(ReportTable.of("All metrics", BacktestTables.readable(BacktestTables.sideBySide(records)))));
        report.section(settings(records));
        return report.footnote(BacktestReport.DISCLAIMER);
    }

    /** The period of all, or that of each where they differ. */
    private static String spans(List<BacktestRecord> records) {
        String first = BacktestReport.span(records.get(0));
        return records.stream().allMatch(each -> BacktestReport.span(each).equals(first))
                ? first
                : records.stream()
                        .map(each -> each.name() + ": " + BacktestReport.span(each))
                        .collect(Collectors.joining(" · "));
    }

    private static ReportSection equity(List<BacktestRecord> records) {
        ReportSection section = ReportSection.titled("Equity")
                .figure(BacktestFigures.overlaid(records))
                .figure(underWater(records));
        BacktestRecord first = records.get(0);
        String others = records.stream()
                .filter(each -> !each.times().equals(first.times()))
                .map(BacktestRecord::name)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? section
                : section.text("Under water shows the runs with the times of " + first.name() + "; not among them: "
                        + others + ".");
    }

    private static String title(List<BacktestRecord> records) {
        return records.size() == 2
                ? records.get(0).name() + " against " + records.get(1).name()
                : "Comparison of " + records.size() + " runs";
    }

    /**
     * Whether all runs saw the same symbols, rows and files; if not, the report says so.
     *
     * @param records at least one run
     * @return true if so
     */
    public static boolean haveSameData(List<BacktestRecord> records) {
        return records.stream().map(ComparisonReport::data).distinct().count() <= 1;
    }

    private static String seen(List<BacktestRecord> records) {
        return records.stream()
                .map(record -> record.name() + " saw " + BacktestReport.assets(record) + " from "
                        + BacktestReport.span(record))
                .collect(Collectors.joining("; "));
    }

    private static List<String> data(BacktestRecord record) {
        return record.data().frames().stream()
                .map(frame -> frame.symbol() + " " + frame.size() + " "
                        + (frame.size() == 0 ? 0 : frame.index().at(0)) + " "
                        + frame.provenance().sha256())
                .toList();
    }

    private static Figure underWater(List<BacktestRecord> records) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (BacktestRecord record : records) {
            if (record.times().equals(records.get(0).times())) {
                columns.put(record.name(), record.curve().drawdown());
            }
        }
        return PlainFigures.shares(
                "Under water",
                "loss against the highest equity so far",
                records.get(0).times(),
                columns);
    }

    /**
     * The figures of two runs over the periods both have, with the difference and its uncertainty: paired stationary
     * bootstrap of 2,000 resamples with a fixed seed.
     *
     * @param first what the other is held against
     * @param second the other run
     * @return second less first
     */
    public static PairedBootstrap difference(BacktestRecord first, BacktestRecord second) {
        Check.that(
                first.periodsPerYear() == second.periodsPerYear(),
                "both runs must have periods of one length, got " + first.periodsPerYear() + " and "
                        + second.periodsPerYear() + " a year");
        double[][] common = common(first, second);
        return PairedBootstrap.of(common[0], common[1], first.periodsPerYear(), StationaryBootstrap.of(RESAMPLES, 1));
    }

    private static double[][] common(BacktestRecord first, BacktestRecord second) {
        Map<Long, Double> byTime = new TreeMap<>();
        double[] other = second.returns();
        long[] otherTimes = second.periodNanos();
        for (int k = 0; k < other.length; k++) {
            byTime.put(otherTimes[k], other[k]);
        }
        List<double[]> pairs = new ArrayList<>();
        double[] mine = first.returns();
        long[] times = first.periodNanos();
        for (int k = 0; k < mine.length; k++) {
            Double match = byTime.get(times[k]);
            if (match != null) {
                pairs.add(new double[] {mine[k], match});
            }
        }
        double[] a = pairs.stream().mapToDouble(p -> p[0]).toArray();
        double[] b = pairs.stream().mapToDouble(p -> p[1]).toArray();
        return new double[][] {a, b};
    }

    private static ReportSection differences(List<BacktestRecord> records) {
        ReportSection section = ReportSection.titled("Differences and their uncertainty");
        BacktestRecord first = records.get(0);
        for (BacktestRecord other : records.subList(1, records.size())) {
            if (other.periodsPerYear() != first.periodsPerYear()) {
                section.text(
                        other.name() + " has periods of another length and is not held against " + first.name() + ".");
            } else if (common(first, other)[0].length == 0) {
                section.text(other.name() + " shares no period with " + first.name()
                        + ", so there is no difference to measure.");
            } else {
                PairedBootstrap found = difference(first, other);
                section.text(sentence(first, other, found))
                        .table(ReportTable.of(other.name() + " less " + first.name(), named(found, first, other)));
            }
        }
        return section.note(
                "Both runs are resampled in the same blocks, so that what moves both cancels. An interval that"
                        + " holds 0 means that the data do not tell the two apart. With several runs, expect one of twenty to"
                        + " stand out by luck.");
    }

    private static String sentence(BacktestRecord first, BacktestRecord other, PairedBootstrap found) {
        PairedBootstrap.Difference sharpe = found.rows().get(0);
        String verdict = sharpe.low() > 0
                ? "The data tell them apart."
                : sharpe.high() < 0 ? "The data tell them apart." : "The data do not tell them apart.";
        return other.name() + " has a Sharpe ratio of " + Numbers.fixed(sharpe.second(), 2) + " a year, " + first.name()
                + " " + Numbers.fixed(sharpe.first(), 2) + ": a difference of " + Numbers.fixed(sharpe.difference(), 2)
                + " (95 %: " + Numbers.fixed(sharpe.low(), 2) + " to " + Numbers.fixed(sharpe.high(), 2) + "). "
                + (Double.isNaN(sharpe.low()) ? "There are too few returns to judge it." : verdict);
    }

    private static Tabular named(PairedBootstrap found, BacktestRecord first, BacktestRecord second) {
        return Columns.of(found.rows())
                .with("metric", row -> ReportTable.heading(row.metric()))
                .with(first.name(), PairedBootstrap.Difference::first)
                .with(second.name(), PairedBootstrap.Difference::second)
                .with("difference", PairedBootstrap.Difference::difference)
                .with("low", PairedBootstrap.Difference::low)
                .with("high", PairedBootstrap.Difference::high)
                .with("pValue", PairedBootstrap.Difference::pValue)
                .build();
    }

    private static ReportSection settings(List<BacktestRecord> records) {
        Tabular differing = BacktestTables.differingSettings(records);
        ReportSection section = ReportSection.titled("Settings that differ");
        return differing.columns().get(0).cells().isEmpty()
                ? section.text("All settings given are the same.")
                : section.table(ReportTable.of("Settings", differing));
    }
}
