package org.lama.backtest.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.lama.backtest.analytics.TradeOutcome;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/** Trades on the price they were made at, and what their positions lived through. */
final class TradeFigures {
    private static final int MOST_MARKS = 400;
    private static final int MOST_DOTS = 4000;

    private TradeFigures() {}

    /** The asset traded most, or the first if nothing was traded. */
    static String busiest(BacktestRecord record) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        record.result().symbols().forEach(symbol -> counts.put(symbol, 0));
        record.fills().forEach(fill -> counts.merge(fill.symbol(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    static Figure price(BacktestRecord record, String symbol) {
        Frame frame = record.data().frame(symbol);
        List<BacktestRecord.FillRow> fills =
                record.fills().stream().filter(f -> f.symbol().equals(symbol)).toList();
        double[] at = new double[frame.size()];
        Arrays.setAll(at, row -> (double) frame.availableAt(row));
        double[] close = Arrays.stream(frame.column(Columns.CLOSE).toArray())
                .map(v -> v > 0 ? v : Double.NaN)
                .toArray();
        boolean marked = !fills.isEmpty() && fills.size() <= MOST_MARKS;
        String busy = fills.size() > MOST_MARKS
                ? "close, log scale · " + Numbers.fixed(fills.size(), 0) + " fills, too many to mark"
                : "close, log scale · marks stand at the prices paid and received";
        Heading heading = marked
                ? Heading.of(
                        "Fills on the price of " + symbol,
                        busy,
                        new Heading.Key("close", Tone.GREY, Heading.Mark.LINE),
                        new Heading.Key("buy", Tone.GREEN, Heading.Mark.UP),
                        new Heading.Key("sell", Tone.VERMILLION, Heading.Mark.DOWN))
                : Heading.of("Fills on the price of " + symbol, busy);
        return Figure.of(
                heading,
                fills.size() + " fills in " + symbol + " between "
                        + Numbers.significant(Scale.range(close)[0], 4) + " and "
                        + Numbers.significant(Scale.range(close)[1], 4) + ".",
                new Figure.Size(320, 270),
                (svg, box) -> {
                    Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 26);
                    if (at.length < 2) {
                        Panel.nothing(svg, plot, "Fewer than two bars: nothing to draw.");
                        return;
                    }
                    double[] range = Scale.range(close);
                    double pad = Math.pow(Math.max(range[1] / range[0], 1.02), 0.06);
                    Panel panel = Panel.logarithmic(svg, plot, new double[] {at[0], at[at.length - 1]}, new double[] {
                        range[0] / pad, range[1] * pad
                    });
                    panel.yGrid(Ticks.Unit.COMPACT, "");
                    panel.timeAxis();
                    panel.line(at, close, Tone.GREY, 1.2);
                    if (marked) {
                        marks(panel, fills);
                    }
                });
    }

    /** At most one mark per side in six pixels. */
    private static void marks(Panel panel, List<BacktestRecord.FillRow> fills) {
        Set<Long> taken = new HashSet<>();
        for (BacktestRecord.FillRow fill : fills) {
            boolean buy = fill.side().equals("buy");
            double x = panel.x().map((double) fill.tsNanos());
            double y = panel.y().map(fill.price());
            boolean inside = x >= panel.plot().left() - 1 && x <= panel.plot().right() + 1;
            if (inside && Double.isFinite(y) && taken.add((long) Math.floor(x / 6) * 2 + (buy ? 1 : 0))) {
                panel.svg().triangle(x, y, buy, buy ? Tone.GREEN : Tone.VERMILLION);
            }
        }
    }

    /** What each trade ended with against the worst and the best it saw. */
    static Figure excursions(List<TradeOutcome> trades) {
        List<TradeOutcome> known = trades.stream()
                .filter(t -> Double.isFinite(t.adverseFraction()) && Double.isFinite(t.returnFraction()))
                .toList();
        Heading heading = Heading.of(
                "What trades lived through",
                "net return of each round trip against its largest loss and its largest gain on the way",
                new Heading.Key("gained", Tone.BLUE, Heading.Mark.DOT),
                new Heading.Key("lost", Tone.VERMILLION, Heading.Mark.HOLLOW));
        return Figure.of(
                heading,
                known.size() + " round trips with known excursions.",
                new Figure.Size(320, 560),
                (svg, box) -> {
                    boolean narrow = box.width() < Figure.NARROW;
                    Box first = narrow ? box.band(0, 0.5) : box.slice(0, 0.5);
                    Box second = narrow ? box.band(0.5, 1) : box.slice(0.5, 1);
                    scatter(svg, first, known, TradeOutcome::adverseFraction, "largest loss on the way");
                    scatter(svg, second, known, TradeOutcome::favourableFraction, "largest gain on the way");
                });
    }

    private static void scatter(
            Svg svg, Box box, List<TradeOutcome> trades, ToDoubleFunction<TradeOutcome> reader, String axis) {
        // Returns of trades can have four digits: beside their labels stands the name of the axis.
        Box plot = box.inset(Panel.leftMargin(box.width()) + 12, 8, 16, 42);
        if (trades.isEmpty()) {
            Panel.nothing(svg, plot, "No round trip to show.");
            return;
        }
        double[] x = trades.stream().mapToDouble(reader).toArray();
        double[] y = trades.stream().mapToDouble(TradeOutcome::returnFraction).toArray();
        double[] zero = {0};
        Panel panel = Panel.linear(
                svg, plot, Scale.padded(Scale.range(x, zero), 0.05), Scale.padded(Scale.range(y, zero), 0.06));
        panel.yGrid(Ticks.Unit.PERCENT, "net return");
        panel.xTicks(Ticks.Unit.PERCENT, axis);
        panel.level(0, Tone.FRAME);
        int step = Math.max(1, x.length / MOST_DOTS);
        for (int i = 0; i < x.length; i += step) {
            boolean lost = y[i] < 0;
            svg.dot(panel.x().map(x[i]), panel.y().map(y[i]), 2.6, lost ? Tone.VERMILLION : Tone.BLUE, lost);
        }
    }
}
