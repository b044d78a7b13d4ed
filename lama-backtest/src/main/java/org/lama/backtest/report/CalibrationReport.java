package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.lama.backtest.honesty.Calibration;
import org.lama.backtest.honesty.CalibrationResult;
import org.lama.backtest.honesty.NullMarkets;
import org.lama.backtest.honesty.VerdictPower;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * The report of a calibration: how often the pipeline calls an edge where there is none, and how small an edge it finds,
 * with the power curve. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CalibrationReport {
    private CalibrationReport() {}

    /**
     * A user's own result held against the null markets.
     *
     * @param sharpe net Sharpe ratio a year
     * @param pValue empirical p-value
     * @param verdict its verdict in words
     */
    public record Own(double sharpe, double pValue, String verdict) {}

    /**
     * The share of markets called EDGE against the true net Sharpe ratio: the whole pipeline, and the verdict alone.
     *
     * @param result the whole pipeline
     * @param verdict the verdict on plain streams of returns; may be empty
     * @return the figure
     */
    public static Figure powerCurve(CalibrationResult result, List<VerdictPower.Point> verdict) {
        Curve pipeline = Curve.of(result);
        Curve alone = Curve.of(verdict);
        List<Heading.Key> keys = new ArrayList<>();
        keys.add(new Heading.Key("whole pipeline, ± 1 standard error", Tone.BLUE, Heading.Mark.LINE));
        if (alone.x.length > 0) {
            keys.add(new Heading.Key("verdict alone", Tone.GREY, Heading.Mark.LINE));
        }
        keys.add(new Heading.Key("5 % and 80 %", Tone.MUTED, Heading.Mark.DASH));
        keys.add(new Heading.Key("most that the smallest edge may be", Tone.VERMILLION, Heading.Mark.DASH));
        OptionalDouble smallest = result.smallestDetectable();
        String words = "False alarms " + Numbers.percent(result.nulls().share(), 1) + " of "
                + result.nulls().markets() + " markets; smallest detectable Sharpe ratio "
                + (smallest.isPresent() ? Numbers.fixed(smallest.getAsDouble(), 2) : "n/a") + ", at most "
                + Numbers.fixed(result.bound(), 2) + " wanted.";
        return Figure.of(
                new Heading("Power", "share of markets called EDGE by true net Sharpe ratio a year", keys),
                words,
                new Figure.Size(300, 260),
                (svg, box) -> draw(svg, box, pipeline, alone, result.bound()));
    }

    private static void draw(Svg svg, Box box, Curve pipeline, Curve alone, double bound) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 40);
        double[] x = Scale.padded(Scale.range(pipeline.x, alone.x, new double[] {0, bound}), 0.04);
        Panel panel = Panel.linear(svg, plot, x, new double[] {0, 1});
        panel.yGrid(Ticks.Unit.PERCENT, "called EDGE");
        panel.xTicks(Ticks.Unit.NUMBER, "true net Sharpe ratio a year");
        for (double level : new double[] {CalibrationResult.SIZE, CalibrationResult.POWER}) {
            double y = panel.y().map(level);
            svg.dashed(plot.left(), y, plot.right(), y, Tone.MUTED);
        }
        double at = panel.x().map(bound);
        svg.dashed(at, plot.top(), at, plot.bottom(), Tone.VERMILLION);
        if (alone.x.length > 0) {
            panel.line(alone.x, alone.share, Tone.GREY, 1.2);
        }
        panel.line(pipeline.x, pipeline.share, Tone.BLUE, 1.8);
        for (int k = 0; k < pipeline.x.length; k++) {
            double middle = panel.x().map(pipeline.x[k]);
            double low = panel.y().map(Math.max(0, pipeline.share[k] - pipeline.error[k]));
            double high = panel.y().map(Math.min(1, pipeline.share[k] + pipeline.error[k]));
            svg.line(middle, low, middle, high, Tone.BLUE, 1.2);
            svg.dot(middle, panel.y().map(pipeline.share[k]), 3.2, Tone.BLUE, false);
        }
    }

    /** Shares by Sharpe ratio. */
    private static final class Curve {
        private final double[] x;
        private final double[] share;
        private final double[] error;

        private Curve(double[] x, double[] share, double[] error) {
            this.x = x;
            this.share = share;
            this.error = error;
        }

        static Curve of(CalibrationResult result) {
            List<CalibrationResult.Level> levels = result.levels();
            return new Curve(
                    levels.stream()
                            .mapToDouble(CalibrationResult.Level::meanSharpe)
                            .toArray(),
                    levels.stream().mapToDouble(CalibrationResult.Level::share).toArray(),
                    levels.stream()
                            .mapToDouble(CalibrationResult.Level::standardError)
                            .toArray());
        }

        static Curve of(List<VerdictPower.Point> points) {
            return new Curve(
                    points.stream().mapToDouble(VerdictPower.Point::sharpe).toArray(),
                    points.stream().mapToDouble(VerdictPower.Point::share).toArray(),
                    points.stream()
                            .mapToDouble(VerdictPower.Point::standardError)
                            .toArray());
        }
    }

    /**
     * The report.
     *
     * @param result the whole pipeline
     * @param verdict the verdict on plain streams of returns; may be empty
     * @param own results of the user's data; empty if there are none
     * @param run facts about the run, in order
     * @return the report, ready to be written
     */
    public static HtmlReport of(
            CalibrationResult result, List<VerdictPower.Point> verdict, List<Own> own, Map<String, String> run) {
        CalibrationResult.Level nulls = result.nulls();
        HtmlReport report = HtmlReport.titled("Calibration")
                .subtitle(result.markets().size() + " markets of " + Numbers.fixed(result.years(), 1)
                        + " tested years, made for this purpose")
                .keyFigures(keyFigures(result, own));
        ReportSection power = ReportSection.titled("How small an edge is found")
                .text("Each planted market has a drift that foretells returns. The curve shows how often the pipeline"
                        + " called it an edge, against what the pipeline's own strategy earns on such markets on average"
                        + " after costs. The verdict alone judges plain returns whose Sharpe ratio is known.")
                .figure(powerCurve(result, verdict))
                .table(ReportTable.of("By planted strength", result)
                        .format(ReportTable.Format.PERCENT, "share", "standardError")
                        .format(ReportTable.Format.FIXED_2, "meanSharpe", "sharpeDeviation", "perfectSharpe"));
        if (!verdict.isEmpty()) {
            power.table(ReportTable.of("The verdict alone", table(verdict))
                    .format(ReportTable.Format.PERCENT, "share", "standardError"));
        }
        report.section(power);
        report.section(ReportSection.titled("False alarms")
                .text(falseAlarms(result, nulls))
                .table(ReportTable.of("Markets without an edge", byKind(result))
                        .format(ReportTable.Format.PERCENT, "share", "standardError")
                        .format(ReportTable.Format.FIXED_2, "meanSharpe", "sharpeDeviation")));
        report.section(ReportSection.titled("How it was run").facts(run));
        return report.footnote(BacktestReport.DISCLAIMER);
    }

    private static String falseAlarms(CalibrationResult result, CalibrationResult.Level nulls) {
        return nulls.edges() + " of " + nulls.markets() + " markets without an edge were called EDGE: "
                + Numbers.percent(nulls.share(), 1) + ", standard error " + Numbers.percent(nulls.standardError(), 1)
                + ". " + (result.sizeHolds() ? "That is within" : "That is more than")
                + " the nominal 5 % plus two standard errors."
                + result.beside(Calibration.Batch.FREE)
                        .map(level -> " Costs make that easy: where trading is free it was " + level.edges() + " of "
                                + level.markets() + ".")
                        .orElse("")
                + result.beside(Calibration.Batch.RISING)
                        .map(level -> " Of " + level.markets() + " markets that rise and have nothing to forecast "
                                + level.edges() + " were called EDGE: the verdict compares with cash, and holding them"
                                + " earns, which is no skill. Above what holding explains were "
                                + result.edgesAboveRisingMarkets() + ".")
                        .orElse("");
    }

    private static List<KeyFigure> keyFigures(CalibrationResult result, List<Own> own) {
        List<KeyFigure> figures = new ArrayList<>();
        figures.add(KeyFigure.of(
                "False alarms",
                Numbers.percent(result.nulls().share(), 1),
                "nominal 5 % of " + result.nulls().markets() + " markets"));
        OptionalDouble smallest = result.smallestDetectable();
        figures.add(KeyFigure.of(
                "Smallest edge found in 80 %",
                smallest.isPresent() ? Numbers.fixed(smallest.getAsDouble(), 2) : "n/a",
                "net Sharpe ratio a year, wanted at most " + Numbers.fixed(result.bound(), 2)));
        for (Own mine : own) {
            figures.add(KeyFigure.of(
                    "Your result",
                    Numbers.fixed(mine.sharpe(), 2),
                    "empirical p-value " + Numbers.fixed(mine.pValue(), 3) + ", " + mine.verdict()));
        }
        return figures;
    }

    private static Tabular byKind(CalibrationResult result) {
        List<String> names = new ArrayList<>();
        List<CalibrationResult.Level> levels = new ArrayList<>();
        for (NullMarkets.Kind kind : NullMarkets.Kind.values()) {
            names.add(kind.label());
            levels.add(result.nulls(kind));
        }
        result.beside(Calibration.Batch.FREE).ifPresent(level -> {
            names.add("both, no costs");
            levels.add(level);
        });
        result.beside(Calibration.Batch.RISING).ifPresent(level -> {
            names.add("both, rising");
            levels.add(level);
        });
        return () -> List.of(
                new Tabular.Column("made by", List.copyOf(names)),
                new Tabular.Column(
                        "markets",
                        levels.stream().map(CalibrationResult.Level::markets).toList()),
                new Tabular.Column(
                        "edges",
                        levels.stream().map(CalibrationResult.Level::edges).toList()),
                new Tabular.Column(
                        "share",
                        levels.stream().map(CalibrationResult.Level::share).toList()),
                new Tabular.Column(
                        "standardError",
                        levels.stream()
                                .map(CalibrationResult.Level::standardError)
                                .toList()),
                new Tabular.Column(
                        "meanSharpe",
                        levels.stream().map(CalibrationResult.Level::meanSharpe).toList()),
                new Tabular.Column(
                        "sharpeDeviation",
                        levels.stream()
                                .map(CalibrationResult.Level::sharpeDeviation)
                                .toList()));
    }

    private static Tabular table(List<VerdictPower.Point> points) {
        return () -> List.of(
                new Tabular.Column(
                        "sharpe",
                        points.stream().map(VerdictPower.Point::sharpe).toList()),
                new Tabular.Column(
                        "streams",
                        points.stream().map(VerdictPower.Point::streams).toList()),
                new Tabular.Column(
                        "edges", points.stream().map(VerdictPower.Point::edges).toList()),
                new Tabular.Column(
                        "share", points.stream().map(VerdictPower.Point::share).toList()),
                new Tabular.Column(
                        "standardError",
                        points.stream().map(VerdictPower.Point::standardError).toList()));
    }
}
