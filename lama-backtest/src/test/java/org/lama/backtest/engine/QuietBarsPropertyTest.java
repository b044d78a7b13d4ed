package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.engine.EngineSettings.FailurePolicy;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.DrawdownLimits;
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

/** The short way through quiet bars gives the bits of the long one. */
class QuietBarsPropertyTest {
    /** Now and then asks for targets, orders, cancels and timers, and writes down everything it sees. */
    private static final class Restless implements Strategy {
        private final Rng rng;
        private final List<String> seen = new ArrayList<>();
        private final double activity;
        /** How often it looks at its account, which between looks need not be marked. */
        private final double attention;

        private final boolean sells;
        private final boolean fails;
        private long last;

        Restless(long seed, double activity, double attention, boolean sells, boolean fails) {
            rng = Seeds.rng(seed, 0);
            this.activity = activity;
            this.attention = attention;
            this.sells = sells;
            this.fails = fails;
        }

        @Override
        public void onBar(Context context) {
            if (rng.nextDouble() < attention) {
                look(context, "bar");
            }
            if (fails && context.bars(0) > 200 && rng.nextDouble() < activity / 10) {
                throw new IllegalStateException("planted");
            }
            for (int s = 0; s < context.symbols().size(); s++) {
                if (rng.nextDouble() < activity) {
                    act(context, s);
                }
            }
        }

        private void act(Context context, int s) {
            double close = context.close(s);
            double kind = rng.nextDouble();
            if (kind < 0.5) {
                context.target(
                        s,
                        rng.nextDouble() < 0.4
                                ? 0
                                : (rng.nextDouble() - (sells ? 0.5 : 0))
                                        / context.symbols().size());
            } else if (kind < 0.6) {
                context.targetQuantity(s, rng.nextDouble());
            } else if (kind < 0.8 && close > 0) {
                Side side = rng.nextDouble() < 0.6 ? Side.BUY : Side.SELL;
                last = context.submit(OrderRequest.limit(s, side, 0.5, close * (side == Side.BUY ? 0.99 : 1.01)));
            } else if (kind < 0.9 && last > 0) {
                context.cancel(last);
            } else {
                context.timer("t" + s, context.timeNanos() + (long) (rng.nextDouble() * 5e14));
            }
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            look(context, event.toString());
        }

        @Override
        public void onTimer(Context context, String name) {
            look(context, name);
        }

        private void look(Context context, String what) {
            StringBuilder text = new StringBuilder(what).append(' ').append(context.timeNanos());
            for (int s = 0; s < context.symbols().size(); s++) {
                text.append(' ')
                        .append(context.bars(s))
                        .append(context.isTradable(s))
                        .append(context.close(s));
                text.append(' ').append(context.position(s)).append(' ').append(context.weight(s));
            }
            seen.add(text.append(' ')
                    .append(context.equity())
                    .append(context.cash())
                    .toString());
        }
    }

    private record Outcome(BacktestResult result, List<String> seen) {}

    private static Outcome run(MarketData data, EngineSettings settings, Restless strategy, boolean shortWay) {
        BarLoop loop = new BarLoop(
                Market.of(data), StrategyBook.of(strategy), settings, EngineObserver.SILENT, TargetTiming.NEXT_OPEN);
        return new Outcome((shortWay ? loop : loop.withoutShortWay()).run(), strategy.seen);
    }

    /** Symbols with rows at the same times, some without a price. */
    private static MarketData market(long seed, int symbols, int days) {
        Frame[] frames = new Frame[symbols];
        for (int s = 0; s < symbols; s++) {
            Frame walk = Markets.random(1000 * seed + s, 1, days).frames().get(0);
            frames[s] = Markets.frame(
                    "S" + s,
                    walk.column(Columns.OPEN).toArray(),
                    walk.column(Columns.CLOSE).toArray());
        }
        return Markets.of(frames);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everythingAStrategySeesAndLeavesIsTheSame(int symbols) {
        for (int k = 0; k < 40; k++) {
            MarketData data = market(k, symbols, k % 4 == 0 ? 5000 : 300);
            EngineSettings settings = EngineSettings.DEFAULT.toBuilder()
                    .kind(k % 2 == 0 ? Kind.SPOT : Kind.PERP)
                    .build();
            double activity = k % 3 == 0 ? 0.002 : 0.05;
            double attention = k % 2 == 0 ? 1 : 0.02;
            requireTheSame(
                    k,
                    run(data, settings, new Restless(k, activity, attention, false, false), true),
                    run(data, settings, new Restless(k, activity, attention, false, false), false));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shortsLimitsOfDrawdownAndFailuresAreTheSameToo(int symbols) {
        for (int k = 0; k < 40; k++) {
            MarketData data = market(100 + k, symbols, k % 4 == 0 ? 5000 : 600);
            EngineSettings settings = EngineSettings.DEFAULT.toBuilder()
                    .kind(Kind.PERP)
                    .marginMode(MarginMode.CREDIT)
                    .quantityMode(k % 2 == 0 ? QuantityMode.FRACTIONAL : QuantityMode.LOTS)
                    .leverage(3)
                    .limits(RiskLimits.DEFAULT.withoutLiquidityCap())
                    .drawdown(k % 3 == 0 ? DrawdownLimits.DEFAULT : DrawdownLimits.NONE)
                    .onFailure(k % 2 == 0 ? FailurePolicy.KEEP_AND_CONTINUE : FailurePolicy.CLOSE_AND_CONTINUE)
                    .build();
            double activity = k % 3 == 0 ? 0.004 : 0.03;
            double attention = k % 5 == 0 ? 1 : 0.01;
            requireTheSame(
                    k,
                    run(data, settings, new Restless(k, activity, attention, true, k % 4 > 1), true),
                    run(data, settings, new Restless(k, activity, attention, true, k % 4 > 1), false));
        }
    }

    private static void requireTheSame(int k, Outcome quick, Outcome slow) {
        for (int i = 0; i < slow.seen.size(); i++) {
            assertThat(quick.seen.get(i)).as("seed %d, line %d", k, i).isEqualTo(slow.seen.get(i));
        }
        assertThat(quick.seen).hasSameSizeAs(slow.seen);
        assertThat(quick.result.equity()).isEqualTo(slow.result.equity());
        assertThat(quick.result.cash()).isEqualTo(slow.result.cash());
        assertThat(quick.result.exposure()).isEqualTo(slow.result.exposure());
        assertThat(quick.result.netExposure()).isEqualTo(slow.result.netExposure());
        assertThat(quick.result.fills()).isEqualTo(slow.result.fills());
        assertThat(quick.result.exceptions()).isEqualTo(slow.result.exceptions());
        assertThat(quick.result.unrealisedPnl()).isEqualTo(slow.result.unrealisedPnl());
        assertThat(quick.result.ambiguousBars()).isEqualTo(slow.result.ambiguousBars());
        assertThat(quick.result.failures()).hasSameSizeAs(slow.result.failures());
        assertThat(quick.result.audit()).isEmpty();
    }
}
