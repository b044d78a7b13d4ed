package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lama.core.series.TimeIndex;

/** Lines over time and bars by name. */
final class PlainFigures {
    private PlainFigures() {}

    static Figure lines(String title, String subtitle, TimeIndex times, Map<String, double[]> columns) {
        return lines(new String[] {title, subtitle}, times, columns, Ticks.Unit.COMPACT);
    }

    /** Lines whose values are fractions, shown in per cent. */
    static Figure shares(String title, String subtitle, TimeIndex times, Map<String, double[]> columns) {
        return lines(new String[] {title, subtitle}, times, columns, Ticks.Unit.PERCENT);
    }

    private static Figure lines(String[] words, TimeIndex times, Map<String, double[]> columns, Ticks.Unit unit) {
        List<Heading.Key> keys = new ArrayList<>();
        for (String name : columns.keySet()) {
            keys.add(new Heading.Key(name, Tone.series(keys.size()), Heading.Mark.LINE));
        }
        List<double[]> values = columns.values().stream().map(double[]::clone).toList();
        double[] at =
                Arrays.stream(times.copyRange(0, times.size())).asDoubleStream().toArray();
        double[] range = Scale.range(values.toArray(double[][]::new));
        return Figure.of(
                new Heading(words[0], words[1], keys),
                String.join(", ", columns.keySet()) + " from " + Numbers.significant(range[0], 4) + " to "
                        + Numbers.significant(range[1], 4) + " over " + times.size() + " rows.",
                new Figure.Size(300, 250),
                (svg, box) -> drawLines(svg, box, at, values, unit));
    }

    private static void drawLines(Svg svg, Box box, double[] at, List<double[]> values, Ticks.Unit unit) {
        double[] range = Scale.range(values.toArray(double[][]::new));
        Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 26);
        if (at.length < 2) {
            svg.text(
                    plot.left(),
                    plot.top() + 20,
                    "Fewer than two rows: nothing to draw.",
                    Svg.Face.LABEL,
                    Tone.MUTED,
                    Svg.Anchor.START);
            return;
        }
        Panel panel = Panel.linear(svg, plot, new double[] {at[0], at[at.length - 1]}, Scale.padded(range, 0.05));
        panel.yGrid(unit, "");
        panel.timeAxis();
        for (int k = 0; k < values.size(); k++) {
            panel.line(at, values.get(k), Tone.series(k), 1.5);
        }
    }

    /** Names with their values, and how the values read. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record Bars(List<String> names, double[] values, Ticks.Unit unit, int strong) {}

    static Figure bars(String title, String subtitle, Bars bars) {
        double[] range = Scale.range(bars.values());
        return Figure.of(
                Heading.of(title, subtitle),
                describe(bars, range),
                new Figure.Size(250, 220),
                (svg, box) -> drawBars(svg, box, bars));
    }

    /** Bars of money; where they stand close the values are left to the axis and to the pointer. */
    static Figure profits(String title, List<String> names, double[] values) {
        return bars(title, "after costs", new Bars(names, values, Ticks.Unit.COMPACT, -1));
    }

    private static String describe(Bars bars, double[] range) {
        int count = bars.names().size();
        return switch (count) {
            case 0 -> "No bar to show.";
            case 1 -> "1 bar: " + text(range[0], bars) + ".";
            default -> count + " bars from " + text(range[0], bars) + " to " + text(range[1], bars) + ".";
        };
    }

    private static void drawBars(Svg svg, Box box, Bars bars) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 12, 14, 28);
        double[] range = Scale.range(bars.values(), new double[] {0});
        double pad = Math.max(range[1] - range[0], 1e-9) * 0.13;
        double[] yRange = {range[0] < 0 ? range[0] - pad : 0, range[1] > 0 ? range[1] + pad : 0};
        Panel panel = Panel.linear(
                svg, plot, new double[] {0, Math.max(1, bars.names().size())}, yRange);
        panel.yGrid(bars.unit(), "");
        double zero = panel.y().map(0);
        double slot = plot.width() / Math.max(1, bars.names().size());
        double width = Math.min(slot * 0.62, 90);
        for (int k = 0; k < bars.names().size(); k++) {
            double middle = plot.left() + (k + 0.5) * slot;
            bar(panel, new Box(middle - width / 2, zero, width, 0), bars, k);
            String name = clip(bars.names().get(k), slot);
            Tone tone = k == bars.strong() ? Tone.INK : Tone.MUTED;
            Svg.Face face = k == bars.strong() ? Svg.Face.STRONG : Svg.Face.LABEL;
            svg.text(middle, plot.bottom() + 18, name, face, tone, Svg.Anchor.MIDDLE);
        }
        svg.line(plot.left(), zero, plot.right(), zero, Tone.FRAME, 1);
    }

    private static void bar(Panel panel, Box slot, Bars bars, int k) {
        double value = bars.values()[k];
        boolean known = Double.isFinite(value);
        double y = known ? panel.y().map(value) : slot.top();
        boolean up = !(value < 0);
        boolean strong = bars.strong() < 0 || k == bars.strong();
        Tone tone = up ? strong ? Tone.BLUE : Tone.DIVERGING_6 : strong ? Tone.VERMILLION : Tone.DIVERGING_2;
        Box box = new Box(slot.left(), Math.min(y, slot.top()), slot.width(), Math.abs(y - slot.top()));
        String text = text(value, bars);
        panel.svg().rect(box, tone, bars.names().get(k) + ": " + text);
        double at = up ? box.top() - 5 : box.bottom() + 13;
        if (bars.unit() != Ticks.Unit.COMPACT || isRoomy(bars, panel.plot().width())) {
            panel.svg().text(box.middleX(), at, text, Svg.Face.STRONG, Tone.INK, Svg.Anchor.MIDDLE);
        }
    }

    /** Either all bars carry their values or none does. */
    private static boolean isRoomy(Bars bars, double width) {
        double pitch = width / Math.max(1, bars.values().length);
        return Arrays.stream(bars.values()).allMatch(v -> Svg.Face.STRONG.widthOf(text(v, bars)) <= pitch);
    }

    static String clip(String name, double width) {
        int fits = (int) Math.max(2, width / Svg.Face.LABEL.widthOf("x"));
        return name.length() <= fits ? name : name.substring(0, fits - 1) + "…";
    }

    private static String text(double value, Bars bars) {
        if (bars.unit() == Ticks.Unit.COMPACT) {
            return Numbers.compact(Math.abs(value) >= 100 ? Math.rint(value) : value);
        }
        return bars.unit() == Ticks.Unit.PERCENT
                ? Numbers.percent(value, 1)
                : Numbers.fixed(value, Numbers.decimalsFor(bars.values()));
    }
}
