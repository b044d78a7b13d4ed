package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Provenance;

class CatalogueFileTest {
    private static final int SERIES = 40;

    @TempDir
    Path folder;

    private static SeriesKey key(int i) {
        return SeriesKey.bars("BINANCE.SPOT.A" + i + "-USDT", 86_400_000_000_000L);
    }

    private static void write(ParquetStore store, int i, int bars) throws IOException {
        Provenance origin = new Provenance(Provenance.Kind.VENDOR, "file\t" + i % 3 + "\n", "", "a \"note\", " + i % 2);
        long[] opens = new long[bars];
        Arrays.setAll(opens, day -> MarketStoreContract.START + day * MarketStoreContract.DAY);
        double[] closes = new double[bars];
        Arrays.fill(closes, 100 + i);
        store.write(key(i), MarketStoreContract.bars(opens, closes), origin, true);
    }

    /** A store whose files were written an hour ago, as its file system says. */
    private Path make() throws IOException {
        Path root = folder.resolve("store");
        try (ParquetStore store = ParquetStore.open(root)) {
            store.together(() -> {
                for (int i = 0; i < SERIES; i++) {
                    write(store, i, 3 + i);
                }
            });
        }
        age(root);
        return root;
    }

    private static void age(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(
                        path,
                        FileTime.fromMillis(Files.getLastModifiedTime(path).toMillis() - 3_600_000));
            }
        }
        Files.deleteIfExists(root.resolve(".catalogue"));
    }

    private static List<MarketStore.Entry> list(Path root) throws IOException {
        try (ParquetStore store = ParquetStore.open(root)) {
            return store.catalogue();
        }
    }

    private static Path manifest(Path root, int i) throws IOException {
        Path series = root.resolve("bars/symbol=" + key(i).instrument() + "/interval=1d");
        try (Stream<Path> all = Files.walk(series)) {
            return all.filter(path -> path.endsWith(PartitionManifest.FILE))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatManifestsSaidIsRememberedAsLongAsTheyLookTheSame() throws IOException {
        Path root = make();
        List<MarketStore.Entry> read = list(root);
        assertThat(read).hasSize(SERIES);
        assertThat(root.resolve(".catalogue")).exists();
        Path manifest = manifest(root, 7);
        FileTime time = Files.getLastModifiedTime(manifest);
        byte[] bytes = Files.readAllBytes(manifest);
        byte[] broken = bytes.clone();
        broken[broken.length / 2] ^= 1;
        Files.write(manifest, broken);
        assertThatThrownBy(() -> list(root)).isInstanceOf(IOException.class).hasMessageContaining(manifest.toString());
        // it is never read while it looks as it did: this is what the file is for
        Files.setLastModifiedTime(manifest, time);
        assertThat(list(root)).isEqualTo(read);
        // and never when rows are wanted
        try (ParquetStore store = ParquetStore.open(root)) {
            assertThatThrownBy(() -> store.read(MarketStore.Query.all(key(7))))
                    .hasMessageContaining(manifest.toString());
            assertThatThrownBy(() -> store.entry(key(7))).hasMessageContaining(manifest.toString());
            assertThat(store.verify()).hasSize(1);
        }
    }

    @Test
    void whatWasWrittenSinceIsSeen() throws IOException {
        Path root = make();
        list(root);
        try (ParquetStore store = ParquetStore.open(root)) {
            write(store, 3, 50);
            write(store, SERIES, 2);
        }
        List<MarketStore.Entry> now = list(root);
        assertThat(now).hasSize(SERIES + 1);
        assertThat(now.stream()
                        .filter(entry -> entry.key().equals(key(3)))
                        .findFirst()
                        .orElseThrow()
                        .rows())
                .isEqualTo(50);
        Files.delete(root.resolve(".catalogue"));
        assertThat(list(root)).isEqualTo(now);
    }

    @Test
    void aPartitionThatWasTakenAwayIsNotRemembered() throws IOException {
        Path root = make();
        list(root);
        StoreDisk.discard(java.util.Objects.requireNonNull(manifest(root, 5).getParent()));
        StoreDisk.discard(root.resolve("bars/symbol=" + key(6).instrument()));
        assertThat(list(root))
                .hasSize(SERIES - 2)
                .noneMatch(entry -> List.of(key(5), key(6)).contains(entry.key()));
    }

    @Test
    void changesInTheSameMomentAreReadAgain() throws IOException {
        Path root = make();
        list(root);
        // written at the same time as the manifests, it could not know of a second change at that time
        Files.setLastModifiedTime(root.resolve(".catalogue"), Files.getLastModifiedTime(manifest(root, 0)));
        Path manifest = manifest(root, 7);
        FileTime time = Files.getLastModifiedTime(manifest);
        byte[] broken = Files.readAllBytes(manifest);
        broken[broken.length / 2] ^= 1;
        Files.write(manifest, broken);
        Files.setLastModifiedTime(manifest, time);
        assertThatThrownBy(() -> list(root)).hasMessageContaining(manifest.toString());
    }

    @Test
    void damageInItMeansNothing() throws IOException {
        Path root = make();
        List<MarketStore.Entry> read = list(root);
        Path file = root.resolve(".catalogue");
        byte[] bytes = Files.readAllBytes(file);
        Rng rng = Seeds.rng(4, 1);
        for (int trial = 0; trial < 60; trial++) {
            byte[] broken =
                    trial % 3 == 0 ? Arrays.copyOf(bytes, trial == 0 ? 0 : rng.nextInt(bytes.length)) : bytes.clone();
            if (broken.length == bytes.length) {
                broken[rng.nextInt(bytes.length)] ^= (byte) (1 << rng.nextInt(8));
            }
            Files.write(file, broken);
            assertThat(list(root)).isEqualTo(read);
        }
    }

    @Test
    void aFolderThatCannotTakeItIsListedAllTheSame() throws IOException {
        Path root = make();
        // a folder where the file should be: neither can be written, also by root
        Files.createDirectories(root.resolve(".catalogue/x"));
        Files.createDirectories(root.resolve(".catalogue.new/x"));
        assertThat(list(root)).hasSize(SERIES);
    }

    @Test
    void whatABrokenManifestHidesIsNotRemembered() throws IOException {
        Path root = make();
        Path manifest = manifest(root, 7);
        byte[] bytes = Files.readAllBytes(manifest);
        FileTime time = Files.getLastModifiedTime(manifest);
        Files.write(manifest, new byte[bytes.length]);
        Files.setLastModifiedTime(manifest, time);
        try (ParquetStore store = ParquetStore.open(root, ParquetStore.Strictness.SKIP)) {
            assertThat(store.catalogue()).hasSize(SERIES - 1);
        }
        Files.write(manifest, bytes);
        Files.setLastModifiedTime(manifest, time);
        assertThat(list(root)).hasSize(SERIES);
    }
}
