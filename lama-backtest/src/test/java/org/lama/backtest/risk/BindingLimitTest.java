package org.lama.backtest.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BindingLimitTest {
    private static final double OFF = Double.POSITIVE_INFINITY;
    private static final RiskLimits ALL = RiskLimits.builder()
            .maxGross(2)
            .maxWeight(0.5)
            .maxNet(0.9)
            .maxTopWeight(3, 1.2)
            .maxParticipation(0.01)
            .maxSlippage(0.0025)
            .maxLeverage(3)
            .build();

    private static String ofOrder(double wanted, double held, double others, double dayVolume) {
        return BindingLimit.of(
                ALL,
                each -> Math.abs(each.allowedNotional(
                        wanted, held, others, each.liquidityNotional(dayVolume, 0.05, 0.001), 1000)));
    }

    private static String ofTarget(double[] wishes, double[] current, double dayVolume, int asset) {
        double[] volume = {dayVolume, dayVolume, dayVolume};
        MarketLiquidity liquidity =
                new MarketLiquidity(volume, new double[] {0.05, 0.05, 0.05}, new double[] {0, 0, 0});
        return BindingLimit.of(ALL, each -> {
            double[] copy = wishes.clone();
            each.apply(copy, current, liquidity, 1000);
            return Math.abs(copy[asset]);
        });
    }

    @Test
    void anOrderIsRefusedByTheLimitThatLeavesLeast() {
        assertThat(ofOrder(600, 0, 0, 1e9)).isEqualTo("maxWeight 0.5");
        assertThat(ofOrder(-600, 0, 1800, 1e9)).isEqualTo("maxGross 2");
        assertThat(ofOrder(400, 0, 0, 20_000)).isEqualTo("maxSlippage 0.0025");
        assertThat(ofOrder(400, 0, 0, 100)).isEqualTo("maxSlippage 0.0025");
        assertThat(ofOrder(400, 0, 0, 1e9)).isEmpty();
    }

    @Test
    void aTargetIsCutByTheLimitThatLeavesLeast() {
        double[] flat = new double[3];
        assertThat(ofTarget(new double[] {0.8, 0, 0}, flat, 1e9, 0)).isEqualTo("maxWeight 0.5");
        assertThat(ofTarget(new double[] {0.45, 0.45, 0.45}, flat, 1e9, 2)).isEqualTo("maxNet 0.9");
        assertThat(ofTarget(new double[] {0.45, -0.45, 0.45}, flat, 1e9, 1)).isEqualTo("maxTopWeight 1.2");
        assertThat(ofTarget(new double[] {0.45, 0, 0}, flat, 1e3, 0)).isEqualTo("maxSlippage 0.0025");
        assertThat(ofTarget(new double[] {0.2, 0, 0}, flat, 1e9, 0)).isEmpty();
    }

    @Test
    void limitsThatLeaveEquallyLittleAreAllNamed() {
        RiskLimits same = new RiskLimits(1, 1, OFF);
        assertThat(BindingLimit.of(same, each -> each.allowedNotional(2, 0, 0, OFF, 1)))
                .isEqualTo("maxGross 1, maxWeight 1");
        RiskLimits participation =
                same.toBuilder().maxParticipation(0.0001).maxLeverage(0.5).build();
        assertThat(BindingLimit.of(
                        participation,
                        each -> each.allowedNotional(2, 0, 0, each.liquidityNotional(1, Double.NaN, 0), 1)))
                .isEqualTo("maxParticipation 0.0001");
        assertThat(BindingLimit.of(participation, each -> each.allowedNotional(2, 0, 0, OFF, 1)))
                .isEqualTo("maxLeverage 0.5");
    }

    @Test
    void aDrawdownSaysWhichOfItsLimitsHolds() {
        DrawdownControl control = new DrawdownControl(new DrawdownLimits(0.15, 0.25, 0.1, Duration.ZERO, 0.05, false));
        long day = 86_400_000_000_000L;
        control.update(0, 100);
        assertThat(control.words()).isEmpty();
        control.update(1, 94);
        assertThat(control.words()).isEqualTo("drawdown maxDailyLoss 0.05");
        control.update(day, 91);
        assertThat(control.words()).isEmpty();
        control.update(2 * day, 85);
        assertThat(control.words()).isEqualTo("drawdown reducing 0.15");
        control.update(3 * day, 75);
        assertThat(control.words()).isEqualTo("drawdown halted 0.25");
        control.update(4 * day, 0);
        assertThat(control.words()).isEqualTo("no equity is left");
        DrawdownControl stopped = new DrawdownControl(DrawdownLimits.NONE);
        stopped.update(0, 100);
        stopped.halt();
        assertThat(stopped.words()).isEqualTo("by hand");
    }
}
