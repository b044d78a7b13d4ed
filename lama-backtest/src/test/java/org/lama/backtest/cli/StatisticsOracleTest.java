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
                "lake_huron|lake_huron|--order 2,0,0|2,0,0|1e-4",
                "lake_huron_drift|lake_huron|--order 2,0,0 --drift|2,0,0|1e-4",
                "lake_huron_xreg|lake_huron|--order 1,0,0 --xreg x1,x2 --future @lake_huron_future.csv|1,0,0|1e-4",
                "gaps|gaps|--order 1,0,1|1,0,1|1e-4",
                // R keeps the differences in the state with a prior of 1e6, which moves its likelihood by up to 5e-3
                "air_passengers|air_passengers|--order 0,1,1 --seasonal 0,1,1,12|0,1,1|5e-3"
            })
    void arimaArrivesAsRPrintsIt(String key, String file, String options, String order, double tolerance)
            throws IOException {
        for (String action : List.of("fit", "forecast")) {
            List<String> args = new ArrayList<>(List.of("arima", action, path(file), "--column", "value", "--json"));
            for (String word : options.split(" ")) {
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
    void autoArimaIsNoWorseThanTheFixedOrderOfLakeHuron() throws IOException {
        Node ours = json("arima", "auto", path("lake_huron"), "--column", "value", "--criterion", "aicc", "--json");
        assertThat(ours.get("order").size()).isEqualTo(3);
        assertThat(ours.get("aicc").asDouble()).isLessThan(300);
        assertThat(ours.get("notes").size()).isGreaterThan(0);
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
