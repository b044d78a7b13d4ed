package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
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
 * Orders for every window of every asset of a panel on two threads: each window from the one before, beside each from
 * scratch.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(3)
public class PanelBenchmark {
    /** Assets. */
    @Param({"3", "100"})
    public int assets;

    /** Days of each asset: a choice for every thirty beyond the first 365. */
    @Param({"430", "3650"})
    public int days;

    private Panel panel = Panel.of(1, PeerWork.WINDOW + PeerWork.STEP);

    /** Called by the harness. */
    public PanelBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        panel = Panel.of(assets, days);
    }

    /**
     * With warm starts.
     *
     * @return the mean of the criteria
     */
    @Benchmark
    public double warm() {
        return panel.run(true).meanAicc();
    }

    /**
     * The baseline: every window from scratch.
     *
     * @return the mean of the criteria
     */
    @Benchmark
    public double cold() {
        return panel.run(false).meanAicc();
    }
}
