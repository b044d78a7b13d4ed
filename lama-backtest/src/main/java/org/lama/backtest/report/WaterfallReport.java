package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lama.backtest.honesty.Waterfall;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * The honesty waterfall as a figure and as a section of a report. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class WaterfallReport {
    private static final double PAD = 0.14;

    private WaterfallReport() {}

    /** One bar of the figure: from one level to another. */
    private record Bar(String name, double from, double to, Waterfall.Level level) {
        boolean isFall() {
            return to < from;
        }
    }

    /**
     * The naive Sharpe ratio falling to the honest one; whiskers are intervals of the levels.
     *
     * @param waterfall the steps
     * @return the figure
     */
    public static Figure figure(Waterfall waterfall) {
        List<Bar> bars = bars(waterfall);
        Heading heading = Heading.of(
                "From naive to honest",
                "Sharpe ratio a year after each rule is switched, with its 95 % interval" + left(waterfall),
                new Heading.Key("naive and honest", Tone.BLUE, Heading.Mark.BOX),
                new Heading.Key("falls", Tone.VERMILLION, Heading.Mark.BOX),
                new Heading.Key("rises", Tone.GREEN, Heading.Mark.BOX));
        String words =
                "The Sharpe ratio is " + Numbers.fixed(waterfall.naive().sharpe(), 2) + " with every rule naive and "
                        + Numbers.fixed(waterfall.honest().sharpe(), 2) + " with all honest.";
        return Figure.of(heading, words, new Figure.Size(300, 60 + 30.0 * bars.size()), (svg, box) -> {
            if (Double.isNaN(waterfall.naive().sharpe())
                    && Double.isNaN(waterfall.honest().sharpe())) {
                Panel.nothing(svg, box.inset(14, 8, 14, 20), "No Sharpe ratio is defined: nothing to draw.");
            } else if (box.width() < Figure.NARROW) {
                lying(svg, box, bars);
            } else {
                standing(svg, box, bars);
            }
        });
    }

    /** Rules without a bar; the table says why. */
    private static String left(Waterfall waterfall) {
        String rules = waterfall.steps().stream()
                .filter(step -> !step.applies())
                .map(Waterfall.Step::rule)
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "" : "; n/a: " + rules;
    }

    private static List<Bar> bars(Waterfall waterfall) {
        List<Bar> bars = new ArrayList<>();
        Waterfall.Level before = waterfall.naive();
        bars.add(new Bar("naive", 0, before.sharpe(), before));
        for (Waterfall.Step step : waterfall.steps()) {
            if (step.applies()) {
                bars.add(new Bar(step.rule(), before.sharpe(), step.after().sharpe(), step.after()));
                before = step.after();
            }
        }
        bars.add(new Bar("honest", 0, before.sharpe(), before));
        return bars;
    }

    private static double[] range(List<Bar> bars) {
        double low = 0;
        double high = 0;
        for (Bar bar : bars) {
            for (double v : new double[] {
                bar.from(), bar.to(), bar.level().low(), bar.level().high()
            }) {
                low = Double.isFinite(v) ? Math.min(low, v) : low;
                high = Double.isFinite(v) ? Math.max(high, v) : high;
            }
        }
        double pad = Math.max(high - low, 1e-6) * PAD;
        return new double[] {low < 0 ? low - pad : low, high > 0 ? high + pad : high};
    }

    private static Tone tone(Bar bar, boolean end) {
        return end ? Tone.BLUE : bar.isFall() ? Tone.VERMILLION : Tone.GREEN;
    }

    private static String label(Bar bar, boolean end) {
        return end ? Numbers.fixed(bar.to(), 2) : Numbers.fixed(bar.to() - bar.from(), 2);
    }

    private static void standing(Svg svg, Box box, List<Bar> bars) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 12, 14, 28);
        Panel panel = Panel.linear(svg, plot, new double[] {0, bars.size()}, range(bars));
        panel.yGrid(Ticks.Unit.NUMBER, "Sharpe");
        double slot = plot.width() / bars.size();
        double width = Math.min(slot * 0.56, 70);
        for (int k = 0; k < bars.size(); k++) {
            Bar bar = bars.get(k);
            boolean end = k == 0 || k == bars.size() - 1;
            double middle = plot.left() + (k + 0.5) * slot;
            String name = PlainFigures.clip(bar.name(), slot);
            svg.text(middle, plot.bottom() + 18, name, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.MIDDLE);
            double a = panel.y().map(bar.from());
            double b = panel.y().map(bar.to());
            if (Double.isFinite(a) && Double.isFinite(b)) {
                Box body = new Box(middle - width / 2, Math.min(a, b), width, Math.max(Math.abs(a - b), 1));
                svg.rect(body, tone(bar, end), bar.name() + ": " + label(bar, end));
                whisker(
                        svg,
                        panel.y().map(bar.level().low()),
                        panel.y().map(bar.level().high()),
                        middle);
            }
            double top = Double.isFinite(b) ? Math.min(a, b) : plot.middleY();
            svg.text(middle + width / 2 + 3, top - 4, label(bar, end), Svg.Face.STRONG, Tone.INK, Svg.Anchor.MIDDLE);
            if (k + 2 < bars.size() && Double.isFinite(b)) {
                svg.dashed(middle + width / 2, b, middle + slot - width / 2, b, Tone.FRAME);
            }
        }
        panel.level(0, Tone.FRAME);
    }

    private static void whisker(Svg svg, double low, double high, double middle) {
        if (Double.isFinite(low) && Double.isFinite(high)) {
            svg.line(middle, low, middle, high, Tone.PAPER, 3.6);
            svg.line(middle, low, middle, high, Tone.INK, 1.2);
            svg.line(middle - 4, low, middle + 4, low, Tone.INK, 1.2);
            svg.line(middle - 4, high, middle + 4, high, Tone.INK, 1.2);
        }
    }

    /** On narrow paper the bars lie, with their names above them. */
    private static void lying(Svg svg, Box box, List<Bar> bars) {
        Box plot = box.inset(14, 4, 44, 24);
        double[] range = range(bars);
        Panel panel = Panel.linear(svg, plot, range, new double[] {0, 1});
        double slot = plot.height() / bars.size();
        double zero = panel.x().map(0);
        for (int k = 0; k < bars.size(); k++) {
            Bar bar = bars.get(k);
            boolean end = k == 0 || k == bars.size() - 1;
            double top = plot.top() + k * slot;
            // not through the names
            svg.line(zero, top + 15, zero, top + slot - 3, Tone.FRAME, 1);
            double a = panel.x().map(bar.from());
            double b = panel.x().map(bar.to());
            svg.text(plot.left(), top + 11, bar.name(), Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
            svg.text(box.right() - 6, top + 11, label(bar, end), Svg.Face.STRONG, Tone.INK, Svg.Anchor.END);
            if (Double.isFinite(a) && Double.isFinite(b)) {
                Box body = new Box(Math.min(a, b), top + 15, Math.max(Math.abs(a - b), 1), slot - 20);
                svg.rect(body, tone(bar, end), bar.name() + ": " + label(bar, end));
                double low = panel.x().map(bar.level().low());
                double high = panel.x().map(bar.level().high());
                if (Double.isFinite(low) && Double.isFinite(high)) {
                    svg.line(low, body.middleY(), high, body.middleY(), Tone.PAPER, 3.6);
                    svg.line(low, body.middleY(), high, body.middleY(), Tone.INK, 1.2);
                }
            }
        }
        panel.xTicks(Ticks.Unit.NUMBER, "");
    }

    /** Narrow enough for a page: an interval beside its figure, a reason in place of the sides of the rule. */
    private static Tabular rows(Waterfall waterfall) {
        List<Waterfall.Step> steps = waterfall.steps();
        return Columns.of(steps)
                .with("rule", Waterfall.Step::rule)
                .with("sharpeAfter", step -> step.applies() ? words(step.after()) : "n/a")
                .with("change", step -> step.applies() ? words(step.change()) : "n/a")
                .with(
                        "fromNaiveToHonest",
                        step -> step.naive() + " → " + step.honest()
                                + (step.applies() ? "" : ". n/a: " + step.reason()))
                .build();
    }

    private static String words(Waterfall.Level level) {
        String sharpe = Double.isNaN(level.sharpe()) ? "n/a" : Numbers.fixed(level.sharpe(), 2);
        return Double.isNaN(level.low()) || Double.isNaN(level.high())
                ? sharpe
                : sharpe + " [" + Numbers.fixed(level.low(), 2) + ", " + Numbers.fixed(level.high(), 2) + "]";
    }

    /** The section of a report. */
    static ReportSection section(Waterfall waterfall) {
        ReportSection section = ReportSection.titled("From naive to honest")
                .text("The same strategy run again, one rule switched after the other: with every rule naive its Sharpe"
                        + " ratio is " + Numbers.fixed(waterfall.naive().sharpe(), 2) + ", with all honest "
                        + Numbers.fixed(waterfall.honest().sharpe(), 2) + ".")
                .figure(figure(waterfall))
                .table(ReportTable.of("Rule by rule", rows(waterfall))
                        .format(ReportTable.Format.SENTENCE, "fromNaiveToHonest")
                        .stacked());
        return section.note("Each rule is switched on top of those before it, so that the order shares out the fall."
                + " Intervals at 95 %: stationary bootstrap of each run, paired bootstrap of each change. The step of the"
                + " trials subtracts what the best of that many trials without skill is expected to show.");
    }
}
