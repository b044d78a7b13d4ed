package org.lama.backtest.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.math.Distributions;
import org.lama.core.signal.ModelSummary;

/** Residual diagnostics and the forecast fan of one fitted model. */
final class ModelFigures {
    private static final String TOO_FEW = "Fewer than eight residuals: nothing to draw.";

    private ModelFigures() {}

    static Figure diagnostics(String title, double[] residuals, int lags) {
        Figure.Painter painter = (svg, box) -> {
            boolean narrow = box.width() < Figure.NARROW;
            for (int k = 0; k < 3; k++) {
                Box part = narrow ? box.band(k / 3.0, (k + 1) / 3.0) : box.slice(k / 3.0, (k + 1) / 3.0);
                draw(svg, part, k, residuals, lags);
            }
        };
        String subtitle = "autocorrelation · quantiles against the normal law · distribution";
        return Figure.of(Heading.of(title, subtitle), describe(residuals, lags), new Figure.Size(260, 660), painter);
    }

    static Figure acf(double[] residuals, int lags) {
        return one("Autocorrelation of residuals", 0, residuals, lags);
    }

    static Figure qq(double[] residuals) {
        return one("Quantiles of residuals against the normal law", 1, residuals, 0);
    }

    static Figure histogram(double[] residuals) {
        return one("Distribution of residuals", 2, residuals, 0);
    }

    private static Figure one(String title, int kind, double[] residuals, int lags) {
        return Figure.of(
                Heading.of(title, ""),
                describe(residuals, lags),
                new Figure.Size(280, 240),
                (svg, box) -> draw(svg, box, kind, residuals, lags));
    }

    private static void draw(Svg svg, Box box, int kind, double[] residuals, int lags) {
        double[] known = Arrays.stream(residuals).filter(Double::isFinite).toArray();
        Box plot = box.inset(46, 14, 12, 38);
        if (known.length < 8) {
            svg.text(plot.left(), plot.top() + 20, TOO_FEW, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
        } else if (kind == 0) {
            drawAcf(svg, plot, residuals, lags);
        } else if (kind == 1) {
            drawQq(svg, plot, known);
        } else {
            drawHistogram(svg, plot, known);
        }
    }

    private static void drawAcf(Svg svg, Box plot, double[] residuals, int lags) {
        double[] acf = autocorrelation(residuals, lags);
        double count =
                Arrays.stream(residuals).map(v -> Double.isFinite(v) ? 1 : 0).sum();
        double band = 1.959964 / Math.sqrt(count);
        double[] range = Scale.range(Arrays.copyOfRange(acf, 1, acf.length), new double[] {-band * 1.3, band * 1.3});
        Panel panel = Panel.linear(svg, plot, new double[] {0, lags + 0.5}, Scale.padded(range, 0.05));
        double top = panel.y().map(band);
        svg.rect(new Box(plot.left(), top, plot.width(), panel.y().map(-band) - top), Tone.SEQUENTIAL_1);
        panel.yGrid(Ticks.Unit.NUMBER, "");
        panel.xAxis(whole(panel), "lag");
        panel.level(0, Tone.FRAME);
        for (int k = 1; k <= lags; k++) {
            double x = panel.x().map(k);
            boolean outside = Math.abs(acf[k]) > band;
            Tone tone = outside ? Tone.VERMILLION : Tone.BLUE;
            svg.line(x, panel.y().map(0), x, panel.y().map(acf[k]), tone, 2);
            svg.dot(x, panel.y().map(acf[k]), 2, tone, false);
        }
    }

    private static List<Ticks.Tick> whole(Panel panel) {
        return Ticks.linear(1, panel.x().high(), panel.columns(), Ticks.Unit.NUMBER).stream()
                .filter(tick -> tick.at() == Math.rint(tick.at()))
                .toList();
    }

    private static void drawQq(Svg svg, Box plot, double[] known) {
        double[] sorted = known.clone();
        Arrays.sort(sorted);
        double[] normal = new double[sorted.length];
        for (int i = 0; i < normal.length; i++) {
            normal[i] = Distributions.normalQuantile((i + 0.5) / normal.length);
        }
        double[] range = Scale.padded(Scale.range(sorted, normal), 0.04);
        Panel panel = Panel.linear(svg, plot, Scale.padded(Scale.range(normal), 0.04), range);
        panel.yGrid(Ticks.Unit.NUMBER, "");
        panel.xTicks(Ticks.Unit.NUMBER, "normal quantile");
        double low = Math.max(panel.x().low(), panel.y().low());
        double high = Math.min(panel.x().high(), panel.y().high());
        svg.dashed(
                panel.x().map(low),
                panel.y().map(low),
                panel.x().map(high),
                panel.y().map(high),
                Tone.MUTED);
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < sorted.length; i++) {
            double x = panel.x().map(normal[i]);
            double y = panel.y().map(sorted[i]);
            if (!(Math.hypot(x - lastX, y - lastY) < 2)) {
                svg.dot(x, y, 2, Tone.BLUE, false);
                lastX = x;
                lastY = y;
            }
        }
    }

