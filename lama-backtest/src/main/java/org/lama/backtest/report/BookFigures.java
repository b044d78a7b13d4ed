package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The book as a heat map with best prices, trades and alarms, above the scores that the alarms come from. */
final class BookFigures {
    private static final String NONE = "The tape has no valid book to draw.";
    private static final double LOUD = 0.95;
    private static final double SMALLEST_DOT = 1.2;
    private static final double LARGEST_DOT = 5;
    private static final double THINNEST = 1.2;
    private static final double VEIL = 0.45;
    private static final double DAY_SECONDS = 86_400;

    private BookFigures() {}

    static Figure of(BookChart chart) {
        boolean scored = chart.scores().at().length > 0;
        Heading heading = new Heading("Order book of " + chart.name(), subtitle(chart), keys(chart, scored));
        Figure.Size size = scored ? new Figure.Size(520, 470) : new Figure.Size(390, 340);
        return Figure.of(heading, describe(chart), size, (svg, box) -> draw(svg, box, chart, scored));
    }

    private static void draw(Svg svg, Box box, BookChart chart, boolean scored) {
        Box area = box.inset(Panel.leftMargin(box.width()), 8, 14, 42);
        if (!chart.hasBook()) {
            Panel.nothing(svg, area, NONE);
            return;
        }
        double[] seconds = {0, chart.seconds(BookChart.COLUMNS)};
        Panel book = Panel.linear(svg, scored ? area.band(0, 0.7) : area, seconds, chart.range());
        heat(book, chart);
        book.yGrid(Ticks.Unit.NUMBER, "Price");
        alarms(book, chart, true);
        double[] at = new double[BookChart.COLUMNS];
        Arrays.setAll(at, column -> chart.seconds(column + 1.0));
        book.line(at, chart.bid(), Tone.INK, 1);
        book.line(at, chart.ask(), Tone.PURPLE, 1);
        trades(book, chart);
        Panel last = book;
        if (scored) {
            last = scores(svg, area.band(0.75, 1), chart, seconds);
        }
        last.xTicks(
                Ticks.Unit.NUMBER,
                "seconds from " + Ticks.dateTime(chart.from()).withNano(0) + " UTC");
    }

    private static void heat(Panel panel, BookChart chart) {
        double loud = quantile(chart.depth());
        double height = panel.plot().height() / BookChart.ROWS;
        for (int row = 0; row < BookChart.ROWS; row++) {
            double top = panel.plot().bottom() - (row + 1) * height;
            int start = 0;
            for (int column = 1; column <= BookChart.COLUMNS; column++) {
                Tone tone = tone(chart.depth()[start][row], loud);
                if (column == BookChart.COLUMNS || tone(chart.depth()[column][row], loud) != tone) {
                    double left = panel.x().map(chart.seconds(start));
                    double right = panel.x().map(chart.seconds(column));
                    if (tone != Tone.SEQUENTIAL_0) {
                        panel.svg().rect(new Box(left, top, right - left, height), tone);
                    }
                    start = column;
                }
            }
        }
    }

    /** Of half the range of tones at most, so that lines and dots stand out. */
    private static Tone tone(double quantity, double loud) {
        return loud > 0 ? Tone.sequential(0.6 * Math.sqrt(Math.min(1, quantity / loud))) : Tone.SEQUENTIAL_0;
    }

    private static double quantile(double[][] cells) {
        double[] some = Arrays.stream(cells)
                .flatMapToDouble(Arrays::stream)
                .filter(v -> v > 0)
                .sorted()
                .toArray();
        return some.length == 0 ? 0 : some[(int) (LOUD * (some.length - 1))];
    }

    private static void trades(Panel panel, BookChart chart) {
        double largest = Math.max(
                Scale.range(chart.trades().quantity()[0])[1],
                Scale.range(chart.trades().quantity()[1])[1]);
        for (int side = 0; side < 2; side++) {
            for (int column = 0; column < BookChart.COLUMNS; column++) {
                double price = chart.trades().price()[side][column];
                double quantity = chart.trades().quantity()[side][column];
                if (price >= panel.y().low() && price <= panel.y().high()) {
                    double radius = SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * Math.sqrt(quantity / largest);
                    double x = panel.x().map(chart.seconds(column + 0.5));
                    panel.svg().dot(x, panel.y().map(price), radius, side == 0 ? Tone.GREEN : Tone.VERMILLION, false);
                }
            }
        }
    }

