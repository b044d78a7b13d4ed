package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Values computed with numpy 2.4.6 on pbo_0.csv to pbo_3.csv. Tolerance 1e-9: matrices are stored to 1e-13. */
final class OverfittingProbabilityOracleTest {
    @Test
    void allFourMatricesAreReproduced() {
        Map<String, Map<String, Double>> expected = Fixtures.table("pbo_expected.csv");
        assertThat(expected).hasSize(4);
        expected.forEach((index, values) -> {
            OverfittingProbability result =
                    OverfittingProbability.of(Fixtures.matrix(Integer.parseInt(index)), (int) value(values, "S"));
            assertThat(result.logits()).hasSize((int) value(values, "n_combinations"));
            check(index, "pbo", values, result.probability());
            check(index, "pbo_strict", values, result.strictProbability());
            check(index, "logit_mean", values, result.meanLogit());
            check(index, "degradation_slope", values, result.degradationSlope());
            check(index, "degradation_intercept", values, result.degradationIntercept());
            check(index, "prob_oos_loss", values, result.lossProbability());
            for (int j = 0; j < 5; j++) {
                check(index, "logit_" + j, values, result.logits()[j]);
            }
        });
    }

    private static double value(Map<String, Double> values, String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    private static void check(String index, String key, Map<String, Double> expected, double actual) {
        assertThat(actual).as("%s of matrix %s", key, index).isCloseTo(value(expected, key), within(1e-9));
    }
}
