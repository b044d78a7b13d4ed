package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lama.core.series.Series;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ShockLaw;

/** Conditional volatility of a model of changing variance, behind and ahead. */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record VolatilityFigures(
        RowAxis axis, double[] volatility, double[] shocks, double[] ahead, double level, ShockLaw law) {
    private static final int HISTORY = 120;

    /** Reads the vectors {@code conditionalVolatility} and {@code varianceForecast}. */
    static VolatilityFigures of(ModelSummary model, Optional<Series> observed) {
        Map<String, double[]> vectors = model.vectors();
        double[] volatility = vectors.getOrDefault("conditionalVolatility", new double[0]);
        double[] residuals = model.residuals();
        double[] shocks = new double[volatility.length];
        for (int i = 0; i < shocks.length; i++) {
            shocks[i] = residuals.length == shocks.length ? residuals[i] * volatility[i] : Double.NaN;
        }
        double[] ahead = Arrays.stream(vectors.getOrDefault("varianceForecast", new double[0]))
                .map(Math::sqrt)
                .toArray();
        return new VolatilityFigures(
                RowAxis.of(observed, volatility.length),
                volatility,
                shocks,
                ahead,
                Math.sqrt(longRun(model)),
                ShockLaw.of(model));
    }

    /** The variance that the forecast goes to, omega / (1 - persistence); NaN for models of the logarithm. */
    private static double longRun(ModelSummary model) {
        double persistence = model.values().getOrDefault("persistence", Double.NaN);
        boolean logarithmic = model.title().startsWith("EGARCH");
        double omega = model.coefficients().stream()
                .filter(coefficient -> coefficient.name().equals("omega"))
                .mapToDouble(ModelSummary.Coefficient::estimate)
                .findFirst()
                .orElse(Double.NaN);
        return persistence < 1 && !logarithmic ? omega / (1 - persistence) : Double.NaN;
    }

    /** What the model was fitted to, as far as a constant mean gives it back: residuals times volatility plus mean. */
    static double[] returns(ModelSummary model) {
        double mean = model.forecast().isEmpty() ? 0 : model.forecast().get(0).mean();
        return Arrays.stream(of(model, Optional.empty()).shocks)
                .map(v -> v + mean)
                .toArray();
    }

    boolean isPast() {
        return Arrays.stream(volatility).anyMatch(Double::isFinite);
    }

    boolean isAhead() {
        return Arrays.stream(ahead).anyMatch(Double::isFinite);
    }

    Figure past(String title) {
        Heading heading = Heading.of(
                title,
                "observations less their mean, 95 % of them inside " + band()
                        + " conditional standard deviations under the " + law,
                new Heading.Key("return less its mean", Tone.GREY, Heading.Mark.LINE),
                new Heading.Key(band() + " conditional volatility", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("outside the 95 % band", Tone.VERMILLION, Heading.Mark.DOT));
        return Figure.of(heading, describePast(), new Figure.Size(300, 260), this::drawPast);
    }

    private double inside95() {
        return law.quantile(0.975);
    }

    private String band() {
        return "±" + Numbers.fixed(inside95(), 2);
    }

    private String describePast() {
        if (!isPast()) {
            return "The model has no conditional volatility.";
        }
        double[] range = Scale.range(volatility);
        int calm = 0;
        int wild = 0;
        for (int i = 0; i < volatility.length; i++) {
            calm = volatility[i] == range[0] ? i : calm;
            wild = volatility[i] == range[1] ? i : wild;
        }
        long known = Arrays.stream(shocks).filter(Double::isFinite).count();
        double inside = inside95();
        long outside = IntStream.range(0, shocks.length)
                .filter(row -> isOutside(row, inside))
                .count();
        String share = known == 0
                ? ""
                : " " + outside + " of " + known + " shocks lie outside; " + Math.round(0.05 * known)
                        + " are expected under the " + law + ".";
        return "Conditional volatility from " + Numbers.significant(range[0], 3) + " " + axis.word(calm) + " to "
                + Numbers.significant(range[1], 3) + " " + axis.word(wild) + "." + share;
    }

    private boolean isOutside(int row, double inside) {
        return Math.abs(shocks[row]) > inside * volatility[row];
    }

    private void drawPast(Svg svg, Box box) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
        if (!isPast()) {
            Panel.nothing(svg, plot, describePast());
            return;
        }
        double inside = inside95();
        double[] upper = Arrays.stream(volatility).map(v -> inside * v).toArray();
        double[] lower = Arrays.stream(upper).map(v -> -v).toArray();
        Panel panel = Panel.linear(svg, plot, axis.range(), Scale.padded(Scale.range(upper, lower, shocks), 0.04));
        panel.yGrid(Ticks.Unit.COMPACT, "");
        axis.draw(panel);
        panel.line(axis.at(), shocks, Tone.GREY, 0.8);
        panel.line(axis.at(), upper, Tone.BLUE, 1.4);
        panel.line(axis.at(), lower, Tone.BLUE, 1.4);
        double[] outside = new double[shocks.length];
        Arrays.setAll(outside, i -> isOutside(i, inside) ? shocks[i] : Double.NaN);
        Marks.dots(panel, axis.at(), outside, v -> true);
    }

    Figure forecast(String title) {
        List<Heading.Key> keys = new ArrayList<>();
        keys.add(new Heading.Key("conditional volatility", Tone.INK, Heading.Mark.LINE));
        keys.add(new Heading.Key("forecast", Tone.BLUE, Heading.Mark.LINE));
        if (Double.isFinite(level)) {
            keys.add(new Heading.Key("long run", Tone.MUTED, Heading.Mark.DASH));
        }
        Heading heading = new Heading(title, "square root of the variance forecast, per row", List.copyOf(keys));
        return Figure.of(heading, describeAhead(), new Figure.Size(270, 240), this::drawAhead);
    }

    private String describeAhead() {
        if (!isAhead()) {
            return "The model gives no variance forecast.";
        }
        String longRun = Double.isFinite(level) ? "; in the long run " + Numbers.significant(level, 3) : "";
        return "Volatility is " + Numbers.significant(ahead[0], 3) + " in the next row and "
                + Numbers.significant(ahead[ahead.length - 1], 3) + " in row " + ahead.length + " from now" + longRun
                + ".";
    }

    private void drawAhead(Svg svg, Box box) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
        if (!isAhead()) {
            Panel.nothing(svg, plot, describeAhead());
            return;
        }
        int from = Math.max(0, volatility.length - Math.max(HISTORY, 2 * ahead.length));
        RowAxis past = axis.from(from);
        double[] history = Arrays.copyOfRange(volatility, from, volatility.length);
        RowAxis all = past.extended(ahead.length);
        double[] next = new double[ahead.length + (history.length > 0 ? 1 : 0)];
        System.arraycopy(ahead, 0, next, next.length - ahead.length, ahead.length);
        if (history.length > 0) {
            next[0] = history[history.length - 1];
        }
        double[] range = Scale.range(history, ahead, new double[] {level});
        Panel panel = Panel.linear(svg, plot, all.range(), Scale.padded(range, 0.06));
        panel.yGrid(Ticks.Unit.COMPACT, "");
        all.draw(panel);
        if (Double.isFinite(level)) {
            svg.dashed(
                    plot.left(), panel.y().map(level), plot.right(), panel.y().map(level), Tone.MUTED);
        }
        panel.line(past.at(), history, Tone.INK, 1.3);
        panel.line(Arrays.copyOfRange(all.at(), all.at().length - next.length, all.at().length), next, Tone.BLUE, 2);
    }
}
