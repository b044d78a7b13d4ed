package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.market.Side;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.split.WalkForward;

class NestedWalkForwardTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final WalkForward PLAN =
            WalkForward.ofHorizon(1).withTrainDays(90).withStepDays(30);
    private static final NestedSettings SETTINGS = new NestedSettings(
            PLAN,
            3,
            40,
            EngineSettings.builder()
                    .cost(FlatCost.DEFAULT)
                    .limits(EngineSettings.DEFAULT.limits().withoutLiquidityCap())
                    .build());

    /** Daily bars; prices rise by a drift in the first half and fall by it in the second. */
    private static MarketData market(int days, double drift, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        double[] open = new double[days];
        double[] close = new double[days];
        double price = 100;
        for (int i = 0; i < days; i++) {
            open[i] = price;
            price *= Math.exp((i < days / 2 ? drift : -drift) + 0.01 * rng.nextGaussian());
            close[i] = price;
        }
        return data(open, close);
    }

    private static MarketData data(double[] open, double[] close) {
        double[] high = new double[open.length];
        double[] low = new double[open.length];
        double[] volume = new double[open.length];
        Arrays.setAll(high, i -> Math.max(open[i], close[i]));
        Arrays.setAll(low, i -> Math.min(open[i], close[i]));
        Arrays.fill(volume, 1e9);
        Frame frame = Frame.of(
                        "X",
                        TimeIndex.regular(0, DAY, open.length),
                        DAY,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, close)
                .with(Columns.VOLUME, volume);
        return new MarketData(List.of(frame), List.of(), List.of());
    }

    /** Long while the close is above (or below) the one some bars ago. */
    private static Candidate trend(int bars, int sign) {
        return Candidate.of("bars=" + bars + ", sign=" + sign, () -> context -> {
            if (context.bars(0) > bars) {
                boolean up = sign * (context.close(0) - context.close(0, bars)) > 0;
                if (up != context.weight(0) > 0.1) {
                    context.target(0, up ? 0.9 : 0);
                }
            }
        });
    }

    private static List<Candidate> trends() {
        return List.of(trend(5, 1), trend(20, 1), trend(10, -1), trend(30, -1));
    }

    private static NestedResult run(MarketData data, List<Candidate> candidates) {
        return NestedWalkForward.run(data, candidates, SETTINGS, SequentialTaskExecutor.create());
    }

    @Test
    void theCandidateThatEarnsInTheWindowIsChosenAndAllChoicesAreListed() {
        Candidate idle = Candidate.of("idle", () -> context -> {});
        Candidate holds = Candidate.of("holds", () -> context -> context.target(0, 0.9));
        NestedResult result = run(market(400, 0.004, 1), List.of(idle, holds));
        assertThat(result.choices()).hasSize(11).allSatisfy(choice -> {
            assertThat(choice.scores()).hasSize(2);
            assertThat(choice.scores().get(0)).as("no trade, no score").isNaN();
            assertThat(choice.candidate()).isEqualTo("holds");
        });
        assertThat(result.evaluations()).isEqualTo(11 * 2 * 3);
        assertThat(result.choices().get(0).retrainNanos()).isEqualTo(90 * DAY);
        assertThat(result.times()[0]).isEqualTo(91 * DAY);
        assertThat(result.returns()).hasSameSizeAs(result.times());
        assertThat(result.columns().get(2).cells()).hasSize(11);
    }

    @Test
    void whenTheMarketTurnsTheChoiceTurnsAfterIt() {
        EngineSettings perpetual =
                SETTINGS.engine().toBuilder().kind(Instrument.Kind.PERP).build();
        NestedResult result = NestedWalkForward.run(
                market(600, 0.006, 2),
                List.of(
                        Candidate.of("long", () -> context -> context.target(0, 0.5)),
                        Candidate.of("short", () -> context -> context.target(0, -0.5))),
                new NestedSettings(PLAN, 2, 0, perpetual),
                SequentialTaskExecutor.create());
        List<String> names =
                result.choices().stream().map(NestedResult.Choice::candidate).toList();
        assertThat(names.get(0)).isEqualTo("long");
        assertThat(names.subList(14, names.size())).containsOnly("short");
    }

    @Test
    void nothingOfATestFoldEntersItsChoiceOrAnEarlierOne() {
        MarketData honest = market(330, 0.002, 3);
        NestedResult expected = run(honest, trends());
        assertThat(expected.choices().stream()
                        .map(NestedResult.Choice::candidate)
                        .distinct())
                .as("the choices are not all the same")
                .hasSizeGreaterThan(1);
        for (int k = 0; k < expected.choices().size(); k++) {
            long retrain = expected.choices().get(k).retrainNanos();
            for (int way = 0; way < 3; way++) {
                NestedResult spoilt = run(spoilt(honest, retrain, way), trends());
                for (int j = 0; j <= k && j < spoilt.choices().size(); j++) {
                    assertThat(spoilt.choices().get(j).candidate())
                            .as("choice %d, spoilt after %d, way %d", j, k, way)
                            .isEqualTo(expected.choices().get(j).candidate());
                    assertThat(spoilt.choices().get(j).scores())
                            .isEqualTo(expected.choices().get(j).scores());
                }
                int known = (int) Arrays.stream(expected.times())
                        .filter(time -> time <= retrain)
                        .count();
                assertThat(Arrays.copyOf(spoilt.equity(), known)).isEqualTo(Arrays.copyOf(expected.equity(), known));
            }
        }
    }

    /** Other prices after a time: turned round, wildly scaled, or cut off after a step. */
    private static MarketData spoilt(MarketData data, long after, int way) {
        Frame frame = data.frames().get(0);
        int from = frame.index().ceiling(after);
        double[] open = frame.column(Columns.OPEN).toArray();
        double[] close = frame.column(Columns.CLOSE).toArray();
        if (way == 2) {
            int to = Math.min(open.length, from + 30);
            return data(Arrays.copyOf(open, to), Arrays.copyOf(close, to));
        }
        Rng rng = Seeds.rng(9, way);
        for (int i = from; i < open.length; i++) {
            open[i] = way == 0 ? 1e4 / open[i] : open[i] * Math.exp(rng.nextGaussian());
            close[i] = way == 0 ? 1e4 / close[i] : close[i] * Math.exp(rng.nextGaussian());
        }
        return data(open, close);
    }

    @Test
    void aFittedCandidateIsMadeFromTheTrainingWindowLessPurgeAndEmbargo() {
        List<long[]> spans = Collections.synchronizedList(new ArrayList<>());
        Candidate recorder = Candidate.fitted("recorder", known -> {
            Frame frame = known.frames().get(0);
            spans.add(new long[] {frame.index().at(0), frame.availableAt(frame.size() - 1)});
            return context -> context.target(0, 0.5);
        });
        NestedResult result = run(market(200, 0.002, 4), List.of(recorder));
        int folds = result.choices().size();
        // three inner parts and the fold itself, each with a gap of one bar of purge and one of embargo
        assertThat(spans).hasSize(folds * 4);
        for (NestedResult.Choice choice : result.choices()) {
            long retrain = choice.retrainNanos();
            assertThat(spans)
                    .anySatisfy(span -> assertThat(span).containsExactly(retrain - 90 * DAY, retrain - 2 * DAY));
        }
        assertThat(spans).allSatisfy(span -> assertThat(span[1] - span[0]).isLessThanOrEqualTo(88 * DAY));
    }

    @Test
    void aWishOfTheRunInIsMetAtTheFirstDecisionAndItsCostIsPaid() {
        Candidate once = Candidate.of("once", () -> new Strategy() {
            private boolean asked;

            @Override
            public void onBar(Context context) {
                assertThat(context.position(0) != 0)
                        .as("no position before its turn")
                        .isEqualTo(asked && isOwn(context));
                if (!asked) {
                    context.target(0, 0.5);
                    asked = true;
                }
            }

            private boolean isOwn(Context context) {
                return context.position(0) != 0;
            }
        });
        NestedResult result = run(market(220, 0.002, 5), List.of(once));
        assertThat(result.run().fills()).isNotEmpty();
        assertThat(result.run().fills().get(0).tsNanos())
                .as("decided at the first close after the choice, filled at the next open")
                .isEqualTo(91 * DAY);
        assertThat(result.run().fillCount())
                .as("goes on, as it is chosen again")
                .isEqualTo(1);
    }

    @Test
    void handingOverEndsOrdersAndSellsWhatTheNextDoesNotWant() {
        Strategy first = new Strategy() {
            private boolean sent;

            @Override
            public void onBar(Context context) {
                context.target(0, 0.5);
                if (!sent && context.position(0) > 0) {
                    sent = true;
                    context.submit(OrderRequest.limit(0, Side.BUY, 1, 1));
                }
            }
        };
        RelayStrategy relay = new RelayStrategy(
                List.of(new RelayStrategy.Leg(5 * DAY, 0, () -> first, false), RelayStrategy.Leg.flat(10 * DAY)));
        var result = org.lama.backtest.engine.BarEngine.run(market(20, 0.001, 6), relay, SETTINGS.engine());
        assertThat(result.exposure()[9]).isGreaterThan(0.4);
        assertThat(result.exposure()[12]).isZero();
        assertThat(result.fills().get(0).tsNanos()).isEqualTo(6 * DAY);
        assertThat(result.submittedOrders()).isEqualTo(1);
    }

    @Test
    void ordersSentInTheRunInAreRefusedAndTheStrategyIsTold() {
        List<OrderEvent> news = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        Strategy eager = new Strategy() {
            @Override
            public void onBar(Context context) {
                if (context.timeNanos() < 4 * DAY) {
                    ids.add(context.submit(OrderRequest.market(0, Side.BUY, 1)));
                    context.cancel(ids.get(0));
                    context.submitBracket(
                            OrderRequest.market(0, Side.BUY, 1),
                            OrderRequest.limit(0, Side.SELL, 1, 200),
                            OrderRequest.stop(0, Side.SELL, 1, 50));
                    context.submitOneCancelsOther(
                            OrderRequest.limit(0, Side.BUY, 1, 50), OrderRequest.stop(0, Side.BUY, 1, 200));
                    context.timer("later", context.timeNanos() + DAY / 2);
                }
            }

            @Override
            public void onTimer(Context context, String name) {
                assertThat(name).isEqualTo("later");
            }

            @Override
            public void onOrder(Context context, OrderEvent event) {
                news.add(event);
            }
        };
        RelayStrategy relay = new RelayStrategy(List.of(new RelayStrategy.Leg(5 * DAY, 0, () -> eager, false)));
        var result = org.lama.backtest.engine.BarEngine.run(market(9, 0.001, 7), relay, SETTINGS.engine());
        assertThat(result.fillCount()).isZero();
        assertThat(ids).hasSizeGreaterThan(1).allMatch(id -> id < 0);
        assertThat(news).hasSize(6 * ids.size()).allSatisfy(event -> {
            OrderEvent.Rejected rejected = (OrderEvent.Rejected) event;
            assertThat(rejected.reason()).isEqualTo(OrderEvent.Reason.WARM_UP);
        });
    }

    @Test
    void aFoldWithoutAnyScoreStaysFlat() {
        NestedResult result = run(market(200, 0.002, 8), List.of(Candidate.of("idle", () -> context -> {})));
        assertThat(result.choices())
                .allSatisfy(choice -> assertThat(choice.candidate()).isEmpty());
        assertThat(result.run().fillCount()).isZero();
        assertThat(result.returns()).containsOnly(0);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        MarketData data = market(300, 0.002, 10);
        NestedResult one = run(data, trends());
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            NestedResult three = NestedWalkForward.run(data, trends(), SETTINGS, ThreadTaskExecutor.of(pool, 1));
            assertThat(three.choices()).isEqualTo(one.choices());
            assertThat(three.equity()).isEqualTo(one.equity());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void badInputIsNamed() {
        MarketData data = market(200, 0, 11);
        assertThatThrownBy(() -> run(data, List.of())).hasMessage("candidates must hold at least one strategy");
        assertThatThrownBy(() -> run(data, List.of(trend(5, 1), trend(5, 1))))
                .hasMessage("candidates must have different names, but two are called 'bars=5, sign=1'");
        assertThatThrownBy(() -> run(market(60, 0, 1), trends()))
                .hasMessageContaining("longer than one training window of 90 days");
        assertThatThrownBy(() -> new NestedSettings(PLAN, 0, 40, EngineSettings.DEFAULT))
                .hasMessageContaining("innerFolds");
        assertThatThrownBy(() -> Candidate.of(" ", () -> context -> {})).hasMessageContaining("name");
        assertThat(NestedSettings.defaults().innerFolds()).isEqualTo(3);
    }
}
