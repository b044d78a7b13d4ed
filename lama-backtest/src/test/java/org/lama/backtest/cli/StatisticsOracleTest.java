package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.store.Node;

/**
 * The commands from the file to the JSON against R 4.2.2, statsmodels 0.15.0, arch 8.0.0 and scikit-learn: the numbers
 * themselves are tested where they are made; here they must arrive under the right names.
 */
class StatisticsOracleTest {
    @TempDir
    private static Path folder;

    private static Node expected = Node.nothing();

    @BeforeAll
    static void load() throws IOException {
        expected = TableFixtures.expected();
        for (String name :
                List.of("lake_huron", "lake_huron_future", "air_passengers", "gaps", "dax_returns", "pair", "moons")) {
            TableFixtures.copy(folder, name + ".csv");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lake_huron|lake_huron|--order 2,0,0 --mean|2,0,0|1e-4",
                "lake_huron_drift|lake_huron|--order 2,0,0 --mean --drift|2,0,0|1e-4",
                "lake_huron_xreg|lake_huron|--order 1,0,0 --mean --xreg x1,x2 --future @lake_huron_future.csv|1,0,0|1e-4",
                "gaps|gaps|--order 1,0,1 --mean|1,0,1|1e-4",
                // R keeps the differences in the state with a prior of 1e6, which moves its likelihood by up to 5e-3
                "air_passengers|air_passengers|--order 0,1,1 --seasonal 0,1,1,12|0,1,1|5e-3"
            })
    void arimaArrivesAsRPrintsIt(String key, String file, String options, String order, double tolerance)
            throws IOException {
        for (String action : List.of("fit", "forecast")) {
            List<String> args = new ArrayList<>(List.of("arima", action, path(file), "--column", "value", "--json"));
            for (String word : options.split(" ", -1)) {
                args.add(
                        word.startsWith("@") ? folder.resolve(word.substring(1)).toString() : word);
            }
            Node ours = json(args.toArray(String[]::new));
            Node reference = expected.get("arima").get(key);
            checkFit(ours, reference.get("ml"), tolerance);
            assertThat(ours.get("order").toString()).isEqualTo("[" + order + "]");
            checkForecast(ours.get("forecast"), reference.get("forecast"));
        }
    }

    private static void checkFit(Node ours, Node ml, double tolerance) {
        assertThat(ours.get("status").asText()).isEqualTo("OK");
        assertThat(ours.get("nobs").asLong()).isEqualTo(ml.get("nobs").asLong());
        assertThat(ours.get("logLikelihood").asDouble())
                .isGreaterThan(ml.get("loglik").asDouble() - tolerance);
        assertThat(ours.get("logLikelihood").asDouble())
                .isCloseTo(ml.get("loglik").asDouble(), within(tolerance));
        assertThat(ours.get("coefficients").names())
                .containsExactlyElementsOf(ml.get("coef").names());
        for (String name : ml.get("coef").names()) {
            double error = ml.get("se").get(name).asDouble();
            // flat optima: a fiftieth of the standard error; R inverts a numerical Hessian
            assertThat(ours.get("coefficients").get(name).asDouble())
                    .as(name)
                    .isCloseTo(ml.get("coef").get(name).asDouble(), within(Math.max(1e-3, 0.02 * error)));
            assertThat(ours.get("standardErrors").get(name).asDouble()).isCloseTo(error, within(0.03 * error));
        }
        for (String criterion : List.of("aic", "aicc", "bic")) {
            assertThat(ours.get(criterion).asDouble())
                    .isCloseTo(ml.get(criterion).asDouble(), within(2.1 * tolerance));
        }
        double variance = ml.get("sigma2_mle").asDouble();
        assertThat(ours.get("sigma2").asDouble()).isCloseTo(variance, within(1e-3 * variance));
    }

    private static void checkForecast(Node ours, Node reference) {
        double[] low = TableFixtures.numbers(reference.get("lower95"));
        double[] high = TableFixtures.numbers(reference.get("upper95"));
        for (String name : List.of("mean", "lower80", "upper80", "lower95", "upper95")) {
            double[] theirs = TableFixtures.numbers(reference.get(name));
            double[] found = TableFixtures.numbers(ours.get(name));
            assertThat(found).hasSize(12);
            for (int i = 0; i < theirs.length; i++) {
                // coefficients differ within the flat optimum: a two-hundredth of the interval
                assertThat(found[i]).as(name + " " + i).isCloseTo(theirs[i], within(5e-3 * (high[i] - low[i])));
            }
        }
    }

