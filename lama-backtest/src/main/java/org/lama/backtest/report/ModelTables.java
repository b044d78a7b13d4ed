package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.signal.ModelSummary;
import org.lama.core.stats.JarqueBera;
import org.lama.core.stats.Portmanteau;
import org.lama.core.stats.TestResult;

/**
 * The tables of one fitted model and of statistical tests. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ModelTables {
    private static final double INSIDE_95 = 1.959963984540054;

    private ModelTables() {}

    /**
     * One row per estimated coefficient: estimate, standard error, z = estimate / standard error, its two-sided p-value
     * under the normal law (null: the coefficient is zero), and the 95 % interval. NaN where there is no standard error.
     * The p-value is approximate, and means little for a coefficient that theory bounds at zero, such as alpha[1].
     *
     * @param model the fitted model
     * @return the table
     */
    public static Tabular coefficients(ModelSummary model) {
        List<ModelSummary.Coefficient> all = model.coefficients();
        return () -> List.of(
                texts("coefficient", all, ModelSummary.Coefficient::name),
                numbers("estimate", all, ModelSummary.Coefficient::estimate),
                numbers("standard error", all, ModelSummary.Coefficient::standardError),
                numbers("z", all, ModelTables::z),
                numbers("p-value", all, c -> 2 * Distributions.normalTail(Math.abs(z(c)))),
                numbers("lower 95 %", all, c -> c.estimate() - INSIDE_95 * c.standardError()),
                numbers("upper 95 %", all, c -> c.estimate() + INSIDE_95 * c.standardError()));
    }

    private static double z(ModelSummary.Coefficient coefficient) {
        double error = coefficient.standardError();
        return error > 0 ? coefficient.estimate() / error : Double.NaN;
    }

    /**
     * One row per named number of the model, in its order.
     *
     * @param model the fitted model
     * @return the table
     */
    public static Tabular values(ModelSummary model) {
        Map<String, Double> values = new LinkedHashMap<>(model.values());
        return () -> List.of(
                new Tabular.Column("name", List.copyOf(values.keySet())),
                new Tabular.Column("value", List.copyOf(values.values())));
    }

    /**
     * One row per step of the forecast with both intervals.
     *
     * @param model the fitted model
     * @return the table
     */
    public static Tabular forecast(ModelSummary model) {
        List<ModelSummary.ForecastStep> steps = model.forecast();
        return () -> List.of(
                new Tabular.Column(
                        "step", steps.stream().map(step -> (long) step.step()).toList()),
                numbers("mean", steps, ModelSummary.ForecastStep::mean),
                numbers("standard error", steps, ModelSummary.ForecastStep::standardError),
                numbers("lower 80 %", steps, ModelSummary.ForecastStep::lower80),
                numbers("upper 80 %", steps, ModelSummary.ForecastStep::upper80),
                numbers("lower 95 %", steps, ModelSummary.ForecastStep::lower95),
                numbers("upper 95 %", steps, ModelSummary.ForecastStep::upper95));
    }

    /**
     * Several tests below each other: test, statistic, p-value, lags, observations, null hypothesis and note. What is
     * rejected is left to the reader, who knows how many tests there were.
     *
     * @param results the tests
     * @return the table
     */
    public static Tabular tests(List<TestResult> results) {
        List<TestResult> all = List.copyOf(results);
        return () -> List.of(
                texts("test", all, TestResult::test),
                numbers("statistic", all, TestResult::statistic),
                numbers("p-value", all, TestResult::pValue),
                new Tabular.Column(
                        "lags", all.stream().map(test -> (long) test.lags()).toList()),
                new Tabular.Column(
                        "observations",
                        all.stream().map(test -> (long) test.observations()).toList()),
                texts("null hypothesis", all, TestResult::nullHypothesis),
                texts("note", all, TestResult::note));
    }

    /**
     * The usual tests of a model's residuals: Ljung-Box, the same allowing for changing variance, Ljung-Box on the squares
     * (McLeod and Li 1983), Jarque-Bera. Lags are those of {@link Portmanteau#defaultLags(int)}, or two seasons for a
     * seasonal model, plus the number of coefficients named ar, ma, sar and sma, which are taken off the degrees of
     * freedom.
     *
     * @param model the fitted model
     * @return the results; empty if the model has no residuals
     */
    public static List<TestResult> residualTests(ModelSummary model) {
        double[] residuals = model.residuals();
        if (residuals.length == 0) {
            return List.of();
        }
        int fitted = (int) model.coefficients().stream()
                .filter(coefficient -> coefficient.name().matches("s?(ar|ma)\\d+"))
                .count();
        double[] seasonal = model.vectors().getOrDefault("seasonalOrder", new double[0]);
        int season = seasonal.length == 4 && seasonal[3] > 1 ? (int) seasonal[3] : 0;
        int lags = season > 0
                ? Math.max(1, Math.min(2 * season, residuals.length / 5))
                : Portmanteau.defaultLags(residuals.length);
        double[] squares = residuals.clone();
        for (int i = 0; i < squares.length; i++) {
            squares[i] *= squares[i];
        }
        TestResult ofSquares = Portmanteau.ljungBox(squares, lags, 0);
        List<TestResult> tests = new ArrayList<>();
        tests.add(Portmanteau.ljungBox(residuals, lags + fitted, fitted));
        tests.add(Portmanteau.lobatoNankervisSavin(residuals, lags + fitted, fitted));
        tests.add(new TestResult(
                "McLeod-Li",
                "no autocorrelation of the squares up to the last lag; rejected for large values",
                ofSquares.statistic(),
                ofSquares.pValue(),
                ofSquares.lags(),
                ofSquares.observations(),
                ofSquares.criticalValues(),
                ofSquares.note()));
        tests.add(JarqueBera.test(residuals));
        return List.copyOf(tests);
    }

    private static <T> Tabular.Column texts(String name, List<T> rows, Function<T, String> text) {
        return new Tabular.Column(name, rows.stream().map(text).toList());
    }

    private static <T> Tabular.Column numbers(String name, List<T> rows, ToDoubleFunction<T> number) {
        return new Tabular.Column(
                name, rows.stream().mapToDouble(number).boxed().toList());
    }
}
