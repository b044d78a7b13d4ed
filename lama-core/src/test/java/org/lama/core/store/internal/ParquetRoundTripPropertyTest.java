package org.lama.core.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.store.Checksums;

class ParquetRoundTripPropertyTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.NaN,
        Double.longBitsToDouble(0x7ff8_0000_0000_0001L),
        Double.longBitsToDouble(0xfff8_0000_0000_0000L),
        Double.longBitsToDouble(0x7ff0_0000_0000_0001L),
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        0x1p53,
        0x1p53 - 1,
        -0x1p53,
        1e15 / 3,
        0.1 + 0.2
    };

    @TempDir
    Path folder;

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

    private ParquetSource.Content through(List<RawColumn> columns, int from, int to) throws IOException {
        Path file = folder.resolve("columns.parquet");
        ParquetStream.Written written = ParquetWriting.write(file, columns, from, to, Map.of("made", "by a test"));
        assertThat(written.sha256()).isEqualTo(Checksums.sha256(file));
        assertThat(written.rows()).isEqualTo(to - from);
        assertThat(written.bytes()).isEqualTo(file.toFile().length());
        try (ParquetSource source = ParquetSource.open(file)) {
            source.verify();
            assertThat(source.isSealed()).isTrue();
            assertThat(source.footerDigest()).isEqualTo(written.footerDigest());
            assertThat(source.metadata()).isEqualTo(Map.of("made", "by a test"));
            return source.read(List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 32, 33, 129, 4_097, 19_999, 20_000, 20_001, 60_007})
    void everyBitPatternComesBack(int rows) throws IOException {
        Rng rng = Seeds.rng(71, rows);
        List<RawColumn> columns = new ArrayList<>();
        columns.add(doubles("bits", rows, i -> Double.longBitsToDouble(rng.nextLong())));
        columns.add(doubles("special", rows, i -> SPECIAL[rng.nextInt(SPECIAL.length)]));
        columns.add(doubles("constant", rows, i -> 1.25));
        columns.add(doubles("missing", rows, i -> Double.NaN));
        columns.add(doubles("zeros", rows, i -> 0.0));
        columns.add(doubles("oneNegativeZero", rows, i -> i == rows / 2 ? -0.0 : i));
        columns.add(doubles("oneInfinity", rows, i -> i == rows - 1 ? Double.POSITIVE_INFINITY : i * 0.5));
        columns.add(doubles("alternating", rows, i -> i % 2 == 0 ? Double.NaN : i * 0.5));
        columns.add(doubles("fewGaps", rows, i -> i % 997 == 5 ? Double.NaN : i * 0.25));
        columns.add(doubles("lateDigits", rows, i -> i == rows - 1 ? 0.000000000001 : i % 7));
        columns.add(doubles("tooLarge", rows, i -> i % 3 == 0 ? 0x1p53 : 0.1));
        columns.add(doubles("returns", rows, i -> rng.nextGaussian() * 1e-3));
        for (int digits = 0; digits <= 13; digits++) {
            double power = Math.pow(10, digits);
            long most = digits < 6 ? 1L << 40 : 1L << 52;
            columns.add(doubles("decimal" + digits, rows, i -> (double) (rng.nextLong() % most) / power));
        }
        for (int width = 0; width <= 64; width += 3) {
            int bits = width;
            columns.add(longs(
                    "width" + bits, RawColumn.Kind.LONG, rows, i -> bits == 0 ? 7 : rng.nextLong() >>> (64 - bits)));
        }
        columns.add(longs("swings", RawColumn.Kind.LONG, rows, i -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE));
        columns.add(longs("nanos", RawColumn.Kind.TIME, rows, i -> Specimens.START + i * 7L));
        columns.add(longs("micros", RawColumn.Kind.TIME, rows, i -> Specimens.START + i * 1_000L));
        columns.add(longs(
                "anyTime", RawColumn.Kind.TIME, rows, i -> rng.nextInt(5) == 0 ? Long.MIN_VALUE : rng.nextLong()));
        columns.add(longs(
                "missingTime", RawColumn.Kind.TIME, rows, i -> i % 3 == 0 ? Long.MIN_VALUE : i * 60_000_000_000L));
        columns.add(texts("few", rows, i -> i % 5 == 0 ? "" : "é " + i % 7 + " \ud83d\ude00"));
        columns.add(texts("runs", rows, i -> "s" + i / 1_000));
        columns.add(texts("same", rows, i -> "BTCUSDT"));
        columns.add(texts("long", rows, i -> "x".repeat(i % 3 == 0 ? 100 : 3)));
        Specimens.assertRows(through(columns, 0, rows), columns, 0, rows);
        Specimens.assertRows(through(columns, rows / 3, rows - rows / 5), columns, rows / 3, rows - rows / 5);
    }

    private static RawColumn texts(String name, int rows, java.util.function.IntFunction<String> text) {
        return new RawColumn(
                name,
                RawColumn.Kind.TEXT,
                IntStream.range(0, rows).mapToObj(text).toArray(String[]::new));
    }

    @Test
    void moreDifferentTextsThanADictionaryHoldsAreKeptAsTheyAre() throws IOException {
        List<RawColumn> columns = List.of(texts("id", 70_000, i -> "order-" + i));
        Specimens.assertRows(through(columns, 0, 70_000), columns, 0, 70_000);
    }

    @Test
    void rowGroupsOfAMillionRowsFollowEachOther() throws IOException {
        int rows = 1_040_010;
        List<RawColumn> columns = List.of(
                longs("time", RawColumn.Kind.TIME, rows, i -> Specimens.START + i * Specimens.SECOND),
                doubles("price", rows, i -> (i % 1_009) / 100.0),
                texts("side", rows, i -> i % 3 == 0 ? "buy" : "sell"));
        Specimens.assertRows(through(columns, 0, rows), columns, 0, rows);
        try (ParquetSource source = ParquetSource.open(folder.resolve("columns.parquet"))) {
            long from = Specimens.START + 990_000 * Specimens.SECOND;
            ParquetSource.Range range = new ParquetSource.Range("time", from, from + 20_000 * Specimens.SECOND);
            Specimens.assertRows(source.read(List.of(), range), columns, 990_000, 1_010_000);
            assertThat(source.rows()).isEqualTo(rows);
        }
    }

    @Test
    void decimalsTakeAThirdOfTheirBytes() throws IOException {
        int rows = 50_000;
        List<RawColumn> market = Specimens.market(rows, 3);
        long plain = 0;
        Path file = folder.resolve("columns.parquet");
        for (String name : List.of("price", "gaps", "volume")) {
            RawColumn column = market.stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            plain += ParquetWriting.write(file, List.of(column), rows, Map.of()).bytes();
        }
        assertThat(plain).isLessThan((long) rows * Double.BYTES);
    }

    @Test
    void equalTablesBecomeEqualFiles() throws IOException {
        List<RawColumn> columns = Specimens.market(30_000, 5);
        Path file = folder.resolve("columns.parquet");
        String first = ParquetWriting.write(file, columns, 30_000, Map.of("a", "1", "b", "2"))
                .sha256();
        assertThat(ParquetWriting.write(file, columns, 30_000, Map.of("b", "2", "a", "1"))
                        .sha256())
                .isEqualTo(first);
    }

    @Test
    void whatCannotComeBackIsRefused() {
        Path file = folder.resolve("columns.parquet");
        List<RawColumn> half = List.of(texts("text", 1, i -> "\ud83d"));
        assertThatThrownBy(() -> ParquetWriting.write(file, half, 1, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column text must hold texts that are Unicode");
        List<RawColumn> good = List.of(doubles("a", 1, i -> 1));
        assertThatThrownBy(() -> ParquetWriting.write(file, good, 1, Map.of("lama.pages", "")))
                .hasMessageContaining("metadata must not have the key lama.pages");
        assertThatThrownBy(() -> ParquetWriting.write(file, good, 1, Map.of("a", "\ud83d")))
                .hasMessageContaining("metadata must be Unicode");
        assertThatThrownBy(() -> ParquetWriting.write(file, good, 2, 1, Map.of()))
                .hasMessageContaining("from must lie in [0, to = 1], got 2");
    }

    @Test
    void theScaleIsTheLeastThatHoldsAllValues() {
        assertThat(DecimalScale.of(new double[] {}, 0, 0)).isZero();
        assertThat(DecimalScale.of(new double[] {1, 2.5, Double.NaN, 0.125, 3}, 0, 5))
                .isEqualTo(3);
        assertThat(DecimalScale.of(new double[] {1, 2.5, Double.NaN, 0.125, 3}, 0, 3))
                .isEqualTo(1);
        assertThat(DecimalScale.of(new double[] {1e-12}, 0, 1)).isEqualTo(12);
        for (double none : new double[] {-0.0, 1e-13, 1.0 / 3, Double.POSITIVE_INFINITY, 0x1p53}) {
            assertThat(DecimalScale.of(new double[] {1, none}, 0, 2)).isEqualTo(DecimalScale.NONE);
        }
        // fits as an integer, and with one digit, but not both within 53 bits
        assertThat(DecimalScale.of(new double[] {0x1p53 - 1, 0.5}, 0, 2)).isEqualTo(DecimalScale.NONE);
    }

    @Test
    void runsAndGroupsOfSmallIntegersComeBack() throws IOException {
        Rng rng = Seeds.rng(9, 9);
        for (int trial = 0; trial < 300; trial++) {
            int width = rng.nextInt(18);
            int count = rng.nextInt(200);
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = i > 0 && rng.nextInt(8) > trial % 8 ? values[i - 1] : rng.nextInt(1 << width);
            }
            Bytes out = new Bytes();
            RunPacking.encode(values, count, width, out);
            int[] back = new int[count];
            RunPacking.decode(out.copy(), 0, out.size(), width, back, count);
            assertThat(back).as("trial %d", trial).isEqualTo(values);
        }
        assertThat(Arrays.stream(new int[] {0, 1, 2, 255}).map(RunPacking::width))
                .containsExactly(0, 1, 2, 8);
    }
}
