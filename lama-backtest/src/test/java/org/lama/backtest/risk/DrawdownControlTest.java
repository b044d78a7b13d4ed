package org.lama.backtest.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lama.backtest.risk.TradingState.ACTIVE;
import static org.lama.backtest.risk.TradingState.HALTED;
import static org.lama.backtest.risk.TradingState.REDUCING;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class DrawdownControlTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final DrawdownLimits STUBBORN =
            new DrawdownLimits(0.15, 0.25, 0.10, Duration.ZERO, Double.POSITIVE_INFINITY, false);

    @Test
    void aDrawdownReducesAndThenHaltsForGood() {
        DrawdownControl control = new DrawdownControl(STUBBORN);
        assertThat(control.state()).isEqualTo(ACTIVE);
        assertThat(control.drawdown()).isZero();
        assertThat(control.update(DAY, 100)).isEqualTo(ACTIVE);
        assertThat(control.update(2 * DAY, 85.1)).isEqualTo(ACTIVE);
        assertThat(control.update(3 * DAY, 85)).isEqualTo(REDUCING);
        assertThat(control.drawdown()).isCloseTo(0.15, within(1e-15));
        assertThat(control.update(4 * DAY, 89)).isEqualTo(REDUCING);
        assertThat(control.update(5 * DAY, 91)).isEqualTo(ACTIVE);
        assertThat(control.update(6 * DAY, 75)).isEqualTo(HALTED);
        assertThat(control.update(7 * DAY, 500)).isEqualTo(HALTED);
        control.rearm();
        assertThat(control.update(8 * DAY, 500)).isEqualTo(ACTIVE);
    }

    @Test
    void afterTheCoolDownTradingResumesButTheHaltCountsFromTheHighWaterMark() {
        DrawdownControl control = new DrawdownControl(DrawdownLimits.DEFAULT);
        control.update(0, 100);
        assertThat(control.update(DAY, 84)).isEqualTo(REDUCING);
        assertThat(control.update(30 * DAY, 84)).isEqualTo(REDUCING);
        assertThat(control.update(31 * DAY, 84)).isEqualTo(ACTIVE);
        assertThat(control.update(32 * DAY, 75.1)).isEqualTo(ACTIVE);
        assertThat(control.update(33 * DAY, 75)).isEqualTo(HALTED);
    }

    @Test
    void theLossOfADayReducesUntilTheDayEnds() {
        DrawdownControl control = new DrawdownControl(DrawdownLimits.NONE.withMaxDailyLoss(0.05));
        control.update(0, 100);
        control.update(DAY - 1, 110);
        assertThat(control.update(DAY, 105)).isEqualTo(ACTIVE);
        assertThat(control.update(DAY + 1, 104.5)).isEqualTo(REDUCING);
        assertThat(control.update(DAY + 2, 120)).isEqualTo(REDUCING);
        assertThat(control.update(2 * DAY, 119)).isEqualTo(ACTIVE);
        assertThat(control.update(2 * DAY + 1, 114)).isEqualTo(REDUCING);
    }

    @Test
    void ruinHaltsEvenWithoutLimitsAndUnknownEquityChangesNothing() {
        DrawdownControl control = new DrawdownControl(DrawdownLimits.NONE);
        assertThat(control.update(0, Double.NaN)).isEqualTo(ACTIVE);
        assertThat(control.update(1, 100)).isEqualTo(ACTIVE);
        assertThat(control.update(2, 0.01)).isEqualTo(ACTIVE);
        assertThat(control.update(3, Double.NaN)).isEqualTo(ACTIVE);
        assertThat(control.update(4, 0)).isEqualTo(HALTED);
        assertThat(DrawdownLimits.NONE.isActive()).isFalse();
        assertThat(DrawdownLimits.DEFAULT.isActive()).isTrue();
        assertThat(DrawdownLimits.DEFAULT.withFlattenOnHalt(true).flattenOnHalt())
                .isTrue();
    }

    @Test
    void theKillSwitchHoldsUntilRearmed() {
        DrawdownControl control = new DrawdownControl(STUBBORN);
        control.update(0, 100);
        control.halt();
        assertThat(control.update(1, 200)).isEqualTo(HALTED);
        control.rearm();
        assertThat(control.state()).isEqualTo(ACTIVE);
    }

    @Test
    void tighterLimitsAreNeverLessSevereWithoutACoolDown() {
        Rng rng = Seeds.rng(23, 0);
        for (int round = 0; round < 500; round++) {
            double reducing = 0.05 + 0.3 * rng.nextDouble();
            double halted = reducing + 0.3 * rng.nextDouble();
            double resume = reducing * rng.nextDouble();
            double day = 0.02 + 0.2 * rng.nextDouble();
            DrawdownControl loose =
                    new DrawdownControl(new DrawdownLimits(reducing, halted, resume, Duration.ZERO, day, false));
            double factor = 0.3 + 0.7 * rng.nextDouble();
            DrawdownControl tight = new DrawdownControl(new DrawdownLimits(
                    reducing * factor, halted * factor, resume * factor, Duration.ZERO, day * factor, false));
            double equity = 100;
            for (int t = 0; t < 200; t++) {
                equity *= Math.exp(0.03 * rng.nextGaussian());
                TradingState a = loose.update(t * DAY / 3, equity);
                TradingState b = tight.update(t * DAY / 3, equity);
                assertThat(b.worse(a)).as("round %d, step %d", round, t).isEqualTo(b);
            }
        }
    }

    @Test
    void statesLeaveOnlyWhatTheyPermit() {
        assertThat(ACTIVE.permitted(1, -5)).isEqualTo(-5);
        assertThat(REDUCING.permitted(1, 3)).isEqualTo(1);
        assertThat(REDUCING.permitted(1, 0.4)).isEqualTo(0.4);
        assertThat(REDUCING.permitted(1, -2)).isZero();
        assertThat(REDUCING.permitted(-1, 2)).isZero();
        assertThat(REDUCING.permitted(-1, -2)).isEqualTo(-1);
        assertThat(REDUCING.permitted(1, Double.NaN)).isNaN();
        assertThat(HALTED.permitted(1, 0)).isEqualTo(1);
        assertThat(REDUCING.permitsOrder(2, -2)).isTrue();
        assertThat(REDUCING.permitsOrder(2, -3)).isFalse();
        assertThat(REDUCING.permitsOrder(0, 1)).isFalse();
        assertThat(HALTED.permitsOrder(2, -1)).isFalse();
        assertThat(ACTIVE.permitsOrder(0, 9)).isTrue();
        assertThat(ACTIVE.worse(REDUCING)).isEqualTo(REDUCING);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new DrawdownLimits(0, 1, 0, Duration.ZERO, 1, false))
                .hasMessageContaining("reducing");
        assertThatThrownBy(() -> new DrawdownLimits(0.2, 0.1, 0, Duration.ZERO, 1, false))
                .hasMessage("halted must be >= reducing=0.2, got 0.1");
        assertThatThrownBy(() -> new DrawdownLimits(0.2, 0.3, 0.25, Duration.ZERO, 1, false))
                .hasMessageContaining("resumeBelow");
        assertThatThrownBy(() -> DrawdownLimits.NONE.withMaxDailyLoss(Double.NaN))
                .hasMessageContaining("maxDailyLoss");
        assertThatThrownBy(() -> new DrawdownLimits(0.2, 0.3, 0.1, Duration.ofDays(-1), 1, false))
                .hasMessageContaining("coolDown");
    }
}
