package org.lama.backtest.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.ModelSummary;

/**
 * Makes every figure of LAMA. Stateless and thread-safe. Columns of any length are thinned to the pixels drawn, keeping
 * the lowest and highest value of each pixel column; NaN leaves a gap. Where there is nothing to draw, the figure says
 * so instead of failing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Figures {
    private Figures() {}

    /**
     * Equity on a log axis with benchmark, regimes and trades, drawdown, and rolling Sharpe ratio on one time axis.
     *
     * @param curve what to draw
     * @return the figure
     */
    public static Figure tearSheet(EquityCurve curve) {
        return EquityFigures.tearSheet(curve);
    }

    /**
     * Equity on a log axis with benchmark, regimes and trades.
     *
     * @param curve what to draw
     * @return the figure
     */
    public static Figure equity(EquityCurve curve) {
        return EquityFigures.equity(curve);
    }

    /**
     * Loss against the highest equity so far.
     *
     * @param curve what to draw
     * @return the figure
     */
    public static Figure underWater(EquityCurve curve) {
        return EquityFigures.underWater(curve);
    }

    /**
     * Sharpe ratio per year over a rolling window of {@link EquityCurve#windowBars()} rows.
     *
     * @param curve what to draw
     * @return the figure
     */
    public static Figure rollingSharpe(EquityCurve curve) {
        return EquityFigures.rollingSharpe(curve);
    }

    /**
     * Return of each calendar month and year in UTC.
     *
     * @param curve what to draw
     * @return the figure
     */
    public static Figure monthlyReturns(EquityCurve curve) {
        return HeatMaps.monthly(curve);
    }

    /**
     * A figure of merit over two parameters. Colours run around zero where the values have both signs.
     *
     * @param title the title
     * @param rows one name per row
     * @param columns one name per column
     * @param cells values by row and column; NaN leaves a cell empty
     * @return the figure
     */
    public static Figure heatMap(String title, List<String> rows, List<String> columns, double[][] cells) {
        Check.that(cells.length == rows.size(), "cells must have " + rows.size() + " rows, got " + cells.length);
        for (double[] row : cells) {
            Check.that(
                    row.length == columns.size(),
                    "cells must have " + columns.size() + " columns in each row, got " + row.length);
        }
        double[][] copy = Arrays.stream(cells).map(double[]::clone).toArray(double[][]::new);
        return HeatMaps.matrix(title, "", new HeatMaps.Grid(List.copyOf(rows), List.copyOf(columns), copy));
    }

    /**
     * In-sample and out-of-sample figure of each fold over time, and how the fits ended.
     *
     * @param measure name of the figure, such as {@code Sharpe ratio}
     * @param folds one mark per fold
     * @return the figure
     */
    public static Figure folds(String measure, List<FoldFigures.FoldMark> folds) {
        return FoldFigures.strip(measure, List.copyOf(folds));
    }

    /**
     * A figure of merit at several multiples of the assumed costs; the one at 1× stands out.
     *
     * @param measure name of the figure, such as {@code Sharpe ratio}
     * @param multiples multiples of commission and slippage, such as 0, 1, 2, 3
     * @param values one value per multiple
     * @return the figure
     */
    public static Figure costSensitivity(String measure, double[] multiples, double[] values) {
        Check.that(
                multiples.length == values.length,
                "values must have " + multiples.length + " entries, got " + values.length);
        List<String> names = Arrays.stream(multiples)
                .mapToObj(m -> Numbers.significant(m, 3) + "× costs")
                .toList();
        int strong = -1;
        for (int k = 0; k < multiples.length; k++) {
            strong = multiples[k] == 1 ? k : strong;
        }
        return PlainFigures.bars(
                "What costs do to the result",
                measure + " at multiples of the assumed commission and slippage",
                new PlainFigures.Bars(names, values.clone(), Ticks.Unit.NUMBER, strong));
    }

    /**
     * Bars by name.
     *
     * @param title the title
     * @param names one name per bar
     * @param values one value per bar; NaN leaves the place empty
     * @return the figure
     */
    public static Figure bars(String title, List<String> names, double[] values) {
        return namedBars(title, names, values, Ticks.Unit.NUMBER);
    }

    /**
     * Bars by name whose values are fractions, shown in per cent.
     *
     * @param title the title
     * @param names one name per bar
     * @param fractions one value per bar; NaN leaves the place empty
     * @return the figure
     */
    public static Figure percentBars(String title, List<String> names, double[] fractions) {
        return namedBars(title, names, fractions, Ticks.Unit.PERCENT);
    }

    private static Figure namedBars(String title, List<String> names, double[] values, Ticks.Unit unit) {
        Check.that(
                names.size() == values.length, "values must have " + names.size() + " entries, got " + values.length);
        return PlainFigures.bars(title, "", new PlainFigures.Bars(List.copyOf(names), values.clone(), unit, -1));
    }

    /**
     * Lines over time.
     *
     * @param title the title
     * @param times times of the rows
     * @param columns values by name, in the order of the map; NaN leaves a gap
     * @return the figure
     */
    public static Figure lines(String title, TimeIndex times, Map<String, double[]> columns) {
        columns.forEach((name, values) -> Check.that(
                values.length == times.size(), name + " must have " + times.size() + " rows, got " + values.length));
        return PlainFigures.lines(title, "", times, columns);
    }

    /**
     * Everything about a model's residuals in one figure: over time, autocorrelation, partial autocorrelation, joint tests
     * by lag, quantiles against the law of the model, distribution, autocorrelation of the squares.
     *
     * @param model the fitted model
     * @param lags lags to show, at least 1
     * @return the figure
     */
    public static Figure diagnostics(ModelSummary model, int lags) {
        return diagnostics(model, Optional.empty(), lags);
    }

    /**
     * The same with the times of the observations below the residuals.
     *
     * @param model the fitted model
     * @param observed what it was fitted to; its times are used if it has one row per residual
     * @param lags lags to show, at least 1
     * @return the figure
     */
    public static Figure diagnostics(ModelSummary model, Optional<Series> observed, int lags) {
        Check.atLeast(lags, 1, "lags");
        return ResidualFigures.of(model, observed, lags).together("Residuals of " + model.title());
    }

    /**
     * Standardised residuals in time order, with the band that holds 95 % of them under the law of the model ({@link
     * org.lama.core.signal.ShockLaw}); those outside are marked.
     *
     * @param model the fitted model
     * @param observed what it was fitted to; its times are used if it has one row per residual
     * @return the figure
     */
    public static Figure residuals(ModelSummary model, Optional<Series> observed) {
        return ResidualFigures.of(model, observed, 1).overTime();
    }

    /**
     * Sample autocorrelation with the 95 % band of white noise, {@code 1.96 / sqrt(n)}.
     *
     * @param residuals values in time order; NaN where missing
     * @param lags autocorrelations to show, at least 1
     * @return the figure
     */
    public static Figure acf(double[] residuals, int lags) {
        return ResidualFigures.of(residuals.clone(), Check.atLeast(lags, 1, "lags"))
                .acf();
    }

    /**
     * Partial autocorrelation (Yule-Walker) with the 95 % band of white noise, {@code 1.96 / sqrt(n)}.
     *
     * @param residuals values in time order; NaN where missing
     * @param lags autocorrelations to show, at least 1; those above half the rows stay empty
     * @return the figure
     */
    public static Figure pacf(double[] residuals, int lags) {
        return ResidualFigures.of(residuals.clone(), Check.atLeast(lags, 1, "lags"))
                .pacf();
    }

    /**
     * P-values of the Ljung-Box test up to each lag, and of its form by Lobato, Nankervis and Savin (2001) that allows for
     * changing variance. The coefficients of the model named ar, ma, sar and sma are taken off the degrees of freedom.
     *
     * @param model the fitted model
     * @param lags lags to show, at least 1
     * @return the figure
     */
    public static Figure portmanteau(ModelSummary model, int lags) {
        return ResidualFigures.of(model, Optional.empty(), Check.atLeast(lags, 1, "lags"))
                .portmanteau();
    }

    /**
     * Sorted residuals against standard normal quantiles at (i - 0.5) / n.
     *
     * @param residuals standardised values; NaN is left out
     * @return the figure
     */
    public static Figure qq(double[] residuals) {
        return ResidualFigures.of(residuals.clone(), 1).qq();
    }

    /**
     * Sorted standardised residuals against the quantiles, at (i - 0.5) / n, of the law that the model takes them for:
     * normal, or Student's t scaled to unit variance.
     *
     * @param model the fitted model
     * @return the figure
     */
    public static Figure qq(ModelSummary model) {
        return ResidualFigures.of(model, Optional.empty(), 1).qq();
    }

    /**
     * Density of residuals in bins after Freedman and Diaconis (1981), with a kernel density and the normal law of equal
     * mean and deviation.
     *
     * @param residuals values; NaN is left out
     * @return the figure
     */
    public static Figure histogram(double[] residuals) {
        return ResidualFigures.of(residuals.clone(), 1).histogram();
    }

    /**
     * The same for the residuals of a model, with the law that the model takes them for: the normal law of equal mean and
     * deviation, or Student's t scaled to unit variance.
     *
     * @param model the fitted model
     * @return the figure
     */
    public static Figure histogram(ModelSummary model) {
        return ResidualFigures.of(model, Optional.empty(), 1).histogram();
    }

    /**
     * The inverse roots of both lag polynomials in the unit circle, with modulus and period of each, from the vectors
     * {@code arRootsReal}, {@code arRootsImaginary}, {@code maRootsReal} and {@code maRootsImaginary}.
     *
     * @param model the fitted model
     * @return the figure
     */
    public static Figure roots(ModelSummary model) {
        return ModelFigures.roots(model);
    }

    /**
     * The last observations and the forecast with its 80 % and 95 % intervals.
     *
     * @param model the fitted model
     * @param history observations before the forecast, the newest last; NaN where missing
     * @return the figure
     */
    public static Figure forecastFan(ModelSummary model, double[] history) {
        return ForecastFigures.of(RowAxis.steps(history.length), history.clone(), model, 80, 95)
                .fan("Forecast of " + model.title(), "");
    }

    /**
     * The last observations and the forecast over time with intervals of any level. The levels 80 and 95 are drawn as the
     * model gives them, others by the law of its shocks (normal or Student's t) from the standard errors.
     *
     * @param model the fitted model
     * @param observed observations before the forecast; NaN where missing
     * @param levels per cent, in (0, 100); none for 80 and 95
     * @return the figure
     */
    public static Figure forecastFan(ModelSummary model, Series observed, double... levels) {
        for (double level : levels) {
            Check.that(level > 0 && level < 100, "levels must be in (0, 100) per cent, got " + level);
        }
        return ModelFigures.fan(model, Optional.of(observed), levels);
    }

    /**
     * Returns less their mean with the conditional volatility around them, from the vector {@code conditionalVolatility}
     * and the residuals.
     *
     * @param model the fitted model
     * @param observed what it was fitted to; its times are used if it has one row per residual
     * @return the figure
     */
    public static Figure volatility(ModelSummary model, Optional<Series> observed) {
        return VolatilityFigures.of(model, observed).past("Conditional volatility of " + model.title());
    }

    /**
     * The last conditional volatilities and their forecast, from the vectors {@code conditionalVolatility} and {@code
     * varianceForecast}; with the long-run level {@code omega / (1 - persistence)} where the model has one.
     *
     * @param model the fitted model
     * @param observed what it was fitted to; its times are used if it has one row per residual
     * @return the figure
     */
    public static Figure volatilityForecast(ModelSummary model, Optional<Series> observed) {
        return VolatilityFigures.of(model, observed).forecast("Volatility forecast of " + model.title());
    }

    /**
     * Anomaly scores in row order with the threshold, from the vector {@code scores} and the value {@code threshold}.
     *
     * @param model the model with its scores
     * @param observed any column of the rows scored; its times are used if it has one row per score
     * @return the figure
     */
    public static Figure scores(ModelSummary model, Optional<Series> observed) {
        return ScoreFigures.of(model, observed).overTime("Scores of " + model.title());
    }

    /**
     * Distribution of anomaly scores with the threshold.
     *
     * @param model the model with its scores
     * @return the figure
     */
    public static Figure scoreDistribution(ModelSummary model) {
        return ScoreFigures.of(model, Optional.empty()).distribution("Distribution of the scores of " + model.title());
    }

    /**
     * What anomalies are attributed to: one bar per vector {@code attribution[column]}, its mean. Of vectors with one
     * number per score, the rows whose score reaches the threshold are taken.
     *
     * @param model the model with its attributions
     * @return the figure
     */
    public static Figure attribution(ModelSummary model) {
        return ScoreFigures.of(model, Optional.empty()).attributed("Attribution of " + model.title());
    }

    /**
     * An order book over time: depth as shading, best bid and ask, trades by aggressor, and the scores and alarms of a model
     * if the chart has them. Of less than a day it says that so little decides nothing.
     *
     * @param chart what to draw
     * @return the figure
     */
    public static Figure book(BookChart chart) {
        return BookFigures.of(chart);
    }
}
