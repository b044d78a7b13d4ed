package org.lama.backtest.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lama.core.series.Series;
import org.lama.core.signal.ModelSummary;

/** Chooses the figures that a model has something to show in. */
final class ModelFigures {
    private static final int HISTORY = 60;

    private ModelFigures() {}

    /** Every figure under the name of its file, in reading order. */
    static Map<String, Figure> all(ModelSummary model, Optional<Series> observed) {
        Map<String, Figure> figures = overview(model, observed);
        ResidualFigures residuals = ResidualFigures.of(model, observed, ResidualFigures.lags(model));
        if (!residuals.isEmpty()) {
            figures.put("residuals", residuals.overTime());
            figures.put("residual-acf", residuals.acf());
            figures.put("residual-pacf", residuals.pacf());
            figures.put("residual-acf-of-squares", residuals.squares());
            figures.put("residual-tests", residuals.portmanteau());
            figures.put("residual-quantiles", residuals.qq());
            figures.put("residual-histogram", residuals.histogram());
        }
        return figures;
    }

    /** The same with all panels of the residuals in one figure instead of one by one. */
    static Map<String, Figure> overview(ModelSummary model, Optional<Series> observed) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        VolatilityFigures volatility = VolatilityFigures.of(model, observed);
        ScoreFigures scores = ScoreFigures.of(model, observed);
        RootPanel roots = RootPanel.of(model.vectors());
        String of = " of " + model.title();
        observed.filter(series -> isFitted(model, series))
                .ifPresent(series -> figures.put("fitted", fitted(model, series)));
        if (volatility.isPast()) {
            figures.put("volatility", volatility.past("Conditional volatility" + of));
        }
        if (scores.hasScores()) {
            figures.put("scores", scores.overTime("Scores" + of));
            figures.put("score-histogram", scores.distribution("Distribution of the scores" + of));
        }
        if (scores.hasAttribution()) {
            figures.put("attribution", scores.attributed("Attribution" + of));
        }
        if (model.residuals().length > 0) {
            ResidualFigures residuals = ResidualFigures.of(model, observed, ResidualFigures.lags(model));
            figures.put("diagnostics", residuals.together("Residuals" + of));
        }
        if (!roots.isEmpty()) {
            figures.put("roots", roots(model));
        }
        if (!model.forecast().isEmpty()) {
            figures.put("forecast", fan(model, observed));
        }
        if (volatility.isAhead()) {
            figures.put("volatility-forecast", volatility.forecast("Volatility forecast" + of));
        }
        return figures;
    }

    private static boolean isFitted(ModelSummary model, Series observed) {
        return observed.size() > 0 && model.vectors().getOrDefault("fitted", new double[0]).length == observed.size();
    }

    static Figure fitted(ModelSummary model, Series observed) {
        double[] values = observed.toArray();
        double[] fitted = model.vectors().getOrDefault("fitted", new double[0]);
        RowAxis axis = RowAxis.of(Optional.of(observed), values.length);
        Heading heading = Heading.of(
                "Observed and fitted: " + model.title(),
                "each fitted value is the forecast made one row before",
                new Heading.Key("observed", Tone.INK, Heading.Mark.LINE),
                new Heading.Key("fitted", Tone.VERMILLION, Heading.Mark.LINE));
        double[] range = Scale.range(values, fitted);
        String words = "Observed and fitted values of " + Numbers.fixed(values.length, 0) + " rows, from "
                + Numbers.significant(range[0], 4) + " to " + Numbers.significant(range[1], 4) + ".";
        return Figure.of(heading, words, new Figure.Size(280, 240), (svg, box) -> {
            Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
            Panel panel = Panel.linear(svg, plot, axis.range(), Scale.padded(range, 0.05));
            panel.yGrid(Ticks.Unit.COMPACT, "");
            axis.draw(panel);
            panel.line(axis.at(), values, Tone.INK, 1.3);
            if (fitted.length == values.length) {
                panel.line(axis.at(), fitted, Tone.VERMILLION, 1);
            }
        });
    }

    static Figure roots(ModelSummary model) {
        RootPanel panel = RootPanel.of(model.vectors());
        Heading heading = Heading.of(
                "Inverse roots of " + model.title(),
                "inside the circle: stationary (AR) and invertible (MA)",
                new Heading.Key("autoregressive", Tone.BLUE, Heading.Mark.DOT),
                new Heading.Key("moving average", Tone.VERMILLION, Heading.Mark.HOLLOW));
        Figure.Size size = panel.isEmpty()
                ? new Figure.Size(60, 60)
                : new Figure.Size(380, RootPanel.narrowHeight(panel, HtmlReport.PHONE_WIDTH));
        return Figure.of(heading, panel.describe(), size, (svg, box) -> {
            if (panel.isEmpty()) {
                Panel.nothing(svg, box.inset(12, 0, 12, 0), panel.describe());
            } else {
                panel.draw(svg, box);
            }
        });
    }

    /** The fan behind the last observations of a series: as many as tell the scale of the forecast. */
    static Figure fan(ModelSummary model, Optional<Series> observed, double... levels) {
        double[] shown = levels.length == 0 ? new double[] {80, 95} : levels;
        // A model of variance may have been given prices, but it forecasts returns.
        boolean ofReturns = VolatilityFigures.of(model, observed).isPast();
        double[] values = ofReturns
                ? VolatilityFigures.returns(model)
                : observed.map(Series::toArray).orElseGet(() -> new double[0]);
        int from = Math.max(
                0, values.length - Math.max(HISTORY, 4 * model.forecast().size()));
        RowAxis past = RowAxis.of(observed, values.length).from(from);
        double[] history = Arrays.copyOfRange(values, from, values.length);
        return ForecastFigures.of(past, history, model, shown).fan("Forecast of " + model.title(), "");
    }
}