    /** A band for each run of alarms, behind everything but the depth, so that many of them hide neither prices nor trades. */
    private static void alarms(Panel panel, BookChart chart, boolean marked) {
        BookChart.Scores scores = chart.scores();
        double end = chart.seconds(BookChart.COLUMNS);
        int row = 0;
        while (row < scores.at().length) {
            int first = row;
            while (row < scores.at().length && seen(chart, row, end)) {
                row++;
            }
            if (row > first) {
                double left = panel.x().map(seconds(chart, first));
                double right = Math.max(left + THINNEST, panel.x().map(seconds(chart, row - 1)));
                panel.svg().area(band(left, right, panel.plot()), Tone.ORANGE, VEIL);
                if (marked) {
                    panel.svg().triangle((left + right) / 2, panel.plot().top() + 6, false, Tone.ORANGE);
                }
            }
            row++;
        }
    }

    private static boolean seen(BookChart chart, int row, double end) {
        double second = seconds(chart, row);
        return chart.scores().alarm()[row] && second >= 0 && second <= end;
    }

    private static double seconds(BookChart chart, int row) {
        return (chart.scores().at()[row] - chart.from()) / 1e9;
    }

    private static String band(double left, double right, Box plot) {
        String top = Numbers.pixel(plot.top());
        String bottom = Numbers.pixel(plot.bottom());
        return "M" + Numbers.pixel(left) + " " + top + "H" + Numbers.pixel(right) + "V" + bottom + "H"
                + Numbers.pixel(left) + "Z";
    }

    private static Panel scores(Svg svg, Box plot, BookChart chart, double[] seconds) {
        double[] at = Arrays.stream(chart.scores().at())
                .mapToDouble(nanos -> (nanos - chart.from()) / 1e9)
                .toArray();
        double[] shown = chart.scores().score().clone();
        for (int row = 0; row < shown.length; row++) {
            shown[row] = at[row] >= 0 && at[row] <= seconds[1] ? shown[row] : Double.NaN;
        }
        double[] range = Scale.range(shown);
        double[] wide = range[1] > range[0] ? range : new double[] {range[0] - 0.5, range[0] + 0.5};
        Panel panel = Panel.linear(svg, plot, seconds, Scale.padded(wide, 0.08));
        panel.yGrid(Ticks.Unit.NUMBER, "Score");
        alarms(panel, chart, false);
        panel.line(at, shown, Tone.BLUE, 1.2);
        return panel;
    }

    private static List<Heading.Key> keys(BookChart chart, boolean scored) {
        List<Heading.Key> keys = new ArrayList<>();
        keys.add(new Heading.Key("depth, bluer is more", Tone.SEQUENTIAL_4, Heading.Mark.BOX));
        keys.add(new Heading.Key("best bid", Tone.INK, Heading.Mark.LINE));
        keys.add(new Heading.Key("best ask", Tone.PURPLE, Heading.Mark.LINE));
        keys.add(new Heading.Key("bought", Tone.GREEN, Heading.Mark.DOT));
        keys.add(new Heading.Key("sold", Tone.VERMILLION, Heading.Mark.DOT));
        if (scored) {
            keys.add(new Heading.Key("score of " + chart.scores().model(), Tone.BLUE, Heading.Mark.LINE));
            keys.add(new Heading.Key("alarm", Tone.ORANGE, Heading.Mark.DOWN));
        }
        return keys;
    }

    private static String subtitle(BookChart chart) {
        double seconds = chart.seconds(BookChart.COLUMNS);
        String warning = seconds < DAY_SECONDS
                ? " · " + length(seconds) + " of one market show what happens and decide nothing"
                : "";
        return "larger dots are larger trades" + warning;
    }

    private static String length(double seconds) {
        return seconds < 120
                ? Numbers.fixed(seconds, 0) + " seconds"
                : seconds < 7_200
                        ? Numbers.fixed(seconds / 60, 0) + " minutes"
                        : Numbers.fixed(seconds / 3600, 0) + " hours";
    }

    private static String describe(BookChart chart) {
        if (!chart.hasBook()) {
            return NONE;
        }
        double[] seen = Scale.range(chart.bid(), chart.ask());
        String alarms = chart.scores().at().length == 0
                ? ""
                : "; " + chart.scores().model() + " gives " + chart.alarms()
                        + (chart.alarms() == 1 ? " alarm" : " alarms");
        return "Best prices between " + Numbers.significant(seen[0], 7) + " and " + Numbers.significant(seen[1], 7)
                + " over " + length(chart.seconds(BookChart.COLUMNS)) + alarms + ".";
    }
}