    @Test
    void autoArimaFindsAnAirlineModelNoWorseThanTheTextbooks() throws IOException {
        Node ours = json("arima", "auto", path("air_passengers"), "--period", "12", "--json");
        // R's (0,1,1)(0,1,1)[12] of the same differences; 0.5 as everywhere for automatic orders
        double textbook = expected.get("arima")
                .get("air_passengers")
                .get("ml")
                .get("aicc")
                .asDouble();
        assertThat(ours.get("order").at(1).asLong()).isEqualTo(1);
        assertThat(ours.get("seasonalOrder").at(1).asLong()).isEqualTo(1);
        assertThat(ours.get("seasonalOrder").at(3).asLong()).isEqualTo(12);
        assertThat(ours.get("aicc").asDouble()).isLessThan(textbook + 0.5);
        assertThat(ours.get("notes").size()).isGreaterThan(0);
        Node plain = json(
                "arima",
                "auto",
                path("lake_huron"),
                "--column",
                "value",
                "--d",
                "1",
                "--max-p",
                "1",
                "--max-q",
                "1",
                "--search",
                "full",
                "--criterion",
                "bic",
                "--json");
        assertThat(plain.get("order").at(1).asLong()).isEqualTo(1);
        assertThat(plain.get("order").at(0).asLong()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"n, aic, AIC", "c, bic, BIC", "ct, t, t-stat", "ctt, aic, AIC", "c, 0, null"})
    void theDickeyFullerTestArrivesAsStatsmodelsGivesIt(String regression, String lags, String rule)
            throws IOException {
        Node all = expected.get("tests").get("adf");
        Node reference = TableFixtures.pick(all, "regression", regression, "autolag", rule)
                .get("result");
        Node ours = test("adf", "--regression", regression, "--lags", lags);
        checkTest(ours, reference, 1e-8);
        assertThat(ours.get("usedLag").asLong())
                .isEqualTo(reference.get("usedlag").asLong());
        assertThat(ours.get("nobs").asLong()).isEqualTo(reference.get("nobs").asLong());
        checkCriticalValues(ours, reference);
    }

    @Test
    void theOtherUnitRootTestsArriveAsTheirReferencesGiveThem() throws IOException {
        Node tests = expected.get("tests");
        Node kpss = TableFixtures.pick(tests.get("kpss"), "regression", "ct", "nlags", "legacy")
                .get("result");
        Node ours = test("kpss", "--regression", "ct", "--lags", "legacy");
        checkTest(ours, kpss, 1e-9);
        assertThat(ours.get("usedLag").asLong()).isEqualTo(kpss.get("lags").asLong());
        checkCriticalValues(ours, kpss);
        for (String statistic : List.of("tau", "rho")) {
            Node all = tests.get("phillips_perron");
            Node reference = TableFixtures.pick(all, "trend", "c", "test_type", statistic, "lags", "null")
                    .get("result");
            checkTest(test("pp", "--statistic", statistic), reference, 1e-8);
        }
        checkTest(test("dfgls"), tests.get("dfgls_c"), 1e-8);
    }

    @Test
    void portmanteauAndNormalityArriveAsStatsmodelsGivesThem() throws IOException {
        Node tests = expected.get("tests");
        Node reference = TableFixtures.pick(tests.get("portmanteau"), "lags", "10", "model_df", "2")
                .get("result");
        Node ljungBox = test("ljung-box", "--lags", "10", "--model-df", "2");
        assertThat(ljungBox.get("statistic").asDouble())
                .isCloseTo(reference.get("lb_stat").asDouble(), within(1e-8));
        assertThat(ljungBox.get("pValue").asDouble())
                .isCloseTo(reference.get("lb_pvalue").asDouble(), within(1e-10));
        Node boxPierce = test("box-pierce", "--lags", "10", "--model-df", "2");
        assertThat(boxPierce.get("statistic").asDouble())
                .isCloseTo(reference.get("bp_stat").asDouble(), within(1e-8));
        checkTest(test("jarque-bera"), tests.get("jarque_bera"), 1e-9);
        Node durbinWatson = test("durbin-watson");
        assertThat(durbinWatson.get("statistic").asDouble())
                .isCloseTo(tests.get("durbin_watson_demeaned").asDouble(), within(1e-9));
        assertThat(durbinWatson.get("pValue").isNull()).isTrue();
        assertThat(test("arch-lm", "--lags", "2").names()).contains("statistic", "pValue", "f", "fPValue");
    }

