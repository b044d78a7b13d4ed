package org.lama.benchmarks;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Dataset;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Study;
import org.lama.backtest.api.StudyRequest;
import org.lama.backtest.walkforward.StudySettings;
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
 * The whole walk-forward study on the synthetic market, from bars to verdict, with all models and combiners. The
 * baseline is the same study on one thread; there is no other program that does this work.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(3)
public class StudyBenchmark {
    /** Number of symbols. */
    @Param({"3", "12"})
    public int assets;

    /** Number of daily bars, of which 365 train the first fold. */
    @Param({"730"})
    public int days;

    private StudyRequest request = StudyRequest.defaults();
    private Optional<Dataset> data = Optional.empty();

    /** Called by the harness. */
    public StudyBenchmark() {}

    /**
     * Makes the market.
     *
     * @throws IOException never, as no file is read
     */
    @Setup
    public void prepare() throws IOException {
        StudySettings settings = StudySettings.defaults().withSeed(BenchmarkData.SEED);
        DataRequest bars = DataRequest.synthetic(assets, days);
        request = new StudyRequest(bars, settings);
        data = Optional.of(Lama.load(bars, settings.seed()));
    }

    /**
     * The study on two threads.
     *
     * @return the study
     * @throws IOException never, as no file is read
     */
    @Benchmark
    public Study twoThreads() throws IOException {
        return study(2);
    }

    /**
     * The baseline.
     *
     * @return the study
     * @throws IOException never, as no file is read
     */
    @Benchmark
    public Study oneThread() throws IOException {
        return study(1);
    }

    private Study study(int threads) throws IOException {
        return Lama.study(
                request,
                data.orElseThrow(),
                Lama.Options.defaults().withoutLedger().withThreads(threads));
    }
}
