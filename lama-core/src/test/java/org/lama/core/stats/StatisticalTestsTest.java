package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class StatisticalTestsTest {
    private static final List<double[]> ONE = List.of(Simulated.walk(Seeds.rng(22, 0), 120));
    private static final List<double[]> TWO = List.of(ONE.get(0), Simulated.walk(Seeds.rng(22, 1), 120));

    private static TestReport run(String name, Map<String, String> options) {
        return StatisticalTests.run(name, name.matches("engle-granger|johansen") ? TWO : ONE, options);
    }

    @Test
    void everyNameRunsWithItsDefaultsAndPrintsATable() {
        assertThat(StatisticalTests.names())
                .containsExactly(
                        "adf",
                        "kpss",
                        "pp",
                        "dfgls",
                        "ljung-box",
                        "box-pierce",
                        "jarque-bera",
                        "arch-lm",
                        "durbin-watson",
                        "variance-ratio",
                        "engle-granger",
                        "johansen",
                        "half-life",
                        "hurst");
        for (String name : StatisticalTests.names()) {
            TestReport report = run(name, Map.of());
            assertThat(report.name()).isEqualTo(name);
            assertThat(report.values()).as(name).containsKey("nobs");
            assertThat(report.columns()).as(name).isNotEmpty();
            assertThat(report.asText()).as(name).isNotBlank();
        }
    }

    @Test
    void everyNameAnswersConstantMissingLinearAndShortColumns() {
        double[] gap = ONE.get(0).clone();
        gap[3] = Double.NaN;
        double[] line = new double[120];
        Arrays.setAll(line, t -> t);
        double[] six = {1, 3, 2, 5, 4, 4};
        for (String name : StatisticalTests.names()) {
            for (double[] y : List.of(new double[120], gap, line, six, new double[0], new double[] {1})) {
                boolean pair = name.matches("engle-granger|johansen");
                double[] x = Simulated.walk(Seeds.rng(22, 2), y.length);
                TestReport report = StatisticalTests.run(name, pair ? List.of(y, x) : List.of(y), Map.of());
                assertThat(report.asText()).as(name).isNotBlank();
                boolean answered = report.values().values().stream().noneMatch(v -> Double.isNaN(v));
                assertThat(answered || !report.note().isEmpty())
                        .as(name + " on " + y.length + " rows: " + report.values())
                        .isTrue();
            }
        }
    }

    @Test
    void optionsReachTheTests() {
        double[] y = ONE.get(0);
        assertThat(run("adf", Map.of("regression", "ctt", "lags", "3")).values().get("statistic"))
                .isEqualTo(Adf.test(y, Trend.CONSTANT_TREND_SQUARED, Adf.LagRule.fixed(3))
                        .statistic());
        assertThat(run("adf", Map.of("regression", "n", "lags", "bic")).values().get("statistic"))
                .isEqualTo(Adf.test(y, Trend.NONE, Adf.LagRule.bic()).statistic());
        assertThat(run("adf", Map.of("lags", "t")).values().get("usedLag"))
                .isEqualTo(Adf.test(y, Trend.CONSTANT, Adf.LagRule.tStatistic()).lags());
        assertThat(run("kpss", Map.of("regression", "ct", "lags", "legacy"))
                        .values()
                        .get("usedLag"))
                .isEqualTo(13);
        assertThat(run("kpss", Map.of("lags", "2")).criticalValues()).containsKeys("1%", "2.5%", "5%", "10%");
        assertThat(run("pp", Map.of("statistic", "rho", "lags", "4")).values().get("statistic"))
                .isEqualTo(PhillipsPerron.test(y, Trend.CONSTANT, PhillipsPerron.Statistic.RHO, 4)
                        .statistic());
        assertThat(run("ljung-box", Map.of("lags", "6", "model-df", "2")).values())
                .containsEntry("pValue", Portmanteau.ljungBox(y, 6, 2).pValue())
                .containsEntry("usedLag", 6.0);
        assertThat(run("box-pierce", Map.of("model-df", "1")).values().get("statistic"))
                .isEqualTo(Portmanteau.boxPierce(y, 10, 1).statistic());
        assertThat(run("arch-lm", Map.of("lags", "2")).values()).containsKeys("f", "fPValue");
        assertThat(run("variance-ratio", Map.of("lags", "4", "robust", "false", "regression", "n"))
                        .values()
                        .get("ratio"))
                .isPositive();
        assertThat(run("jarque-bera", Map.of()).values()).containsKeys("skewness", "kurtosis");
        assertThat(run("half-life", Map.of()).values()).containsKeys("lambda", "halfLifeOu", "halfLifeAr1");
        assertThat(run("hurst", Map.of()).values()).containsKeys("rs", "lagStd");
    }

    @Test
    void severalColumnsGiveVectorsAndTables() {
        TestReport granger = run("engle-granger", Map.of("regression", "ct", "lags", "1"));
        assertThat(granger.vectors().get("hedgeRatios")).hasSize(1);
        assertThat(granger.criticalValues()).hasSize(3);
        assertThat(granger.nullHypothesis()).contains("no cointegration");
        TestReport johansen = run("johansen", Map.of("regression", "ct", "lags", "2"));
        assertThat(johansen.vectors()).containsOnlyKeys("eigenvalues", "trace", "maxEigen");
        assertThat(johansen.criticalTables().get("trace")).hasDimensions(2, 3);
        assertThat(johansen.criticalTables().getOrDefault("maxEigen", new double[2][3])[1][1])
                .isEqualTo(3.8415);
        assertThat(johansen.values()).containsKeys("usedLag", "nobs", "rank");
    }

    @Test
    void wrongNamesAndOptionsNameTheNearestRightOne() {
        assertThatThrownBy(() -> run("adff", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown test 'adff', there are: adf, kpss, pp")
                .hasMessageEndingWith("hurst; did you mean 'adf'?");
        assertThatThrownBy(() -> run("foo", Map.of()))
                .as("no test is like that")
                .hasMessageEndingWith("half-life, hurst");
        assertThatThrownBy(() -> run("adf", Map.of("lag", "3")))
                .hasMessage("unknown option of adf 'lag', there are: lags, regression; did you mean 'lags'?");
        assertThatThrownBy(() -> run("hurst", Map.of("lags", "3"))).hasMessage("hurst takes no options, got lags");
        assertThatThrownBy(() -> run("adf", Map.of("lags", "many")))
                .hasMessage("lags must be a number of lags, aic, bic or t, got 'many'");
        assertThatThrownBy(() -> run("adf", Map.of("lags", "-1"))).hasMessage("lags must be >= 0, got -1");
        assertThatThrownBy(() -> run("pp", Map.of("regression", "ctt")))
                .hasMessage("regression must be one of n, c, ct, got ctt");
        assertThatThrownBy(() -> run("pp", Map.of("lags", "aic"))).hasMessage("lags must be a whole number, got 'aic'");
        assertThatThrownBy(() -> StatisticalTests.run("adf", TWO, Map.of())).hasMessage("adf takes one column, got 2");
        assertThatThrownBy(() -> StatisticalTests.run("johansen", ONE, Map.of()))
                .hasMessage("johansen takes at least two columns, got 1");
        assertThat(StatisticalTests.options("pp")).containsExactly("lags", "regression", "statistic");
    }
}
