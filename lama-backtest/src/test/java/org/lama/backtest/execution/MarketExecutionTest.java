package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Side;

class MarketExecutionTest {
    private static final Scale SCALE = new Scale(8, 8);
    private final MarketExecution execution = new MarketExecution(FlatCost.DEFAULT);

    @Test
    void slippageMovesThePriceAgainstUs() {
        long open = SCALE.ticksOrMissing(100);
        assertThat(execution.fillTicks(Side.BUY, open, SCALE)).isEqualTo(SCALE.ticksOrMissing(100.05));
        assertThat(execution.fillTicks(Side.SELL, open, SCALE)).isEqualTo(SCALE.ticksOrMissing(99.95));
        assertThat(execution.feeUnits(10_005_000_000L)).isEqualTo(10_005_000);
    }

    @Test
    void purchasesSpendCashToTheLastLotButNotMore() {
        Rng rng = Seeds.rng(9, 0);
        for (int i = 0; i < 20_000; i++) {
            Scale scale = new Scale(rng.nextInt(13), rng.nextInt(13));
            long cash = (rng.nextLong() >>> 10) >>> rng.nextInt(40);
            long ticks = 1 + (rng.nextLong() >>> 20 >>> rng.nextInt(40));
            double fit = (double) cash / 1e8 / scale.price(ticks) * Math.pow(10, scale.quantityDecimals());
            if (fit > 1e17) {
                continue;
            }
            long wanted = (long) (fit * 2 * rng.nextDouble()) + 1;
            long lots = execution.affordableLots(cash, wanted, ticks, scale);
            assertThat(lots).isBetween(0L, wanted);
            assertThat(cost(lots, ticks, scale)).as("round %d", i).isLessThanOrEqualTo(cash);
            if (lots < wanted && scale.price(ticks) * scale.quantity(lots + 1) < 9e10) {
                assertThat(cost(lots + 1, ticks, scale)).as("round %d", i).isGreaterThan(cash);
            }
        }
    }

    private long cost(long lots, long ticks, Scale scale) {
        long notional = scale.notionalUnits(lots, ticks);
        return notional + execution.feeUnits(notional);
    }

    @Test
    void withoutCashNothingIsBought() {
        assertThat(execution.affordableLots(0, 5, 1, SCALE)).isZero();
        assertThat(execution.affordableLots(-5, 5, 1, SCALE)).isZero();
        assertThat(execution.affordableLots(5, 0, 1, SCALE)).isZero();
    }
}