    @Test
    void meanReversionArrivesUnderTheNamesOfTheDocument() throws IOException {
        Node tests = expected.get("tests");
        Node halfLife = test("half-life");
        Node reference = tests.get("half_life");
        assertThat(halfLife.get("lambda").asDouble())
                .isCloseTo(reference.get("lam").asDouble(), within(1e-10));
        assertThat(halfLife.get("halfLifeOu").asDouble())
                .isCloseTo(reference.get("half_life_ou").asDouble(), within(1e-8));
        assertThat(halfLife.get("halfLifeAr1").asDouble())
                .isCloseTo(reference.get("half_life_ar1").asDouble(), within(1e-8));
        Node hurst = test("hurst");
        assertThat(hurst.get("rs").asDouble())
                .isCloseTo(tests.get("hurst_rs").get("hurst").asDouble(), within(1e-10));
        assertThat(hurst.get("lagStd").asDouble())
                .isCloseTo(tests.get("hurst_lagstd").get("hurst").asDouble(), within(1e-10));
        assertThat(test("variance-ratio").get("pValue").asDouble())
                .isCloseTo(tests.get("variance_ratio_2").get("pvalue").asDouble(), within(1e-9));
    }

    @Test
    void cointegrationTakesSeveralColumns() throws IOException {
        Node engleGranger = json(
                "test",
                "engle-granger",
                path("pair"),
                "--columns",
                "y,x",
                "--regression",
                "ct",
                "--lags",
                "bic",
                "--json");
        Node all = expected.get("pair").get("engle_granger");
        checkTest(
                engleGranger,
                TableFixtures.pick(all, "trend", "ct", "autolag", "bic").get("result"),
                1e-8);
        Node reference = TableFixtures.pick(expected.get("pair").get("johansen"), "det_order", "0", "k_ar_diff", "1")
                .get("result");
        Node johansen = json("test", "johansen", path("pair"), "--columns", "y,x", "--lags", "1", "--json");
        assertThat(johansen.get("columns").asTexts()).containsExactly("y", "x");
        assertThat(TableFixtures.numbers(johansen.get("eigenvalues")))
                .containsExactly(TableFixtures.numbers(reference.get("eig")), within(1e-9));
        assertThat(TableFixtures.numbers(johansen.get("trace")))
                .containsExactly(TableFixtures.numbers(reference.get("trace")), within(1e-6));
        assertThat(TableFixtures.numbers(johansen.get("maxEigen")))
                .containsExactly(TableFixtures.numbers(reference.get("maxeig")), within(1e-6));
        Node critical = johansen.get("criticalValues");
        assertThat(critical.get("levels").asTexts()).containsExactly("10%", "5%", "1%");
        assertThat(TableFixtures.numbers(critical.get("trace").at(0)))
                .containsExactly(
                        TableFixtures.numbers(
                                reference.get("trace_crit_90_95_99").at(0)),
                        within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "garch, normal, constant, GARCH, Constant, 0", "garch, t, zero, GARCH, Zero, 0",
        "gjr, t, constant, GJR-GARCH, Constant, 1", "egarch, normal, constant, EGARCH, Constant, 1",
        "arch, normal, constant, ARCH, Constant, 0"
    })
    void garchArrivesAsArchPrintsIt(
            String model, String distribution, String mean, String volatility, String theirMean, String asymmetries)
            throws IOException {
        Node reference = TableFixtures.pick(
                expected.get("garch"),
                "vol",
                volatility,
                "dist",
                distribution,
                "mean",
                theirMean,
                "p",
                "1",
                "o",
                asymmetries);
        String[] options = {
            "--column", "value", "--model", model, "--dist", distribution, "--mean", mean, "--horizon", "5", "--json"
        };
        for (String action : List.of("fit", "forecast")) {
            List<String> args = new ArrayList<>(List.of("garch", action, path("dax_returns")));
            args.addAll(List.of(options));
            Node ours = json(args.toArray(String[]::new));
            assertThat(ours.get("status").asText()).isEqualTo("OK");
            double better = ours.get("logLikelihood").asDouble()
                    - reference.get("loglik").asDouble();
            assertThat(better).isBetween(-1e-4, 0.1);
            assertThat(ours.get("coefficients").names())
                    .containsExactlyInAnyOrderElementsOf(reference.get("params").names());
            assertThat(ours.get("varianceForecast").size()).isEqualTo(5);
            if (better < 2e-3) {
                checkVolatility(ours, reference);
            } else {
                // arch stopped 0.05 short of the optimum: only the likelihood can be compared
                assertThat(volatility + distribution + mean).isEqualTo("GARCHnormalconstant");
            }
            assertThat(ours.get("persistence").asDouble()).isBetween(0.05, 1.01);
        }
    }

