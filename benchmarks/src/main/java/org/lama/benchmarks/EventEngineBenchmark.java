package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lama.backtest.engine.BacktestResult;
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
    private double[][] open = new double[0][];
    private double[][] close = new double[0][];

    /** Called by the harness. */
    public EventEngineBenchmark() {}

    /** Makes the bars. */
    @Setup
    public void prepare() {
        boolean rotation = work.equals("rotation");
        data = rotation ? walks(100, days, DAY_NANOS, 0.03) : walks(1, minutes, MINUTE_NANOS, 0.0008);
        open = columns(Columns.OPEN);
        close = columns(Columns.CLOSE);
    }

    /**
     * One run.
     *
     * @return the result
     */
    @Benchmark
    public BacktestResult engine() {
        return work.equals("rotation") ? EngineWork.rotation(data) : EngineWork.crossover(data);
    }

    /**
     * The same work as a bare loop over arrays, in floating point and without ledger, orders or checks: it does less, and
     * shows what the engine's guarantees cost.
     *
     * @return equity at each bar
     */
    @Benchmark
    public double[] arrays() {
        return work.equals("rotation") ? BareEngine.rotation(open, close) : BareEngine.crossover(open[0], close[0]);
    }

    private double[][] columns(String name) {
        return data.frames().stream().map(frame -> frame.column(name).toArray()).toArray(double[][]::new);
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
}
