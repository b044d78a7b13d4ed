package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.models.arima.Arima;
import org.lama.models.arima.ArimaFit;
import org.lama.models.arima.ArimaSpec;
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
 * Exact maximum likelihood of one ARIMA order, beside a textbook Kalman filter with a simplex search.
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
public class ArimaBenchmark {
    /** Observations: a year of days, about three years of days, a year of hours. */
    @Param({"365", "1000", "8760"})
    public int n;

    /** The order (p,d,q) with d = 1. */
    @Param({"1,1,1", "2,1,2", "5,1,5"})
    public String order;

    private double[] y = {};
    private ArimaSpec spec = ArimaSpec.of(0, 1, 0);

    /** Called by the harness. */
    public ArimaBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        y = BenchmarkData.logPrices(n);
        spec = PeerWork.order(order);
    }

    /**
     * Our fit.
     *
     * @return the fit
     */
    @Benchmark
    public ArimaFit fit() {
        return Arima.fit(y, spec);
    }

    /**
     * The baseline.
     *
     * @return the log-likelihood
     */
    @Benchmark
    public double naive() {
        return NaiveArima.logLikelihood(y, spec.p(), spec.q());
    }
}
