package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.market.Columns;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** The naive engine of the honesty waterfall: what is asked for fills at the close that made it asked for. */
class DecidingBarTest {
    private static final double[] OPEN = {100, 111, 121, 131};
    private static final double[] CLOSE = {110, 120, 130, 140};
    private static final EngineSettings FREE = EngineSettings.builder()
            .cost(FlatCost.NONE)
            .cash(1000)
            .limits(EngineSettings.DEFAULT.limits().withoutLiquidityCap())
            .build();

    private static Market market() {
        Frame frame = Markets.frame("X", OPEN, CLOSE)
                .with(Columns.HIGH, CLOSE)
                .with(Columns.LOW, OPEN)
                .with(Columns.VOLUME, new double[] {1e9, 1e9, 1e9, 1e9});
        return Market.of(Markets.of(frame));
    }

    private static BacktestResult run(Strategy strategy) {
        return BarEngine.runInDecidingBar(market(), StrategyBook.of(strategy), FREE);
    }

    @Test
    void aWeightFillsAtTheCloseThatDecided() {
        BacktestResult naive = run(context -> {
            if (context.bars(0) == 2) {
                context.target(0, 1);
            }
        });
        assertThat(naive.equity())
                .containsExactly(
                        new double[] {1000, 1000, 1000 * 130.0 / 120, 1000 * 140.0 / 120}, within(1e-6)); // whole lots
        assertThat(naive.tradedTargets()).isTrue();
        assertThat(naive.submittedOrders()).isZero();
    }

    @Test
    void ordersOfTheStrategyStillWaitForTheNextBar() {
        BacktestResult naive = run(context -> {
            if (context.bars(0) == 2) {
                context.submit(OrderRequest.market(0, Side.BUY, 1));
            }
        });
        assertThat(naive.equity()[1]).isEqualTo(1000);
        assertThat(naive.equity()[2]).isEqualTo(1000 + 130 - 121);
        assertThat(naive.tradedTargets()).isFalse();
        assertThat(naive.submittedOrders()).isEqualTo(1);
    }
}
