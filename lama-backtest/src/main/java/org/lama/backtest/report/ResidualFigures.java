package org.lama.backtest.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.series.Series;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ShockLaw;

/** What the standardised residuals of a fitted model tell: seven panels, alone or in one figure. */
final class ResidualFigures {
    private static final String TOO_FEW = "Fewer than eight residuals: nothing to draw.";
    private static final int FEWEST = 8;
    private static final Heading.Key OUTSIDE =
            new Heading.Key("outside the 95 % band", Tone.VERMILLION, Heading.Mark.DOT);
    private static final Heading.Key REJECTED =
            new Heading.Key("Ljung-Box below 5 %", Tone.VERMILLION, Heading.Mark.DOT);

    private final double[] residuals;
    private final RowAxis axis;
    private final DistributionPanel distribution;
    private final ShockLaw law;
    private final double inside95;
    private final int lags;
    private final int fittedParameters;

    private ResidualFigures(double[] residuals, RowAxis axis, ShockLaw law, int lags, int fittedParameters) {
        this.residuals = residuals;
        this.axis = axis;
        this.law = law;
        this.inside95 = law.quantile(0.975);
        this.distribution = DistributionPanel.of(residuals, law);
        this.lags = lags;
        this.fittedParameters = fittedParameters;
    }

    static ResidualFigures of(ModelSummary model, Optional<Series> observed, int lags) {
        double[] residuals = model.residuals();
        int fitted = (int) model.coefficients().stream()
                .filter(coefficient -> coefficient.name().matches("s?(ar|ma)\\d+"))
                .count();
        return new ResidualFigures(residuals, RowAxis.of(observed, residuals.length), ShockLaw.of(model), lags, fitted);
    }

    static ResidualFigures of(double[] residuals, int lags) {
        return new ResidualFigures(residuals, RowAxis.rows(residuals.length), ShockLaw.normal(), lags, 0);
    }

    /** Lags to show unless the reader asks for others: 10 log10(n), two seasons, at most 60. */
    static int lags(ModelSummary model) {
        int n = model.residuals().length;
        double[] seasonal = model.vectors().getOrDefault("seasonalOrder", new double[0]);
        double seasons = seasonal.length == 4 && seasonal[3] > 1 ? 2 * seasonal[3] + 1 : 0;
        double most = Math.max(10 * Math.log10(Math.max(2, n)), Math.min(seasons, 60));
        return (int) Math.max(1, Math.min(most, n - 1.0));
    }

    boolean isEmpty() {
        return distribution.count() < FEWEST;
    }

    /** One part of a figure: what it is called, what it says, how it is drawn. */
    private record Part(String title, String words, Figure.Painter painter, List<Heading.Key> keys) {
        Part(String title, String words, Figure.Painter painter, Heading.Key... keys) {
            this(title, words, painter, List.of(keys));
        }

        Figure figure(String subtitle, Figure.Size size) {
            return Figure.of(new Heading(title, subtitle, keys), words, size, painter);
        }
    }

    private Part part(String title, String words, Figure.Painter painter, Heading.Key... keys) {
        Figure.Painter guarded = (svg, box) -> {
            Box plot = box.inset(46, 14, 12, 38);
            if (isEmpty()) {
                Panel.nothing(svg, plot, TOO_FEW);
            } else {
                painter.paint(svg, plot);
            }
        };
        return new Part(title, isEmpty() ? TOO_FEW : words, guarded, keys);
    }

    Figure overTime() {
        return overTimePart()
                .figure("shaded: " + band() + ", where 95 % lie under the " + law, new Figure.Size(250, 230));
    }

    Figure acf() {
        return acfPart().figure("shaded: 95 % band of white noise", new Figure.Size(280, 240));
    }

    Figure pacf() {
        return pacfPart().figure("shaded: 95 % band of white noise", new Figure.Size(280, 240));
    }

    Figure squares() {
        return squaresPart()
                .figure(
                        "lags outside the 95 % band of white noise: the variance changes over time",
                        new Figure.Size(280, 240));
    }

    Figure portmanteau() {
        return portmanteauPart()
                .figure("null of each test: no autocorrelation up to the lag", new Figure.Size(280, 240));
    }

    Figure qq() {
        return qqPart().figure("on the dashed line: " + law + " of variance 1", new Figure.Size(300, 280));
    }

    Figure histogram() {
        return histogramPart().figure("", new Figure.Size(290, 250));
    }

    private String band() {
        return "±" + Numbers.fixed(inside95, 2);
    }

    private Part overTimePart() {
        return part("Standardised residuals", describeTime(), this::drawOverTime, OUTSIDE);
    }

    private Part acfPart() {
        CorrelationPanel panel = CorrelationPanel.autocorrelation(residuals, lags);
        return part("Autocorrelation of residuals", panel.describe(), panel::draw, OUTSIDE);
    }

    private Part pacfPart() {
        CorrelationPanel panel = CorrelationPanel.partial(residuals, lags);
        return part("Partial autocorrelation of residuals", panel.describe(), panel::draw, OUTSIDE);
    }

    private Part squaresPart() {
        CorrelationPanel panel = CorrelationPanel.ofSquares(residuals, lags);
        return part("Autocorrelation of squared residuals", panel.describe(), panel::draw, OUTSIDE);
    }