    private static void drawHistogram(Svg svg, Box plot, double[] known) {
        double[] range = Scale.range(known);
        double width = binWidth(known, range);
        double start = Math.floor(range[0] / width) * width;
        int bins = (int) Math.min(400, Math.floor((range[1] - start) / width) + 1);
        double[] density = new double[bins];
        for (double value : known) {
            int bin = (int) Math.min(bins - 1, Math.max(0, (value - start) / width));
            density[bin] += 1 / (known.length * width);
        }
        double mean = Arrays.stream(known).average().orElse(0);
        double deviation = deviation(known, mean);
        double peak = Math.max(Scale.range(density)[1], 0.3989 / Math.max(deviation, 1e-300));
        Panel panel =
                Panel.linear(svg, plot, new double[] {start, start + bins * width}, new double[] {0, peak * 1.05});
        panel.yGrid(Ticks.Unit.NUMBER, "");
        panel.xTicks(Ticks.Unit.NUMBER, "residual");
        for (int k = 0; k < bins; k++) {
            double left = panel.x().map(start + k * width);
            double top = panel.y().map(density[k]);
            double right = panel.x().map(start + (k + 1) * width);
            svg.rect(new Box(left + 0.5, top, Math.max(right - left - 1, 0.5), plot.bottom() - top), Tone.SEQUENTIAL_4);
        }
        normalCurve(panel, mean, deviation);
    }

    private static void normalCurve(Panel panel, double mean, double deviation) {
        if (deviation > 0) {
            double[] at = IntStream.rangeClosed(0, 80)
                    .mapToDouble(
                            i -> panel.x().low() + (panel.x().high() - panel.x().low()) * i / 80)
                    .toArray();
            double[] bell = Arrays.stream(at)
                    .map(v ->
                            Math.exp(-0.5 * Math.pow((v - mean) / deviation, 2)) / (deviation * Math.sqrt(2 * Math.PI)))
                    .toArray();
            panel.line(at, bell, Tone.VERMILLION, 1.5);
        }
    }

    /** Freedman and Diaconis (1981), rounded to a readable step. */
    private static double binWidth(double[] known, double[] range) {
        double[] sorted = known.clone();
        Arrays.sort(sorted);
        double spread = sorted[(int) (sorted.length * 0.75)] - sorted[(int) (sorted.length * 0.25)];
        double width = 2 * spread / Math.cbrt(sorted.length);
        double span = range[1] - range[0];
        if (!(span > 0)) {
            return Math.max(Math.abs(range[0]) * 0.1, 1e-9);
        }
        return Ticks.step(span, (int) Math.max(5, Math.min(60, width > 0 ? span / width : 20)));
    }

