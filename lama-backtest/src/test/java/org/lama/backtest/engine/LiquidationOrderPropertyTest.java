package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.MarginMode;
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
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

/** The end of a position takes its place among the orders of the bar: nothing at or beyond it fills first. */
class LiquidationOrderPropertyTest {
    private static final double LEVERAGE = 10;
    private static final double CASH = 10_000;
    private static final Contract PERPETUAL = Contract.linearPerpetual(
            new Instrument("X", Kind.PERP, "A", "USD", 4, 4),
            TradingRules.NONE,
            MarginTiers.of(new double[] {0}, new double[] {0.005}, 20, 0.001),
            Duration.ofHours(8));

    private static EngineSettings settings(IntrabarPath path, FillTiming timing) {
        return EngineSettings.builder()
                .cost(FlatCost.NONE)
                .cash(CASH)
                .contracts(List.of(PERPETUAL))
                .marginMode(MarginMode.ISOLATED)
                .leverage(LEVERAGE)
                .limits(new RiskLimits(20, 20, 1))
                .execution(ExecutionSettings.builder().path(path).timing(timing).build())
                .build();
    }

    /** Open, high, low, close of each day. */
    private static MarketData bars(double[]... rows) {
        double[][] columns = new double[4][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < 4; c++) {
                columns[c][i] = rows[i][c];
            }
        }
        return Markets.of(Markets.frame("A", columns[0], columns[3])
                .with(Columns.HIGH, columns[1])
                .with(Columns.LOW, columns[2]));
    }

    /** 900 bought at 100 with ten times leverage: due at 90 / 0.995 = 90.4522. The exits wait from the fill on. */
    private static BacktestResult held(IntrabarPath path, double[] last, OrderRequest... exits) {
        Strategy strategy = context -> {
            if (context.bars(0) == 1) {
                context.submit(OrderRequest.market(0, Side.BUY, 900));
            } else if (context.bars(0) == 2) {
                for (OrderRequest exit : exits) {
                    context.submit(exit.asReduceOnly());
                }
            }
        };
        double[] flat = {100, 100, 100, 100};
        return BarEngine.run(bars(flat, flat, last, last), strategy, settings(path, FillTiming.NEXT_OPEN));
    }

    private static Optional<OrderEvent.Forced> forced(BacktestResult result) {
        return result.exceptions().stream()
                .filter(OrderEvent.Forced.class::isInstance)
                .map(OrderEvent.Forced.class::cast)
                .findFirst();
    }

    private static double exit(BacktestResult result) {
        assertThat(result.audit()).isEmpty();
        return result.fills().get(1).priceTicks() * 1e-4;
    }

    @ParameterizedTest
    @EnumSource(IntrabarPath.class)
    void aStopBeyondTheEndOfThePositionDoesNotFill(IntrabarPath path) {
        double[] falling = {100, 100, 80, 82};
        BacktestResult result = held(path, falling, OrderRequest.stop(0, Side.SELL, 900, 85));
        assertThat(exit(result)).isCloseTo(90.4522, within(1e-4));
        assertThat(forced(result).orElseThrow().reason()).isEqualTo(Reason.LIQUIDATED);
        assertThat(result.fills()).hasSize(2);
        // one that comes before it does, and then there is nothing left to take away
        BacktestResult stopped = held(path, falling, OrderRequest.stop(0, Side.SELL, 900, 95));
        assertThat(exit(stopped)).isEqualTo(95);
        assertThat(forced(stopped)).isEmpty();
        // without orders the same price
        assertThat(exit(held(path, falling))).isEqualTo(exit(result));
    }

    @Test
    void anExitWithProfitFillsFirstOnlyWhereThePathMeetsItFirst() {
        double[] wide = {100, 125, 80, 100};
        OrderRequest profit = OrderRequest.limit(0, Side.SELL, 900, 120);
        for (IntrabarPath path : IntrabarPath.values()) {
            BacktestResult result = held(path, wide, profit);
            boolean lowFirst = path == IntrabarPath.PESSIMISTIC
                    || path == IntrabarPath.OPEN_LOW_HIGH_CLOSE
                    || path == IntrabarPath.NEAREST_FIRST;
            assertThat(exit(result)).as(path.toString()).isCloseTo(lowFirst ? 90.4522 : 120, within(1e-4));
            assertThat(forced(result).isPresent()).isEqualTo(lowFirst);
            assertThat(result.ambiguousBars()).isEqualTo(1);
        }
    }

    @Test
    void aBarThatOpensBeyondTheEndOfAPositionEndsItAtTheOpenBeforeStopsAndTargets() {
        double[] gap = {80, 85, 79, 84};
        BacktestResult stopped = held(IntrabarPath.PESSIMISTIC, gap, OrderRequest.stop(0, Side.SELL, 900, 95));
        assertThat(forced(stopped).orElseThrow().fill().priceTicks()).isEqualTo(800_000);
        assertThat(forced(stopped).orElseThrow().tsNanos()).isEqualTo(2 * Markets.DAY);
        assertThat(stopped.equity()[3]).isCloseTo(1000, within(1e-6));
        double[] flat = {100, 100, 100, 100};
        Strategy leaving = context -> {
            if (context.bars(0) <= 2) {
                context.target(0, context.bars(0) == 1 ? 9 : 0);
            }
        };
        for (FillTiming timing : FillTiming.values()) {
            BacktestResult left =
                    BarEngine.run(bars(flat, flat, gap, gap), leaving, settings(IntrabarPath.PESSIMISTIC, timing));
            assertThat(left.equity()[3]).as(timing.toString()).isCloseTo(1000, within(1e-6));
        }
    }

    @Test
    void aPositionThatIsOpenedAtTheCloseDoesNotStandAtTheLowBefore() {
        double[] flat = {100, 100, 100, 100};
        double[] dip = {100, 100, 60, 100};
        Strategy once = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 9);
            }
        };
        BacktestResult result =
                BarEngine.run(bars(flat, dip, flat), once, settings(IntrabarPath.PESSIMISTIC, FillTiming.NEXT_CLOSE));
        assertThat(result.fillCount()).isEqualTo(1);
        assertThat(result.equity()[2]).isEqualTo(CASH);
    }

    /** Enters once, one way or another, and sends exits of all kinds. */
    private static final class Careless implements Strategy {
        private final Rng rng;
        private final Side side;

        Careless(long seed) {
            rng = Seeds.rng(seed, 1);
            side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
        }

        @Override
        public void onBar(Context context) {
            int bar = context.bars(0);
            if (bar == 1) {
                enter(context);
            } else if (context.position(0) != 0 && rng.nextInt(2) == 0) {
                leave(context);
            }
        }

        private double away(int sign, double most) {
            return 100 * (1 + sign * most * rng.nextDouble());
        }

        private void enter(Context context) {
            Side out = side == Side.BUY ? Side.SELL : Side.BUY;
            OrderRequest entry = rng.nextInt(2) == 0
                    ? OrderRequest.market(0, side, 500)
                    : OrderRequest.limit(0, side, 500, away(-side.sign(), 0.05));
            if (rng.nextInt(2) == 0) {
                context.submit(entry);
            } else {
                context.submitBracket(
                        entry,
                        OrderRequest.limit(0, out, 500, away(side.sign(), 0.2)),
                        OrderRequest.stop(0, out, 500, away(-side.sign(), 0.3)));
            }
        }

        private void leave(Context context) {
            Side out = context.position(0) > 0 ? Side.SELL : Side.BUY;
            double size = rng.nextInt(3) == 0 ? 200 : 500;
            switch (rng.nextInt(5)) {
                case 0 ->
                    context.submit(OrderRequest.stop(0, out, size, away(out.sign(), 0.3))
                            .asReduceOnly());
                case 1 ->
                    context.submit(OrderRequest.limit(0, out, size, away(-out.sign(), 0.2))
                            .asReduceOnly());
                case 2 ->
                    context.submit(OrderRequest.trailingStop(0, out, size, 0.02 + 0.2 * rng.nextDouble())
                            .asReduceOnly());
                case 3 -> context.submit(OrderRequest.market(0, out, size).asReduceOnly());
                default -> context.target(0, 0);
            }
        }
    }

    private static MarketData random(long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[][] rows = new double[12][];
        double price = 100;
        for (int i = 0; i < rows.length; i++) {
            double open = i < 2 ? 100 : price * StrictMath.exp(0.03 * rng.nextGaussian());
            double close = open * StrictMath.exp(0.05 * rng.nextGaussian());
            double high = Math.max(open, close) * (1 + 0.08 * rng.nextDouble());
            double low = Math.min(open, close) * (1 - 0.08 * rng.nextDouble());
            rows[i] = new double[] {open, high, low, close};
            price = close;
        }
        return bars(rows);
    }

    @ParameterizedTest
    @EnumSource(IntrabarPath.class)
    void aPositionNeverLosesMoreThanItsOwnMarginWhateverItsStops(IntrabarPath path) {
        int liquidated = 0;
        for (long seed = 0; seed < 400; seed++) {
            FillTiming timing = List.of(FillTiming.values()).get((int) (seed % 3));
            BacktestResult result = BarEngine.run(random(seed), new Careless(seed), settings(path, timing));
            List<Fill> fills = result.fills();
            double margin = fills.isEmpty() ? 0 : 500 * fills.get(0).priceTicks() * 1e-4 / LEVERAGE;
            for (double equity : result.equity()) {
                assertThat(equity).as("seed %d, %s", seed, timing).isGreaterThanOrEqualTo(CASH - margin - 1e-3);
            }
            assertThat(result.audit()).isEmpty();
            liquidated += forced(result).isPresent() ? 1 : 0;
        }
        assertThat(liquidated).isGreaterThan(50);
    }
}
