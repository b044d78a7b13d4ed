package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SizingsTest {
    private static final Sizing EQUAL_WEIGHT = Sizings.equalWeight(SizingSettings.PERPETUAL);
    private static final Sizing EQUAL_RISK = Sizings.equalRisk(SizingSettings.PERPETUAL);

    private static double[] weights(Sizing sizing, double[] strength, double[] volatility) {
        double[] multiplier = new double[strength.length];
        Arrays.fill(multiplier, 1);
        boolean[] active = new boolean[strength.length];
        Arrays.fill(active, true);
        double[] out = new double[strength.length];
        sizing.weights(strength, multiplier, volatility, active, out);
        return out;
    }

    @Test
    void equalWeightSharesByCountAndDampsByVolatility() {
        double[] out = weights(EQUAL_WEIGHT, new double[] {1, -0.5, 1, 0}, new double[] {0.8, 0.4, 0.2, 0.4});
        assertThat(out).containsExactly(0.125, -0.125, 0.25, 0);
    }

    @Test
    void equalRiskSharesByInverseVolatility() {
        double[] out = weights(EQUAL_RISK, new double[] {1, 1}, new double[] {0.2, 0.4});
        // shares 2/3 and 1/3; tolerance: three divisions
        assertThat(out[0]).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(out[1]).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void spotNeverGoesShort() {
        Sizing spot = Sizings.equalWeight(SizingSettings.SPOT);
        assertThat(weights(spot, new double[] {-1, 1}, new double[] {0.4, 0.4})).containsExactly(0, 0.5);
    }

    @Test
    void symbolsOutsideOrWithoutMeasuredRiskGetNothing() {
        double[] out = {9, 9, 9, 9, 9};
        double[] ones = {1, 1, 1, 1, Double.NaN};
        boolean[] active = {true, false, true, true, true};
        EQUAL_RISK.weights(ones, ones, new double[] {0.1, 0.1, Double.NaN, 0, 0.1}, active, out);
        assertThat(out).containsExactly(0.5, 0, 0, 0, 0);
        EQUAL_WEIGHT.weights(ones, ones, new double[] {0.1, 0.1, Double.POSITIVE_INFINITY, 0.1, 0.1}, active, out);
        assertThat(out).containsExactly(0.25, 0, 0, 0.25, 0);
        EQUAL_RISK.weights(ones, ones, new double[] {0.1, 0.1, 0.1, 0.1, 0.1}, new boolean[5], out);
        assertThat(out).containsOnly(0);
    }

    @Test
    void grossNeverExceedsOne() {
        Rng rng = Seeds.rng(11, 0);
        for (int round = 0; round < 500; round++) {
            int n = 1 + rng.nextInt(40);
            double[] strength = new double[n];
            double[] volatility = new double[n];
            for (int i = 0; i < n; i++) {
                strength[i] = 4 * rng.nextDouble() - 2;
                volatility[i] = StrictMath.exp(10 * rng.nextGaussian());
            }
            for (Sizing sizing : new Sizing[] {EQUAL_WEIGHT, EQUAL_RISK}) {
                double gross = Arrays.stream(weights(sizing, strength, volatility))
                        .map(Math::abs)
                        .sum();
                assertThat(gross).isLessThanOrEqualTo(1 + 1e-12); // n roundings of shares
            }
        }
    }

    @Test
    void smallChangesAreNotWorthATrade() {
        SizingSettings settings = SizingSettings.SPOT;
        assertThat(settings.worthTrading(0.10, 0.105)).isFalse();
        assertThat(settings.worthTrading(0.10, 0.112)).isTrue();
        assertThat(settings.worthTrading(0.001, 0)).isTrue();
        assertThat(settings.worthTrading(0, 0)).isFalse();
        assertThat(settings.worthTrading(-0.1, 0.1)).isTrue();
    }

    @Test
    void rulesAreFoundByName() {
        assertThat(Sizings.named("equal-risk", SizingSettings.SPOT).name()).isEqualTo("equal-risk");
        assertThatThrownBy(() -> Sizings.named("kelly", SizingSettings.SPOT))
                .hasMessage("no sizing is called 'kelly'; found: [equal-weight, equal-risk]");
        assertThatThrownBy(() -> new SizingSettings(0, 0.1, true)).hasMessageContaining("targetVolatilityAnnual");
        assertThatThrownBy(() -> new SizingSettings(1, 1, true)).hasMessage("noTradeBand must be in [0, 1), got 1.0");
    }
}
