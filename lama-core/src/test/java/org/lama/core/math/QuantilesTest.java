package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {
    private static final double[] SAMPLE = {7, 1, Double.NaN, 3, 10};

    @Test
    void valuesBetweenOrderStatisticsAreInterpolated() {
        // Sorted 1, 3, 7, 10: position 0.4 (4 - 1) = 1.2.
        assertThat(Quantiles.of(SAMPLE, 0.4)).isCloseTo(3.8, within(1e-15));
        assertThat(Quantiles.of(SAMPLE, 0.5)).isEqualTo(5);
    }

    @Test
    void theEndsAreTheExtremes() {
        assertThat(Quantiles.of(SAMPLE, 0)).isEqualTo(1);
        assertThat(Quantiles.of(SAMPLE, 1)).isEqualTo(10);
        assertThat(Quantiles.of(new double[] {4}, 0.3)).isEqualTo(4);
    }

    @Test
    void nothingLeftIsNaN() {
        assertThat(Quantiles.of(new double[0], 0.5)).isNaN();
        assertThat(Quantiles.of(new double[] {Double.NaN}, 0.5)).isNaN();
    }

    @Test
    void onlyTheGivenLengthCounts() {
        assertThat(Quantiles.ofSorted(new double[] {1, 2, 99}, 2, 1)).isEqualTo(2);
    }

    @Test
    void probabilitiesAreChecked() {
        assertThatThrownBy(() -> Quantiles.of(SAMPLE, 1.5)).hasMessage("p must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> Quantiles.of(SAMPLE, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theInputIsNotChanged() {
        double[] copy = SAMPLE.clone();
        Quantiles.of(SAMPLE, 0.5);
        assertThat(SAMPLE).containsExactly(copy);
    }
}
