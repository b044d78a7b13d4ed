package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ShockLaw;
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
    private static final String NORMALITY = "Jarque-Bera";

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
        return Columns.of(model.coefficients())
                .with("coefficient", ModelSummary.Coefficient::name)
                .with("estimate", ModelSummary.Coefficient::estimate)
                .with("standard error", ModelSummary.Coefficient::standardError)
                .with("z", ModelTables::z)
                .with("p-value", c -> 2 * Distributions.normalTail(Math.abs(z(c))))
                .with("lower 95 %", c -> c.estimate() - INSIDE_95 * c.standardError())
                .with("upper 95 %", c -> c.estimate() + INSIDE_95 * c.standardError())
                .build();
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
        return Columns.of(List.copyOf(model.values().entrySet()))
                .with("name", Map.Entry::getKey)
                .with("value", Map.Entry::getValue)
                .build();
    }

    /**
     * One row per sentence that the model says about itself, such as why a candidate was not chosen.
     *
     * @param model the fitted model
     * @return the table
     */
    public static Tabular notes(ModelSummary model) {
        return Columns.of(model.notes()).with("note", note -> note).build();
    }

    /**
     * One row per step of the forecast with both intervals.
     *
     * @param model the fitted model
     * @return the table
     */
    public static Tabular forecast(ModelSummary model) {
        return Columns.of(model.forecast())
                .with("step", step -> (long) step.step())
                .with("mean", ModelSummary.ForecastStep::mean)
                .with("standard error", ModelSummary.ForecastStep::standardError)
                .with("lower 80 %", ModelSummary.ForecastStep::lower80)
                .with("upper 80 %", ModelSummary.ForecastStep::upper80)
                .with("lower 95 %", ModelSummary.ForecastStep::lower95)
                .with("upper 95 %", ModelSummary.ForecastStep::upper95)
                .build();
    }

    /**
     * Several tests below each other: test, statistic, p-value, lags (NaN for a test
     * of the distribution, which has none), observations, null hypothesis and note. What is
     * rejected is left to the reader, who knows how many tests there were.
     *
     * @param results the tests
     * @return the table
     */
    public static Tabular tests(List<TestResult> results) {
        return Columns.of(results)
                .with("test", TestResult::test)
                .with("statistic", TestResult::statistic)
                .with("p-value", TestResult::pValue)
                .with("lags", lags(results))
                .with("observations", test -> (long) test.observations())
                .with("null hypothesis", TestResult::nullHypothesis)
                .with("note", TestResult::note)
                .build();
    }

    /** A test of the distribution has no lags, which is not the same as zero of them. One type for the whole column. */
    private static Function<TestResult, Object> lags(List<TestResult> results) {
        return results.stream().noneMatch(ModelTables::hasNoLags)
                ? test -> (long) test.lags()
                : test -> hasNoLags(test) ? Double.NaN : (double) test.lags();
    }

    private static boolean hasNoLags(TestResult test) {
        return test.test().startsWith(NORMALITY);
    }

    /**
     * The usual tests of a model's residuals: Ljung-Box, the same allowing for changing variance, Ljung-Box on the squares
     * (McLeod and Li 1983), and a test of the law that the model takes them for: Jarque-Bera on the residuals for the
     * normal law, on their normal scores ({@link ShockLaw#normalScore(double)}) for Student's t, under the name {@code
     * Jarque-Bera of normal scores, t(4.53) law}. Estimating nu makes that one somewhat too timid. Lags are those of {@link Portmanteau#defaultLags(int)}, or two seasons for a
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
        tests.add(ofLaw(residuals, ShockLaw.of(model)));
        return List.copyOf(tests);
    }

    private static TestResult ofLaw(double[] residuals, ShockLaw law) {
        if (law.isNormal()) {
            return JarqueBera.test(residuals);
        }
        TestResult result =
                JarqueBera.test(Arrays.stream(residuals).map(law::normalScore).toArray());
        return new TestResult(
                NORMALITY + " of normal scores, " + law,
                "residuals follow the fitted " + law + ", as far as skewness and kurtosis of their normal scores tell;"
                        + " rejected for large values",
                result.statistic(),
                result.pValue(),
                result.lags(),
                result.observations(),
                result.criticalValues(),
                result.note());
    }
}
