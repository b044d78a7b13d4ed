package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class OverfittingProbabilityTest {
    @Test
    void aConfigurationThatIsBestEverywhereIsNotOverfitted() {
        double[][] returns = noise(12, 330);
        for (int t = 0; t < 330; t++) {
            returns[4][t] += 3;
        }
        OverfittingProbability result = OverfittingProbability.of(returns);
        assertThat(result.probability()).isZero();
        assertThat(result.lossProbability()).isZero();
        assertThat(result.blocks()).isEqualTo(16);
        assertThat(result.logits()).hasSize(12_870).containsOnly(Math.log(12));
        assertThat(result.columns()).hasSize(5);
    }

    @Test
    void twoBlocksAreTwoHalves() {
        double[][] returns = {{1, 1.1, -1, -1.1}, {-1, -1.1, 1, 1.1}, {0.1, 0.2, 0.1, 0.2}};
        OverfittingProbability result = OverfittingProbability.of(returns, 2);
        assertThat(result.logits()).hasSize(2);
        assertThat(result.probability()).isBetween(0.0, 1.0);
    }

    @Test
    void idleConfigurationsCountAsZeroAndTiesShareTheirRank() {
        double[][] returns = new double[3][40];
        OverfittingProbability result = OverfittingProbability.of(returns, 4);
        assertThat(result.logits()).containsOnly(0.0);
        assertThat(result.probability()).isEqualTo(1);
        assertThat(result.strictProbability()).isZero();
        assertThat(result.degradationSlope()).isNaN();
    }

    @Test
    void rowsThatFillNoBlockAreLeftOutAtTheStart() {
        double[][] whole = noise(11, 100);
        double[][] cut = new double[11][];
        for (int c = 0; c < 11; c++) {
            cut[c] = Arrays.copyOfRange(whole[c], 4, 100);
        }
        assertThat(OverfittingProbability.of(whole, 8).logits())
                .containsExactly(OverfittingProbability.of(cut, 8).logits());
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        double[][] returns = noise(3, 40);
        assertThatThrownBy(() -> OverfittingProbability.of(returns, 5)).hasMessage("blocks must be even, got 5");
        assertThatThrownBy(() -> OverfittingProbability.of(returns, 22)).hasMessageContaining("blocks must be in");
        assertThatThrownBy(() -> OverfittingProbability.of(noise(1, 40), 4))
                .hasMessage("number of configurations must be >= 2, got 1");
        assertThatThrownBy(() -> OverfittingProbability.of(noise(3, 7), 4))
                .hasMessage("number of periods must be >= 8, got 7");
        double[][] ragged = {new double[40], new double[39]};
        assertThatThrownBy(() -> OverfittingProbability.of(ragged, 4))
                .hasMessage("returns[1] must have 40 rows like the first, got 39");
    }

    private static double[][] noise(int configurations, int rows) {
        double[][] returns = new double[configurations][rows];
        for (int c = 0; c < configurations; c++) {
            Rng rng = Seeds.rng(31, c);
            for (int t = 0; t < rows; t++) {
                returns[c][t] = rng.nextGaussian();
            }
        }
        return returns;
    }
}