    private Part portmanteauPart() {
        CorrelationPanel.PValues panel = CorrelationPanel.PValues.of(residuals, lags, fittedParameters);
        return part(
                "P-values of joint tests by lag",
                panel.describe(),
                panel::draw,
                REJECTED,
                new Heading.Key("Ljung-Box", Tone.BLUE, Heading.Mark.DOT),
                new Heading.Key("robust to changing variance", Tone.PURPLE, Heading.Mark.HOLLOW));
    }

    private Part qqPart() {
        return part("Quantiles of residuals against the " + law, describeLaw(), distribution::drawQuantiles);
    }

    private Part histogramPart() {
        return part(
                "Distribution of residuals",
                describeLaw(),
                (svg, box) -> distribution.drawHistogram(svg, box, "residual"),
                new Heading.Key(law.toString(), Tone.VERMILLION, Heading.Mark.LINE),
                new Heading.Key("kernel density", Tone.BLUE, Heading.Mark.LINE));
    }

    private String describeLaw() {
        return isEmpty() ? TOO_FEW : distribution.describe();
    }

    private String describeTime() {
        if (isEmpty()) {
            return TOO_FEW;
        }
        long outside = Arrays.stream(distribution.sorted())
                .filter(v -> Math.abs(v) > inside95)
                .count();
        int worst = 0;
        for (int i = 1; i < residuals.length; i++) {
            worst = size(i) > size(worst) ? i : worst;
        }
        return distribution.count() + " residuals; " + outside + " outside " + band() + " ("
                + Math.round(0.05 * distribution.count()) + " expected under the " + law + "); the largest is "
                + Numbers.fixed(residuals[worst], 2) + " " + axis.word(worst) + ".";
    }

    private double size(int row) {
        return Double.isFinite(residuals[row]) ? Math.abs(residuals[row]) : -1;
    }

    private void drawOverTime(Svg svg, Box plot) {
        double[] range = Scale.range(residuals, new double[] {-2.5, 2.5});
        Panel panel = Panel.linear(svg, plot, axis.range(), Scale.padded(range, 0.04));
        double top = panel.y().map(inside95);
        svg.rect(new Box(plot.left(), top, plot.width(), panel.y().map(-inside95) - top), Tone.SEQUENTIAL_1);
        panel.yGrid(Ticks.Unit.NUMBER, "");
        axis.draw(panel);
        panel.level(0, Tone.FRAME);
        panel.line(axis.at(), residuals, Tone.BLUE, 1);
        Marks.dots(panel, axis.at(), residuals, v -> Math.abs(v) > inside95);
    }

    /** All seven in one: over time, memory, law. */
    Figure together(String title) {
        List<List<Part>> rows = List.of(
                List.of(overTimePart()),
                List.of(acfPart(), pacfPart(), portmanteauPart()),
                List.of(qqPart(), histogramPart(), squaresPart()));
        Heading heading = new Heading(
                title,
                "shaded: the 95 % band, " + band() + " for residuals (" + law
                        + ") and ±1.96/√n for autocorrelations (white noise), and p-values below 5 %",
                List.of(
                        new Heading.Key("Ljung-Box", Tone.BLUE, Heading.Mark.DOT),
                        new Heading.Key("robust p-value", Tone.PURPLE, Heading.Mark.HOLLOW),
                        new Heading.Key(
                                "outside the 95 % band, or Ljung-Box below 5 %", Tone.VERMILLION, Heading.Mark.DOT),
                        new Heading.Key(law.toString(), Tone.VERMILLION, Heading.Mark.LINE),
                        new Heading.Key("kernel density", Tone.BLUE, Heading.Mark.LINE)));
        String words = isEmpty()
                ? TOO_FEW
                : describeTime() + " Autocorrelation: " + rows.get(1).get(0).words();
        return Figure.of(
                heading,
                words,
                new Figure.Size(isEmpty() ? 80 : 760, isEmpty() ? 80 : 1540),
                (svg, box) -> drawTogether(svg, box, rows));
    }

    private void drawTogether(Svg svg, Box box, List<List<Part>> rows) {
        if (isEmpty()) {
            Panel.nothing(svg, box.inset(12, 4, 12, 4), TOO_FEW);
            return;
        }
        if (box.width() < Figure.NARROW) {
            List<Part> all = rows.stream().flatMap(List::stream).toList();
            for (int k = 0; k < all.size(); k++) {
                drawTitled(svg, box.band(k / (double) all.size(), (k + 1.0) / all.size()), all.get(k));
            }
            return;
        }
        for (int row = 0; row < rows.size(); row++) {
            Box band = box.band(row / 3.0, (row + 1) / 3.0);
            int count = rows.get(row).size();
            for (int k = 0; k < count; k++) {
                drawTitled(
                        svg,
                        band.slice(k / (double) count, (k + 1.0) / count),
                        rows.get(row).get(k));
            }
        }
    }

    private static void drawTitled(Svg svg, Box box, Part part) {
        svg.text(box.left() + 12, box.top() + 15, part.title(), Svg.Face.STRONG, Tone.INK, Svg.Anchor.START);
        part.painter().paint(svg, box.inset(0, 14, 0, 0));
    }
}
