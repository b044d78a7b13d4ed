package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Provenance;
import org.lama.core.store.internal.RawColumn;
import org.lama.core.store.internal.RowBlock;

class ServerSpoolTest {
    private static final SeriesKey KEY = SeriesKey.bars("BINANCE.SPOT.BTC-USDT", 60_000_000_000L);
    private static final Provenance ORIGIN = new Provenance(Provenance.Kind.VENDOR, "a.csv", "", "\u00e4 note");

    @TempDir
    private Path folder;

    private static RowBlock block(int rows, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        long[] times = new long[rows];
        long[] available = new long[rows];
        int[] levels = new int[rows];
        double[] numbers = new double[rows];
        String[] texts = new String[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = i - 5L;
            available[i] = i % 3 == 0 ? Long.MIN_VALUE : i;
            levels[i] = i % 2;
            numbers[i] = i % 5 == 0 ? Double.NaN : rng.nextInt(1000) / 7.0;
            texts[i] = i % 4 == 0 ? "" : "\u20ac" + i;
        }
        return new RowBlock(
                rows,
                times,
                times.clone(),
                available,
                levels,
                List.of(
                        new RawColumn("close", RawColumn.Kind.DOUBLE, numbers),
                        new RawColumn("n", RawColumn.Kind.LONG, times.clone()),
                        new RawColumn("seen", RawColumn.Kind.TIME, available.clone()),
                        new RawColumn("note", RawColumn.Kind.TEXT, texts)));
    }

    private static void assertSame(RowBlock found, RowBlock expected) {
        assertThat(found.times()).isEqualTo(expected.times());
        assertThat(found.sequences()).isEqualTo(expected.sequences());
        assertThat(found.available()).isEqualTo(expected.available());
        assertThat(found.levels()).isEqualTo(expected.levels());
        for (int i = 0; i < expected.columns().size(); i++) {
            assertThat(found.columns().get(i).name())
                    .isEqualTo(expected.columns().get(i).name());
            assertThat(found.columns().get(i).kind())
                    .isEqualTo(expected.columns().get(i).kind());
            assertThat(Arrays.deepEquals(
                            new Object[] {found.columns().get(i).values()},
                            new Object[] {expected.columns().get(i).values()}))
                    .isTrue();
        }
    }

    private static SpoolPart part(RowBlock block, boolean strict) {
        return new SpoolPart(KEY, ORIGIN, strict, block);
    }

    @Test
    void whatIsKeptComesBackInOrderAlsoAfterARestart() throws IOException {
        RowBlock large = block(40_000, 1);
        RowBlock none = block(0, 1);
        try (ServerSpool spool = ServerSpool.open(folder, 1 << 24)) {
            spool.keep(part(large, true));
            spool.keep(part(block(3, 2), false));
            spool.keep(part(none, false));
        }
        try (ServerSpool spool = ServerSpool.open(folder, 1 << 24)) {
            spool.keep(part(block(4, 3), false));
            assertThat(spool.rows()).isEqualTo(40_007);
            List<ServerSpool.Waiting> files = List.copyOf(spool.list().values());
            assertThat(files).extracting(ServerSpool.Waiting::rows).containsExactly(40_000L, 3L, 4L);
            SpoolPart back = ServerSpool.read(files.get(0).file());
            assertThat(back.key()).isEqualTo(KEY);
            assertThat(back.provenance()).isEqualTo(ORIGIN);
            assertThat(back.strict()).isTrue();
            assertSame(back.block(), large);
            assertSame(ServerSpool.read(files.get(1).file()).block(), block(3, 2));
            spool.done(files.get(0));
            Path aside = spool.refuse(files.get(1));
            assertThat(aside.toString()).endsWith(".refused");
            assertThat(spool.rows()).isEqualTo(4);
        }
    }

    @Test
    void everyCutAndFlippedByteIsFound() throws IOException {
        Path file;
        try (ServerSpool spool = ServerSpool.open(folder, 1 << 24)) {
            spool.keep(part(block(20, 1), false));
            file = spool.list().firstEntry().getValue().file();
        }
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << (i % 8));
            assertBroken(file, bad);
            assertBroken(file, Arrays.copyOf(good, i));
        }
        assertBroken(file, Arrays.copyOf(good, good.length + 1));
        Files.write(file, good);
        assertSame(ServerSpool.read(file).block(), block(20, 1));
    }

    private static void assertBroken(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            ServerSpool.read(file);
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).startsWith(file + ": rows that wait for the server are broken")) {
                throw e;
            }
            return;
        }
        throw new AssertionError("a broken file was read");
    }

    @Test
    void aFullSpoolIsAnErrorAndKeepsWhatItHad() throws IOException {
        try (ServerSpool spool = ServerSpool.open(folder, 20_000)) {
            spool.keep(part(block(100, 1), false));
            assertThatThrownBy(() -> spool.keep(part(block(1_000, 2), false)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1000 rows")
                    .hasMessageContaining("full");
            assertThat(spool.rows()).isEqualTo(100);
            try (var files = Files.list(folder)) {
                assertThat(files).hasSize(2);
            }
            spool.keep(part(block(10, 3), false));
            assertThat(spool.rows()).isEqualTo(110);
        }
    }

    @Test
    void aDiskThatTakesNothingIsAnErrorAndKeepsWhatItHad() throws IOException {
        try (ServerSpool spool = ServerSpool.open(folder, 1 << 24)) {
            spool.keep(part(block(100, 1), false));
            Path moved = folder.resolveSibling(folder.getFileName() + "-gone");
            Files.move(folder, moved);
            try {
                assertThatThrownBy(() -> spool.keep(part(block(10, 2), false))).isInstanceOf(IOException.class);
            } finally {
                Files.move(moved, folder);
            }
            assertThat(spool.rows()).isEqualTo(100);
        }
    }

    @Test
    void oneStoreAtATimeUsesASpool() throws IOException {
        try (ServerSpool first = ServerSpool.open(folder, 1 << 24)) {
            assertThat(first.rows()).isZero();
            assertThatThrownBy(() -> ServerSpool.open(folder, 1 << 24))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another store");
        }
        ServerSpool.open(folder, 1 << 24).close();
    }
}
