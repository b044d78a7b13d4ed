package org.lama.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.core.store.ParquetTable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bars of seconds as a Parquet file: written (and forced to the disk), read as a whole, and one day of it, beside a stream
 * of raw values (not forced).
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
public class StoreBenchmark {
    /** Rows: ten days of seconds, and 5 M. */
    @Param({"864000", "5000000"})
    public int rows;

    private Path folder = Path.of("");
    private StoreWork work = StoreWork.of(0, folder);

    /** Called by the harness. */
    public StoreBenchmark() {}

    /**
     * Makes the bars and the files.
     *
     * @throws IOException if there is no room
     */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("store");
        work = StoreWork.of(rows, folder.resolve("bars.parquet"));
        work.write();
        work.naiveWrite();
    }

    /**
     * Removes the files.
     *
     * @throws IOException if they cannot be removed
     */
    @TearDown
    public void clean() throws IOException {
        Files.deleteIfExists(folder.resolve("bars.parquet"));
        Files.deleteIfExists(folder.resolve("bars.parquet.raw"));
        Files.deleteIfExists(folder);
    }

    /**
     * Writes all.
     *
     * @return bytes of the file
     */
    @Benchmark
    public long write() {
        return work.write();
    }

    /**
     * Reads all.
     *
     * @return the table
     */
    @Benchmark
    public ParquetTable readAll() {
        return work.read();
    }

    /**
     * Reads a day.
     *
     * @return its rows
     */
    @Benchmark
    public ParquetTable oneDay() {
        return work.day();
    }

    /**
     * The baseline writes all.
     *
     * @return bytes of the file
     */
    @Benchmark
    public long naiveWrite() {
        return work.naiveWrite();
    }

    /**
     * The baseline reads all.
     *
     * @return the sum of the closes
     */
    @Benchmark
    public double naiveRead() {
        return work.naiveRead();
    }
}
