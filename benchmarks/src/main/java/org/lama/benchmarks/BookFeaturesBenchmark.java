package org.lama.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.features.BookSampler;
import org.lama.core.features.BookSampling;
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
 * All features of a book over generated events (one each millisecond, a tenth of them trades): every event goes into the
 * book, the order flow, the trades and the depth that is watched after a trade; once a second a row of all columns is made.
 * Beside it the book alone, and the plain way that measures best prices, sizes and near depth anew after every event.
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
public class BookFeaturesBenchmark {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);

    /** Events of one run. */
    @Param({"1000000"})
    public int events;

    private BookEvents tape = new BookEvents(SCALE, 0);

    /** Called by the harness. */
    public BookFeaturesBenchmark() {}

    /** Makes the events: a mid that walks, levels that come and go within 1,000 ticks of it. */
    @Setup
    public void prepare() {
        tape = FeatureWork.generated(events);
    }

    /**
     * All features, a row each second.
     *
     * @return sum of one column, so that the rows are needed
     */
    @Benchmark
    public double features() {
        double[] sum = {0};
        BookSampling settings = BookSampling.DEFAULT.withStep(Duration.ofSeconds(1));
        BookSampler sampler = BookSampler.of(SCALE, settings, (close, row) -> sum[0] += row[row.length - 1]);
        for (int row = 0; row < tape.size(); row++) {
            sampler.accept(tape, row);
        }
        return sum[0];
    }

    /**
     * The book without any feature.
     *
     * @return sum of best bids
     */
    @Benchmark
    public long bookAlone() {
        LevelBook book = LevelBook.of(SCALE);
        long sum = 0;
        for (int row = 0; row < tape.size(); row++) {
            tape.applyTo(row, book);
            sum += book.bidTicks();
        }
        return sum;
    }

    /**
     * A tenth of the events with spread, microprice, imbalances and depth near the mid measured anew after each.
     *
     * @return sum of all measures
     */
    @Benchmark
    public double naiveTenth() {
        return FeatureWork.plain(tape, tape.size() / 10);
    }
}
