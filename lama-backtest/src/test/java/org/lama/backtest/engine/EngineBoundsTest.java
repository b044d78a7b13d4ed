package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** What no strategy can get around: limits over all its orders, the share of a bar's volume, and its own failures. */
class EngineBoundsTest {
    private static final EngineSettings PERP = EngineSettings.builder()
            .cost(FlatCost.NONE)
            .cash(1000)
            .kind(Kind.PERP)
            .limits(new RiskLimits(1, 1, Double.POSITIVE_INFINITY))
            .build();

    private static MarketData flat(int days, String... symbols) {
        double[] price = new double[days];
        Arrays.fill(price, 100);
        return Markets.of(Arrays.stream(symbols)
                .map(symbol -> Markets.frame(symbol, price, price)
                        .with(Columns.HIGH, price)
                        .with(Columns.LOW, price)
                        .with(Columns.VOLUME, price))
                .toArray(Frame[]::new));
    }

    @Test
    void theGrossLimitCountsOrdersThatAreStillOnTheirWay() {
        List<Reason> refused = new ArrayList<>();
        Strategy greedy = new Strategy() {
            @Override
            public void onBar(Context context) {
                if (context.bars(0) == 1) {
                    context.submit(OrderRequest.market(0, Side.BUY, 9));
                    context.submit(OrderRequest.market(1, Side.BUY, 9));
                    context.submit(OrderRequest.market(1, Side.SELL, 1));
                }
            }

            @Override
            public void onOrder(Context context, OrderEvent event) {
                if (event instanceof OrderEvent.Rejected rejected) {
                    refused.add(rejected.reason());
                }
            }
        };
        BacktestResult result = BarEngine.run(flat(4, "A", "B"), greedy, PERP);
        assertThat(refused).containsExactly(Reason.LIMIT);
        assertThat(result.exposure()[2]).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void aTargetTakesNoMoreOfABarThanItsShareAndGoesOnInTheNext() {
        EngineSettings shared = PERP.toBuilder()
                .execution(ExecutionSettings.builder().barParticipation(0.02).build())
                .build();
        BacktestResult result = BarEngine.run(
                flat(8, "A"),
                context -> {
                    if (context.bars(0) == 1) {
                        context.target(0, 0.5);
                    }
                },
                shared);
        // five units are wanted, two per cent of 100 are two
        assertThat(result.fills())
                .extracting(Fill::signedLots)
                .containsExactly(200_000_000L, 200_000_000L, 100_000_000L);
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void aTimerForATimeThatHasComeWaitsForTheNextBar() {
        int[] rings = new int[1];
        Strategy again = new Strategy() {
            @Override
            public void onStart(Context context) {
                context.timer("again", context.timeNanos());
            }

            @Override
            public void onBar(Context context) {}

            @Override
            public void onTimer(Context context, String name) {
                rings[0]++;
                context.timer(name, context.timeNanos());
            }
        };
        BarEngine.run(flat(6, "A"), again, PERP);
        assertThat(rings[0]).isEqualTo(6);
    }

    @Test
    void errorsOfAStrategyAreNamedAsExceptionsAre() {
        for (Strategy broken : List.<Strategy>of(
                context -> {
                    throw new AssertionError("mine");
                },
                EngineBoundsTest::endless)) {
            assertThatThrownBy(() -> BarEngine.run(flat(4, "A"), broken, PERP))
                    .isInstanceOf(StrategyException.class)
                    .hasMessageContaining("failed in onBar of bar 1 at ")
                    .hasCauseInstanceOf(Error.class);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // what a strategy may do by mistake
    private static void endless(Context context) {
        endless(context);
    }
}
