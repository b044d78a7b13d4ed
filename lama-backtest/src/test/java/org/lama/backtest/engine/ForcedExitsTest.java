package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.DrawdownLimits;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.features.TradingConditions;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** Which exits the volume of a bar holds back, which it does not, and which limit is named. */
class ForcedExitsTest {
    private static final double OFF = Double.POSITIVE_INFINITY;
    private static final ExecutionSettings FIFTIETH =
            ExecutionSettings.builder().barParticipation(0.02).build();
    private static final EngineSettings PERP = EngineSettings.builder()
            .cost(FlatCost.NONE)
            .cash(1000)
            .kind(Kind.PERP)
            .limits(new RiskLimits(5, 5, OFF))
            .execution(FIFTIETH)
            .build();

    /** Stands at 100 for ten bars, then falls by 3 a bar; 100 are traded in each. */
    private static Frame falling(int days) {
        double[] price = new double[days];
        Arrays.setAll(price, i -> i < 10 ? 100 : Math.max(10, 100 - 3.0 * (i - 9)));
        double[] volume = new double[days];
        Arrays.fill(volume, 100);
        return Markets.frame("A", price, price)
                .with(Columns.HIGH, price)
                .with(Columns.LOW, price)
                .with(Columns.VOLUME, volume);
    }

    private static Strategy once(double target) {
        return context -> {
            if (context.bars(0) == 1) {
                context.target(0, target);
            }
        };
    }

    private static List<Fill> sales(BacktestResult result) {
        return result.fills().stream().filter(fill -> fill.signedLots() < 0).toList();
    }

    @Test
    void theExitOfAHaltSellsNoMoreThanItsShareOfEachBar() {
        EngineSettings halting = PERP.toBuilder()
                .drawdown(new DrawdownLimits(0.1, 0.1, 0, Duration.ZERO, OFF, true))
                .build();
        BacktestResult result = BarEngine.run(Markets.of(falling(30)), once(1), halting);
        // ten are held, two of each bar can be sold
        assertThat(sales(result)).hasSize(5).allMatch(fill -> fill.lots() == 200_000_000L);
        assertThat(result.exposure()[29]).isZero();
    }

    @Test
    void theVenueLiquidatesAtOnceAndTheSizePaysItsImpact() {
        SquareRootCost impact = new SquareRootCost(FeeSchedule.flat(0), 0, 0, 1);
        EngineSettings isolated =
                PERP.toBuilder().marginMode(MarginMode.ISOLATED).leverage(5).build();
        double[] volatility = new double[30];
        Arrays.fill(volatility, 0.05);
        Frame market = falling(30).with(TradingConditions.VOLATILITY_DAY, volatility);
        BacktestResult free = BarEngine.run(Markets.of(market), once(2), isolated);
        BacktestResult paid = BarEngine.run(
                Markets.of(market), once(2), isolated.toBuilder().cost(impact).build());
        for (BacktestResult result : List.of(free, paid)) {
            assertThat(sales(result)).hasSize(1);
            assertThat(((OrderEvent.Forced) result.exceptions().get(0)).reason())
                    .isEqualTo(Reason.LIQUIDATED);
            // twenty were bought, two a bar; the venue takes over what is there, whatever is traded
            assertThat(sales(result).get(0).lots()).isGreaterThan(200_000_000L);
        }
        assertThat(free.slippageCost()).isZero();
        assertThat(paid.slippageCost()).isPositive();
    }

    @Test
    void aDelistedPositionEndsAtOnceAtTheHaircutAlone() {
        MarketData data = Markets.of(falling(5), Markets.frame("B", new double[60], new double[60]));
        BacktestResult result = BarEngine.run(
                data,
                once(0.5),
                PERP.toBuilder()
                        .execution(ExecutionSettings.builder().build())
                        .cost(SquareRootCost.DEFAULT)
                        .build());
        Fill exit = sales(result).get(0);
        assertThat(sales(result)).hasSize(1);
        assertThat(exit.priceTicks() / 1e8).isCloseTo(50, within(1e-9));
        assertThat(result.haircutCost()).isCloseTo(exit.lots() / 1e8 * 50, within(1e-6));
    }

