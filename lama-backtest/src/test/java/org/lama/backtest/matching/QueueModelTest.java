package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class QueueModelTest {
    private static final double ROUNDING = 1e-12;
    private static final QueueModel.ByLevel RISK_AVERSE = new QueueModel.RiskAverse();
    private static final QueueModel.ByLevel POWER = new QueueModel.Power(3);
    private static final QueueModel.ByLevel LOGARITHMIC = new QueueModel.Logarithmic();

    @Test
    void theRiskAverseOneSeesCancelsBehindUsUntilThereIsNoMoreRoom() {
        assertThat(RISK_AVERSE.advance(4, 0, 10, 7)).isEqualTo(4);
        assertThat(RISK_AVERSE.advance(4, 0, 10, 3)).isEqualTo(3);
        assertThat(RISK_AVERSE.advance(4, 0, 10, 12)).isEqualTo(4);
        assertThat(RISK_AVERSE.advance(-1, 2, 10, 0)).isEqualTo(-1);
    }

    @Test
    void aPowerSharesWhatWasCancelledByTheSizesBeforeAndBehind() {
        // 4 before, 6 behind: 216 / 280 of the 2 cancelled stood behind
        assertThat(POWER.advance(4, 0, 10, 8)).isCloseTo(4 - (1 - 216.0 / 280) * 2, within(ROUNDING));
        // of the 5 that went, 3 traded
        assertThat(POWER.advance(4, 3, 10, 5)).isCloseTo(4 - (1 - 216.0 / 280) * 2, within(ROUNDING));
        assertThat(POWER.advance(0, 0, 10, 8)).as("all behind").isZero();
        assertThat(POWER.advance(10, 0, 10, 8)).as("all before").isEqualTo(8);
    }

    @Test
    void aLogarithmSharesWhatWasCancelledBySizesInBaseUnits() {
        double behind = Math.log(7) / (Math.log(7) + Math.log(5));
        assertThat(LOGARITHMIC.advance(4, 0, 10, 8)).isCloseTo(4 - (1 - behind) * 2, within(ROUNDING));
    }

    @Test
    void moreCancelledThanStoodBehindTakesTheRestFromTheFront() {
        // 8 before, 2 behind, 9 cancelled: 8 / 520 behind is 0.14, but the level has 1 left
        assertThat(POWER.advance(8, 0, 10, 1)).isLessThanOrEqualTo(1);
        double p = Math.log(3) / (Math.log(3) + Math.log(9));
        double estimate = 8 - (1 - p) * 9 + Math.min(2 - p * 9, 0);
        assertThat(LOGARITHMIC.advance(8, 0, 10, 1)).isCloseTo(Math.min(estimate, 1), within(ROUNDING));
    }

    @Test
    void aLevelThatGrowsOrShrinksByLessThanWhatTradedLeavesTheFront() {
        for (QueueModel.ByLevel model : new QueueModel.ByLevel[] {POWER, LOGARITHMIC}) {
            assertThat(model.advance(4, 0, 10, 15)).isEqualTo(4);
            assertThat(model.advance(4, 3, 10, 8)).isEqualTo(4);
            assertThat(model.advance(4, 9, 10, 3)).isEqualTo(3);
        }
    }

    @Test
    void sharesWithoutValueLeaveTheSizeOfTheLevel() {
        assertThat(POWER.advance(0, 0, 0, 0)).as("0 / 0").isZero();
        assertThat(LOGARITHMIC.advance(-2, 0, 5, 3))
                .as("logarithm of a negative number")
                .isEqualTo(3);
        assertThat(LOGARITHMIC.advance(-1, 0, 5, 3)).as("logarithm of 0").isBetween(-3.0, 3.0);
    }

    @Test
    void theFrontNeverExceedsTheLevelNorGrows() {
        Rng rng = Seeds.rng(88, 1);
        for (int i = 0; i < 20_000; i++) {
            double before = rng.nextDouble() * 10;
            double front = rng.nextDouble() * before;
            double now = rng.nextDouble() * 12;
            double traded = rng.nextDouble() < 0.5 ? 0 : rng.nextDouble() * 3;
            for (QueueModel.ByLevel model : new QueueModel.ByLevel[] {RISK_AVERSE, POWER, LOGARITHMIC}) {
                assertThat(model.advance(front, traded, before, now))
                        .isLessThanOrEqualTo(now)
                        .isLessThanOrEqualTo(front + ROUNDING);
            }
        }
    }

    @Test
    void anExponentMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueueModel.Power(0))
                .withMessageContaining("exponent");
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueModel.Power(Double.NaN));
    }
}
