package org.lama.backtest.report;

import java.util.List;
import org.lama.core.signal.RegimeLabel;

/** One plot area with its two axes. */
record Panel(Svg svg, Box plot, Scale x, Scale y) {
    /** What an upright title takes of the left margin. */
    private static final double UPRIGHT_WIDTH = 15;

    /** Space for tick labels and the axis title on the left. */
    static double leftMargin(double figureWidth) {
        return figureWidth < Figure.NARROW ? 50 : 62;
    }

    static Panel linear(Svg svg, Box plot, double[] xRange, double[] yRange) {
        return new Panel(
                svg,
                plot,
                Scale.linear(xRange[0], xRange[1], plot.left(), plot.right()),
                Scale.linear(yRange[0], yRange[1], plot.bottom(), plot.top()));
    }

    static Panel logarithmic(Svg svg, Box plot, double[] xRange, double[] yRange) {
        return new Panel(
                svg,
                plot,
                Scale.linear(xRange[0], xRange[1], plot.left(), plot.right()),
                Scale.logarithmic(yRange[0], yRange[1], plot.bottom(), plot.top()));
    }

    /** Number of ticks that fit without touching. */
    int rows() {
        return (int) Math.max(3, Math.min(8, plot.height() / 26));
    }

    int columns() {
        return (int) Math.max(4, Math.min(14, plot.width() / 56));
    }

    void yGrid(List<Ticks.Tick> ticks, String title) {
        for (Ticks.Tick tick : ticks) {
            double at = y.map(tick.at());
            svg.line(plot.left(), at, plot.right(), at, Tone.GRID, 1);
            svg.text(plot.left() - 7, at + 4, tick.label(), Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.END);
        }
        if (title.isEmpty()) {
            return;
        }
        double widest = ticks.stream()
                .mapToDouble(tick -> Svg.Face.LABEL.widthOf(tick.label()))
                .max()
                .orElse(0);
        if (plot.left() - 7 - widest > UPRIGHT_WIDTH) {
            svg.upright(11, plot.middleY(), title, Tone.MUTED);
        } else {
            svg.text(plot.left() + 5, plot.bottom() - 6, title, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
        }
    }

    void yGrid(Ticks.Unit unit, String title) {
        yGrid(
                y.log() ? Ticks.logarithmic(y.low(), y.high(), rows()) : Ticks.linear(y.low(), y.high(), rows(), unit),
                title);
    }

    /** Labels below the plot; the first and last stay inside the figure. */
    void xAxis(List<Ticks.Tick> ticks, String title) {
        for (Ticks.Tick tick : ticks) {
            double at = x.map(tick.at());
            svg.line(at, plot.bottom(), at, plot.bottom() + 4, Tone.FRAME, 1);
            double half = Svg.Face.LABEL.widthOf(tick.label()) / 2;
            double shown = Math.min(at, plot.right() + 10 - half);
            svg.text(shown, plot.bottom() + 16, tick.label(), Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.MIDDLE);
        }
        if (!title.isEmpty()) {
            svg.text(plot.middleX(), plot.bottom() + 31, title, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.MIDDLE);
        }
    }

    void timeAxis() {
        xAxis(Ticks.time((long) x.low(), (long) x.high(), columns()), "");
    }

    void xTicks(Ticks.Unit unit, String title) {
        xAxis(Ticks.linear(x.low(), x.high(), columns(), unit), title);
    }

    /** Ticks at whole numbers only. */
    List<Ticks.Tick> wholeTicks() {
        return Ticks.linear(x.low(), x.high(), columns(), Ticks.Unit.NUMBER).stream()
                .filter(tick -> tick.at() == Math.rint(tick.at()))
                .toList();
    }

    /** A sentence in place of a plot that has nothing to show. */
    static void nothing(Svg svg, Box plot, String why) {
        double y = plot.top() + 20;
        for (String line : Heading.wrap(why, Svg.Face.LABEL, plot.width())) {
            svg.text(plot.left(), y, line, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
            y += Svg.Face.LABEL.lineHeight();
        }
    }

    void shade(List<EquityCurve.Shade> shades) {
        for (EquityCurve.Shade shade : shades) {
            if (shade.label() != RegimeLabel.NORMAL) {
                double from = Math.max(plot.left(), x.map((double) shade.fromNanos()));
                double to = Math.min(plot.right(), x.map((double) shade.toNanos()));
                svg.rect(
                        new Box(from, plot.top(), Math.max(to - from, 0.6), plot.height()), Tone.regime(shade.label()));
            }
        }
    }

    void level(double value, Tone tone) {
        svg.line(plot.left(), y.map(value), plot.right(), y.map(value), tone, 1);
    }

    void line(double[] at, double[] values, Tone tone, double width) {
        svg.path(Polyline.line(at, values, x, y), tone, width);
    }

    void area(double[] at, double[] values, double level, Tone tone) {
        svg.area(Polyline.area(at, values, x, y, level), tone, 0.28);
    }
}