    @Test
    void whatIsHeldAtTheEndOfTheRunStaysAtItsLastPrice() {
        BacktestResult result = BarEngine.run(Markets.of(falling(10)), once(1), PERP);
        assertThat(sales(result)).isEmpty();
        assertThat(result.exceptions()).isEmpty();
        assertThat(result.exposure()[9]).isCloseTo(1, within(1e-12));
        assertThat(result.equity()[9]).isEqualTo(1000);
    }

    private static List<String> details(Strategy strategy, EngineSettings settings) {
        return BarEngine.run(Markets.of(falling(30)), strategy, settings).exceptions().stream()
                .filter(event -> event instanceof OrderEvent.Rejected)
                .map(event -> ((OrderEvent.Rejected) event).reason() + " " + ((OrderEvent.Rejected) event).detail())
                .toList();
    }

    private static Strategy orders(double quantity, int... bars) {
        return context -> {
            for (int bar : bars) {
                if (context.bars(0) == bar) {
                    context.submit(OrderRequest.market(0, Side.BUY, quantity));
                }
            }
        };
    }

    @Test
    void aRefusedOrderNamesTheLimitThatRefusedIt() {
        EngineSettings limited = PERP.toBuilder()
                .limits(RiskLimits.builder()
                        .maxGross(2)
                        .maxWeight(0.5)
                        .maxParticipation(OFF)
                        .build())
                .execution(ExecutionSettings.builder().build())
                .build();
        assertThat(details(orders(6, 1), limited)).containsExactly("LIMIT maxWeight 0.5");
        RiskLimits gross =
                limited.limits().toBuilder().maxWeight(3).maxParticipation(0.01).build();
        assertThat(details(orders(21, 1), limited.toBuilder().limits(gross).build()))
                .containsExactly("LIMIT maxParticipation 0.01");
        assertThat(details(
                        orders(21, 1),
                        limited.toBuilder().limits(gross.withoutLiquidityCap()).build()))
                .containsExactly("LIMIT maxGross 2");
    }

    @Test
    void soDoesWhatADrawdownRefusesAndWhatItEnds() {
        EngineSettings reducing = PERP.toBuilder()
                .execution(ExecutionSettings.builder().build())
                .drawdown(new DrawdownLimits(0.1, 0.3, 0, Duration.ZERO, OFF, false))
                .build();
        Strategy late = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 1);
            } else if (context.bars(0) == 2) {
                context.submit(OrderRequest.limit(0, Side.BUY, 1, 1));
            } else if (context.bars(0) == 18) {
                context.submit(OrderRequest.market(0, Side.BUY, 1));
                context.target(0, 1.5);
            } else if (context.bars(0) == 25) {
                context.submit(OrderRequest.market(0, Side.BUY, 1));
            }
        };
        assertThat(details(late, reducing))
                .containsExactly("LIMIT drawdown reducing 0.1", "LIMIT drawdown reducing 0.1");
        BacktestResult result = BarEngine.run(Markets.of(falling(30)), late, reducing);
        assertThat(result.stops())
                .extracting(Stop::words)
                .containsExactly(
                        "only reducing, drawdown reducing 0.1, first 1970-01-15T00:00:00Z",
                        "halted, drawdown halted 0.3, first 1970-01-21T00:00:00Z");
        assertThat(result.cuts())
                .singleElement()
                .satisfies(cut -> assertThat(cut.limit()).isEqualTo("drawdown reducing 0.1"));
    }

    @Test
    void aHaltSaysWhy() {
        EngineSettings halting = PERP.toBuilder()
                .execution(ExecutionSettings.builder().build())
                .drawdown(new DrawdownLimits(0.1, 0.1, 0, Duration.ZERO, OFF, false))
                .build();
        Strategy waiting = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 1);
            } else if (context.bars(0) == 2) {
                context.submit(OrderRequest.limit(0, Side.BUY, 1, 1));
            }
        };
        assertThat(details(waiting, halting)).containsExactly("HALTED drawdown halted 0.1");
        assertThat(BarEngine.run(Markets.of(falling(30)), waiting, halting).stops())
                .extracting(Stop::words)
                .containsExactly("halted, drawdown halted 0.1, first 1970-01-15T00:00:00Z");
    }
}
