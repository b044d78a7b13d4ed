package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lama.core.signal.RegimeLabel;

/** Equity, under-water and rolling Sharpe, together on one time axis or one by one. */
final class EquityFigures {
    private static final int MOST_MARKS = 300;
    private static final String NO_ROWS = "The study has no rows to draw.";

    private EquityFigures() {}

    /** One of the three panels. */
    private enum Part {
        EQUITY(0, 0.60),
        UNDER_WATER(0.645, 0.81),
        SHARPE(0.855, 1);

        private final double from;
        private final double to;

        Part(double from, double to) {
            this.from = from;
            this.to = to;
        }
    }

    static Figure tearSheet(EquityCurve curve) {
        Heading heading = new Heading("Walk-forward equity, out of sample", subtitle(curve), keys(curve, true));
        return Figure.of(heading, describe(curve), new Figure.Size(520, 470), (svg, box) -> {
            Box area = area(box);
            for (Part part : Part.values()) {
                draw(svg, area.band(part.from, part.to), curve, part, part == Part.SHARPE);
            }
        });
    }

    static Figure equity(EquityCurve curve) {
        Heading heading = new Heading("Equity, out of sample", subtitle(curve), keys(curve, true));
        return single(curve, heading, Part.EQUITY, 330);
    }

    static Figure underWater(EquityCurve curve) {
        Heading heading = new Heading("Under water", "loss against the highest equity so far", keys(curve, false));
        return single(curve, heading, Part.UNDER_WATER, 230);
    }

    static Figure rollingSharpe(EquityCurve curve) {
        String subtitle = "per year, over the last " + windowDays(curve) + " days";
        return single(curve, new Heading("Rolling Sharpe ratio", subtitle, keys(curve, false)), Part.SHARPE, 230);
    }

    private static Figure single(EquityCurve curve, Heading heading, Part part, double height) {
        return Figure.of(
                heading,
                describe(curve),
                new Figure.Size(height, Math.min(height, 260)),
                (svg, box) -> draw(svg, area(box), curve, part, true));
    }

    private static Box area(Box box) {
        return box.inset(Panel.leftMargin(box.width()), 8, 14, 26);
    }

