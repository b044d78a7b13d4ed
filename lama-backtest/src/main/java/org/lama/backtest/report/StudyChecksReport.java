package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.walkforward.CombinerTracking;
import org.lama.backtest.walkforward.StudyChecks;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;

/**
 * What a study says about itself, as tables, figures and sections of its report: bounds inside bars, capacity, ablation of
 * the members, tracking of the combiners. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StudyChecksReport {
    private StudyChecksReport() {}

    /**
     * What each member adds.
     *
     * @param result the study
     * @return columns member, with, without, difference, low, high, pValue, returnDifference, notAvailable
     */
    public static Tabular ablation(StudyResult result) {
        return Columns.of(result.checks().ablation())
                .with("member", StudyChecks.Ablation::member)
                .with("with", StudyChecks.Ablation::sharpeWith)
                .with("without", StudyChecks.Ablation::sharpeWithout)
                .with("difference", StudyChecks.Ablation::difference)
                .with("low", StudyChecks.Ablation::low)
                .with("high", StudyChecks.Ablation::high)
                .with("pValue", StudyChecks.Ablation::pValue)
                .with("returnDifference", StudyChecks.Ablation::returnDifference)
                .with("notAvailable", row -> row.reason().isEmpty() ? "" : "n/a: " + row.reason())
                .build();
    }

    /** Without the column of reasons where there is none. */
    private static Tabular shownAblation(StudyResult result) {
        Tabular all = ablation(result);
        boolean every =
                result.checks().ablation().stream().allMatch(row -> row.reason().isEmpty());
        return every ? () -> all.columns().subList(0, all.columns().size() - 1) : all;
    }

    /**
     * How the combiners did over the whole study.
     *
     * @param result the study
     * @return columns combiner, score, standardError, periods, ledShare, chosenShare
     */
    public static Tabular tracking(StudyResult result) {
        return Columns.of(result.checks().tracking().combiners())
                .with("combiner", CombinerTracking.Score::combiner)
                .with("score", CombinerTracking.Score::mean)
                .with("standardError", CombinerTracking.Score::standardError)
                .with("periods", row -> (long) row.periods())
                .with("ledShare", CombinerTracking.Score::ledShare)
                .with("chosenShare", CombinerTracking.Score::chosenShare)
                .build();
    }

    /**
     * When the rule of the tracking changed the combiner.
     *
     * @param result the study
     * @return columns time, from, to, lead
     */
    public static Tabular switches(StudyResult result) {
        return Columns.of(result.checks().tracking().switches())
                .with("time", row -> TimeIndex.instant(row.timeNanos()))
                .with("from", CombinerTracking.Switch::from)
                .with("to", CombinerTracking.Switch::to)
                .with("lead", CombinerTracking.Switch::leadStandardErrors)
                .build();
    }

    /**
     * Sharpe ratio with and without each member, as the difference.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure ablationFigure(StudyResult result) {
        List<StudyChecks.Ablation> known = result.checks().ablation().stream()
                .filter(row -> row.reason().isEmpty())
                .toList();
        Heading heading = Heading.of(
                "What each member adds",
                "Sharpe ratio a year with all members less without this one, with its 95 % interval");
        String words = known.isEmpty()
                ? "No difference is defined."
                : String.join(
                                ", ",
                                known.stream()
                                        .map(row -> row.member() + " " + Numbers.fixed(row.difference(), 2))
                                        .toList())
                        + ".";
        double tall = 40 + 34.0 * Math.max(1, known.size());
        return Figure.of(heading, words, new Figure.Size(tall, tall), (svg, box) -> {
            if (known.isEmpty()) {
                Panel.nothing(svg, box.inset(14, 8, 14, 20), "No difference is defined: nothing to draw.");
            } else {
                drawAblation(svg, box, known);
            }
        });
    }

    private static void drawAblation(Svg svg, Box box, List<StudyChecks.Ablation> rows) {
        Box plot = box.inset(Math.min(110, box.width() * 0.28), 6, 18, 28);
        double[] values = new double[3 * rows.size()];
        for (int k = 0; k < rows.size(); k++) {
            values[3 * k] = rows.get(k).low();
            values[3 * k + 1] = rows.get(k).difference();
            values[3 * k + 2] = rows.get(k).high();
        }
        double[] range = Scale.padded(Scale.range(values, new double[] {0}), 0.06);
        Panel panel = Panel.linear(svg, plot, range, new double[] {0, 1});
        panel.xTicks(Ticks.Unit.NUMBER, "");
        double zero = panel.x().map(0);
        svg.line(zero, plot.top(), zero, plot.bottom(), Tone.FRAME, 1);
        double slot = plot.height() / rows.size();
        for (int k = 0; k < rows.size(); k++) {
            StudyChecks.Ablation row = rows.get(k);
            double y = plot.top() + (k + 0.5) * slot;
            boolean clear = row.low() > 0 || row.high() < 0;
            Tone tone = clear ? Tone.BLUE : Tone.GREY;
            if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
                svg.line(panel.x().map(row.low()), y, panel.x().map(row.high()), y, tone, 3);
            }
            svg.dot(panel.x().map(row.difference()), y, 4, clear ? Tone.BLUE : Tone.INK, false);
            String name = PlainFigures.clip(row.member(), plot.left() - 14);
            svg.text(plot.left() - 8, y + 4, name, Svg.Face.LABEL, Tone.INK, Svg.Anchor.END);
        }
    }

    /**
     * Rolling scores of the combiners.
     *
     * @param result the study
     * @return the figure
     */
    public static Figure trackingFigure(StudyResult result) {
        CombinerTracking tracking = result.checks().tracking();
        int rows = tracking.points().size();
        long[] times = new long[rows];
        Map<String, double[]> lines = new LinkedHashMap<>();
        for (int c = 0; c < tracking.combiners().size(); c++) {
            double[] line = new double[rows];
            for (int i = 0; i < rows; i++) {
                times[i] = tracking.points().get(i).timeNanos();
                line[i] = tracking.points().get(i).scores().get(c);
            }
            lines.put(tracking.combiners().get(c).combiner(), line);
        }
        return PlainFigures.lines(
                "Rolling score of each combiner",
                "mean outcome a period, in units of the assets' volatility, over the last " + CombinerTracking.WINDOW
                        + " periods, as known at each close",
                TimeIndex.of(times),
                lines);
    }

    /** Whether the best of all ways to combine is more than the best of many. */
    static String bestOfTried(StudyResult result) {
        RealityCheck check = result.checks().bestOfTried();
        return check.isDefined()
                ? "Is the best of them above cash by more than trying them all explains? White's reality check: p = "
                        + Numbers.fixed(check.realityCheck(), 3) + "; Hansen's SPA: p = "
                        + Numbers.fixed(check.consistent(), 3) + "."
                : "White's reality check and Hansen's SPA over them: n/a, "
                        + check.reason().orElse("not defined") + ".";
    }

    static ReportSection bounds(StudyResult result) {
        StudyChecks.IntrabarBounds bounds = result.checks().bounds();
        String words = "Pessimistic order of prices inside bars: total return "
                + Numbers.percent(bounds.pessimisticReturn(), 1) + "; optimistic: "
                + Numbers.percent(bounds.optimisticReturn(), 1) + ". ";
        String end = bounds.isDecidable() ? "" : " The sign differs: bars cannot decide this.";
        return ReportSection.titled("Inside the bars").text(words + sentence(bounds.why()) + end);
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    static ReportSection capacity(StudyResult result) {
        return CapacityReport.section(
                result.checks().capacity(),
                result.settings().cash(),
                "",
                List.of("Positions are limited to 1 % of the last 24 hours' volume, so that large capital stays idle in"
                        + " part."));
    }

    static ReportSection ablation(StudyResult result, String title) {
        return ReportSection.titled(title)
                .text("The ensemble run again without each member, on the same fits: the member's votes, its effect on"
                        + " sizes and its part in the regime are gone. A positive difference means that it helps.")
                .figure(ablationFigure(result))
                .table(ReportTable.of("With and without", shownAblation(result))
                        .format(ReportTable.Format.PERCENT, "returnDifference")
                        .format(ReportTable.Format.FIXED_2, "with", "without", "difference", "low", "high"))
                .note("Interval and p-value of the difference: both runs resampled with the same blocks.");
    }

    static ReportSection tracking(StudyResult result, String title) {
        CombinerTracking tracking = result.checks().tracking();
        List<String> words = new ArrayList<>();
        words.add(
                tracking.active()
                        ? "The study trades by the combiner that leads; that choice is one more trial."
                        : "Reported only: the study trades by the configured combiner throughout.");
        words.add("A challenger takes over once its mean lead over " + CombinerTracking.WINDOW
                + " periods has been above "
                + Numbers.fixed(CombinerTracking.LEAD, 1) + " standard errors for " + CombinerTracking.PATIENCE
                + " periods in a row. Outcomes count from the close at which they are known.");
        ReportSection section =
                ReportSection.titled(title).text(String.join(" ", words)).figure(trackingFigure(result));
        section.table(ReportTable.of("Scores", tracking(result))
                .format(ReportTable.Format.PERCENT, "ledShare", "chosenShare"));
        return tracking.switches().isEmpty()
                ? section.note("The rule would never have changed the combiner.")
                : section.table(ReportTable.of("Changes", switches(result))
                        .format(ReportTable.Format.FIXED_2, "lead")
                        .folded());
    }
}
