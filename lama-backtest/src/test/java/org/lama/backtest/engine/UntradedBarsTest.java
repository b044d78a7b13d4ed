package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Issue;
import org.lama.core.market.Columns;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** Where nobody traded nothing fills, and what volumes are worth that are not known is said. */
class UntradedBarsTest {
    private static final int ROWS = 8;
    private static final EngineSettings FREE = EngineSettings.DEFAULT.toBuilder()
            .cost(new FlatCost(0, 0))
            .limits(new RiskLimits(1, 1, Double.POSITIVE_INFINITY))
            .build();

    private static double[] column(double value) {
        double[] all = new double[ROWS];
        Arrays.fill(all, value);
        return all;
    }

    private static Frame market(double[] volume) {
        return Markets.frame("A", column(100), column(100))
                .with(Columns.HIGH, column(101))
                .with(Columns.LOW, column(99))
                .with(Columns.VOLUME, volume);
    }

    private static Strategy targetOnce() {
        int[] bar = {0};
        return context -> {
            if (bar[0]++ == 0) {
                context.target(0, 0.5);
            }
        };
    }

    private static Strategy orderOnce() {
        int[] bar = {0};
        return context -> {
            if (bar[0]++ == 0) {
                context.submit(OrderRequest.market(0, Side.BUY, 3));
            }
        };
    }

    @Test
    void withAnEmptyBookNothingFillsWhateverTheSize() {
        for (Strategy strategy : new Strategy[] {targetOnce(), orderOnce()}) {
            BacktestResult result = BarEngine.run(Markets.of(market(column(0))), strategy, FREE);
            assertThat(result.fills()).isEmpty();
            assertThat(result.equity()).containsOnly(1e6);
        }
    }

    @Test
    void anOrderWaitsForTheFirstBarInWhichSomebodyTrades() {
        double[] volume = column(5);
        volume[1] = 0;
        volume[2] = 0;
        for (Strategy strategy : new Strategy[] {targetOnce(), orderOnce()}) {
            BacktestResult result = BarEngine.run(Markets.of(market(volume)), strategy, FREE);
            assertThat(result.fills()).as(() -> result.exceptions().toString()).hasSize(1);
            assertThat(result.fills().get(0).tsNanos()).isEqualTo(3 * Markets.DAY);
        }
    }

    /** Where size matters, a day without trade leaves no price for any size: what takes liquidity waits for the day after. */
    @Test
    void whereSizeMattersAnOrderWaitsForADayWithTrade() {
        double[] volume = column(5);
        volume[1] = 0;
        volume[2] = 0;
        EngineSettings impact = FREE.toBuilder().cost(SquareRootCost.DEFAULT).build();
        for (OrderSizing sizing : OrderSizing.values()) {
            for (Strategy strategy : new Strategy[] {targetOnce(), orderOnce()}) {
                BacktestResult result = BarEngine.run(
                        Markets.of(market(volume)),
                        strategy,
                        impact.toBuilder().orderSizing(sizing).build());
                assertThat(result.fills())
                        .as(() -> result.exceptions().toString())
                        .hasSize(1);
                assertThat(result.fills().get(0).tsNanos()).isEqualTo(4 * Markets.DAY);
            }
        }
    }

    @Test
    void barsWithoutTradeAndWithoutVolumeAreCounted() {
        double[] volume = column(5);
        volume[1] = 0;
        volume[6] = Double.NaN;
        volume[7] = Double.NaN;
        BacktestResult result = BarEngine.run(Markets.of(market(volume)), targetOnce(), EngineSettings.DEFAULT);
        assertThat(result.issues()).extracting(Issue::reason).contains(Issue.Reason.ZERO_VOLUME);
        assertThat(result.issues())
                .extracting(Issue::detail)
                .contains("1 of 8 rows have the volume 0: nobody traded, so nothing fills in them.");
    }

    @Test
    void unknownVolumesAreSaidWhereTheyMatter() {
        Frame plain = Markets.frame("A", column(100), column(100));
        EngineSettings impact =
                EngineSettings.DEFAULT.toBuilder().cost(SquareRootCost.DEFAULT).build();
        assertThat(BarEngine.run(Markets.of(plain), targetOnce(), impact).issues())
                .extracting(Issue::detail)
                .containsExactly(
                        "8 of 8 rows have no volume: slippage there is without the impact of the order's size, a"
                                + " lower bound.");
        EngineSettings capped = FREE.toBuilder()
                .execution(ExecutionSettings.builder().barParticipation(0.1).build())
                .build();
        BacktestResult none = BarEngine.run(Markets.of(plain), targetOnce(), capped);
        assertThat(none.fills()).isEmpty();
        assertThat(none.issues())
                .extracting(Issue::detail)
                .containsExactly(
                        "8 of 8 rows have no volume: nothing fills in them, since the cap of participation needs a"
                                + " volume.");
        assertThat(BarEngine.run(Markets.of(plain), targetOnce(), FREE).issues())
                .isEmpty();
    }
}
