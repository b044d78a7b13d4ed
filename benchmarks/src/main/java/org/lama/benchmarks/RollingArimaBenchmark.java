package org.lama.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.models.arima.AutoArimaOptions;
import org.lama.models.arima.RollingArima;
import org.lama.models.arima.RollingOptions;
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
 * Orders of windows of a year, a month apart: each from the window before, beside each from scratch.
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
public class RollingArimaBenchmark {
    /** Days of the series: two years, ten years. */
    @Param({"760", "3650"})
    public int days;

    private double[] y = {};

    /** Called by the harness. */
    public RollingArimaBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        y = BenchmarkData.logPrices(days);
    }

    /**
     * With warm starts.
     *
     * @return the sum of the criteria
     */
    @Benchmark
    public double warm() {
        return walk(RollingOptions.defaults());
    }

    /**
     * The baseline: every window from scratch.
     *
     * @return the sum of the criteria
     */
    @Benchmark
    public double cold() {
        return walk(RollingOptions.defaults().withRefreshEvery(1));
    }

    private double walk(RollingOptions rolling) {
        RollingArima chain = RollingArima.of(AutoArimaOptions.defaults(), rolling);
        double sum = 0;
        for (int start = 0; start + PeerWork.WINDOW <= y.length; start += PeerWork.STEP) {
            double[] window = Arrays.copyOfRange(y, start, start + PeerWork.WINDOW);
            sum += chain.select(window).result().fit().aicc();
        }
        return sum;
    }
}
