package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.models.garch.Garch;
import org.lama.models.garch.GarchFit;
import org.lama.models.garch.GarchOptions;
import org.lama.models.garch.GarchSpec;
import org.lama.models.garch.RollingGarch;
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
 * Maximum likelihood of a volatility model, beside a textbook recursion with a simplex search.
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
public class GarchBenchmark {
    private static final double[] TRUTH = {0.05, 0.05, 0.1, 0.85};

    /** Returns: a year of days, five years of days, a year of hours. */
    @Param({"365", "1859", "8760"})
    public int n;

    /** The model. */
    @Param({"garch", "garch-t", "gjr", "egarch"})
    public String model;

    private double[] returns = {};
    private GarchSpec spec = GarchSpec.garch(1, 1);

    /** Called by the harness. */
    public GarchBenchmark() {}

    /** Makes the series. */
    @Setup
    public void prepare() {
        returns = Garch.simulate(GarchSpec.garch(1, 1), TRUTH, n, 1);
        spec = BenchmarkData.volatilityModel(model);
    }

    /**
     * Our fit with all standard errors.
     *
     * @return the fit
     */
    @Benchmark
    public GarchFit fit() {
        return Garch.fit(returns, spec);
    }

    /**
     * Two windows, the second warm.
     *
     * @return the last refit
     */
    @Benchmark
    public RollingGarch.Refit rolling() {
        RollingGarch rolling = new RollingGarch(spec, GarchOptions.defaults(), RollingGarch.Restart.defaults());
        rolling.refit(returns, 0, n - 30);
        return rolling.refit(returns, 30, n);
    }

    /**
     * The baseline: GARCH(1,1), normal, whatever the model.
     *
     * @return the log-likelihood
     */
    @Benchmark
    public double naive() {
        return NaiveGarch.logLikelihood(returns);
    }
}
