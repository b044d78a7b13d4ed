package org.lama.backtest.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class RiskLimitsPropertyTest {
    private static final double[] NO_VOLUME = {Double.NaN, Double.NaN};

    @Test
    void aTighterLimitNeverEnlargesAPosition() {
        Rng rng = Seeds.rng(5, 0);
        for (int round = 0; round < 5_000; round++) {
            int n = 1 + rng.nextInt(8);
            double[] wish = new double[n];
            double[] held = new double[n];
            double[] volume = new double[n];
            for (int i = 0; i < n; i++) {
                wish[i] = rng.nextInt(5) == 0 ? Double.NaN : 2 * rng.nextGaussian();
                held[i] = rng.nextGaussian() / n;
                volume[i] = rng.nextInt(4) == 0 ? Double.NaN : 1e6 * rng.nextDouble();
            }
            RiskLimits loose = new RiskLimits(2 * rng.nextDouble(), rng.nextDouble(), rng.nextDouble());
            double factor = rng.nextDouble();
            RiskLimits tight = switch (rng.nextInt(3)) {
                case 0 -> new RiskLimits(loose.maxGross() * factor, loose.maxWeight(), loose.maxParticipation());
                case 1 -> new RiskLimits(loose.maxGross(), loose.maxWeight() * factor, loose.maxParticipation());
                default -> new RiskLimits(loose.maxGross(), loose.maxWeight(), loose.maxParticipation() * factor);
            };
            double[] a = wish.clone();
            double[] b = wish.clone();
            loose.apply(a, held, volume, 1e5);
            tight.apply(b, held, volume, 1e5);
            for (int i = 0; i < n; i++) {
                assertThat(Double.isNaN(b[i])).isEqualTo(Double.isNaN(wish[i]));
                if (!Double.isNaN(wish[i])) {
                    assertThat(Math.abs(b[i])).as("round %d", round).isLessThanOrEqualTo(Math.abs(a[i]));
                    assertThat(Math.abs(a[i])).isLessThanOrEqualTo(Math.abs(wish[i]));
                    assertThat(b[i] * wish[i]).isGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    @Test
    void grossCountsWhatIsKept() {
        double[] targets = {0.8, Double.NaN};
        RiskLimits.DEFAULT.apply(targets, new double[] {0, 0.6}, NO_VOLUME, 1);
        assertThat(targets).containsExactly(0.4, Double.NaN);
    }

    @Test
    void capsComeAfterScalingSoThatNobodyInheritsRoom() {
        double[] targets = {1, 0.25};
        new RiskLimits(1, 0.5, 1).apply(targets, new double[2], NO_VOLUME, 1);
        assertThat(targets).containsExactly(0.5, 0.2);
    }

    @Test
    void aPositionIsAtMostOnePercentOfADaysVolume() {
        double[] targets = {1, -1};
        double[] volume = {1_000_000, 0};
        RiskLimits limits = new RiskLimits(2, 1, 0.01);
        limits.apply(targets, new double[2], volume, 100_000);
        assertThat(targets[0]).isEqualTo(0.1);
        assertThat(targets[1]).isZero();
        double[] free = {1, -1};
        limits.withoutLiquidityCap().apply(free, new double[2], volume, 100_000);
        assertThat(free).containsExactly(1, -1);
    }

    @Test
    void withoutEquityThereAreNoPositions() {
        double[] targets = {1, -1};
        RiskLimits.DEFAULT.apply(targets, new double[2], NO_VOLUME, 0);
        assertThat(Arrays.stream(targets).map(Math::abs).toArray()).containsExactly(0, 0);
    }

    @Test
    void impossibleLimitsAreRefused() {
        assertThatThrownBy(() -> new RiskLimits(-1, 1, 1)).hasMessage("maxGross must be finite and >= 0, got -1");
        assertThatThrownBy(() -> new RiskLimits(1, Double.NaN, 1)).hasMessageContaining("maxWeight");
        assertThatThrownBy(() -> new RiskLimits(1, 1, Double.NaN)).hasMessageContaining("maxParticipation");
    }
}
