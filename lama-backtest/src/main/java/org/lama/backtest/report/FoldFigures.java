package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Folds of a walk-forward study: what was promised inside the sample and kept outside, and how the fits ended.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FoldFigures {
    private FoldFigures() {}

    /**
     * One fold of one asset, or the middle of many.
     *
     * @param testFromNanos first decision time, UTC epoch nanoseconds
     * @param testToNanos time after the last decision
     * @param inSample figure on the training window, NaN if unknown
     * @param outOfSample the same figure on the test window, NaN if unknown
     * @param status how the fits ended, share by name, in the order in which they are drawn; empty if unknown
     */
    public record FoldMark(
            long testFromNanos, long testToNanos, double inSample, double outOfSample, Map<String, Double> status) {
        /**
         * Checks the order and copies the shares.
         *
         * @param testFromNanos first decision time, UTC epoch nanoseconds
         * @param testToNanos time after the last decision
         * @param inSample figure on the training window, NaN if unknown
         * @param outOfSample the same figure on the test window, NaN if unknown
         * @param status how the fits ended, share by name, in the order in which they are drawn; empty if unknown
         */
        public FoldMark {
            Check.that(
                    testToNanos > testFromNanos,
                    "testToNanos must be > testFromNanos, got " + testFromNanos + ", " + testToNanos);
            status = Collections.unmodifiableMap(new LinkedHashMap<>(status));
        }
    }

    static Figure strip(String measure, List<FoldMark> folds) {
        List<String> states = states(folds);
        List<Heading.Key> keys = new ArrayList<>();
        keys.add(new Heading.Key("in sample", Tone.GREY, Heading.Mark.HOLLOW));
        keys.add(new Heading.Key("out of sample", Tone.BLUE, Heading.Mark.DOT));
        for (int k = 0; k < states.size(); k++) {
            keys.add(new Heading.Key(states.get(k), statusTone(k), Heading.Mark.BOX));
        }
        return Figure.of(
                new Heading("In and out of sample, fold by fold", measure + " per fold", keys),
                describe(folds),
                new Figure.Size(states.isEmpty() ? 240 : 290, states.isEmpty() ? 230 : 270),
                (svg, box) -> draw(svg, box, folds, states, measure));
    }

    private static void draw(Svg svg, Box box, List<FoldMark> folds, List<String> states, String measure) {
        if (folds.isEmpty()) {
            svg.text(14, box.top() + 20, "No fold to show.", Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
            return;
        }
        Box area = box.inset(Panel.leftMargin(box.width()), 8, 14, 26);
        Box plot = states.isEmpty() ? area : area.band(0, 0.8);
        double[] in = folds.stream().mapToDouble(FoldMark::inSample).toArray();
        double[] out = folds.stream().mapToDouble(FoldMark::outOfSample).toArray();
        double first = folds.stream().mapToLong(FoldMark::testFromNanos).min().orElse(0);
        double last = folds.stream().mapToLong(FoldMark::testToNanos).max().orElse(1);
        double[] range = Scale.padded(Scale.range(in, out, new double[] {0}), 0.08);
        Panel panel = Panel.linear(svg, plot, new double[] {first, last}, range);
        panel.yGrid(Ticks.Unit.NUMBER, measure);
        panel.level(0, Tone.FRAME);
        folds.forEach(fold -> dumbbell(panel, fold));
        Panel below = new Panel(svg, area, panel.x(), panel.y());
        below.timeAxis();
        if (!states.isEmpty()) {
            Box strip = area.band(0.86, 1);
            svg.text(strip.left() - 7, strip.middleY() + 4, "fits", Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.END);
            folds.forEach(fold -> statusBar(panel, strip, fold, states));
        }
    }

    private static void dumbbell(Panel panel, FoldMark fold) {
        double x = panel.x().map((fold.testFromNanos() + (double) fold.testToNanos()) / 2);
        double in = panel.y().map(fold.inSample());
        double out = panel.y().map(fold.outOfSample());
        if (Double.isFinite(in) && Double.isFinite(out)) {
            panel.svg().line(x, in, x, out, Tone.FRAME, 1.2);
        }
        if (Double.isFinite(in)) {
            panel.svg().dot(x, in, 3, Tone.GREY, true);
        }
        if (Double.isFinite(out)) {
            panel.svg().dot(x, out, 3.4, Tone.BLUE, false);
        }
    }

    private static void statusBar(Panel panel, Box strip, FoldMark fold, List<String> states) {
        double from = panel.x().map((double) fold.testFromNanos());
        double to = panel.x().map((double) fold.testToNanos());
        double total = fold.status().values().stream().mapToDouble(v -> v).sum();
        double y = strip.bottom();
        for (int k = 0; k < states.size(); k++) {
            double share = fold.status().getOrDefault(states.get(k), 0.0) / Math.max(total, 1e-300);
            double height = share * strip.height();
            y -= height;
            if (height > 0) {
                String hint =
                        states.get(k) + " " + Numbers.percent(share, 0) + " from " + Words.date(fold.testFromNanos());
                panel.svg().rect(new Box(from + 0.5, y, Math.max(to - from - 1, 0.5), height), statusTone(k), hint);
            }
        }
    }

    private static Tone statusTone(int k) {
        Tone[] tones = {Tone.SKY, Tone.ORANGE, Tone.PURPLE, Tone.VERMILLION, Tone.GREY, Tone.GREEN};
        return tones[k % tones.length];
    }

    private static List<String> states(List<FoldMark> folds) {
        List<String> states = new ArrayList<>();
        for (FoldMark fold : folds) {
            fold.status().keySet().stream()
                    .filter(name -> !states.contains(name))
                    .forEach(states::add);
        }
        return states;
    }

    private static String describe(List<FoldMark> folds) {
        double[] in = folds.stream()
                .mapToDouble(FoldMark::inSample)
                .filter(Double::isFinite)
                .toArray();
        double[] out = folds.stream()
                .mapToDouble(FoldMark::outOfSample)
                .filter(Double::isFinite)
                .toArray();
        return folds.size() + " folds. Median in sample " + Numbers.fixed(median(in), 2) + ", out of sample "
                + Numbers.fixed(median(out), 2) + ".";
    }

    /** Middle value; the mean of the two in the middle for an even number; NaN of nothing. */
    static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
