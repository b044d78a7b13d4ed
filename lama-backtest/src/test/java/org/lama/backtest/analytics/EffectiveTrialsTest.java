package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class EffectiveTrialsTest {
    @Test
    void familiesOfTrialsAreCountedOnceEach() {
        for (int families = 2; families <= 6; families++) {
            EffectiveTrials trials = EffectiveTrials.of(families(families, 5, 0.3));
            assertThat(trials.count()).isEqualTo(families);
            assertThat(trials.silhouette()).isGreaterThan(0.25);
            int[] labels = trials.clusters();
            for (int i = 0; i < labels.length; i++) {
                assertThat(labels[i]).isEqualTo(i % families);
            }
        }
    }

    @Test
    void independentTrialsAllCount() {
        EffectiveTrials trials = EffectiveTrials.of(families(15, 1, 0));
        assertThat(trials.count()).isEqualTo(15);
        assertThat(trials.silhouette()).isNaN();
    }

    @Test
    void copiesOfOneTrialAreOne() {
        assertThat(EffectiveTrials.of(families(1, 8, 0)).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(families(1, 8, 0.2)).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(families(1, 2, 0.1)).count()).isEqualTo(1);
    }

    @Test
    void fewTrialsAreDefined() {
        assertThat(EffectiveTrials.of(new double[0][]).count()).isZero();
        assertThat(EffectiveTrials.of(new double[1][10]).count()).isEqualTo(1);
        assertThat(EffectiveTrials.of(families(2, 1, 0)).count()).isEqualTo(2);
        assertThat(EffectiveTrials.of(new double[2][10]).count()).isEqualTo(2);
    }

    @Test
    void theTableNamesEachTrial() {
        assertThat(EffectiveTrials.of(families(2, 3, 0.3)).columns().get(1).cells())
                .isEqualTo(List.of(0L, 1L, 0L, 1L, 0L, 1L));
    }

    @Test
    void rowsOfDifferentLengthAreRefused() {
        double[][] ragged = {new double[5], new double[6]};
        assertThatThrownBy(() -> EffectiveTrials.of(ragged))
                .hasMessage("returns[1] must have 5 rows like the first, got 6");
    }

    /** Trial i belongs to family i modulo the number of families. */
    private static double[][] families(int families, int members, double noise) {
        int rows = 400;
        double[][] returns = new double[families * members][rows];
        for (int i = 0; i < returns.length; i++) {
            Rng common = Seeds.rng(5, i % families);
            Rng own = Seeds.rng(6, i);
            for (int t = 0; t < rows; t++) {
                returns[i][t] = 0.01 * (common.nextGaussian() + noise * own.nextGaussian());
            }
        }
        return returns;
    }
}
