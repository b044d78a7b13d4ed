package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.risk.DrawdownLimits;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;
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

    /** A market that stands at 100 and dips to 90 in each bar from the third on, which fills what waits below. */
    private static MarketData dipping(int days, String... symbols) {
        double[] price = new double[days];
        Arrays.fill(price, 100);
        double[] low = price.clone();
        Arrays.fill(low, 3, days, 90);
        return Markets.of(Arrays.stream(symbols)
                .map(symbol -> Markets.frame(symbol, price, price)
                        .with(Columns.HIGH, price)
                        .with(Columns.LOW, low))
                .toArray(Frame[]::new));
    }

    private static double[] exposure(int waiting, double... targets) {
        Strategy both = context -> {
            if (context.bars(0) == 1) {
                // 60 % of the equity waits below the market
                context.submit(OrderRequest.limit(waiting, Side.BUY, 6, 99.999));
                for (int s = 0; s < targets.length; s++) {
                    if (!Double.isNaN(targets[s])) {
                        context.target(s, targets[s]);
                    }
                }
            }
        };
        return BarEngine.run(dipping(5, "A", "B"), both, PERP).exposure();
    }

    @Test
    void targetsLeaveRoomForOrdersThatWait() {
        double nan = Double.NaN;
        // in the same symbol, in another one, and beside a second target
        for (double[] run : new double[][] {exposure(0, 0.8, nan), exposure(1, 0.8, nan), exposure(1, 0.8, 0.2)}) {
            assertThat(run[2]).as("before the dip").isCloseTo(0.4, within(1e-9));
            assertThat(run[4]).as("after the dip").isCloseTo(1.0, within(1e-4));
        }
        // a target on the other side makes room, and one to nothing is never cut
        assertThat(exposure(0, -0.8, nan)[2]).isCloseTo(0.8, within(1e-9));
        assertThat(exposure(0, -0.8, nan)[4]).isCloseTo(0.2, within(1e-4));
        assertThat(exposure(0, 0, nan)[4]).isCloseTo(0.6, within(1e-4));
    }

    @Test
    void ordersThatOnlyReduceTakeNoRoomFromTargets() {
        Strategy protecting = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 0.5);
            } else if (context.bars(0) == 2) {
                context.submit(OrderRequest.stop(0, Side.SELL, 5, 50).asReduceOnly());
                context.target(0, 1);
            }
        };
        assertThat(BarEngine.run(dipping(5, "A", "B"), protecting, PERP).exposure()[3])
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void aKeptTargetThatHasNotFilledYetTakesRoomFromOthers() {
        Strategy slow = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 0.7);
            } else if (context.bars(0) == 2) {
                context.target(1, 0.7);
            }
        };
        EngineSettings late = PERP.toBuilder()
                .execution(ExecutionSettings.builder()
                        .latency(Duration.ofHours(30))
                        .build())
                .build();
        assertThat(BarEngine.run(dipping(6, "A", "B"), slow, late).exposure()[5])
                .isCloseTo(1, within(1e-9));
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
    void anOrderComesOnTopOfTheTargetThatIsUnderWayInItsOwnSymbol() {
        List<Reason> refused = new ArrayList<>();
        Strategy greedy = new Strategy() {
            @Override
            public void onBar(Context context) {
                if (context.bars(0) == 1) {
                    context.target(0, 1);
                } else if (context.bars(0) == 2) {
                    // two of ten have filled, the other eight wait for volume
                    context.submit(OrderRequest.market(0, Side.BUY, 6));
                }
            }

            @Override
            public void onOrder(Context context, OrderEvent event) {
                if (event instanceof OrderEvent.Rejected rejected) {
                    refused.add(rejected.reason());
                }
            }
        };
        EngineSettings slow = PERP.toBuilder()
                .leverage(3)
                .execution(ExecutionSettings.builder().barParticipation(0.02).build())
                .build();
        BacktestResult result = BarEngine.run(flat(12, "A"), greedy, slow);
        assertThat(refused).containsExactly(Reason.LIMIT);
        assertThat(Arrays.stream(result.exposure()).max().orElseThrow()).isCloseTo(1, within(1e-9));
    }

    /** From 100 to 80 in the third bar, and then down to 60 and up to 130 in every bar. */
    private static MarketData sinking(int days) {
        double[] price = new double[days];
        Arrays.fill(price, 80);
        Arrays.fill(price, 0, 2, 100);
        double[] high = price.clone();
        double[] low = price.clone();
        Arrays.fill(high, 3, days, 130);
        Arrays.fill(low, 3, days, 60);
        double[] volume = new double[days];
        Arrays.fill(volume, 100);
        volume[2] = 50;
        return Markets.of(Markets.frame("A", price, price)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.VOLUME, volume));
    }

    private static BacktestResult whileReducing(double share, Consumer<Context> second) {
        EngineSettings limited = PERP.toBuilder()
                .drawdown(new DrawdownLimits(0.03, 0.9, 0.02, Duration.ZERO, Double.POSITIVE_INFINITY, false))
                .execution(ExecutionSettings.builder().barParticipation(share).build())
                .build();
        return BarEngine.run(
                sinking(10),
                context -> {
                    if (context.bars(0) == 1) {
                        context.target(0, 0.4);
                    } else if (context.bars(0) == 2) {
                        second.accept(context);
                    }
                },
                limited);
    }

    private static long heldLots(BacktestResult result) {
        assertThat(result.audit()).isEmpty();
        return result.fills().stream().mapToLong(Fill::signedLots).sum();
    }

    @Test
    void ordersAndTargetsThatAreOutOnlyReduceOnceTheDrawdownIsReached() {
        long unit = 100_000_000L;
        // four are held: what would buy more ends, what sells sells no more than what is held
        assertThat(heldLots(whileReducing(1, c -> c.submit(OrderRequest.limit(0, Side.BUY, 1, 70)))))
                .isEqualTo(4 * unit);
        assertThat(heldLots(whileReducing(1, c -> {
                    c.submit(OrderRequest.limit(0, Side.SELL, 3, 120));
                    c.submit(OrderRequest.limit(0, Side.SELL, 3, 121));
                })))
                .isZero();
        assertThat(heldLots(whileReducing(
                        1,
                        c -> c.submitBracket(
                                OrderRequest.limit(0, Side.BUY, 1, 70),
                                OrderRequest.limit(0, Side.SELL, 1, 200),
                                OrderRequest.stop(0, Side.SELL, 1, 10)))))
                .isEqualTo(4 * unit);
        // two and one of four are held when the drawdown comes, the rest of the target does not follow
        assertThat(heldLots(whileReducing(0.02, c -> {}))).isEqualTo(3 * unit);
        assertThat(heldLots(whileReducing(0.02, c -> c.target(0, 0.9)))).isEqualTo(3 * unit);
        // two less one: a target that turns the position stops at nothing
        assertThat(heldLots(whileReducing(0.02, c -> c.target(0, -0.9)))).isZero();
    }

    @Test
    void targetsAndOrdersOfAllStrategiesShareOneBudgetOfEachBar() {
        EngineSettings shared = PERP.toBuilder()
                .execution(ExecutionSettings.builder().barParticipation(0.02).build())
                .build();
        // at the same opens a target, market orders, and limits that the market jumps over
        Strategy busy = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 0.5);
                context.submit(OrderRequest.market(0, Side.BUY, 1));
                context.submit(OrderRequest.limit(0, Side.BUY, 1, 101));
            }
        };
        List<Strategy> both = List.of(busy, busy);
        BacktestResult result = BarEngine.run(
                Market.of(flat(14, "A")),
                StrategyBook.equalShares(List.of("one", "two"), both),
                shared,
                EngineObserver.SILENT);
        Map<Long, Long> perBar = new TreeMap<>();
        result.fills().forEach(fill -> perBar.merge(fill.tsNanos(), fill.lots(), Long::sum));
        assertThat(perBar.values()).allMatch(lots -> lots <= 200_000_000L);
        assertThat(perBar.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(600_000_000L);
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void aPartOfATargetIsToldAsAPart() {
        List<OrderState> told = new ArrayList<>();
        Strategy strategy = new Strategy() {
            @Override
            public void onBar(Context context) {
                if (context.bars(0) == 1) {
                    context.target(0, 0.5);
                }
            }

            @Override
            public void onOrder(Context context, OrderEvent event) {
                told.add(((OrderEvent.Filled) event).state());
            }
        };
        BarEngine.run(
                flat(8, "A"),
                strategy,
                PERP.toBuilder()
                        .execution(ExecutionSettings.builder()
                                .barParticipation(0.02)
                                .build())
                        .build());
        assertThat(told).containsExactly(OrderState.PARTIAL, OrderState.PARTIAL, OrderState.FILLED);
    }

    @Test
    void aTargetThatArrivesInsideABarFillsWhenItArrivesAndWhereThePathIsThen() {
        double[] open = {100, 100, 100};
        MarketData data = Markets.of(Markets.frame("A", open, new double[] {100, 106, 100})
                .with(Columns.HIGH, new double[] {100, 130, 100})
                .with(Columns.LOW, new double[] {100, 70, 100}));
        // a sixth of the bar: half way of the first of three legs on the fixed paths
        long after = Markets.DAY / 6;
        Map<IntrabarPath, Long> expected = Map.of(
                IntrabarPath.PESSIMISTIC, 105L,
                IntrabarPath.OPTIMISTIC, 95L,
                IntrabarPath.OPEN_HIGH_LOW_CLOSE, 115L,
                IntrabarPath.OPEN_LOW_HIGH_CLOSE, 85L,
                IntrabarPath.NEAREST_FIRST, 85L);
        for (IntrabarPath path : IntrabarPath.values()) {
            EngineSettings late = PERP.toBuilder()
                    .execution(ExecutionSettings.builder()
                            .timing(FillTiming.CLOSE_WITH_LATENCY)
                            .latency(Duration.ofNanos(after))
                            .path(path)
                            .build())
                    .build();
            Strategy buys = context -> {
                if (context.bars(0) == 1) {
                    context.target(0, 0.5);
                }
            };
            Fill fill = BarEngine.run(data, buys, late).fills().get(0);
            assertThat(fill.tsNanos()).as(path.toString()).isEqualTo(Markets.DAY + after);
            assertThat(fill.priceTicks())
                    .as(path.toString())
                    .isEqualTo(expected.getOrDefault(path, -1L) * 100_000_000L);
        }
    }

    /** What a tenth of a bar's volume of 100 lets a large order and a large target trade in the next bar. */
    private static double share(Contract contract, boolean target) {
        Strategy strategy = context -> {
            if (context.bars(0) == 1) {
                if (target) {
                    context.target(0, 1);
                } else {
                    context.submit(OrderRequest.market(0, Side.BUY, 1_000_000));
                }
            }
        };
        EngineSettings settings = EngineSettings.builder()
                .cost(FlatCost.NONE)
                .cash(1e9)
                .currency(contract.settlement())
                .contracts(List.of(contract))
                .limits(new RiskLimits(1e9, 1e9, Double.POSITIVE_INFINITY))
                .execution(ExecutionSettings.builder().barParticipation(0.1).build())
                .build();
        return BarEngine.run(flat(3, "A"), strategy, settings).fills().get(0).lots();
    }

    @Test
    void theShareOfABaseVolumeIsReckonedInContracts() {
        Contract sized = new Contract(
                new Instrument("X", Kind.PERP, "A", "USD", 2, 0),
                Contract.Payoff.LINEAR,
                "USD",
                0.01,
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Optional.empty(),
                Optional.empty());
        Contract inverse = Contract.inversePerpetual(
                new Instrument("X", Kind.PERP, "A", "USD", 2, 0),
                10,
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Duration.ofHours(8));
        for (boolean target : new boolean[] {true, false}) {
            // ten of the base are a thousand contracts of 0.01, and at 100 a hundred contracts of 10 USD
            assertThat(share(sized, target)).isEqualTo(1000);
            assertThat(share(inverse, target)).isEqualTo(100);
        }
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
