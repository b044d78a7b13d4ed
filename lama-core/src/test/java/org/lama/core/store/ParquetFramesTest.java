package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

class ParquetFramesTest {
    private static final long START = TimeIndex.nanos(Instant.parse("2024-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private static ParquetTable sample(int rows, long step) {
        Rng rng = Seeds.rng(11, rows);
        long[] times = new long[rows];
        long[] longs = new long[rows];
        double[] doubles = new double[rows];
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            times[i] = START + i * step;
            longs[i] = rng.nextLong();
            doubles[i] = Double.longBitsToDouble(rng.nextLong());
            texts.add(i % 5 == 0 ? "" : "symbol é " + i % 7);
        }
        return ParquetTable.builder(rows)
                .times("time", times)
                .longs("id", longs)
                .doubles("value", doubles)
                .texts("symbol", texts)
                .metadata("made", "by a test")
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 45_000})
    void writingAndReadingGivesTheSameBits(int rows) throws IOException {
        for (long step : new long[] {3_600_000_000_000L, 7}) {
            ParquetTable table = sample(rows, step);
            Path file = folder.resolve("table.parquet");
            ParquetFrames.write(file, table);
            ParquetTable back = ParquetFrames.read(file);
            assertThat(back.names()).isEqualTo(table.names());
            assertThat(back.rows()).isEqualTo(rows);
            assertThat(back.times("time")).isEqualTo(table.times("time"));
            assertThat(back.longs("id")).isEqualTo(table.longs("id"));
            assertThat(bits(back.doubles("value"))).isEqualTo(bits(table.doubles("value")));
            assertThat(back.texts("symbol")).isEqualTo(table.texts("symbol"));
            assertThat(back.metadata()).containsEntry("made", "by a test");
            assertThat(back.type("symbol")).isEqualTo(ParquetTable.Type.TEXT);
        }
    }

    /** Cuts a table into batches of some rows. */
    private static MarketStore.Batches batches(ParquetTable table, int size) {
        return new MarketStore.Batches() {
            private int at;

            @Override
            public @Nullable ParquetTable next() {
                int from = at;
                at = Math.min(table.rows(), at + size);
                return from == at ? null : MarketStoreContract.cut(table, from, at);
            }

            @Override
            public void close() {
                at = table.rows();
            }
        };
    }

    /** Prices with two digits, then five, then none at all; times in micro-, then nanoseconds. */
    @Test
    void whatIsWrittenInBatchesGivesTheSameBits() throws IOException {
        int rows = 250_003;
        Rng rng = Seeds.rng(12, 1);
        ParquetTable random = sample(rows, 1_000);
        long[] times = random.times("time");
        double[] prices = new double[rows];
        double[] sizes = new double[rows];
        for (int i = 0; i < rows; i++) {
            prices[i] = i < 120_000 ? rng.nextInt(1_000_000) / 100.0 : rng.nextInt(1_000_000) / 100_000.0;
            sizes[i] = i < 230_000 ? rng.nextInt(1_000) : i % 3 == 0 ? Double.NaN : rng.nextInt(1_000);
            times[i] += i < 200_000 ? 0 : 7;
        }
        ParquetTable table = ParquetTable.builder(rows)
                .times("time", times)
                .longs("id", random.longs("id"))
                .doubles("price", prices)
                .doubles("size", sizes)
                .doubles("value", random.doubles("value"))
                .texts("symbol", random.texts("symbol"))
                .build();
        for (int size : new int[] {60_001, 300_000}) {
            Path file = folder.resolve("batches" + size);
            assertThat(ParquetFrames.write(file, () -> batches(table, size))).isEqualTo(rows);
            ParquetTable back = ParquetFrames.read(file);
            assertThat(back.times("time")).isEqualTo(times);
            assertThat(back.longs("id")).isEqualTo(table.longs("id"));
            for (String name : List.of("price", "size", "value")) {
                assertThat(bits(back.doubles(name))).as(name).isEqualTo(bits(table.doubles(name)));
            }
            assertThat(back.texts("symbol")).isEqualTo(table.texts("symbol"));
            long from = times[150_000];
            assertThat(ParquetFrames.read(file, List.of("price"), "time", from, from + 1)
                            .rows())
                    .isEqualTo(1);
        }
    }

    @Test
    void rowsThatChangeWhileTheyAreWrittenInBatchesAreRefused() throws IOException {
        ParquetTable first = ParquetTable.builder(2)
                .times("time", new long[] {1, 2})
                .doubles("price", new double[] {1.5, 2.5})
                .build();
        ParquetTable second = ParquetTable.builder(2)
                .times("time", new long[] {1, 2})
                .doubles("price", new double[] {1.5, Math.PI})
                .build();
        Path file = folder.resolve("changed");
        boolean[] again = {false};
        assertThatThrownBy(() -> ParquetFrames.write(file, () -> {
                    ParquetTable now = again[0] ? second : first;
                    again[0] = true;
                    return batches(now, 10);
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while they were written");
        assertThat(file).doesNotExist();
    }

    @Test
    void equalTablesGiveEqualBytes() throws IOException {
        ParquetFrames.write(folder.resolve("a"), sample(500, 1000));
        ParquetFrames.write(folder.resolve("b"), sample(500, 1000));
        assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    }

    @Test
    void aFrameComesBackWithItsProvenance() throws IOException {
        Frame frame = Frame.of(
                        "BTCUSDT",
                        TimeIndex.regular(START, 60_000_000_000L, 3),
                        60_000_000_000L,
                        new Provenance(Provenance.Kind.HISTORICAL, "a.csv", "abc", "reversed"))
                .with("close", new double[] {1, Double.NaN, 3})
                .with("book.bidSize5", new double[] {-0.0, 1e300, Double.POSITIVE_INFINITY});
        Path file = folder.resolve("frame.parquet");
        ParquetFrames.writeFrame(file, frame);
        Frame back = ParquetFrames.readFrame(file);
        assertThat(back.symbol()).isEqualTo("BTCUSDT");
        assertThat(back.index()).isEqualTo(frame.index());
        assertThat(back.barNanos()).isEqualTo(frame.barNanos());
        assertThat(back.provenance()).isEqualTo(frame.provenance());
        assertThat(back.columnNames()).containsExactly("close", "book.bidSize5");
        assertThat(bits(back.column("book.bidSize5").toArray()))
                .isEqualTo(bits(frame.column("book.bidSize5").toArray()));
        ParquetFrames.write(file, sample(2, 1));
        assertThatThrownBy(() -> ParquetFrames.readFrame(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was not written as a frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bars_snappy", "bars_zstd_v2", "bars_gzip_int96", "bars_none"})
    void filesOfPyarrowAreRead(String name) throws Exception {
        ParquetTable table = ParquetFrames.read(resource(name));
        assertThat(table.rows()).isEqualTo(48);
        assertThat(table.type("open_time")).isEqualTo(ParquetTable.Type.TIME);
        for (int i = 0; i < 48; i++) {
            assertThat(table.times("open_time")[i]).isEqualTo(START + i * 3_600_000_000_000L);
            double close = 100 + i * 37 % 11 - 0.25 * i;
            assertThat(table.doubles("close")[i]).isEqualTo(close);
            assertThat(Double.compare(table.doubles("volume")[i], i == 5 ? Double.NaN : i + 1))
                    .isZero();
            assertThat(Double.compare(table.doubles("trades")[i], i == 7 ? Double.NaN : i))
                    .isZero();
            assertThat(table.doubles("small")[i]).isEqualTo(i / 4.0);
            assertThat(table.longs("flag")[i]).isEqualTo(i % 3 == 0 ? 1 : 0);
            assertThat(table.longs("count")[i]).isEqualTo(i * 1_000_003L);
            assertThat(table.doubles("count")[i]).isEqualTo(i * 1_000_003.0);
            assertThat(table.texts("symbol").get(i)).isEqualTo(i % 2 == 0 ? "AAAUSDT" : "BBBUSDT");
        }
    }

    @Test
    void whatCannotBeReadIsSaidWithTheFile() throws Exception {
        assertBroken(resource("bars_brotli"), "BROTLI");
        assertBroken(resource("nested"), "nested");
        Path text = folder.resolve("text.parquet");
        Files.writeString(text, "time,open,high,low,close");
        assertBroken(text, "text.parquet");
        Files.writeString(text, "");
        assertBroken(text, "too short");
    }

    @Test
    void cutFilesAreRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(resource("bars_snappy"));
        Path file = folder.resolve("cut.parquet");
        for (int length = 0; length < bytes.length; length += 131) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertBroken(file, "cut.parquet");
        }
    }

    @Test
    void noFlippedByteOfADataPageIsReadAsData() throws IOException {
        ParquetTable table = sample(2_000, 3_600_000_000_000L);
        Path file = folder.resolve("flipped.parquet");
        ParquetFrames.write(file, table);
        byte[] bytes = Files.readAllBytes(file);
        int refused = 0;
        for (int at = 100; at < 16_000; at += 997) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 0x55;
            Files.write(file, flipped);
            try {
                ParquetTable back = ParquetFrames.read(file);
                assertThat(bits(back.doubles("value"))).isEqualTo(bits(table.doubles("value")));
                assertThat(back.longs("id")).isEqualTo(table.longs("id"));
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("flipped.parquet");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10);
    }

    @Test
    void aRangeOfTimesIsReadAlone() throws IOException {
        ParquetTable table = sample(45_000, 60_000_000_000L);
        Path file = folder.resolve("range.parquet");
        ParquetFrames.write(file, table);
        long[] times = table.times("time");
        ParquetTable part = ParquetFrames.read(file, List.of("value", "time"), "time", times[20_500], times[20_510]);
        assertThat(part.names()).containsExactly("value", "time");
        assertThat(part.times("time")).isEqualTo(Arrays.copyOfRange(times, 20_500, 20_510));
        assertThat(bits(part.doubles("value")))
                .isEqualTo(Arrays.copyOfRange(bits(table.doubles("value")), 20_500, 20_510));
        assertThatThrownBy(() -> ParquetFrames.read(file, List.of(), "id", 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column id must hold times");
    }

    @Test
    void wrongUseIsRefused() {
        assertThatThrownBy(() -> ParquetTable.builder(2).doubles("a", new double[1]))
                .hasMessage("column a must have 2 rows, got 1");
        assertThatThrownBy(() -> ParquetTable.builder(1).longs("a", new long[1]).longs("a", new long[1]))
                .hasMessage("column a is added twice");
        assertThatThrownBy(() -> ParquetTable.builder(1).build()).hasMessageContaining("at least one column");
        ParquetTable table = sample(1, 1);
        assertThatThrownBy(() -> table.doubles("symbol")).hasMessage("column symbol holds TEXT, not DOUBLE");
        assertThatThrownBy(() -> table.longs("x")).hasMessageContaining("[time, id, value, symbol]");
    }

    private static void assertBroken(Path file, String part) {
        assertThatThrownBy(() -> ParquetFrames.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(part)
                .hasMessageContaining(String.valueOf(file.getFileName()));
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(ParquetFramesTest.class
                .getResource("/parquet/" + name + ".parquet")
                .toURI());
    }
}