    private static void checkVolatility(Node ours, Node reference) {
        for (String name : reference.get("params").names()) {
            // a fiftieth of the standard error: the optimum is flat
            double error = reference.get("se_robust").get(name).asDouble();
            assertThat(ours.get("coefficients").get(name).asDouble())
                    .as(name)
                    .isCloseTo(reference.get("params").get(name).asDouble(), within(Math.max(0.02 * error, 1e-4)));
        }
        double[] variance = TableFixtures.numbers(reference.get("variance_forecast"));
        double[] found = TableFixtures.numbers(ours.get("varianceForecast"));
        for (int i = 0; i < variance.length; i++) {
            assertThat(found[i]).isCloseTo(variance[i], within(5e-3 * variance[i]));
        }
    }

    @Test
    void forestsFindTheMoonsAsWellAsScikitLearnDoesAndComeBackFromTheirFile() throws IOException {
        double sum = 0;
        for (int seed = 1; seed <= 5; seed++) {
            Node fit = json(
                    "anomaly",
                    "fit",
                    path("moons"),
                    "--columns",
                    "x0,x1",
                    "--label",
                    "label",
                    "--seed",
                    "" + seed,
                    "--json");
            sum += fit.get("auroc").asDouble();
            assertThat(fit.get("scores").size()).isEqualTo(1000);
            assertThat(fit.get("averagePrecision").asDouble()).isBetween(0.0, 1.0);
        }
        Node reference = expected.get("moons");
        double spread = reference.get("auroc_sd").asDouble() / Math.sqrt(5);
        assertThat(sum / 5).isGreaterThan(reference.get("auroc_mean").asDouble() - 2 * spread - 0.005);
        String forest = folder.resolve("moons.forest").toString();
        Node fit = json(
                "anomaly", "fit", path("moons"), "--label", "label", "--trees", "20", "--model-out", forest, "--json");
        Node score = json("anomaly", "score", path("moons"), "--model", forest, "--json");
        assertThat(fit.get("column").asText()).isEqualTo("x0, x1");
        assertThat(score.get("scores")).isEqualTo(fit.get("scores"));
        assertThat(score.get("threshold")).isEqualTo(fit.get("threshold"));
        assertThat(score.has("auroc")).isFalse();
    }

    private static Node test(String name, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("test", name, path("lake_huron"), "--column", "value", "--json"));
        args.addAll(List.of(options));
        return json(args.toArray(String[]::new));
    }

    private static void checkTest(Node ours, Node reference, double tolerance) {
        assertThat(ours.get("statistic").asDouble())
                .isCloseTo(reference.get("stat").asDouble(), within(tolerance));
        // the references' response surfaces are rounded to ten digits and more
        assertThat(ours.get("pValue").asDouble())
                .isCloseTo(reference.get("pvalue").asDouble(), within(1e-8));
    }

    private static void checkCriticalValues(Node ours, Node reference) {
        Node critical = reference.get("crit");
        assertThat(ours.get("criticalValues").names()).containsExactlyInAnyOrderElementsOf(critical.names());
        for (String level : critical.names()) {
            assertThat(ours.get("criticalValues").get(level).asDouble())
                    .isCloseTo(critical.get(level).asDouble(), within(1e-8));
        }
    }

    private static String path(String name) {
        return folder.resolve(name + ".csv").toString();
    }

    private static Node json(String... args) throws IOException {
        Shell.Outcome outcome = Shell.run(args);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return outcome.json();
    }
}
