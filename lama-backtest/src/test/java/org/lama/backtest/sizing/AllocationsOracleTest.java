package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against numpy, scipy and scikit-learn; the script lies beside the values. */
class AllocationsOracleTest {
    @ParameterizedTest
    @CsvSource({
        "SAMPLE,sample,250",
        "EWMA,ewma_60,250",
        "LEDOIT_WOLF,ledoit_wolf,250",
        "LEDOIT_WOLF,ledoit_wolf_10,10",
        "CONSTANT_CORRELATION,constant_correlation,250",
        "CONSTANT_CORRELATION,constant_correlation_10,10"
    })
    void covariancesAgree(Covariance.Kind kind, String name, int rows) {
        ReturnWindow window = new ReturnWindow(SizingOracle.returns(), SizingOracle.ROWS - rows, SizingOracle.ROWS);
        Covariance covariance = Covariance.of(window, SizingOracle.all(SizingOracle.ASSETS), kind, 60, 5);
        double[] expected = SizingOracle.expected(name);
        assertThat(covariance.size()).isEqualTo(SizingOracle.ASSETS);
        for (int i = 0; i < SizingOracle.ASSETS; i++) {
            for (int j = 0; j < SizingOracle.ASSETS; j++) {
                // sums of some 250 products in another order, relative to the deviations
                double scale = covariance.deviation(i) * covariance.deviation(j);
                assertThat(covariance.at(i, j)).isCloseTo(expected[i * SizingOracle.ASSETS + j], within(1e-13 * scale));
            }
        }
    }

    @Test
    void shrinkageIntensitiesAgree() {
        assertThat(shrinkage(Covariance.Kind.LEDOIT_WOLF))
                .isCloseTo(SizingOracle.expected("ledoit_wolf_shrinkage")[0], within(1e-12));
        assertThat(shrinkage(Covariance.Kind.CONSTANT_CORRELATION))
                .isCloseTo(SizingOracle.expected("constant_correlation_shrinkage")[0], within(1e-12));
        assertThat(shrinkage(Covariance.Kind.SAMPLE)).isZero();
    }

    private static double shrinkage(Covariance.Kind kind) {
        return Covariance.of(SizingOracle.window(), SizingOracle.all(SizingOracle.ASSETS), kind, 60, 20)
                .shrinkage();
    }

    @ParameterizedTest
    @CsvSource({
        // variances of clusters divide once per level of the tree
        "hrp,hrp,1e-13",
        // both stop where the gradient is rounding
        "risk-parity,risk_parity,1e-12",
        // a constrained optimum by two algorithms
        "kelly,kelly,1e-10"
    })
    void sharesAgree(String mode, String name, double tolerance) {
        double[] ones = new double[SizingOracle.ASSETS];
        Arrays.fill(ones, 1);
        assertThat(weights(mode, ones)).containsExactly(SizingOracle.expected(name), within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"hrp,hrp_directed,1e-13", "risk-parity,risk_parity_directed,1e-12"})
    void sharesOfLongAndShortPositionsAgree(String mode, String name, double tolerance) {
        double[] expected = SizingOracle.expected(name);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= SizingOracle.SIGNS[i];
        }
        assertThat(weights(mode, SizingOracle.SIGNS)).containsExactly(expected, within(tolerance));
    }

    private static double[] weights(String mode, double[] strength) {
        AllocationSettings settings = AllocationSettings.builder()
                .longOnly(false)
                .covariance(Covariance.Kind.SAMPLE)
                .kellyFraction(1)
                .maxGross(mode.equals("kelly") ? 1e9 : 1)
                .build();
        double[] out = new double[SizingOracle.ASSETS];
        AllocationInput input =
                new AllocationInput(strength, new double[SizingOracle.ASSETS], 1, SizingOracle.window());
        assertThat(Allocations.named(mode, settings).weights(input, out).converged())
                .isTrue();
        return out;
    }
}
