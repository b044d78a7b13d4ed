package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.replay.OwnFills;
import org.lama.backtest.replay.PnlPath;
import org.lama.backtest.replay.PnlSplit;
import org.lama.backtest.replay.QuoteLog;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.TimeIndex;

/**
 * Figures of replays: quotes and fills against the mid, inventory and profit over time, the parts of the profit under
 * several queue models. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReplayFigures {
    private static final int POINTS = 480;
    private static final int MOST_SEGMENTS = 4000;
    private static final int MOST_MARKS = 1000;
    private static final double NANOS = 1e9;
    private static final double MINUTES_FROM = 600;
    private static final String NOTHING = "The feed has no mid price to draw.";

    private ReplayFigures() {}

    /**
     * Mid price, own quotes and fills over a stretch of time. Mid and fills stand at their times at the venue, quotes at
     * the times at which we knew of them.
     *
     * @param run the run
     * @param fromSeconds since the feed began, at least 0
     * @param seconds length of the stretch, above 0
     * @return the figure
     */
    public static Figure quotes(ReplayRun run, double fromSeconds, double seconds) {
        Check.notNegative(fromSeconds, "fromSeconds");
        Check.positive(seconds, "seconds");
        PnlPath path = run.split().path();
        long first = path.firstNanos() + Math.round(fromSeconds * NANOS);
        Span span = new Span(first, first + Math.round(seconds * NANOS));
        List<Segment> allSegments = segments(run.quotes(), span);
        List<Mark> allMarks = marks(run, span);
        List<Segment> segments = thinned(allSegments, MOST_SEGMENTS);
        List<Mark> marks = thinned(allMarks, MOST_MARKS);
        String fills = count(marks.size(), allMarks.size(), "fills");
        String quotes = count(segments.size(), allSegments.size(), "quotes");
        String left = marks.size() < allMarks.size() ? "; " + fills : "";
        left += segments.size() < allSegments.size() ? "; " + quotes : "";
        Heading heading = Heading.of(
                "Quotes and fills",
                "from " + Words.time(TimeIndex.instant(first)) + " UTC on, queue model " + run.queue() + left,
                new Heading.Key("mid", Tone.GREY, Heading.Mark.LINE),
                new Heading.Key("own bid", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("own ask", Tone.ORANGE, Heading.Mark.LINE),
                new Heading.Key("bought", Tone.GREEN, Heading.Mark.UP),
                new Heading.Key("sold", Tone.VERMILLION, Heading.Mark.DOWN));
        String words = fills + " and " + quotes + " in " + Numbers.significant(seconds, 4) + " seconds.";
        return Figure.of(heading, words, new Figure.Size(380, 320), (svg, box) -> {
            Box plot = box.inset(Panel.leftMargin(box.width()) + 10, 8, 14, 40);
            double[] at = new double[POINTS];
            double[] mid = new double[POINTS];
            sample(path, span, at, mid);
            double[] range = Scale.range(mid, prices(segments), prices(marks));
            if (Arrays.stream(mid).noneMatch(Double::isFinite)) {
                Panel.nothing(svg, plot, NOTHING);
                return;
            }
            Panel panel = Panel.linear(svg, plot, new double[] {0, seconds}, Scale.padded(range, 0.06));
            panel.yGrid(Ticks.Unit.NUMBER, "");
            panel.xTicks(Ticks.Unit.NUMBER, "seconds");
            panel.line(at, mid, Tone.GREY, 1.3);
            for (Segment each : segments) {
                double y = panel.y().map(each.price());
                Tone tone = each.buy() ? Tone.BLUE : Tone.ORANGE;
                svg.line(panel.x().map(each.from()), y, panel.x().map(each.to()), y, tone, 1.6);
            }
            for (Mark mark : marks) {
                double y = panel.y().map(mark.price()) + (mark.buy() ? 5 : -5);
                svg.triangle(panel.x().map(mark.at()), y, mark.buy(), mark.buy() ? Tone.GREEN : Tone.VERMILLION);
            }
        });
    }

    /** Says so where not all are drawn. */
    private static String count(int drawn, int all, String what) {
        return drawn < all ? drawn + " of " + all + " " + what + " shown" : all + " " + what;
    }

    /** At most so many, evenly over all of them, so that no part of the stretch looks empty. */
    static <T> List<T> thinned(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
        }
        return some;
    }

    /** A stretch of time. */
    private record Span(long from, long to) {
        double seconds(long nanos) {
            return (Math.max(from, Math.min(to, nanos)) - from) / NANOS;
        }
    }

    /** A quote while it stood, in seconds of the stretch. */
    private record Segment(boolean buy, double price, double from, double to) {}

    /** A fill, in seconds of the stretch. */
    private record Mark(boolean buy, double price, double at) {}

    private static double[] prices(List<? extends Record> drawn) {
        return drawn.stream()
                .mapToDouble(each -> each instanceof Segment segment ? segment.price() : ((Mark) each).price())
                .toArray();
    }

    private static void sample(PnlPath path, Span span, double[] at, double[] mid) {
        for (int i = 0; i < at.length; i++) {
            long nanos = span.from() + (long) ((double) (span.to() - span.from()) * i / (at.length - 1));
            at[i] = span.seconds(nanos);
            mid[i] = nanos > path.lastNanos() ? Double.NaN : path.mid(nanos);
        }
    }

    private static List<Segment> segments(QuoteLog quotes, Span span) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < quotes.size(); i++) {
            long from = quotes.acceptedNanos(i);
            long to = quotes.endedNanos(i);
            if (from < span.to() && to > span.from() && !Double.isNaN(quotes.price(i))) {
                segments.add(new Segment(quotes.isBuy(i), quotes.price(i), span.seconds(from), span.seconds(to)));
            }
        }
        return segments;
    }

    private static List<Mark> marks(ReplayRun run, Span span) {
        OwnFills fills = run.fills();
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < fills.size(); i++) {
            if (fills.nanos(i) >= span.from() && fills.nanos(i) < span.to()) {
                marks.add(new Mark(fills.signedLots(i) > 0, run.split().fillPrice(i), span.seconds(fills.nanos(i))));
            }
        }
        return marks;
    }

    /**
     * Inventory over the run, and profit with its parts below it.
     *
     * @param run the run
     * @return the figure
     */
    public static Figure profit(ReplayRun run) {
        PnlSplit split = run.split();
        Heading heading = Heading.of(
                "Inventory and profit",
                "queue model " + run.queue() + "; marked at the mid, in quote currency",
                new Heading.Key("profit", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("spread captured", Tone.GREEN, Heading.Mark.LINE),
                new Heading.Key("inventory", Tone.ORANGE, Heading.Mark.LINE),
                new Heading.Key("fees", Tone.GREY, Heading.Mark.LINE));
        String words = "The profit ends at " + Numbers.significant(split.profit(), 4) + ": spread "
                + Numbers.significant(split.spread(), 4) + ", inventory " + Numbers.significant(split.inventory(), 4)
                + (split.fees() > 0 ? ", rebates " : ", fees ") + Numbers.significant(split.fees(), 4) + ". At most "
                + Numbers.significant(split.path().mostHeld(), 4) + " was held.";
        return Figure.of(heading, words, new Figure.Size(430, 380), (svg, box) -> {
            Box area = box.inset(Panel.leftMargin(box.width()), 8, 14, 40);
            PnlPath path = split.path();
            double seconds = (path.lastNanos() - path.firstNanos()) / NANOS;
            if (!(seconds > 0) || Double.isNaN(path.mid(path.lastNanos() + 1))) {
                Panel.nothing(svg, area, NOTHING);
                return;
            }
            double unit = seconds >= MINUTES_FROM ? 60 : 1;
            double[][] columns = columns(path, unit);
            double[] xRange = {0, seconds / unit};
            double[] held = Scale.range(columns[1], new double[] {0});
            Panel upper = Panel.linear(svg, area.band(0, 0.3), xRange, Scale.padded(held, 0.08));
            upper.yGrid(Ticks.Unit.NUMBER, "held");
            upper.area(columns[0], columns[1], 0, Tone.SKY);
            upper.line(columns[0], columns[1], Tone.SKY, 1);
            double[] range = Scale.range(columns[2], columns[3], columns[4], columns[5], new double[] {0});
            Panel lower = Panel.linear(svg, area.band(0.38, 1), xRange, Scale.padded(range, 0.06));
            lower.yGrid(Ticks.Unit.NUMBER, "");
            lower.xTicks(Ticks.Unit.NUMBER, unit == 1 ? "seconds" : "minutes");
            lower.level(0, Tone.FRAME);
            Tone[] tones = {Tone.GREEN, Tone.ORANGE, Tone.GREY, Tone.BLUE};
            for (int k = 0; k < tones.length; k++) {
                lower.line(columns[0], columns[2 + k], tones[k], k == 3 ? 1.9 : 1.2);
            }
        });
    }

    /** Time, position, spread, inventory, fees, profit. */
    private static double[][] columns(PnlPath path, double unit) {
        double[][] columns = new double[6][POINTS];
        long first = path.firstNanos();
        long length = path.lastNanos() + 1 - first;
        for (int i = 0; i < POINTS; i++) {
            long nanos = first + (long) ((double) length * i / (POINTS - 1));
            columns[0][i] = (nanos - first) / NANOS / unit;
            boolean priced = !Double.isNaN(path.mid(nanos));
            columns[1][i] = path.position(nanos);
            columns[2][i] = priced ? path.spread(nanos) : 0;
            columns[3][i] = priced ? path.inventory(nanos) : 0;
            columns[4][i] = path.fees(nanos);
            columns[5][i] = priced ? path.profit(nanos) : 0;
        }
        return columns;
    }

    /**
     * The parts of the profit under each queue model, side by side.
     *
     * @param runs at least one, over the same feed
     * @return the figure
     */
    public static Figure parts(List<ReplayRun> runs) {
        Check.that(!runs.isEmpty(), "runs must not be empty");
        List<Heading.Key> keys = new ArrayList<>();
        for (int k = 0; k < runs.size(); k++) {
            keys.add(new Heading.Key(runs.get(k).queue(), Tone.series(k), Heading.Mark.BOX));
        }
        List<PnlSplit.Part> first = runs.get(0).split().parts();
        StringBuilder words = new StringBuilder();
        for (ReplayRun run : runs) {
            words.append(run.queue()).append(": ");
            words.append(Numbers.significant(run.split().profit(), 4)).append(". ");
        }
        return Figure.of(
                new Heading("Where the profit came from", "in quote currency; bars: 95 % intervals where known", keys),
                words.toString().strip(),
                new Figure.Size(300, 260),
                (svg, box) -> {
                    Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 30);
                    Panel panel = Panel.linear(
                            svg, plot, new double[] {0, first.size()}, Scale.padded(Scale.range(all(runs)), 0.08));
                    panel.yGrid(Ticks.Unit.NUMBER, "");
                    for (int g = 0; g < first.size(); g++) {
                        group(panel, runs, g, first.size());
                    }
                    panel.level(0, Tone.FRAME);
                });
    }

    private static double[] all(List<ReplayRun> runs) {
        List<Double> values = new ArrayList<>(List.of(0.0));
        for (ReplayRun run : runs) {
            for (PnlSplit.Part part : run.split().parts()) {
                values.add(part.value());
                values.add(part.low());
                values.add(part.high());
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void group(Panel panel, List<ReplayRun> runs, int group, int groups) {
        double slot = panel.plot().width() / groups;
        double left = panel.plot().left() + group * slot;
        double width = slot * 0.8 / runs.size();
        for (int k = 0; k < runs.size(); k++) {
            PnlSplit.Part part = runs.get(k).split().parts().get(group);
            double x = left + 0.1 * slot + k * width;
            double top = Math.min(panel.y().map(part.value()), panel.y().map(0));
            double height = Math.abs(panel.y().map(part.value()) - panel.y().map(0));
            String hint = runs.get(k).queue() + ", " + part.name() + ": " + Numbers.significant(part.value(), 4);
            panel.svg().rect(new Box(x, top, Math.max(1, width - 2), height), Tone.series(k), hint);
            if (part.whyNoInterval().isEmpty()) {
                double middle = x + width / 2 - 1;
                double high = panel.y().map(part.high());
                panel.svg().line(middle, panel.y().map(part.low()), middle, high, Tone.INK, 1.2);
            }
        }
        String name = PlainFigures.clip(runs.get(0).split().parts().get(group).name(), slot);
        double middle = left + slot / 2;
        panel.svg().text(middle, panel.plot().bottom() + 18, name, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.MIDDLE);
    }
}