    private static void draw(Svg svg, Box plot, EquityCurve curve, Part part, boolean axis) {
        if (curve.size() < 2) {
            svg.text(plot.left(), plot.top() + 20, NO_ROWS, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
            return;
        }
        double[] at = nanos(curve);
        double[] xRange = {at[0], at[at.length - 1]};
        Panel panel = switch (part) {
            case EQUITY -> equityPanel(svg, plot, curve, at);
            case UNDER_WATER -> underWaterPanel(svg, plot, curve, at);
            case SHARPE -> sharpePanel(svg, plot, curve, at, xRange);
        };
        if (axis) {
            panel.timeAxis();
        }
    }

    private static Panel equityPanel(Svg svg, Box plot, EquityCurve curve, double[] at) {
        double[] growth = positive(curve.growth());
        double[] benchmark = positive(curve.benchmarkGrowth());
        double[] known = Scale.range(growth, benchmark);
        double[] range = known[0] > 0 ? known : new double[] {0.5, 2};
        double pad = Math.pow(Math.max(range[1] / range[0], 1.05), 0.06);
        double[] xRange = {at[0], at[at.length - 1]};
        Panel panel = Panel.logarithmic(svg, plot, xRange, new double[] {range[0] / pad, range[1] * pad});
        panel.shade(curve.shades());
        panel.yGrid(Ticks.Unit.NUMBER, "× start");
        if (benchmark.length > 0) {
            panel.line(at, benchmark, Tone.GREY, 1);
        }
        panel.line(at, growth, Tone.BLUE, 1.7);
        markers(panel, curve, growth);
        return panel;
    }

    private static Panel underWaterPanel(Svg svg, Box plot, EquityCurve curve, double[] at) {
        double[] loss = curve.drawdown();
        double low = Math.min(Scale.range(loss)[0], -0.01);
        Panel panel = Panel.linear(svg, plot, new double[] {at[0], at[at.length - 1]}, new double[] {low * 1.04, 0});
        panel.shade(curve.shades());
        panel.yGrid(Ticks.Unit.PERCENT, "Drawdown");
        panel.area(at, loss, 0, Tone.VERMILLION);
        panel.line(at, loss, Tone.VERMILLION, 1.2);
        return panel;
    }

    private static Panel sharpePanel(Svg svg, Box plot, EquityCurve curve, double[] at, double[] xRange) {
        double[] sharpe = curve.rollingSharpe(curve.windowBars());
        double[] range = Scale.range(sharpe, new double[] {0});
        Panel panel = Panel.linear(svg, plot, xRange, Scale.padded(range, 0.06));
        panel.shade(curve.shades());
        panel.yGrid(Ticks.Unit.NUMBER, "Sharpe " + windowDays(curve) + "d");
        panel.level(0, Tone.FRAME);
        panel.line(at, sharpe, Tone.BLUE, 1.4);
        return panel;
    }

    /** Busy strategies fill the whole line with marks, which say nothing: then there are none, and the subtitle says so. */
    private static boolean areMarked(EquityCurve curve) {
        return !curve.markers().isEmpty() && curve.markers().size() <= MOST_MARKS;
    }

    /** At most one mark per side in eight pixels. */
    private static void markers(Panel panel, EquityCurve curve, double[] growth) {
        if (!areMarked(curve)) {
            return;
        }
        Set<Long> taken = new HashSet<>();
        for (EquityCurve.Marker marker : curve.markers()) {
            int row = Math.max(0, curve.times().floor(marker.tsNanos()));
            double x = panel.x().map((double) marker.tsNanos());
            long spot = (long) Math.floor(x / 8) * 2 + (marker.buy() ? 1 : 0);
            boolean inside = x >= panel.plot().left() && x <= panel.plot().right();
            if (inside && Double.isFinite(growth[row]) && taken.add(spot)) {
                double y = panel.y().map(growth[row]) + (marker.buy() ? 5 : -5);
                panel.svg().triangle(x, y, marker.buy(), marker.buy() ? Tone.GREEN : Tone.VERMILLION);
            }
        }
    }

    private static List<Heading.Key> keys(EquityCurve curve, boolean withEquity) {
        List<Heading.Key> keys = new ArrayList<>();
        if (withEquity) {
            keys.add(new Heading.Key("strategy", Tone.BLUE, Heading.Mark.LINE));
            if (curve.benchmarkGrowth().length > 0) {
                keys.add(new Heading.Key("buy and hold", Tone.GREY, Heading.Mark.LINE));
            }
            if (areMarked(curve)) {
                keys.add(new Heading.Key("buy", Tone.GREEN, Heading.Mark.UP));
                keys.add(new Heading.Key("sell", Tone.VERMILLION, Heading.Mark.DOWN));
            }
        }
        Set<RegimeLabel> seen = EnumSet.noneOf(RegimeLabel.class);
        curve.shades().forEach(shade -> seen.add(shade.label()));
        seen.remove(RegimeLabel.NORMAL);
        for (RegimeLabel label : seen) {
            keys.add(new Heading.Key(Words.of(label), Tone.regime(label), Heading.Mark.BOX));
        }
        return keys;
    }

    private static String subtitle(EquityCurve curve) {
        String shaded = curve.shades().isEmpty() ? "" : " · shaded: regimes";
        String busy = curve.markers().size() > MOST_MARKS
                ? " · " + Numbers.fixed(curve.markers().size(), 0) + " entries and exits, too many to mark"
                : "";
        return "multiple of the start, after costs · log scale" + shaded + busy;
    }

    private static String describe(EquityCurve curve) {
        if (curve.size() < 2) {
            return NO_ROWS;
        }
        double[] growth = curve.growth();
        double[] benchmark = curve.benchmarkGrowth();
        String against = benchmark.length == 0
                ? ""
                : ", buy and hold at " + Numbers.fixed(benchmark[benchmark.length - 1], 2) + " times";
        return "From " + Words.date(curve.times().at(0)) + " to "
                + Words.date(curve.times().at(curve.size() - 1)) + " the equity ends at "
                + Numbers.fixed(growth[growth.length - 1], 2) + " times its start" + against
                + "; the deepest drawdown is " + Numbers.percent(Scale.range(curve.drawdown())[0], 1) + ".";
    }

    private static String windowDays(EquityCurve curve) {
        return Numbers.significant(curve.windowBars() * 365 / curve.periodsPerYear(), 3);
    }

    private static double[] nanos(EquityCurve curve) {
        return Arrays.stream(curve.times().copyRange(0, curve.size()))
                .asDoubleStream()
                .toArray();
    }

    private static double[] positive(double[] values) {
        return Arrays.stream(values).map(v -> v > 0 ? v : Double.NaN).toArray();
    }
}
