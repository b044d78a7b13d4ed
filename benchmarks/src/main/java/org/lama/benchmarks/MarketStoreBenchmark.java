package org.lama.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.series.Provenance;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.SeriesKey;
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
 * The bars of {@link StoreBenchmark} through the store, months as partitions: written with rules, order and duplicates
 * checked, manifests and all forced to the disk; written again; read as a whole, in batches, and one day. The baseline is
 * one bare file, {@link StoreBenchmark}.
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
public class MarketStoreBenchmark {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final SeriesKey KEY = SeriesKey.bars("LAMA.SPOT.BTC-USDT", SECOND_NANOS);
    private static final Provenance ORIGIN = new Provenance(Provenance.Kind.SYNTHETIC, "generated", "", "");

    /** Rows: 5 M. */
    @Param({"5000000"})
    public int rows;

    private Path folder = Path.of("");
    private StoreWork work = StoreWork.of(0, folder);

    /** Called by the harness. */
    public MarketStoreBenchmark() {}

    /**
     * Makes the bars and a store.
     *
     * @throws IOException if there is no room
     */
    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("store");
        work = StoreWork.of(rows, folder.resolve("bars.parquet"));
        write();
    }

    /**
     * Removes the store.
     *
     * @throws IOException if it cannot be removed
     */
    @TearDown
    public void clean() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /**
     * Writes all into an empty store.
     *
     * @return what became of the rows
     * @throws IOException if there is no room
     */
    @Benchmark
    public MarketStore.Written write() throws IOException {
        if (Files.isDirectory(folder.resolve("store"))) {
            clean();
            Files.createDirectories(folder);
        }
        return again();
    }

    /**
     * Writes all where all of it is already.
     *
     * @return what became of the rows
     * @throws IOException if it cannot be compared
     */
    @Benchmark
    public MarketStore.Written again() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            return store.write(KEY, work.table(), ORIGIN, true);
        }
    }

    /**
     * Reads all at once.
     *
     * @return the rows
     * @throws IOException if a file is broken
     */
    @Benchmark
    public ParquetTable readAll() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            return store.read(MarketStore.Query.all(KEY).only(StoreWork.COLUMNS));
        }
    }

    /**
     * Reads all in batches.
     *
     * @return number of rows
     * @throws IOException if a file is broken
     */
    @Benchmark
    public long scanAll() throws IOException {
        long count = 0;
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"));
                MarketStore.Batches batches =
                        store.scan(MarketStore.Query.all(KEY).only(StoreWork.COLUMNS))) {
            for (ParquetTable next = batches.next(); next != null; next = batches.next()) {
                count += next.rows();
            }
        }
        return count;
    }

    /**
     * Reads the day in the middle.
     *
     * @return its rows
     * @throws IOException if a file is broken
     */
    @Benchmark
    public ParquetTable oneDay() throws IOException {
        List<MarketStore.Entry> entries;
        try (ParquetStore store = ParquetStore.open(folder.resolve("store"))) {
            entries = store.catalogue();
            long middle = entries.get(0).fromNanos() + rows / 2 * SECOND_NANOS;
            return store.read(
                    MarketStore.Query.all(KEY).only(StoreWork.COLUMNS).between(middle, middle + StoreWork.DAY_NANOS));
        }
    }
}
