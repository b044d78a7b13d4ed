package org.lama.backtest.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lama.core.series.Series;
import org.lama.core.signal.ModelSummary;

/** Anomaly scores of rows, their distribution against the threshold, and what they are attributed to. */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record ScoreFigures(RowAxis axis, double[] scores, double threshold, Map<String, Double> attribution) {
    private static final String NONE = "The model has no scores.";
    private static final String NOTHING = "Nothing is attributed.";
    private static final int BARS_SHOWN = 20;
    private static final double BAR_HEIGHT = 26;

    /** Reads the vector {@code scores}, the value {@code threshold}, and vectors {@code attribution[name]}. */
    static ScoreFigures of(ModelSummary model, Optional<Series> observed) {
        Map<String, double[]> vectors = model.vectors();
        double[] scores = vectors.getOrDefault("scores", new double[0]);
        double threshold = model.values().getOrDefault("threshold", Double.NaN);
        Map<String, Double> attribution = new LinkedHashMap<>();
        vectors.forEach((name, shares) -> {
            if (name.startsWith("attribution[") && name.endsWith("]")) {
                attribution.put(name.substring(12, name.length() - 1), mean(shares, scores, threshold));
            }
        });
        return new ScoreFigures(RowAxis.of(observed, scores.length), scores, threshold, attribution);
    }

    /** One number per scored row is averaged over the rows that stand out; any other length is of such rows already. */
    private static double mean(double[] shares, double[] scores, double threshold) {
        boolean byRow = shares.length == scores.length && Double.isFinite(threshold);
        return IntStream.range(0, shares.length)
                .filter(row -> !byRow || scores[row] >= threshold)
                .mapToDouble(row -> shares[row])
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    boolean hasScores() {
        return Arrays.stream(scores).anyMatch(Double::isFinite);
    }

    boolean hasAttribution() {
        return !attribution.isEmpty();
    }

    private int above() {
        return (int) Arrays.stream(scores).filter(v -> v >= threshold).count();
    }

    private String describe() {
        if (!hasScores()) {
            return NONE;
        }
        int highest = 0;
        for (int i = 0; i < scores.length; i++) {
            highest = !(scores[i] <= scores[highest]) && Double.isFinite(scores[i]) ? i : highest;
        }
        int known = (int) Arrays.stream(scores).filter(Double::isFinite).count();
        String flagged = Double.isFinite(threshold)
                ? "; " + Numbers.fixed(above(), 0) + " rows (" + Numbers.percent((double) above() / known, 1)
                        + ") reach the threshold of " + Numbers.fixed(threshold, 3)
                : "";
        return Numbers.fixed(known, 0) + " scores, the highest " + Numbers.fixed(scores[highest], 3) + " "
                + axis.word(highest) + flagged + ".";
    }

    private List<Heading.Key> keys(Heading.Key first) {
        return Double.isFinite(threshold)
                ? List.of(
                        first,
                        new Heading.Key("threshold", Tone.MUTED, Heading.Mark.DASH),
                        new Heading.Key("at or above it", Tone.VERMILLION, Heading.Mark.DOT))
                : List.of(first);
    }

    Figure overTime(String title) {
        Heading heading = new Heading(title, "", keys(new Heading.Key("score", Tone.BLUE, Heading.Mark.LINE)));
        return Figure.of(heading, describe(), new Figure.Size(270, 240), (svg, box) -> {
            Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
            if (!hasScores()) {
                Panel.nothing(svg, plot, NONE);
                return;
            }
            double[] range = Scale.padded(Scale.range(scores, new double[] {threshold}), 0.05);
            Panel panel = Panel.linear(svg, plot, axis.range(), range);
            panel.yGrid(Ticks.Unit.NUMBER, "");
            axis.draw(panel);
            panel.line(axis.at(), scores, Tone.BLUE, 1);
            if (Double.isFinite(threshold)) {
                double y = panel.y().map(threshold);
                svg.dashed(plot.left(), y, plot.right(), y, Tone.MUTED);
                Marks.dots(panel, axis.at(), scores, v -> v >= threshold);
            }
        });
    }

    Figure distribution(String title) {
        Heading heading = new Heading(title, "", keys(new Heading.Key("density", Tone.SEQUENTIAL_4, Heading.Mark.BOX)));
        return Figure.of(heading, describe(), new Figure.Size(250, 230), (svg, box) -> {
            Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
            double[] known =
                    Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
            if (known.length == 0) {
                Panel.nothing(svg, plot, NONE);
                return;
            }
            Bins bins = Bins.of(known);
            double[] x = Scale.range(new double[] {bins.start(), bins.end(), threshold});
            Panel panel = Panel.linear(svg, plot, x, new double[] {0, Scale.range(bins.density())[1] * 1.05});
            panel.yGrid(Ticks.Unit.NUMBER, "");
            panel.xTicks(Ticks.Unit.NUMBER, "score");
            bins.draw(panel, Tone.SEQUENTIAL_4, threshold, Tone.VERMILLION);
            if (Double.isFinite(threshold)) {
                double at = panel.x().map(threshold);
                svg.dashed(at, plot.top(), at, plot.bottom(), Tone.MUTED);
            }
        });
    }

    /** One bar per column of the data, the largest first. */
    Figure attributed(String title) {
        List<Map.Entry<String, Double>> bars = attribution.entrySet().stream()
                .filter(entry -> Double.isFinite(entry.getValue()))
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(BARS_SHOWN)
                .toList();
        String words = bars.isEmpty()
                ? NOTHING
                : "Most is attributed to " + bars.get(0).getKey() + ": "
                        + Numbers.significant(bars.get(0).getValue(), 3) + ".";
        double height = 14 + BAR_HEIGHT * Math.max(1, bars.size());
        Heading heading = Heading.of(
                title,
                "mean over the rows that stand out; above zero makes a row more unusual",
                new Heading.Key("more unusual", Tone.BLUE, Heading.Mark.BOX),
                new Heading.Key("less unusual", Tone.VERMILLION, Heading.Mark.BOX));
        return Figure.of(heading, words, new Figure.Size(height, height), (svg, box) -> drawBars(svg, box, bars));
    }

    private static void drawBars(Svg svg, Box box, List<Map.Entry<String, Double>> bars) {
        if (bars.isEmpty()) {
            Panel.nothing(svg, box.inset(12, 0, 12, 0), NOTHING);
            return;
        }
        double longest = bars.stream()
                .mapToDouble(bar -> Svg.Face.LABEL.widthOf(bar.getKey()))
                .max()
                .orElse(0);
        double left = box.left() + Math.min(longest + 20, box.width() * 0.4);
        double[] values = bars.stream().mapToDouble(Map.Entry::getValue).toArray();
        double[] range = Scale.range(values, new double[] {0});
        double top = range[1] > range[0] ? range[1] : range[0] + 1;
        Scale x = Scale.linear(range[0], top, left, box.right() - 62);
        for (int k = 0; k < bars.size(); k++) {
            double y = box.top() + 6 + BAR_HEIGHT * k;
            String name = PlainFigures.clip(bars.get(k).getKey(), left - box.left() - 14);
            svg.text(left - 8, y + 13, name, Svg.Face.LABEL, Tone.INK, Svg.Anchor.END);
            double from = Math.min(x.map(0), x.map(values[k]));
            double to = Math.max(x.map(0), x.map(values[k]));
            String number = Numbers.significant(values[k], 3);
            Tone tone = values[k] < 0 ? Tone.VERMILLION : Tone.BLUE;
            svg.rect(
                    new Box(from, y, Math.max(to - from, 0.5), 18),
                    tone,
                    bars.get(k).getKey() + ": " + number);
            svg.text(to + 6, y + 13, number, Svg.Face.STRONG, Tone.INK, Svg.Anchor.START);
        }
    }
}
