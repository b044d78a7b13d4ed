package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.backtest.replay.MarketResult;
import org.lama.core.base.Api;
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
 * A market maker through the replay of a generated feed of levels and prints. Events a second are {@code events} over the
 * score; what a run allocates beyond its books and chunks comes from orders and fills, not from rows.
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
public class ReplayBenchmark {
    /** Queue model. */
    @Param({"risk", "power", "log"})
    public String queue = "risk";

    /** Rows of the feed. */
    @Param({"2000000"})
    public int events;

    private ReplayWork work = ReplayWork.generated(1);

    /** Called by the harness. */
    public ReplayBenchmark() {}

    /** Makes the feed. */
    @Setup
    public void prepare() {
        work = ReplayWork.generated(events);
    }

    /**
     * One run.
     *
     * @return what came of it
     */
    @Benchmark
    public MarketResult marketMaker() {
        return work.run(queue);
    }
}
