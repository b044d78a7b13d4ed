package org.lama.core.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class ParquetSourceTest {
    private static final int ROWS = 70_000;
    private static final int FOREIGN_ROWS = 5_000;
    private static final long MINUTE = 60 * Specimens.SECOND;

    @TempDir
    Path folder;

    private final List<RawColumn> columns = Specimens.market(ROWS, 1);
    private Path file = Path.of("");
    private String digest = "";

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("market.parquet");
        digest =
                ParquetWriting.write(file, columns, ROWS, Map.of("symbol", "X")).footerDigest();
    }

    private static ParquetSource.Range seconds(long from, long to) {
        return new ParquetSource.Range(
                "time", Specimens.START + from * Specimens.SECOND, Specimens.START + to * Specimens.SECOND);
    }

    @Test
    void wantedColumnsComeInTheOrderAskedFor() throws IOException {
        try (ParquetSource source = ParquetSource.open(file)) {
            assertThat(source.names()).containsExactly("time", "price", "gaps", "volume", "returns", "id", "side");
            assertThat(source.rows()).isEqualTo(ROWS);
            assertThat(source.kind("gaps")).isEqualTo(RawColumn.Kind.DOUBLE);
            assertThat(source.kind("side")).isEqualTo(RawColumn.Kind.TEXT);
            ParquetSource.Content content = source.read(List.of("side", "price"));
            Specimens.assertRows(content, List.of(columns.get(6), columns.get(1)), 0, ROWS);
            assertThat(content.metadata()).isEqualTo(Map.of("symbol", "X"));
        }
    }

    @Test
    void aRangeIsTrimmedAtBothEnds() throws IOException {
        Rng rng = Seeds.rng(4, 4);
        try (ParquetSource source = ParquetSource.open(file)) {
            for (int trial = 0; trial < 60; trial++) {
                int from = rng.nextInt(ROWS + 1);
                int to = from + rng.nextInt(Math.min(25_000, ROWS - from + 1));
                Specimens.assertRows(source.read(List.of(), seconds(from, to)), columns, from, to);
            }
            Specimens.assertRows(source.read(List.of(), seconds(19_999, 20_001)), columns, 19_999, 20_001);
            Specimens.assertRows(source.read(List.of(), seconds(-5, 3)), columns, 0, 3);
            assertThat(source.read(List.of("price"), seconds(ROWS, ROWS + 9)).rows())
                    .isZero();
            ParquetSource.Range all = new ParquetSource.Range("time", Long.MIN_VALUE, Long.MAX_VALUE);
            Specimens.assertRows(source.read(List.of("id"), all), List.of(columns.get(5)), 0, ROWS);
        }
    }

    @Test
    void unsortedAndMissingTimesAreFoundRowByRow() throws IOException {
        Rng rng = Seeds.rng(6, 6);
        int rows = 50_000;
        long[] times = new long[rows];
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = i % 100 == 7 ? Long.MIN_VALUE : Specimens.START + rng.nextInt(1_000) * 1_000L;
            values[i] = i;
        }
        ParquetWriting.write(
                file,
                List.of(
                        new RawColumn("time", RawColumn.Kind.TIME, times),
                        new RawColumn("value", RawColumn.Kind.DOUBLE, values)),
                rows,
                Map.of());
        long from = Specimens.START + 250_000;
        long to = Specimens.START + 300_000;
        double[] expected = IntStream.range(0, rows)
                .filter(i -> times[i] >= from && times[i] < to)
                .asDoubleStream()
                .toArray();
        ParquetSource.Range range = new ParquetSource.Range("time", from, to);
        try (ParquetSource source = ParquetSource.open(file)) {
            assertThat(source.read(List.of("value"), range).columns().get(0).doubles())
                    .isEqualTo(expected);
            ParquetSource.Range early = new ParquetSource.Range("time", Long.MIN_VALUE, Specimens.START);
            assertThat(source.read(List.of("value"), early).rows()).isZero();
            assertThat(joined(source.batches(List.of("value"), Optional.of(range), 7_000)))
                    .isEqualTo(expected);
        }
    }

    private static double[] joined(ParquetSource.Batches batches) throws IOException {
        double[] all = {};
        for (Optional<ParquetSource.Content> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
            double[] more = batch.get().columns().get(0).doubles();
            int before = all.length;
            all = Arrays.copyOf(all, before + more.length);
            System.arraycopy(more, 0, all, before, more.length);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 20_000, 33_333, 1_000_000})
    void batchesAreTheWholeInPieces(int maxRows) throws IOException {
        try (ParquetSource source = ParquetSource.open(file)) {
            for (Optional<ParquetSource.Range> range :
                    List.of(Optional.<ParquetSource.Range>empty(), Optional.of(seconds(12_345, 65_432)))) {
                int at = range.isPresent() ? 12_345 : 0;
                int end = range.isPresent() ? 65_432 : ROWS;
                ParquetSource.Batches batches = source.batches(List.of(), range, maxRows);
                for (Optional<ParquetSource.Content> batch = batches.next();
                        batch.isPresent();
                        batch = batches.next()) {
                    assertThat(batch.get().rows()).isBetween(1, maxRows);
                    Specimens.assertRows(
                            batch.get(), columns, at, at + batch.get().rows());
                    at += batch.get().rows();
                }
                assertThat(at).isEqualTo(end);
            }
        }
    }

    @Test
    void onlyTheExpectedFileIsOpened() throws IOException {
        ParquetSource.open(file, Optional.of(digest)).close();
        ParquetWriting.write(file, columns, ROWS - 1, Map.of("symbol", "X"));
        assertThatThrownBy(() -> ParquetSource.open(file, Optional.of(digest)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("market.parquet")
                .hasMessageContaining("not the one that was expected");
    }

    @Test
    void wrongUseIsRefused() throws IOException {
        try (ParquetSource source = ParquetSource.open(file)) {
            assertThatThrownBy(() -> source.read(List.of("x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column 'x' is not in")
                    .hasMessageContaining("[time, price, gaps");
            ParquetSource.Range wrong = new ParquetSource.Range("price", 0, 1);
            assertThatThrownBy(() -> source.read(List.of(), wrong)).hasMessageContaining("must hold times, got DOUBLE");
            assertThatThrownBy(() -> source.batches(List.of(), Optional.empty(), 0))
                    .hasMessageContaining("maxRows");
            assertThatThrownBy(() -> seconds(2, 1)).hasMessageContaining("from must not lie after to");
        }
        assertThatThrownBy(() -> ParquetSource.open(folder.resolve("none.parquet")))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void anEmptyTableHasColumnsAndNoRows() throws IOException {
        ParquetWriting.write(file, columns, 0, Map.of());
        try (ParquetSource source = ParquetSource.open(file)) {
            Specimens.assertRows(source.read(List.of()), columns, 0, 0);
            Specimens.assertRows(source.read(List.of(), seconds(0, 5)), columns, 0, 0);
            assertThat(source.batches(List.of(), Optional.empty(), 10).next()).isEmpty();
            source.verify();
        }
    }

    @Test
    void aFileOfTheFirstWriterIsStillRead() throws IOException {
        try (ParquetSource source = ParquetSource.open(Specimens.resource("lama_by_value"))) {
            assertThat(source.isSealed()).isFalse();
            assertThat(source.metadata()).containsEntry("made", "by the first writer");
            int rows = 45_000;
            List<RawColumn> all = List.of(
                    longs("time", RawColumn.Kind.TIME, rows, i -> Specimens.START + i * MINUTE),
                    longs("exact", RawColumn.Kind.TIME, rows, i -> Specimens.START + i * MINUTE + i % 3),
                    longs("id", RawColumn.Kind.LONG, rows, i -> i * 7_919L % 1_009 - 500),
                    doubles("price", rows, i -> (3_000_000 + i * 37 % 1_009) / 100.0),
                    doubles("x", rows, i -> i % 97 == 0 ? Double.NaN : i % 89 == 0 ? -0.0 : i % 64 / 7.0),
                    texts("side", rows, i -> i % 3 == 0 ? "buy" : i % 3 == 1 ? "sell" : ""));
            Specimens.assertRows(source.read(List.of()), all, 0, rows);
            source.verify();
            long from = Specimens.START + 19_990 * MINUTE;
            ParquetSource.Range range = new ParquetSource.Range("time", from, from + 30 * MINUTE);
            Specimens.assertRows(source.read(List.of(), range), all, 19_990, 20_020);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dictionary", "packed", "fixed", "duckdb"})
    void filesOfOtherWritersAreRead(String name) throws IOException {
        try (ParquetSource source = ParquetSource.open(Specimens.resource("foreign_" + name))) {
            List<RawColumn> all = foreign();
            Specimens.assertRows(source.read(List.of()), all, 0, FOREIGN_ROWS);
            source.verify();
            long from = Specimens.START + 1_990 * MINUTE;
            ParquetSource.Range range = new ParquetSource.Range("time", from, from + 100 * MINUTE);
            Specimens.assertRows(source.read(List.of(), range), all, 1_990, 2_090);
            // alone, so that a column that is kept in an unusual way does not take the others with it
            for (RawColumn column : all) {
                Specimens.assertRows(source.read(List.of(column.name()), range), List.of(column), 1_990, 2_090);
            }
            ParquetSource.Batches batches = source.batches(List.of(), Optional.empty(), 777);
            int at = 0;
            for (Optional<ParquetSource.Content> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
                Specimens.assertRows(batch.get(), all, at, at + batch.get().rows());
                at += batch.get().rows();
            }
            assertThat(at).isEqualTo(FOREIGN_ROWS);
        }
    }

    /** What make_foreign.py writes. */
    private static List<RawColumn> foreign() {
        RawColumn decimal = doubles("dec", FOREIGN_ROWS, i -> (i - 2_500) / 1_000.0);
        return List.of(
                longs("time", RawColumn.Kind.TIME, FOREIGN_ROWS, i -> Specimens.START + i * MINUTE),
                longs("small", RawColumn.Kind.LONG, FOREIGN_ROWS, i -> i % 1_000 - 500),
                longs("wide", RawColumn.Kind.LONG, FOREIGN_ROWS, i -> i * 1_000_003L - 7),
                doubles("price", FOREIGN_ROWS, i -> (10_000 + i * 37 % 1_009) / 100.0),
                doubles("rate", FOREIGN_ROWS, i -> (float) (1.0 / (i + 1))),
                doubles("gap", FOREIGN_ROWS, i -> i % 7 == 3 ? Double.NaN : i / 4.0),
                doubles("count", FOREIGN_ROWS, i -> i % 7 == 3 ? Double.NaN : i),
                texts("side", FOREIGN_ROWS, i -> i % 11 == 5 ? "" : i % 2 == 1 ? "buy" : "sell"),
                new RawColumn("dec9", RawColumn.Kind.DOUBLE, decimal.values()),
                new RawColumn("dec18", RawColumn.Kind.DOUBLE, decimal.values()),
                new RawColumn("dec38", RawColumn.Kind.DOUBLE, decimal.values()),
                doubles(
                        "huge",
                        FOREIGN_ROWS,
                        i -> BigDecimal.valueOf(9_007_199_254_740_993L + i, 1).doubleValue()));
    }

    private static RawColumn doubles(String name, int rows, IntToDoubleFunction value) {
        return new RawColumn(
                name,
                RawColumn.Kind.DOUBLE,
                IntStream.range(0, rows).mapToDouble(value).toArray());
    }

    private static RawColumn longs(String name, RawColumn.Kind kind, int rows, IntToLongFunction value) {
        return new RawColumn(
                name, kind, IntStream.range(0, rows).mapToLong(value).toArray());
    }

    private static RawColumn texts(String name, int rows, IntFunction<String> text) {
        return new RawColumn(
                name,
                RawColumn.Kind.TEXT,
                IntStream.range(0, rows).mapToObj(text).toArray(String[]::new));
    }

    @Test
    void bytesThatBelongToNothingAreFound() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += bytes.length / 50) {
            byte[] broken = bytes.clone();
            broken[at] ^= 1;
            Files.write(file, broken);
            assertThatThrownBy(() -> {
                        try (ParquetSource source = ParquetSource.open(file)) {
                            source.verify();
                        }
                    })
                    .as("byte %d", at)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("market.parquet");
        }
    }
}
