package org.lama.backtest.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.features.LiquidityCap;

class RiskLimitsTest {
    private static final double NAN = Double.NaN;
    private static final RiskLimits WIDE = new RiskLimits(10, 10, Double.POSITIVE_INFINITY);

    private static double[] applied(RiskLimits limits, double... targets) {
        double[] unknown = new double[targets.length];
        Arrays.fill(unknown, NAN);
        limits.apply(targets, new double[targets.length], unknown, 1_000);
        return targets;
    }

    @Test
    void theNetLimitScalesTheHeavierSide() {
        RiskLimits limits = WIDE.toBuilder().maxNet(0.5).build();
        assertThat(applied(limits, 1, 1, -1)).containsExactly(new double[] {0.75, 0.75, -1}, within(1e-15));
        assertThat(applied(limits, -1, -1)).containsExactly(new double[] {-0.25, -0.25}, within(1e-15));
        assertThat(applied(limits, 1, -1)).containsExactly(1, -1);
        assertThat(applied(WIDE.toBuilder().maxNet(0).build(), 1, 1, -1))
                .containsExactly(new double[] {0.5, 0.5, -1}, within(1e-15));
    }

    @Test
    void theGrossLimitScalesTheNetWithTheRest() {
        RiskLimits limits = new RiskLimits(1, 10, 1).toBuilder().maxNet(0.5).build();
        assertThat(applied(limits, 2, -2)).containsExactly(0.5, -0.5);
        assertThat(applied(limits, 3, -1)).containsExactly(new double[] {0.75, -0.25}, within(1e-15));
    }

    @Test
    void theConcentrationLimitCutsTheLargestToOneLevel() {
        RiskLimits limits = WIDE.toBuilder().maxTopWeight(2, 1).build();
        assertThat(applied(limits, 0.9, -0.8, 0.3)).containsExactly(new double[] {0.5, -0.5, 0.3}, within(1e-15));
        assertThat(applied(limits, 0.9, 0.2, 0.1)).containsExactly(new double[] {0.8, 0.2, 0.1}, within(1e-15));
        assertThat(applied(limits, 0.5, 0.5, 0.5)).containsExactly(0.5, 0.5, 0.5);
    }

    @Test
    void theSlippageLimitIsTheLiquidityCapOfTheFeatures() {
        RiskLimits limits =
                WIDE.toBuilder().maxParticipation(0.01).maxSlippage(25e-4).build();
        for (double volatility : new double[] {0.001, 0.03, 0.2}) {
            for (double spread : new double[] {0, 0.001, 0.004, 0.006, NAN}) {
                assertThat(limits.liquidityNotional(1e6, volatility, spread))
                        .isCloseTo(LiquidityCap.defaults().exchange(1e6, volatility, spread), within(1e-9));
            }
        }
        assertThat(limits.liquidityNotional(1e6, NAN, 0.001)).isEqualTo(1e4);
        assertThat(limits.liquidityNotional(NAN, 0.03, 0.001)).isInfinite();
        assertThat(limits.liquidityNotional(0, 0.03, 0.001)).isZero();
        assertThat(limits.toBuilder().maxSlippage(0).build().liquidityNotional(1e6, 0.03, 0))
                .isZero();
        double[] targets = {1, 1};
        limits.apply(
                targets,
                new double[2],
                new MarketLiquidity(new double[] {1e6, NAN}, new double[] {0.1, 0.1}, new double[] {0.001, 0.001}),
                1e5);
        // (0.0025 − 0.0005)² / 0.1² of a million
        assertThat(targets).containsExactly(new double[] {0.004, 1}, within(1e-15));
    }

    @Test
    void leverageBindsLikeGross() {
        assertThat(applied(WIDE.toBuilder().maxLeverage(1).build(), 2, -2)).containsExactly(0.5, -0.5);
    }

    @Test
    void withoutALiquidityCapVolumeDoesNotMatter() {
        RiskLimits limits = RiskLimits.builder().maxSlippage(0.001).build().withoutLiquidityCap();
        assertThat(limits.liquidityNotional(1, 1, 1)).isInfinite();
        assertThat(limits).isEqualTo(RiskLimits.DEFAULT.withoutLiquidityCap());
    }

    @Test
    void ordersAreCutToTheRoomThatIsLeft() {
        RiskLimits limits =
                RiskLimits.builder().maxGross(2).maxWeight(0.5).maxLeverage(1).build();
        double none = Double.POSITIVE_INFINITY;
        assertThat(limits.allowedNotional(800, 0, 0, none, 1_000)).isEqualTo(500);
        assertThat(limits.allowedNotional(800, 300, 0, none, 1_000)).isEqualTo(200);
        assertThat(limits.allowedNotional(-800, 300, 0, none, 1_000)).isEqualTo(-800);
        assertThat(limits.allowedNotional(-900, 300, 0, none, 1_000)).isEqualTo(-800);
        assertThat(limits.allowedNotional(800, 0, 900, none, 1_000)).isEqualTo(100);
        assertThat(limits.allowedNotional(800, 0, 0, 50, 1_000)).isEqualTo(50);
        assertThat(limits.allowedNotional(-500, 700, 2_000, none, 1_000)).isEqualTo(-500);
        assertThat(limits.allowedNotional(100, 700, 0, none, 1_000)).isZero();
        assertThat(limits.allowedNotional(100, -70, 0, none, -5)).isEqualTo(70);
    }

    @Test
    void limitsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> RiskLimits.builder().maxNet(-1).build()).hasMessageContaining("maxNet");
        assertThatThrownBy(() -> RiskLimits.builder().maxSlippage(NAN).build()).hasMessageContaining("maxSlippage");
        assertThatThrownBy(() -> RiskLimits.builder().maxTopWeight(0, 1).build())
                .hasMessageContaining("topCount");
        assertThatThrownBy(() -> RiskLimits.builder().maxTopWeight(1, -1).build())
                .hasMessageContaining("maxTopWeight");
        assertThatThrownBy(() -> RiskLimits.builder().maxLeverage(-1).build()).hasMessageContaining("maxLeverage");
        assertThatThrownBy(() -> new MarketLiquidity(new double[1], new double[2], new double[1]))
                .hasMessageContaining("same length");
        assertThatThrownBy(() -> WIDE.apply(
                        new double[2],
                        new double[1],
                        new MarketLiquidity(new double[2], new double[2], new double[2]),
                        1))
                .hasMessageContaining("same length");
    }
}
