package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.core.stats.Adf;
import org.lama.core.stats.DfGls;
import org.lama.core.stats.PhillipsPerron;
import org.lama.core.stats.TestResult;
import org.lama.core.stats.Trend;
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
 * Unit-root tests, beside an augmented Dickey-Fuller test that fits every lag count anew.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class UnitRootBenchmark {
    /** Observations: a year of days, about three years of days, a year of hours. */
    @Param({"365", "1000", "8760"})
    public int n;

    private double[] y = {};

    /** Called by the harness. */
    public UnitRootBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        y = BenchmarkData.logPrices(n);
    }

    /**
     * Augmented Dickey-Fuller with a constant, lags by Akaike's criterion.
     *
     * @return the result
     */
    @Benchmark
    public TestResult adf() {
        return Adf.test(y, Trend.CONSTANT, Adf.LagRule.aic());
    }

    /**
     * The baseline.
     *
     * @return its statistic
     */
    @Benchmark
    public double naiveAdf() {
        return NaiveAdf.statistic(y);
    }

    /**
     * Dickey-Fuller GLS around a level, lags by Akaike's criterion.
     *
     * @return the result
     */
    @Benchmark
    public TestResult dfGls() {
        return DfGls.test(y, Trend.CONSTANT, Adf.LagRule.aic());
    }

    /**
     * Phillips-Perron with a constant.
     *
     * @return the result
     */
    @Benchmark
    public TestResult phillipsPerron() {
        return PhillipsPerron.test(y, Trend.CONSTANT);
    }
}
