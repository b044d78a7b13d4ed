package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.FileImport;
import org.lama.core.data.ImportOptions;
import org.lama.core.data.ImportReport;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** What a store gives out into files is, taken into an empty store, what it was: bit by bit, of every kind. */
class StoreRoundTripPropertyTest {
    private static final Provenance MADE = new Provenance(Provenance.Kind.HISTORICAL, "made", "", "");
    private static final long START = TimeIndex.nanos(Instant.parse("2024-03-01T00:00:00Z"));
    private static final long HOUR = 3_600_000_000_000L;
    private static final int ROWS = 60;
    private static final int TIMES = 4;

    @TempDir
    private Path folder;

    private static SeriesKey key(RecordKind kind) {
        return switch (kind) {
            case BARS -> SeriesKey.bars("KRAKEN.SPOT.BTC-USD", HOUR);
            // sizes of such contracts are turned into coins when they come from the venue
            case TRADES, BOOK_UPDATES, BOOK_SNAPSHOTS, QUOTES -> SeriesKey.of("BINANCE.PERP.ETH-USD", kind);
            case METRICS -> SeriesKey.of("UNKNOWN.SPOT.BTC_7.NVT_90", kind);
            case OPTION_QUOTES -> SeriesKey.of("DERIBIT.OPTION.BTC-24SEP21-40000-P", kind);
            case POOLS -> SeriesKey.of("UNISWAP_V3.SPOT.WETH-USDC%232", kind);
            case FUNDING, OPEN_INTEREST -> SeriesKey.of("HYPERLIQUID.PERP.BTC-USD", kind);
        };
    }

    private static double number(Rng rng, boolean signed) {
        double value = switch (rng.nextInt(5)) {
            case 0 -> 1 + rng.nextInt(1000);
            case 1 -> rng.nextInt(100_000) / 100.0 + 0.01;
            case 2 -> rng.nextDouble() + 1e-3;
            case 3 -> (1 + rng.nextDouble()) * 1e17;
            default -> 1e-12 * (1 + rng.nextInt(9));
        };
        return signed && rng.nextInt(2) == 0 ? -value : value;
    }

