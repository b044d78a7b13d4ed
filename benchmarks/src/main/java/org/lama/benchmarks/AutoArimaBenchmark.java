package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.models.arima.AutoArima;
import org.lama.models.arima.AutoArimaOptions;
import org.lama.models.arima.AutoArimaResult;
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
 * The automatic choice of an ARIMA order step by step, beside trying every order.
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
public class AutoArimaBenchmark {
    /** Observations: a year of days, about three years of days, a year of hours. */
    @Param({"365", "1000", "8760"})
    public int n;

    private double[] y = {};
    private final AutoArimaOptions stepwise = AutoArimaOptions.defaults();
    private final AutoArimaOptions full = stepwise.withSearch(AutoArimaOptions.Search.FULL);

    /** Called by the harness. */
    public AutoArimaBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        y = BenchmarkData.logPrices(n);
    }

    /**
     * Our search.
     *
     * @return the choice
     */
    @Benchmark
    public AutoArimaResult stepwise() {
        return AutoArima.select(y, stepwise);
    }

    /**
     * The baseline: all orders with p + q up to 5.
     *
     * @return the choice
     */
    @Benchmark
    public AutoArimaResult everyOrder() {
        return AutoArima.select(y, full);
    }
}