    private static double deviation(double[] known, double mean) {
        return Math.sqrt(Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, known.length - 1));
    }

    /** Sample autocorrelation; pairs with an unknown value are left out of the sum. */
    static double[] autocorrelation(double[] values, int lags) {
        double mean = Arrays.stream(values).filter(Double::isFinite).average().orElse(0);
        double[] out = new double[lags + 1];
        double total = 0;
        for (int k = 0; k <= lags; k++) {
            double sum = 0;
            for (int i = k; i < values.length; i++) {
                double product = (values[i] - mean) * (values[i - k] - mean);
                sum += Double.isFinite(product) ? product : 0;
            }
            total = k == 0 ? sum : total;
            out[k] = total > 0 ? sum / total : 0;
        }
        return out;
    }

    private static String describe(double[] residuals, int lags) {
        double[] known = Arrays.stream(residuals).filter(Double::isFinite).toArray();
        if (known.length < 8) {
            return TOO_FEW;
        }
        double[] acf = autocorrelation(residuals, lags);
        double band = 1.959964 / Math.sqrt(known.length);
        long outside = IntStream.rangeClosed(1, lags)
                .filter(k -> Math.abs(acf[k]) > band)
                .count();
        String lagText = lags == 0 ? "" : "; " + outside + " of " + lags + " lags lie outside the 95 % band";
        double mean = Arrays.stream(known).average().orElse(0);
        return known.length + " residuals with mean " + Numbers.fixed(mean, 3) + " and deviation "
                + Numbers.fixed(deviation(known, mean), 3) + lagText + ".";
    }

    static Figure fan(String title, double[] history, List<ModelSummary.ForecastStep> steps) {
        Heading heading = Heading.of(
                title,
                "steps ahead of the last observation",
                new Heading.Key("observed", Tone.INK, Heading.Mark.LINE),
                new Heading.Key("forecast", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("80 %", Tone.SEQUENTIAL_4, Heading.Mark.BOX),
                new Heading.Key("95 %", Tone.SEQUENTIAL_2, Heading.Mark.BOX));
        return Figure.of(
                heading, describe(steps), new Figure.Size(290, 250), (svg, box) -> drawFan(svg, box, history, steps));
    }

    private static void drawFan(Svg svg, Box box, double[] history, List<ModelSummary.ForecastStep> steps) {
        int horizon = steps.size();
        double[] lower = column(history, steps, 0);
        double[] upper = column(history, steps, 4);
        double[] range = Scale.padded(Scale.range(history, lower, upper), 0.05);
        Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
        Panel panel = Panel.linear(svg, plot, new double[] {1 - history.length, Math.max(1, horizon)}, range);
        double[] ahead = IntStream.rangeClosed(0, horizon).asDoubleStream().toArray();
        svg.area(band(panel, ahead, lower, upper), Tone.SEQUENTIAL_2, 1);
        svg.area(band(panel, ahead, column(history, steps, 1), column(history, steps, 3)), Tone.SEQUENTIAL_4, 1);
        panel.yGrid(Ticks.Unit.COMPACT, "");
        panel.xTicks(Ticks.Unit.NUMBER, "step");
        double[] past = IntStream.range(0, history.length)
                .mapToDouble(i -> i + 1.0 - history.length)
                .toArray();
        panel.line(past, history, Tone.INK, 1.3);
        panel.line(ahead, column(history, steps, 2), Tone.BLUE, 2);
    }

    private static double[] column(double[] history, List<ModelSummary.ForecastStep> steps, int which) {
        double[] out = new double[steps.size() + 1];
        out[0] = history.length == 0 ? Double.NaN : history[history.length - 1];
        for (int i = 0; i < steps.size(); i++) {
            ModelSummary.ForecastStep step = steps.get(i);
            out[i + 1] =
                    new double[] {step.lower95(), step.lower80(), step.mean(), step.upper80(), step.upper95()}[which];
        }
        return out;
    }

    private static String band(Panel panel, double[] at, double[] lower, double[] upper) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < at.length; i++) {
            point(out, panel, at[i], upper[i]);
        }
        for (int i = at.length - 1; i >= 0; i--) {
            point(out, panel, at[i], lower[i]);
        }
        return out.isEmpty() ? "" : out.append('Z').toString();
    }

    private static void point(StringBuilder out, Panel panel, double at, double value) {
        if (Double.isFinite(value)) {
            out.append(out.isEmpty() ? 'M' : 'L').append(Numbers.pixel(panel.x().map(at)));
            out.append(' ').append(Numbers.pixel(panel.y().map(value)));
        }
    }

    private static String describe(List<ModelSummary.ForecastStep> steps) {
        if (steps.isEmpty()) {
            return "The model gives no forecast.";
        }
        ModelSummary.ForecastStep last = steps.get(steps.size() - 1);
        return "After " + last.step() + " steps the forecast is " + Numbers.significant(last.mean(), 5)
                + ", with 95 % between " + Numbers.significant(last.lower95(), 5) + " and "
                + Numbers.significant(last.upper95(), 5) + ".";
    }
}
