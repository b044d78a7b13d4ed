package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine at the two works that other people's engines are measured by: an SMA 600/3600 crossover over minute bars of
 * one instrument, and a monthly momentum rotation over daily bars of many. Ledger and equity at each bar, through the public
 * strategy interface.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class EventEngineBenchmark {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long DAY_NANOS = 1440 * MINUTE_NANOS;

    /** The work: crossover of one instrument by minutes, or rotation of 100 by days. */
    @Param({"crossover", "rotation"})
    public String work = "crossover";

    /** Bars of the crossover. */
    @Param({"1000000"})
    public int minutes;

    /** Days of the rotation. */
    @Param({"3650"})
    public int days;

    private MarketData data = BenchmarkData.market(1, 2);
    private EngineSettings settings = EngineSettings.DEFAULT;

    /** Called by the harness. */
    public EventEngineBenchmark() {}

    /** Makes the bars. */
    @Setup
    public void prepare() {
        boolean rotation = work.equals("rotation");
        data = rotation ? walks(100, days, DAY_NANOS, 0.03) : walks(1, minutes, MINUTE_NANOS, 0.0008);
        settings = EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .orderSizing(rotation ? OrderSizing.AT_OPEN : OrderSizing.AT_FILL)
                .limits(RiskLimits.DEFAULT.withoutLiquidityCap())
                .build();
    }

    /**
     * One run.
     *
     * @return the result
     */
    @Benchmark
    public BacktestResult engine() {
        return BarEngine.run(data, work.equals("rotation") ? new Rotation() : new Crossover(), settings);
    }

    private static MarketData walks(int assets, int bars, long step, double volatility) {
        TimeIndex index = TimeIndex.regular(0, step, bars);
        List<Frame> frames = new ArrayList<>();
        for (int a = 0; a < assets; a++) {
            Rng rng = Seeds.rng(BenchmarkData.SEED, a);
            double[] open = new double[bars];
            double[] close = new double[bars];
            double price = 30_000;
            for (int t = 0; t < bars; t++) {
                open[t] = price;
                price = Math.max(1, Math.rint(100 * price * (1 + volatility * rng.nextGaussian())) / 100);
                close[t] = price;
            }
            Provenance origin = new Provenance(Provenance.Kind.SYNTHETIC, "benchmark", "", "");
            frames.add(Frame.of("A" + a, index, step, origin)
                    .with(Columns.OPEN, open)
                    .with(Columns.CLOSE, close));
        }
        return new MarketData(frames, List.of(), List.of());
    }

    /** Long while the average of 600 closes is above that of 3,600; running sums of cents. */
    private static final class Crossover implements Strategy {
        private static final int FAST = 600;
        private static final int SLOW = 3600;
        private long sumFast;
        private long sumSlow;
        private boolean above;

        @Override
        public void onBar(Context context) {
            long now = cents(context.close(0));
            int bars = context.bars(0);
            sumFast += now - (bars > FAST ? cents(context.close(0, FAST)) : 0);
            sumSlow += now - (bars > SLOW ? cents(context.close(0, SLOW)) : 0);
            boolean crossed = bars >= SLOW && sumFast * SLOW > sumSlow * FAST;
            if (crossed != above) {
                above = crossed;
                context.target(0, above ? 1 : 0);
            }
        }

        private static long cents(double price) {
            return (long) (price * 100 + 0.5);
        }
    }

    /** Every 30 days the ten of the largest rise over 90 days, in equal shares. */
    private static final class Rotation implements Strategy {
        private static final int LOOK = 90;
        private static final int EVERY = 30;
        private static final int TOP = 10;

        @Override
        public void onBar(Context context) {
            int bar = context.bars(0) - 1;
            if (bar < LOOK || (bar - LOOK) % EVERY != 0) {
                return;
            }
            int n = context.symbols().size();
            double[] rise = new double[n];
            Arrays.setAll(rise, s -> context.close(s, 0) / context.close(s, LOOK));
            double[] sorted = rise.clone();
            Arrays.sort(sorted);
            double least = sorted[n - TOP];
            for (int s = 0; s < n; s++) {
                if (rise[s] >= least || context.position(s) != 0) {
                    context.target(s, rise[s] >= least ? 1.0 / TOP : 0);
                }
            }
        }
    }
}
