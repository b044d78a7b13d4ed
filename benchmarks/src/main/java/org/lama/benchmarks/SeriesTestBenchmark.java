package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.core.stats.Autocorrelation;
import org.lama.core.stats.Kpss;
import org.lama.core.stats.Portmanteau;
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
 * Tests that should cost a few passes over the series, beside such a pass: the sum of products a lag apart.
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
public class SeriesTestBenchmark {
    private static final int LAGS = 20;

    /** Observations: a year of days, about three years of days, a year of hours. */
    @Param({"365", "1000", "8760"})
    public int n;

    private double[] y = {};
    private double[] changes = {};

    /** Called by the harness. */
    public SeriesTestBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        y = BenchmarkData.logPrices(n);
        changes = new double[n - 1];
        for (int t = 1; t < n; t++) {
            changes[t - 1] = y[t] - y[t - 1];
        }
    }

    /**
     * Ljung-Box over 20 lags of the changes.
     *
     * @return the result
     */
    @Benchmark
    public TestResult ljungBox() {
        return Portmanteau.ljungBox(changes, LAGS, 0);
    }

    /**
     * KPSS around a level, lags by Hobijn's rule.
     *
     * @return the result
     */
    @Benchmark
    public TestResult kpss() {
        return Kpss.test(y, Trend.CONSTANT, Kpss.LagRule.automatic());
    }

    /**
     * Autocorrelations of the changes up to lag 20.
     *
     * @return lag 0 first
     */
    @Benchmark
    public double[] acf() {
        return Autocorrelation.acf(changes, LAGS);
    }

    /**
     * The baseline: one pass for the mean and one for each lag, one sum at a time.
     *
     * @return lag 0 first
     */
    @Benchmark
    public double[] naiveAcf() {
        double mean = 0;
        for (double value : changes) {
            mean += value / changes.length;
        }
        double[] acf = new double[LAGS + 1];
        for (int lag = 0; lag <= LAGS; lag++) {
            double sum = 0;
            for (int t = lag; t < changes.length; t++) {
                sum += (changes[t] - mean) * (changes[t - lag] - mean);
            }
            acf[lag] = lag == 0 ? sum : sum / acf[0];
        }
        acf[0] = 1;
        return acf;
    }
}
