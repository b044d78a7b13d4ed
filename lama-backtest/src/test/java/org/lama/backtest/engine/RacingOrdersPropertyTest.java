package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/**
 * Orders and targets that race each other: whatever comes first, no fill leads beyond the limits that held when its order was
 * let out, unless prices have moved since.
 */
class RacingOrdersPropertyTest {
    private static final double CASH = 1000;
    private static final double LEVERAGE = 5;
    private static final double WEIGHT = 0.5;
    private static final double GROSS = 0.8;
    /** Of what is traded in a day, 100 units. */
    private static final double SHARE = 0.04;

    private static final long UNIT = 100_000_000L;
    private static final double NO_SHARE = Double.POSITIVE_INFINITY;

    private static EngineSettings.Builder settings(double share) {
        return EngineSettings.builder()
                .cost(FlatCost.NONE)
                .cash(CASH)
                .kind(Kind.PERP)
                .leverage(LEVERAGE)
                .limits(new RiskLimits(GROSS, WEIGHT, share));
    }

    /** Sends, targets and cancels at random in both directions; knows no limits. */
    private static final class Careless implements Strategy {
        private final Rng rng;
        private final List<Long> sent = new ArrayList<>();
        private int cut;

        Careless(long seed) {
            rng = Seeds.rng(seed, 1);
        }

        @Override
        public void onBar(Context context) {
            for (int s = 0; s < context.symbols().size(); s++) {
                if (rng.nextDouble() < 0.7) {
                    act(context, s);
                }
            }
        }

        private void act(Context context, int s) {
            double kind = rng.nextDouble();
            double price = context.close(s);
            double quantity = 1.2 * WEIGHT * context.equity() / price * rng.nextDouble();
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            double away = price * (1 + side.sign() * 0.015 * rng.nextDouble());
            double towards = price * (1 - side.sign() * 0.015 * rng.nextDouble());
            if (kind < 0.15) {
                context.target(s, 0);
            } else if (kind < 0.3) {
                context.target(s, 2 * WEIGHT * (rng.nextDouble() - 0.5));
            } else if (kind < 0.35) {
                context.targetQuantity(s, side.sign() * quantity);
            } else if (kind < 0.5) {
                sent.add(context.submit(OrderRequest.market(s, side, quantity)));
            } else if (kind < 0.65) {
                sent.add(context.submit(OrderRequest.limit(s, side, quantity, towards)));
            } else if (kind < 0.75) {
                sent.add(context.submit(OrderRequest.stop(s, side, quantity, away)));
            } else if (kind < 0.8) {
                context.submitOneCancelsOther(
                        OrderRequest.limit(s, side, quantity, towards), OrderRequest.stop(s, side, quantity / 2, away));
            } else if (kind < 0.9) {
                bracket(context, s, side, quantity, towards);
            } else if (!sent.isEmpty()) {
                context.cancel(sent.remove(rng.nextInt(sent.size())));
            }
        }

        private void bracket(Context context, int s, Side side, double quantity, double entry) {
            Side back = side == Side.BUY ? Side.SELL : Side.BUY;
            context.submitBracket(
                    OrderRequest.limit(s, side, quantity, entry),
                    OrderRequest.limit(s, back, quantity, entry * (1 + side.sign() * 0.01)),
                    OrderRequest.stop(s, back, quantity, entry * (1 - side.sign() * 0.01)));
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            boolean moved = event instanceof OrderEvent.Moved end && end.reason() == Reason.LIMIT;
            boolean atFill = event instanceof OrderEvent.Rejected no
                    && no.reason() == Reason.LIMIT
                    && sent.contains(no.orderId());
            cut += moved || atFill ? 1 : 0;
        }
    }

    /** Around 100, without a trend, so that what prices change since an order was let out is small. */
    private static MarketData still(long seed, int bars) {
        Frame[] frames = new Frame[2];
        for (int s = 0; s < frames.length; s++) {
            Rng rng = Seeds.rng(seed, 10 + s);
            double[][] price = new double[5][bars];
            for (int i = 0; i < bars; i++) {
                double open = 100 + 0.5 * rng.nextGaussian();
                double close = 100 + 0.5 * rng.nextGaussian();
                price[0][i] = open;
                price[1][i] = Math.max(open, close) + rng.nextDouble();
                price[2][i] = Math.min(open, close) - rng.nextDouble();
                price[3][i] = close;
                price[4][i] = 100;
            }
            frames[s] = Markets.frame("S" + s, price[0], price[3])
                    .with(Columns.HIGH, price[1])
                    .with(Columns.LOW, price[2])
                    .with(Columns.VOLUME, price[4]);
        }
        return Markets.of(frames);
    }

    private static BacktestResult run(long seed, Careless strategy, ExecutionSettings execution, double share) {
        return BarEngine.run(
                still(seed, 250), strategy, settings(share).execution(execution).build());
    }

    private static ExecutionSettings execution(long seed, FillTiming timing) {
        IntrabarPath[] paths = IntrabarPath.values();
        return ExecutionSettings.builder()
                .timing(timing)
                .path(paths[(int) (seed % paths.length)])
                .latency(Duration.ofHours(seed % 3 == 0 ? 30 : 0))
                .barParticipation(seed % 4 == 3 ? 0.02 : 1)
                .build();
    }

    /** The most lots that the limits have allowed at any moment: prices are above 96, and equity has been at most this. */
    private static double mostLots(BacktestResult result, double share) {
        double richest = Math.max(CASH, Arrays.stream(result.equity()).max().orElseThrow()) * 1.02;
        return Math.min(WEIGHT * richest, share * 100 * 104) / 96 * UNIT;
    }

