package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lama.backtest.analytics.CalendarReturns;
import org.lama.backtest.analytics.PnlSplit;
import org.lama.backtest.analytics.RollingMetrics;
import org.lama.core.base.Tabular;
import org.lama.core.signal.ShockLaw;

/** Figures of one run or of several that have no trades in them. */
final class ResultFigures {
    private static final int ROLLING_DAYS = 90;

    private ResultFigures() {}

    /** What was earned at reference prices, what each cost took, and what was left. */
    static Figure waterfall(PnlSplit split, String currency) {
        Tabular table = split;
        List<String> names =
                table.columns().get(0).cells().stream().map(String::valueOf).toList();
        double[] parts = table.columns().get(1).cells().stream()
                .mapToDouble(cell -> ((Number) cell).doubleValue())
                .toArray();
        String words = IntStream.range(0, parts.length)
                .mapToObj(k -> names.get(k) + " " + Numbers.compact(round(parts[k])))
                .collect(Collectors.joining(", "));
        double[] from = new double[parts.length];
        double[] to = new double[parts.length];
        double level = 0;
        for (int k = 0; k < parts.length; k++) {
            boolean last = k == parts.length - 1;
            from[k] = last ? 0 : level;
            to[k] = last ? parts[k] : level + parts[k];
            level = to[k];
        }
        return Figure.of(
                Heading.of("From price to profit", "in " + currency + ", from left to right"),
                "Parts: " + words + ".",
                new Figure.Size(250, 230),
                (svg, box) -> steps(svg, box, names, new double[][] {from, to, parts}));
    }