    private static ParquetTable rows(RecordKind kind, Rng rng) {
        long lag = kind == RecordKind.BARS ? HOUR : 0;
        long[] times = new long[ROWS];
        long[] known = new long[ROWS];
        long[] numbers = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            boolean again = kind.sequenced() && i > 0 && rng.nextInt(4) == 0;
            times[i] = again
                    ? times[i - 1]
                    : START + i * HOUR + (kind == RecordKind.BARS ? 0 : rng.nextInt(1_000_000_000));
            known[i] = times[i] + lag + (rng.nextInt(3) == 0 ? rng.nextInt(2_000_000_000) * 1_000L : 0);
            numbers[i] = again ? numbers[i - 1] + 1 + rng.nextInt(3) : rng.nextInt(9) * 1_000_000_000_000_000_000L;
        }
        ParquetTable.Builder table =
                ParquetTable.builder(ROWS).times(RecordKind.TIME, times).times(RecordKind.AVAILABLE, known);
        if (kind.sequenced()) {
            table.longs(RecordKind.SEQUENCE, numbers);
        }
        if (kind == RecordKind.BARS) {
            double[] closes = new double[ROWS];
            Arrays.setAll(closes, i -> 100 + rng.nextInt(1000) / 7.0);
            for (String name : List.of("open", "high", "low", "close")) {
                table.doubles(name, closes);
            }
            double[] volumes = new double[ROWS];
            Arrays.setAll(volumes, i -> rng.nextInt(5) == 0 ? 0.0 : rng.nextDouble());
            return table.doubles("volume", volumes).doubles("own", signed(rng)).build();
        }
        for (RecordKind.Field field : kind.fields()) {
            if (field.whole()) {
                long[] values = new long[ROWS];
                boolean side = field.name().equals("side");
                Arrays.setAll(
                        values,
                        i -> side
                                ? rng.nextInt(2)
                                : !field.required() && i > 0 && rng.nextInt(9) == 0
                                        ? RecordKind.MISSING
                                        : Long.MAX_VALUE - rng.nextInt(1_000_000));
                table.longs(field.name(), values);
            } else {
                double[] values = new double[ROWS];
                Arrays.setAll(
                        values,
                        i -> !field.required() && i > 0 && rng.nextInt(9) == 0 ? Double.NaN : number(rng, false));
                table.doubles(field.name(), values);
            }
        }
        long[] wholes = new long[ROWS];
        Arrays.setAll(wholes, i -> 1_700_000_000_000_000_000L + rng.nextInt(1000));
        return table.doubles("own", signed(rng)).longs("received", wholes).build();
    }

    /** With zeros of both signs, whole numbers alone among them, and missing ones. */
    private static double[] signed(Rng rng) {
        double[] values = new double[ROWS];
        int form = rng.nextInt(3);
        Arrays.setAll(
                values,
                i -> form == 0
                        ? (i % 2 == 0 ? 0.0 : -0.0)
                        : form == 1 ? rng.nextInt(50) - 20 : i % 7 == 6 ? Double.NaN : number(rng, true));
        return values;
    }

    private static void same(ParquetTable actual, ParquetTable expected, String what) {
        assertThat(actual.names()).as(what).containsExactlyInAnyOrderElementsOf(expected.names());
        for (String name : expected.names()) {
            assertThat(actual.type(name)).as(what + " " + name).isEqualTo(expected.type(name));
            switch (expected.type(name)) {
                case TIME ->
                    assertThat(actual.times(name)).as(what + " " + name).isEqualTo(expected.times(name));
                case LONG ->
                    assertThat(actual.longs(name)).as(what + " " + name).isEqualTo(expected.longs(name));
                case DOUBLE ->
                    assertThat(bits(actual.doubles(name)))
                            .as(what + " " + name)
                            .isEqualTo(bits(expected.doubles(name)));
                case TEXT ->
                    assertThat(actual.texts(name)).as(what + " " + name).isEqualTo(expected.texts(name));
            }
        }
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    private Path export(ParquetStore store, Path home, SeriesKey key, StoreExport.Format format, boolean revisions)
            throws IOException {
        MarketStore.Entry entry = store.entry(key).orElseThrow();
        StoreExport export =
                new StoreExport(store, DataRequest.of(home), Optional.empty(), Optional.empty(), revisions);
        Path out = Files.createDirectories(folder.resolve("out-" + home.getFileName() + format + revisions));
        Path file = out.resolve(StoreExport.fileName(entry, format));
        export.write(entry, file, format);
        return file;
    }

    @Test
    void rowsOfEveryKindComeBackBitByBit() throws IOException {
        for (int seed = 0; seed < TIMES; seed++) {
            for (RecordKind kind : RecordKind.values()) {
                Path home = folder.resolve(kind.folder() + seed);
                try (ParquetStore store = ParquetStore.open(home)) {
                    store.write(key(kind), rows(kind, Seeds.rng(97, seed)), MADE, true);
                    ParquetTable expected = store.read(MarketStore.Query.all(key(kind)));
                    assertThat(expected.rows()).isEqualTo(ROWS);
                    for (StoreExport.Format format : StoreExport.Format.values()) {
                        String what = kind + " " + format + " seed " + seed;
                        Path file = export(store, home, key(kind), format, false);
                        try (ParquetStore copy = ParquetStore.open(folder.resolve("copy-" + what))) {
                            ImportReport report = FileImport.run(file, copy, ImportOptions.defaults());
                            assertThat(copy.keys()).as(what + report.asText()).containsExactly(key(kind));
                            same(copy.read(MarketStore.Query.all(key(kind))), expected, what);
                            assertThat(FileImport.run(file, copy, ImportOptions.defaults())
                                            .total(ImportReport.SeriesEntry::duplicates))
                                    .isEqualTo(ROWS);
                        }
                    }
                }
            }
        }
    }

    /** Versions that nothing but the order of their writing tells apart, and such that came later. */
    @Test
    void everyVersionOfEveryKindComesBackInItsOrder() throws IOException {
        for (RecordKind kind : RecordKind.values()) {
            Path home = folder.resolve("versions-" + kind.folder());
            try (ParquetStore store = ParquetStore.open(home)) {
                for (int version : new int[] {0, 1, 2, 0}) {
                    store.write(key(kind), version(kind, version), MADE, false);
                }
                List<ParquetTable> expected = versions(store, key(kind));
                assertThat(expected.stream().mapToInt(ParquetTable::rows).sum()).isEqualTo(4 * ROWS);
                for (StoreExport.Format format : StoreExport.Format.values()) {
                    Path file = export(store, home, key(kind), format, true);
                    try (ParquetStore copy = ParquetStore.open(folder.resolve("again-" + kind + format))) {
                        FileImport.run(file, copy, ImportOptions.defaults());
                        List<ParquetTable> actual = versions(copy, key(kind));
                        assertThat(actual).as(kind + " " + format).hasSameSizeAs(expected);
                        for (int i = 0; i < expected.size(); i++) {
                            same(actual.get(i), expected.get(i), kind + " " + format);
                        }
                        ImportReport again = FileImport.run(file, copy, ImportOptions.defaults());
                        assertThat(again.total(ImportReport.SeriesEntry::duplicates))
                                .isEqualTo(4 * ROWS);
                    }
                }
            }
        }
    }

    private static ParquetTable version(RecordKind kind, int version) {
        ParquetTable rows = rows(kind, Seeds.rng(5, 1));
        ParquetTable.Builder changed = ParquetTable.builder(ROWS);
        for (String name : rows.names()) {
            switch (rows.type(name)) {
                case TIME -> changed.times(name, rows.times(name));
                case LONG -> changed.longs(name, rows.longs(name));
                case DOUBLE ->
                    changed.doubles(
                            name,
                            name.equals("own")
                                    ? Arrays.stream(rows.doubles(name))
                                            .map(value -> version + 0.5)
                                            .toArray()
                                    : rows.doubles(name));
                case TEXT -> changed.texts(name, rows.texts(name));
            }
        }
        return changed.build();
    }

    private static List<ParquetTable> versions(ParquetStore store, SeriesKey key) throws IOException {
        List<ParquetTable> all = new ArrayList<>();
        try (MarketStore.Batches batches = store.scanVersions(MarketStore.Query.all(key))) {
            for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                all.add(batch);
            }
        }
        return all;
    }
}
