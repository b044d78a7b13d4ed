package org.lama.backtest.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class OrderGateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void noWindowEverHoldsMoreThanItsLimitWhateverIsAsked() {
        Rng rng = Seeds.rng(21, 0);
        for (int round = 0; round < 200; round++) {
            int perSecond = 1 + rng.nextInt(6);
            int perMinute = 1 + rng.nextInt(40);
            OrderLimits limits =
                    new OrderLimits(perSecond, perMinute, Integer.MAX_VALUE, 0, 0.05, Duration.ofSeconds(5));
            OrderGate gate = new OrderGate(limits);
            List<Long> admitted = new ArrayList<>();
            long now = 0;
            for (int k = 0; k < 400; k++) {
                now += rng.nextInt(3) == 0 ? 0 : (long) (rng.nextDouble() * (rng.nextInt(20) == 0 ? 30 : 0.4) * SECOND);
                if (gate.admit(now, TradingState.ACTIVE, false, 0).admitted()) {
                    admitted.add(now);
                }
            }
            assertThat(admitted).isNotEmpty();
            assertThat(most(admitted, SECOND)).as("round %d", round).isLessThanOrEqualTo(perSecond);
            assertThat(most(admitted, 60 * SECOND)).as("round %d", round).isLessThanOrEqualTo(perMinute);
        }
    }

    private static int most(List<Long> times, long length) {
        int most = 0;
        for (int i = 0; i < times.size(); i++) {
            int count = 0;
            for (int j = i; j < times.size() && times.get(j) - times.get(i) < length; j++) {
                count++;
            }
            most = Math.max(most, count);
        }
        return most;
    }

    @Test
    void anOrderStormHaltsTheGateUntilItIsRearmed() {
        OrderGate gate = new OrderGate(OrderLimits.LIVE);
        int admitted = 0;
        for (int k = 0; k < 100; k++) {
            admitted += gate.admit(k, TradingState.ACTIVE, false, 0).admitted() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(5);
        assertThat(gate.isHalted()).isTrue();
        assertThat(gate.admit(100 * SECOND, TradingState.ACTIVE, false, 0)).isEqualTo(Denial.HALTED);
        gate.rearm();
        assertThat(gate.admit(100 * SECOND, TradingState.ACTIVE, false, 0)).isEqualTo(Denial.NONE);
    }

    @Test
    void aDenialInBetweenDoesNotCountAsAStorm() {
        OrderGate gate = new OrderGate(OrderLimits.LIVE.withRates(1, 1_000));
        for (int k = 0; k < 50; k++) {
            assertThat(gate.admit(k * SECOND, TradingState.ACTIVE, false, 0)).isEqualTo(Denial.NONE);
            assertThat(gate.admit(k * SECOND + 1, TradingState.ACTIVE, false, 0))
                    .isEqualTo(Denial.ORDER_RATE);
        }
        assertThat(gate.isHalted()).isFalse();
    }

    @Test
    void statesAndOpenOrdersAreLookedAt() {
        OrderGate gate = new OrderGate(OrderLimits.LIVE);
        assertThat(gate.admit(0, TradingState.HALTED, true, 0)).isEqualTo(Denial.HALTED);
        assertThat(gate.admit(0, TradingState.REDUCING, false, 0)).isEqualTo(Denial.REDUCING);
        assertThat(gate.admit(0, TradingState.REDUCING, true, 0)).isEqualTo(Denial.NONE);
        assertThat(gate.admit(0, TradingState.ACTIVE, false, 200)).isEqualTo(Denial.OPEN_ORDERS);
        assertThat(gate.admit(0, TradingState.ACTIVE, false, 199).admitted()).isTrue();
    }

    @Test
    void withoutLimitsEverythingPasses() {
        OrderGate gate = new OrderGate(OrderLimits.NONE);
        for (int k = 0; k < 100_000; k++) {
            assertThat(gate.admit(0, TradingState.ACTIVE, false, k).admitted()).isTrue();
        }
        assertThat(gate.judgePrice(1e9, Double.NaN, Long.MAX_VALUE)).isEqualTo(Denial.NONE);
    }

    @Test
    void pricesOutsideOfTheCollarAreDenied() {
        Rng rng = Seeds.rng(22, 0);
        OrderGate gate = new OrderGate(OrderLimits.LIVE);
        for (int round = 0; round < 10_000; round++) {
            double reference = Math.exp(10 * rng.nextGaussian());
            double price = reference * (0.85 + 0.3 * rng.nextDouble());
            boolean inside = Math.abs(price / reference - 1) <= 0.05;
            assertThat(gate.judgePrice(price, reference, 4 * SECOND))
                    .isEqualTo(inside ? Denial.NONE : Denial.PRICE_COLLAR);
        }
        assertThat(gate.judgePrice(Double.NaN, 100, 0)).isEqualTo(Denial.PRICE_COLLAR);
        assertThat(gate.judgePrice(-1, 100, 0)).isEqualTo(Denial.PRICE_COLLAR);
        assertThat(gate.judgePrice(100, 100, 5 * SECOND)).isEqualTo(Denial.NONE);
        assertThat(gate.judgePrice(100, 100, 5 * SECOND + 1)).isEqualTo(Denial.STALE_REFERENCE);
        assertThat(gate.judgePrice(100, Double.NaN, 0)).isEqualTo(Denial.STALE_REFERENCE);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> OrderLimits.LIVE.withRates(0, 1)).hasMessage("maxPerSecond must be >= 1, got 0");
        assertThatThrownBy(() -> OrderLimits.LIVE.withCollar(0, Duration.ZERO)).hasMessageContaining("collar");
        assertThatThrownBy(() -> OrderLimits.LIVE.withCollar(1, Duration.ofSeconds(-1)))
                .hasMessageContaining("maxReferenceAge");
    }
}