    private static void steps(Svg svg, Box box, List<String> names, double[][] steps) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 16, 14, 28);
        double[] range = Scale.padded(Scale.range(steps[0], steps[1], new double[] {0}), 0.12);
        Panel panel = Panel.linear(svg, plot, new double[] {0, names.size()}, range);
        panel.yGrid(Ticks.Unit.COMPACT, "");
        double slot = plot.width() / names.size();
        double width = Math.min(slot * 0.62, 110);
        for (int k = 0; k < names.size(); k++) {
            double middle = plot.left() + (k + 0.5) * slot;
            double a = panel.y().map(steps[0][k]);
            double b = panel.y().map(steps[1][k]);
            boolean ends = k == 0 || k == names.size() - 1;
            Tone tone = steps[2][k] < 0 ? Tone.VERMILLION : ends ? Tone.BLUE : Tone.GREEN;
            Box bar = new Box(middle - width / 2, Math.min(a, b), width, Math.max(Math.abs(a - b), 1));
            String text = Numbers.compact(round(steps[2][k]));
            svg.rect(bar, tone, names.get(k) + ": " + text);
            double at = steps[2][k] < 0 ? bar.bottom() + 13 : bar.top() - 5;
            svg.text(middle, at, text, Svg.Face.STRONG, Tone.INK, Svg.Anchor.MIDDLE);
            svg.text(middle, plot.bottom() + 18, names.get(k), Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.MIDDLE);
            if (k + 1 < names.size()) {
                svg.dashed(bar.right(), b, bar.right() + slot - width, b, Tone.FRAME);
            }
        }
        svg.line(plot.left(), panel.y().map(0), plot.right(), panel.y().map(0), Tone.FRAME, 1);
    }

    private static double round(double value) {
        return Math.abs(value) >= 1000 ? Math.rint(value) : value;
    }

    static Figure distribution(BacktestRecord record) {
        double[] returns = Arrays.stream(record.returns()).map(r -> r * 100).toArray();
        String unit = record.periodsPerYear() == 365 ? "day" : "bar";
        Heading heading = Heading.of(
                "Distribution of returns",
                "density per " + unit + ", after costs",
                new Heading.Key("returns", Tone.SEQUENTIAL_3, Heading.Mark.BOX),
                new Heading.Key("smoothed", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("normal law of equal mean and deviation", Tone.VERMILLION, Heading.Mark.LINE));
        double[] range = Scale.range(returns);
        return Figure.of(
                heading,
                returns.length + " returns from " + Numbers.fixed(range[0], 2) + "% to " + Numbers.fixed(range[1], 2)
                        + "%.",
                new Figure.Size(270, 240),
                (svg, box) -> {
                    Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 42);
                    if (returns.length < 2) {
                        Panel.nothing(svg, plot, "Fewer than two returns: nothing to draw.");
                        return;
                    }
                    DistributionPanel.of(returns, ShockLaw.normal())
                            .drawHistogram(svg, plot, "return per " + unit + " in per cent");
                });
    }

    static Figure years(BacktestRecord record) {
        CalendarReturns years =
                CalendarReturns.of(record.periods().insideNanos(), record.returns(), CalendarReturns.Unit.YEAR);
        List<String> names = new ArrayList<>();
        for (int k = 0; k < years.size(); k++) {
            names.add(String.valueOf(years.start(k).getYear()));
        }
        return Figures.percentBars("Return of each year, after costs", names, years.values());
    }

    /** Volatility and exposure on one time axis. */
    static Figure rolling(BacktestRecord record) {
        double[] returns = record.returns();
        double perYear = record.periodsPerYear();
        int window = (int) Math.max(2, Math.min(Math.round(ROLLING_DAYS / 365.0 * perYear), returns.length / 3));
        double[] volatility = RollingMetrics.volatility(returns, window, perYear);
        double[] gross = record.periods().meanOf(record.result().exposure());
        double[] net = record.periods().meanOf(record.result().netExposure());
        double[] at = Arrays.stream(record.periodNanos()).asDoubleStream().toArray();
        Heading heading = Heading.of(
                "Rolling volatility and exposure",
                "volatility a year over the last " + Numbers.significant(window * 365 / perYear, 3)
                        + " days; exposure as a share of equity",
                new Heading.Key("volatility", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("gross exposure", Tone.PURPLE, Heading.Mark.LINE),
                new Heading.Key("net exposure", Tone.ORANGE, Heading.Mark.LINE));
        return Figure.of(
                heading,
                "Volatility at the end " + Numbers.percent(last(volatility), 1) + ", gross exposure "
                        + Numbers.percent(last(gross), 0) + ".",
                new Figure.Size(320, 300),
                (svg, box) -> {
                    Box area = box.inset(Panel.leftMargin(box.width()), 8, 14, 26);
                    if (at.length < 2) {
                        Panel.nothing(svg, area, "Fewer than two periods: nothing to draw.");
                        return;
                    }
                    double[] span = {at[0], at[at.length - 1]};
                    double top = Math.max(Scale.range(volatility)[1], 1e-4);
                    Panel upper = Panel.linear(svg, area.band(0, 0.46), span, new double[] {0, top * 1.08});
                    upper.yGrid(Ticks.Unit.PERCENT, "Volatility");
                    upper.line(at, volatility, Tone.BLUE, 1.5);
                    double[] range = Scale.padded(Scale.range(gross, net, new double[] {0, 0.01}), 0.06);
                    Panel lower = Panel.linear(svg, area.band(0.56, 1), span, range);
                    lower.yGrid(Ticks.Unit.PERCENT, "Exposure");
                    lower.level(0, Tone.FRAME);
                    lower.line(at, gross, Tone.PURPLE, 1.3);
                    lower.line(at, net, Tone.ORANGE, 1.1);
                    lower.timeAxis();
                });
    }

    private static double last(double[] values) {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /** Equity of several runs as multiples of their starts, on a log axis. */
    static Figure overlaid(List<BacktestRecord> records) {
        List<Heading.Key> keys = new ArrayList<>();
        Map<Integer, double[]> growth = new LinkedHashMap<>();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        StringBuilder words = new StringBuilder();
        for (int k = 0; k < records.size(); k++) {
            BacktestRecord record = records.get(k);
            keys.add(new Heading.Key(record.name(), Tone.series(k), Heading.Mark.LINE));
            double cash = record.result().capital();
            growth.put(
                    k,
                    Arrays.stream(record.result().equity())
                            .map(e -> e > 0 ? e / cash : Double.NaN)
                            .toArray());
            if (record.times().size() > 0) {
                from = Math.min(from, record.times().at(0));
                to = Math.max(to, record.times().at(record.times().size() - 1));
            }
            words.append(k == 0 ? "" : ", ").append(record.name()).append(" ends at ");
            words.append(Numbers.fixed(1 + record.totalReturn(), 2));
        }
        double[] span = {(double) from, (double) to};
        return Figure.of(
                new Heading("Equity, side by side", "multiple of the start, after costs · log scale", keys),
                words + " times its start.",
                new Figure.Size(360, 300),
                (svg, box) -> {
                    Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 26);
                    if (!(span[1] > span[0])) {
                        Panel.nothing(svg, plot, "Fewer than two rows: nothing to draw.");
                        return;
                    }
                    double[] range = Scale.range(growth.values().toArray(double[][]::new));
                    double pad = Math.pow(Math.max(range[1] / range[0], 1.05), 0.06);
                    Panel panel = Panel.logarithmic(svg, plot, span, new double[] {range[0] / pad, range[1] * pad});
                    panel.yGrid(Ticks.Unit.NUMBER, "× start");
                    panel.timeAxis();
                    growth.forEach((k, values) -> panel.line(at(records.get(k)), values, Tone.series(k), 1.6));
                });
    }

    private static double[] at(BacktestRecord record) {
        return Arrays.stream(record.times().copyRange(0, record.times().size()))
                .asDoubleStream()
                .toArray();
    }
}
