package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.backtest.ledger.Ledger;
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
 * Applying a stream of fills and marks of 20 instruments to an empty ledger, with all its checks after every event,
 * beside the same entries in {@link java.math.BigDecimal}. Both journals are part of the work and of the bytes.
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
public class LedgerBenchmark {
    /** Events: one in four is a fill, the rest are marks. */
    @Param({"1000", "100000"})
    public int events;

    private LedgerEvents stream = LedgerEvents.of(1);
    private Ledger held = stream.openLedger(0);

    /** Called by the harness. */
    public LedgerBenchmark() {}

    /** Makes the events. */
    @Setup
    public void prepare() {
        stream = LedgerEvents.of(events);
        held = stream.openLedger(0);
        held.fill(0, 0, 1_000_000_000L, 10_000_000_000L, 10_000_000_000L, 0);
    }

    /**
     * Our ledger.
     *
     * @return equity at the end
     */
    @Benchmark
    public double apply() {
        return stream.applyToLedger();
    }

    /**
     * As many marks as there are events on one position held, with equity after each.
     *
     * @return sum of the equities
     */
    @Benchmark
    public long marks() {
        return stream.mark(held);
    }

    /**
     * The baseline.
     *
     * @return equity at the end
     */
    @Benchmark
    public double decimals() {
        return stream.applyToDecimals();
    }
}
