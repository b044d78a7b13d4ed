package org.lama.backtest.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.DataException;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.MarketData;
import org.lama.core.data.StoreBars;
import org.lama.core.data.Universe;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * Takes series out of a store into files as they stand there. What a seal closes is not given out. Rows are written batch by
 * batch, whatever the range. Immutable.
 *
 * @param store the store
 * @param request the same store, with the ledgers beside it
 * @param from first time, inclusive; empty for all
 * @param to end, exclusive; empty for all
 * @param revisions whether every version of a row is written with the time from which it was known and, in {@code
 *     _revision}, how many were written before, not the last one alone; of a store in a folder only
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StoreExport(
        MarketStore store, DataRequest request, Optional<Instant> from, Optional<Instant> to, boolean revisions) {
    /**
     * Checks the parts.
     *
     * @param store the store
     * @param request the same store
     * @param from first time, inclusive; empty for all
     * @param to end, exclusive; empty for all
     * @param revisions whether every version of a row is written
     */
    public StoreExport {
        Check.notNull(store, "store");
        Check.notNull(request, "request");
    }

    /**
     * The last version of each row.
     *
     * @param store the store
     * @param request the same store
     * @param from first time, inclusive; empty for all
     * @param to end, exclusive; empty for all
     */
    public StoreExport(MarketStore store, DataRequest request, Optional<Instant> from, Optional<Instant> to) {
        this(store, request, from, to, false);
    }

    /** How files are written. */
    public enum Format {
        /** Text with a header, times in ISO-8601, the shortest decimals that give the same number back. */
        CSV,
        /** Parquet, bit by bit. */
        PARQUET
    }

    /**
     * The name of the file of a series, from which an import tells its instrument and bar length.
     *
     * @param entry the series
     * @param format how it is written
     * @return such as {@code BINANCE.SPOT.BTC-USDT_bars_1d.csv}
     */
    public static String fileName(MarketStore.Entry entry, Format format) {
        String interval = entry.key().interval();
        return entry.key().instrument() + "_" + entry.key().kind().folder() + (interval.isEmpty() ? "" : "_" + interval)
                + (format == Format.CSV ? ".csv" : ".parquet");
    }

    /**
     * Writes one series.
     *
     * @param entry the series
     * @param file where to
     * @param format how
     * @return number of rows
     * @throws IOException if a seal closes a part of the range, the store cannot be read or the file not be written
     */
    public long write(MarketStore.Entry entry, Path file, Format format) throws IOException {
        requireOpen(entry);
        MarketStore.Query query = MarketStore.Query.all(entry.key())
                .between(
                        from.map(TimeIndex::nanos).orElse(Long.MIN_VALUE),
                        to.map(TimeIndex::nanos).orElse(Long.MAX_VALUE));
        if (format == Format.PARQUET) {
            long rows = ParquetFrames.write(file, () -> scan(query));
            if (rows == 0) {
                // an empty file has the columns too
                ParquetFrames.write(file, store.read(query));
            }
            return rows;
        }
        boolean late = entry.key().kind() == RecordKind.BARS && anyLate(query);
        long[] rows = {0};
        AtomicFiles.write(file, (Path temporary) -> {
            try (MarketStore.Batches batches = scan(query);
                    BufferedWriter out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                boolean first = true;
                for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                    csv(batch, late || entry.key().kind() != RecordKind.BARS, first, out);
                    first = false;
                    rows[0] += batch.rows();
                }
            }
        });
        return rows[0];
    }

    private MarketStore.Batches scan(MarketStore.Query query) throws IOException {
        return revisions ? store.scanVersions(query) : store.scan(query);
    }

    /** The seals by name for all kinds; for bars also all that studies ask. */
    private void requireOpen(MarketStore.Entry entry) throws IOException {
        KnownSeals seals = KnownSeals.of(request, List.of());
        if (seals.isEmpty()) {
            return;
        }
        Optional<Seal.Kept> seal =
                seals.closing(List.of(entry.key().instrument().toString()));
        long end = to.map(TimeIndex::nanos).orElse(Long.MAX_VALUE);
        if (seal.isPresent()
                && end > seal.get().seal().fromNanos()
                && entry.toNanos() >= seal.get().seal().fromNanos()) {
            throw closed(
                    entry,
                    "seal " + seal.get().number() + " keeps it closed from "
                            + TimeIndex.instant(seal.get().seal().fromNanos()) + " on");
        }
        if (entry.key().kind() == RecordKind.BARS) {
            List<String> symbol = List.of(entry.key().instrument().toString());
            DataRequest bars = request.withSymbols(symbol)
                    .withRange(from, to)
                    .withInterval(Optional.of(Duration.ofNanos(entry.key().barNanos())));
            LoadOptions options = LoadOptions.defaults()
                    .withSymbols(symbol)
                    .withRange(from, to)
                    .withBarNanos(entry.key().barNanos());
            MarketData data = StoreBars.load(
                    new OneSeries(store, entry), "store", options, Universe.of(store), OptionalLong.empty());
            for (String notice : SealGate.open(bars, data, seals).notices()) {
                if (notice.startsWith(Seal.SEALED_NOTE)) {
                    throw closed(entry, notice);
                }
            }
        }
    }

    private static DataException closed(MarketStore.Entry entry, String why) {
        return DataException.ofRequest(
                entry.key().toString(),
                "",
                why,
                "end before it with --to, or break the seal for the one final look with 'lama unseal'");
    }

    /** Whether a bar was known at another time than its close; else files of bars do not say it. */
    private boolean anyLate(MarketStore.Query query) throws IOException {
        try (MarketStore.Batches batches = scan(query.only(List.of(RecordKind.AVAILABLE)))) {
            for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                long[] times = batch.times(RecordKind.TIME);
                long[] known = batch.times(RecordKind.AVAILABLE);
                for (int row = 0; row < times.length; row++) {
                    if (known[row] != times[row] + query.key().barNanos()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void csv(ParquetTable batch, boolean known, boolean first, BufferedWriter out) throws IOException {
        List<String> names = batch.names().stream()
                .filter(name -> known || !name.equals(RecordKind.AVAILABLE))
                .toList();
        if (first) {
            out.write(String.join(",", names) + "\n");
        }
        List<Cells> columns = names.stream().map(name -> cells(batch, name)).toList();
        StringBuilder line = new StringBuilder();
        for (int row = 0; row < batch.rows(); row++) {
            line.setLength(0);
            for (int column = 0; column < columns.size(); column++) {
                line.append(column == 0 ? "" : ",").append(columns.get(column).at(row));
            }
            out.append(line).append('\n');
        }
    }

    /** The texts of a column. */
    @FunctionalInterface
    private interface Cells {
        String at(int row);
    }

    private static Cells cells(ParquetTable batch, String name) {
        return switch (batch.type(name)) {
            case TIME -> {
                long[] times = batch.times(name);
                yield row -> times[row] == RecordKind.MISSING
                        ? ""
                        : TimeIndex.instant(times[row]).toString();
            }
            case LONG -> {
                long[] wholes = batch.longs(name);
                yield row -> wholes[row] == RecordKind.MISSING ? "" : Long.toString(wholes[row]);
            }
            case DOUBLE -> {
                double[] numbers = batch.doubles(name);
                yield row -> number(numbers[row]);
            }
            case TEXT -> {
                List<String> texts = batch.texts(name);
                yield row -> "\"" + texts.get(row).replace("\"", "\"\"") + "\"";
            }
        };
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        // every number has a point or an exponent, by which an import tells it from an integer
        boolean plain = Math.abs(value) >= 1e-9 && Math.abs(value) < 1e15;
        return plain ? BigDecimal.valueOf(value).toPlainString() : Double.toString(value);
    }
}
