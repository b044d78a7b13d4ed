package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class StlTest {
    private static double[] season(int n, int period, double noise, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[] y = new double[n];
        for (int t = 0; t < n; t++) {
            y[t] = 0.1 * t + 5 * Math.sin(2 * Math.PI * t / period) + noise * rng.nextGaussian();
        }
        return y;
    }

    @Test
    void thePartsAddUpAndALineWithAnExactSeasonLeavesLittle() {
        double[] y = season(120, 12, 0, 1);
        Stl.Decomposition parts = Stl.period(12).periodic().decompose(y);
        for (int t = 0; t < y.length; t++) {
            assertThat(parts.seasonal()[t] + parts.trend()[t] + parts.remainder()[t])
                    .isCloseTo(y[t], within(1e-12));
            assertThat(parts.remainder()[t]).isCloseTo(0, within(0.1));
        }
        assertThat(parts.columns()).hasSize(4);
        assertThat(parts.asText()).contains("seasonal");
    }

    @Test
    void missingRowsAreFilledBySeasonAndTrend() {
        double[] full = season(144, 12, 0.2, 2);
        double[] gaps = full.clone();
        for (int t : new int[] {0, 30, 31, 32, 33, 34, 35, 36, 90, 143}) {
            gaps[t] = Double.NaN;
        }
        Stl.Decomposition parts = Stl.period(12).periodic().decompose(gaps);
        for (int t = 0; t < full.length; t++) {
            assertThat(parts.seasonal()[t] + parts.trend()[t]).as("row %d", t).isCloseTo(full[t], within(1.2));
            assertThat(Double.isNaN(parts.remainder()[t])).isEqualTo(Double.isNaN(gaps[t]));
            assertThat(parts.weights()[t]).isEqualTo(Double.isNaN(gaps[t]) ? 0 : 1);
        }
        Stl.Decomposition robust = Stl.period(12).robust().decompose(gaps);
        assertThat(robust.trend()).doesNotContain(Double.NaN);
        assertThat(robust.weights()[30]).isZero();
    }

    @Test
    void robustWeightsIgnoreAnOutlier() {
        double[] y = season(144, 12, 0.2, 3);
        double[] spoiled = y.clone();
        spoiled[70] += 100;
        Stl.Decomposition clean = Stl.period(12).periodic().robust().decompose(y);
        Stl.Decomposition robust = Stl.period(12).periodic().robust().decompose(spoiled);
        assertThat(robust.weights()[70]).isZero();
        assertThat(robust.trend()[70]).isCloseTo(clean.trend()[70], within(0.1));
    }

    @Test
    void scaleAndShiftPassThrough() {
        double[] y = season(100, 7, 1, 4);
        double[] other = Arrays.stream(y).map(v -> 1e150 * (v + 3)).toArray();
        double[] trend = Stl.period(7).decompose(y).trend();
        double[] moved = Stl.period(7).decompose(other).trend();
        for (int t = 0; t < y.length; t++) {
            assertThat(moved[t]).isCloseTo(1e150 * (trend[t] + 3), within(1e139));
        }
    }

    @Test
    void wrongInputIsNamed() {
        assertThatThrownBy(() -> Stl.period(1)).hasMessageContaining("period must be >= 2");
        assertThatThrownBy(() -> Stl.period(4).seasonalSpan(8)).hasMessageContaining("odd, got 8");
        assertThatThrownBy(() -> Stl.period(4).jump(0)).hasMessageContaining("jump");
        assertThatThrownBy(() -> Stl.period(4).decompose(new double[8]))
                .hasMessageContaining("more than two periods of 4 rows, got 8");
        double[] infinite = season(40, 4, 1, 5);
        infinite[3] = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> Stl.period(4).decompose(infinite)).hasMessageContaining("row 3");
        double[] silent = season(40, 4, 1, 6);
        for (int t = 2; t < 40; t += 4) {
            silent[t] = Double.NaN;
        }
        assertThatThrownBy(() -> Stl.period(4).decompose(silent)).hasMessageContaining("phase 2 has none");
    }

    @Test
    void theStrengthOfDifficultSeriesIsDefined() {
        double[] constant = new double[40];
        Arrays.fill(constant, 3);
        assertThat(SeasonalStrength.measure(constant, 4).note()).contains("constant");
        assertThat(SeasonalStrength.measure(new double[8], 4).note()).contains("too short");
        double[] infinite = season(40, 4, 1, 7);
        infinite[5] = Double.NEGATIVE_INFINITY;
        assertThat(SeasonalStrength.measure(infinite, 4).seasonal()).isNaN();
        double[] silent = season(40, 4, 1, 8);
        for (int t = 1; t < 40; t += 4) {
            silent[t] = Double.NaN;
        }
        assertThat(SeasonalStrength.measure(silent, 4).note()).contains("phase 1");
        double[] gaps = season(120, 12, 0.3, 9);
        double whole = SeasonalStrength.measure(gaps, 12).seasonal();
        gaps[50] = Double.NaN;
        gaps[77] = Double.NaN;
        SeasonalStrength strength = SeasonalStrength.measure(gaps, 12);
        assertThat(strength.observations()).isEqualTo(118);
        assertThat(strength.seasonal()).isCloseTo(whole, within(0.01));
        assertThat(strength.asText()).contains("seasonal strength");
        double[] tiny =
                Arrays.stream(season(120, 12, 0.3, 9)).map(v -> v * 1e-300).toArray();
        assertThat(SeasonalStrength.measure(tiny, 12).seasonal()).isCloseTo(whole, within(1e-9));
        double[] line = new double[60];
        Arrays.setAll(line, t -> 2.0 * t);
        assertThat(SeasonalStrength.measure(line, 12).seasonal()).isBetween(0.0, 1.0);
    }
}