    @ParameterizedTest
    @EnumSource(FillTiming.class)
    void noRaceLeadsAPositionBeyondItsLimit(FillTiming timing) {
        int cut = 0;
        for (long seed = 1; seed <= 40; seed++) {
            double share = seed % 2 == 0 ? SHARE : NO_SHARE;
            Careless strategy = new Careless(seed);
            BacktestResult result = run(seed, strategy, execution(seed, timing), share);
            double most = mostLots(result, share);
            long[] held = new long[2];
            for (Fill fill : result.fills()) {
                held[fill.symbol()] += fill.signedLots();
                assertThat((double) Math.abs(held[fill.symbol()]))
                        .as("seed %d, at %d", seed, fill.tsNanos())
                        .isLessThanOrEqualTo(most);
            }
            assertThat(result.fills().size()).as("seed %d trades", seed).isGreaterThan(50);
            assertThat(result.audit()).isEmpty();
            cut += strategy.cut;
        }
        assertThat(cut).as("fills that were cut").isPositive();
    }

    @Test
    void noRaceLeadsAllPositionsBeyondTheGrossLimitAtACloseWhereAllFills() {
        for (long seed = 1; seed <= 60; seed++) {
            BacktestResult result =
                    run(seed, new Careless(seed), ExecutionSettings.builder().build(), NO_SHARE);
            assertThat(Arrays.stream(result.exposure()).max().orElseThrow())
                    .as("seed %d", seed)
                    .isBetween(WEIGHT, GROSS * 1.1);
        }
    }

    /** Long by half of the equity; a sale of the whole equity waits 5 % above; then the position is brought to nothing. */
    private static BacktestResult orderAgainstTarget(double later) {
        double[] price = {100, 100, 100, 100, 100, later, later, later, later};
        double[] high = price.clone();
        high[7] = later * 1.06;
        MarketData market = Markets.of(
                Markets.frame("A", price, price).with(Columns.HIGH, high).with(Columns.LOW, price));
        Strategy racing = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 0.5);
            } else if (context.bars(0) == 3) {
                context.submit(OrderRequest.limit(0, Side.SELL, 10, later * 1.05));
            } else if (context.bars(0) == 4) {
                context.target(0, 0);
            }
        };
        return BarEngine.run(
                market,
                racing,
                settings(NO_SHARE).limits(new RiskLimits(0.5, 0.5, NO_SHARE)).build());
    }

    @Test
    void aTargetOfNothingLeavesAnOrderThatWaitsOnlyWhatItWasPromised() {
        BacktestResult result = orderAgainstTarget(100);
        // promised: from 5 long to 5 short; the other five of its ten would lead to 10 short
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(5 * UNIT, -5 * UNIT, -5 * UNIT);
        assertThat(result.audit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {104, 150, 400})
    void pricesThatDriftTakeNothingOfAPromise(double later) {
        Strategy waiting = context -> {
            if (context.bars(0) == 1) {
                context.submit(OrderRequest.stop(0, Side.BUY, 2, 101));
                context.submit(OrderRequest.stop(0, Side.BUY, 3, 101));
            }
        };
        double[] price = {100, 100, later, later};
        MarketData market = Markets.of(
                Markets.frame("A", price, price).with(Columns.HIGH, price).with(Columns.LOW, price));
        BacktestResult result = BarEngine.run(
                market,
                waiting,
                settings(NO_SHARE).limits(new RiskLimits(0.5, 0.5, NO_SHARE)).build());
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(2 * UNIT, 3 * UNIT);
    }

    @Test
    void aTargetThatIsGrantedBesideAnOrderIsPromisedToItToo() {
        double[] price = {100, 100, 100, 160, 160};
        MarketData market = Markets.of(
                Markets.frame("A", price, price).with(Columns.HIGH, price).with(Columns.LOW, price));
        Strategy both = context -> {
            if (context.bars(0) == 1) {
                context.submit(OrderRequest.stop(0, Side.BUY, 2, 101));
                context.target(0, 0.5);
            }
        };
        BacktestResult result = BarEngine.run(
                market,
                both,
                settings(NO_SHARE).limits(new RiskLimits(0.5, 0.5, NO_SHARE)).build());
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(3 * UNIT, 2 * UNIT);
    }

    @Test
    void threeSalesThatEachCloseThePositionDoNotTurnItBeyondItsLimit() {
        double[] price = {100, 100, 100, 100, 100, 100};
        MarketData market = Markets.of(
                Markets.frame("A", price, price).with(Columns.HIGH, price).with(Columns.LOW, price));
        List<Reason> ends = new ArrayList<>();
        Strategy selling = new Strategy() {
            @Override
            public void onBar(Context context) {
                if (context.bars(0) == 1) {
                    context.target(0, 0.5);
                } else if (context.bars(0) == 3) {
                    for (int i = 0; i < 3; i++) {
                        context.submit(OrderRequest.market(0, Side.SELL, 5));
                    }
                }
            }

            @Override
            public void onOrder(Context context, OrderEvent event) {
                if (event instanceof OrderEvent.Rejected no) {
                    ends.add(no.reason());
                }
            }
        };
        BacktestResult result = BarEngine.run(
                market,
                selling,
                settings(NO_SHARE).limits(new RiskLimits(0.5, 0.5, NO_SHARE)).build());
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(5 * UNIT, -5 * UNIT, -5 * UNIT);
        assertThat(ends).containsExactly(Reason.LIMIT);
    }
}
