package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Provenance;

class ParquetStoreIntegrityTest {
    private static final SeriesKey TRADES = MarketStoreContract.TRADES;
    private static final MarketStore.Query ALL = MarketStore.Query.all(TRADES);
    private static final Provenance ORIGIN = MarketStoreContract.ORIGIN;

    @TempDir
    Path folder;

    /** Three days, the second in two overlapping files with a revision. */
    private ParquetTable make(Path root) throws IOException {
        ParquetTable table =
                MarketStoreContract.trades(MarketStoreContract.START, 900 * MarketStoreContract.SECOND, 288, 5);
        int[] even = new int[144];
        Arrays.setAll(even, i -> 2 * i);
        try (ParquetStore store = ParquetStore.open(root)) {
            store.write(TRADES, MarketStoreContract.pick(table, even), ORIGIN, true);
            store.write(TRADES, table, ORIGIN, true);
            ParquetTable other = ParquetTable.builder(1)
                    .times("time", new long[] {MarketStoreContract.START + 30 * MarketStoreContract.HOUR})
                    .times("available", new long[] {MarketStoreContract.START + 90 * MarketStoreContract.DAY})
                    .doubles("price", new double[] {5})
                    .doubles("size", new double[] {6})
                    .longs("side", new long[] {1})
                    .build();
            store.write(TRADES, other, ORIGIN, false);
            store.write(
                    MarketStoreContract.BARS,
                    MarketStoreContract.bars(new long[] {MarketStoreContract.START}, 100),
                    ORIGIN,
                    true);
            return store.read(ALL);
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Path one(Path root, String end) throws IOException {
        return files(root).stream()
                .filter(file ->
                        file.toString().contains("trades") && file.toString().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] damaged(byte[] bytes, Rng rng) {
        int at = rng.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + rng.nextInt(1 << rng.nextInt(7)));
        byte[] out = bytes.clone();
        switch (rng.nextInt(5)) {
            case 0, 1 -> out[at] ^= (byte) (1 << rng.nextInt(8));
            case 2 -> {
                for (int i = at; i < at + length; i++) {
                    out[i] = (byte) rng.nextLong();
                }
            }
            case 3 -> out = Arrays.copyOf(bytes, at);
            default -> {
                out = Arrays.copyOf(bytes, bytes.length - length);
                System.arraycopy(bytes, at + length, out, at, bytes.length - at - length);
            }
        }
        return out;
    }

    private void fuzz(int cases, long seed) throws IOException {
        Path root = folder.resolve("store");
        ParquetTable whole = make(root);
        var expected = MarketStoreContract.bits(whole, whole.names());
        long later = MarketStoreContract.START + 25 * MarketStoreContract.HOUR;
        ParquetTable part;
        ParquetTable early;
        List<MarketStore.Entry> entries;
        try (ParquetStore store = ParquetStore.open(root)) {
            part = store.read(ALL.between(later, later + MarketStoreContract.DAY));
            early = store.read(ALL.knownBy(later));
            entries = store.catalogue();
        }
        var expectedPart = MarketStoreContract.bits(part, part.names());
        var expectedEarly = MarketStoreContract.bits(early, early.names());
        List<Path> files = files(root);
        Rng rng = Seeds.rng(seed, 3);
        int refused = 0;
        for (int trial = 0; trial < cases; trial++) {
            Path file = files.get(rng.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            byte[] broken = damaged(bytes, rng);
            Files.write(file, broken);
            boolean changed = !Arrays.equals(bytes, broken);
            List<Look> looks = List.of(
                    store -> {
                        ParquetTable found = store.read(ALL);
                        assertThat(MarketStoreContract.bits(found, found.names()))
                                .isEqualTo(expected);
                    },
                    store -> {
                        ParquetTable found = store.read(ALL.between(later, later + MarketStoreContract.DAY));
                        assertThat(MarketStoreContract.bits(found, found.names()))
                                .isEqualTo(expectedPart);
                    },
                    store -> {
                        ParquetTable found = MarketStoreContract.joined(store.scan(ALL.knownBy(later)), 100_000);
                        assertThat(MarketStoreContract.bits(found, found.names()))
                                .isEqualTo(expectedEarly);
                    },
                    store -> assertThat(store.catalogue()).isEqualTo(entries));
            int failures = outcome(root, looks.get(trial % 4)) + outcome(root, looks.get(0));
            if (failures > 0) {
                refused++;
                assertThat(changed).isTrue();
            }
            Files.write(file, bytes);
        }
        assertThat(refused).isGreaterThan(cases / 3);
    }

    private interface Look {
        void at(ParquetStore store) throws IOException;
    }

    private static int outcome(Path root, Look look) {
        try (ParquetStore store = ParquetStore.open(root)) {
            look.at(store);
            return 0;
        } catch (IOException e) {
            assertThat(e.getMessage()).contains(root.toString());
            return 1;
        }
    }

    @Test
    void damageAnywhereIsFoundOrHarmless() throws IOException {
        fuzz(2_000, 1);
    }

    @Test
    @Tag("slow")
    void damageAnywhereIsFoundOrHarmlessInManyCases() throws IOException {
        for (int seed = 100; seed < 120; seed++) {
            Path all = folder.resolve("store");
            if (Files.exists(all)) {
                for (Path file : files(all)) {
                    Files.delete(file);
                }
            }
            folder = Files.createTempDirectory(folder, "more");
            fuzz(2_000, seed);
        }
    }

    private void assertBroken(Path root, Path file, String... words) throws IOException {
        assertThatThrownBy(() -> {
                    try (ParquetStore store = ParquetStore.open(root)) {
                        store.read(ALL);
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContainingAll(words);
        try (ParquetStore store = ParquetStore.open(root, ParquetStore.Strictness.SKIP)) {
            ParquetTable rest = store.read(ALL);
            assertThat(rest.rows()).isBetween(1, 287);
            assertThat(store.issues()).hasSize(1);
            assertThat(store.issues().get(0).reason()).isEqualTo(Issue.Reason.UNREADABLE);
            assertThat(store.issues().get(0).where()).isEqualTo(file.toString());
            assertThat(MarketStoreContract.joined(store.scan(ALL), 100_000).rows())
                    .isEqualTo(rest.rows());
            assertThat(store.issues()).hasSize(1);
            assertThat(store.verify()).extracting(Issue::where).contains(file.toString());
        }
    }

    @Test
    void aMissingManifestIsNamed() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path manifest = one(root, "manifest.json");
        Files.delete(manifest);
        assertBroken(root, manifest, "missing", "backup");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path part = one(root, ".parquet");
        Files.delete(part);
        assertBroken(root, part, "missing", "backup");
    }

    @Test
    void aFileOfAnotherSizeIsNamed() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path part = one(root, ".parquet");
        byte[] bytes = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(bytes, bytes.length + 1));
        assertBroken(root, part, "bytes", "manifest");
    }

    @Test
    void anotherWholeFileInItsPlaceIsNoticed() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path other = folder.toRealPath().resolve("other");
        try (ParquetStore store = ParquetStore.open(other)) {
            store.write(TRADES, MarketStoreContract.trades(MarketStoreContract.START, 1, 48, 9), ORIGIN, true);
        }
        Path part = one(root, ".parquet");
        byte[] foreign = Files.readAllBytes(one(other, ".parquet"));
        Files.write(part, foreign);
        assertThatThrownBy(() -> ParquetStore.open(root).read(ALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(part.toString());
    }

    @Test
    void aNewerVersionIsNotGuessedAt() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path manifest = one(root, "manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"version\": 1,", "\"version\": 2,"));
        assertBroken(root, manifest, "version 2", "newer");
        Path mark = root.resolve("store.json");
        Files.writeString(mark, Files.readString(mark).replace("\"version\": 1,", "\"version\": 7,"));
        assertThatThrownBy(() -> ParquetStore.open(root)).hasMessageContaining("version 7");
    }

    @Test
    void aManifestOfAnotherPartitionIsNoticed() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path manifest = one(root, "manifest.json");
        Path other = manifest.resolve("../../date=2024-02-02").normalize().resolve("manifest.json");
        Files.write(manifest, Files.readAllBytes(other));
        assertBroken(root, manifest, "belongs to", "date=2024-02-02");
    }

    @Test
    void aMissingMarkOrSeriesFileIsNamed() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path series = one(root, "series.json");
        byte[] bytes = Files.readAllBytes(series);
        Files.delete(series);
        assertThatThrownBy(() -> ParquetStore.open(root).read(ALL)).hasMessageContaining(series.toString());
        assertThat(ParquetStore.open(root).verify()).extracting(Issue::where).containsExactly(series.toString());
        Files.write(series, bytes);
        assertThat(ParquetStore.open(root).verify()).isEmpty();
        Files.delete(root.resolve("store.json"));
        assertThatThrownBy(() -> ParquetStore.open(root)).hasMessageContaining("store.json");
    }

    @Test
    void somethingElseIsNoStore() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> ParquetStore.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder");
        assertThat(ParquetStore.isStore(file)).isFalse();
        assertThat(ParquetStore.isStore(folder)).isFalse();
        Path empty = folder.resolve("none");
        try (ParquetStore store = ParquetStore.open(empty)) {
            assertThat(store.catalogue()).isEmpty();
            assertThat(store.verify()).isEmpty();
            assertThatThrownBy(() -> store.read(ALL)).isInstanceOf(IOException.class);
        }
        assertThat(empty).doesNotExist();
        make(folder.resolve("store"));
        assertThat(ParquetStore.isStore(folder.resolve("store"))).isTrue();
    }

    @Test
    void linksInsideOfTheStoreAreRefused() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path outside = Files.createDirectory(folder.toRealPath().resolve("outside"));
        Path symbol = root.resolve("trades").resolve("symbol=BINANCE.SPOT.ETH-USDT");
        Files.createSymbolicLink(symbol, outside);
        SeriesKey eth = SeriesKey.of("BINANCE.SPOT.ETH-USDT", RecordKind.TRADES);
        try (ParquetStore store = ParquetStore.open(root)) {
            ParquetTable table = MarketStoreContract.trades(MarketStoreContract.START, 1, 3, 1);
            assertThatThrownBy(() -> store.write(eth, table, ORIGIN, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(symbol.toString())
                    .hasMessageContaining("link");
            assertThatThrownBy(() -> store.read(MarketStore.Query.all(eth))).hasMessageContaining("link");
        }
        assertThat(StoreDisk.list(outside)).isEmpty();
        Files.delete(symbol);

        Path part = one(root, ".parquet");
        Path moved = Files.move(part, outside.resolve("moved.parquet"));
        Files.createSymbolicLink(part, moved);
        assertThatThrownBy(() -> ParquetStore.open(root).read(ALL))
                .hasMessageContaining(part.toString())
                .hasMessageContaining("link");
        Files.delete(part);
        Files.move(moved, part);
        Path day = part.resolve("..").normalize();
        Path movedDay = Files.move(day, outside.resolve("day"));
        Files.createSymbolicLink(day, movedDay);
        assertThatThrownBy(() -> ParquetStore.open(root).read(ALL))
                .hasMessageContaining(day.toString())
                .hasMessageContaining("link");
    }

    @Test
    void namesThatClimbAreNoNamesOfSeries() throws IOException {
        for (String name : List.of(
                "../../etc",
                "/etc/passwd",
                "BINANCE.SPOT.../../X",
                "BINANCE.SPOT.A/B",
                "A.SPOT.B\\C",
                "A.SPOT.B\0C",
                "x'); drop table",
                "A.SPOT.",
                "A.SPOT.b",
                "A.SPOT.-B")) {
            assertThatThrownBy(() -> SeriesKey.of(name, RecordKind.TRADES))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        StoreLayout layout = new StoreLayout(folder);
        assertThatThrownBy(() -> layout.safe(folder.resolve("../x"))).hasMessageContaining("does not lie");
        Rng rng = Seeds.rng(3, 3);
        String letters = "A0.%-_/\\. \0é'b";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("V.SPOT.");
            for (int k = rng.nextInt(12); k >= 0; k--) {
                text.append(letters.charAt(rng.nextInt(letters.length())));
            }
            try {
                SeriesKey key = SeriesKey.of(text.toString(), RecordKind.TRADES);
                assertThat(layout.series(key).getParent())
                        .isEqualTo(layout.root().resolve("trades"));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("name");
            }
        }
    }

    @Test
    void namesOfPartsCannotClimbEither() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        Path manifest = one(root, "manifest.json");
        Node node = Documents.read(manifest);
        Node first = node.get("files").at(0).with("name", Node.of("../../part-0123456789abcdef.parquet"));
        Node.Fields evil = SealedJson.start()
                .put("place", node.get("place"))
                .put("files", Node.array(List.of(first)))
                .put("superseded", node.get("superseded"))
                .put("provenance", node.get("provenance"));
        Files.write(manifest, SealedJson.bytes(evil));
        assertThatThrownBy(() -> ParquetStore.open(root).read(ALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name of a part");
    }

    @Test
    void whatNobodyNamedDoesNotCount() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        ParquetTable whole = make(root);
        Path day = one(root, ".parquet").resolve("..").normalize();
        Path orphan = Files.write(day.resolve("part-0123456789abcdef.parquet"), new byte[] {1, 2, 3});
        Path half = Files.write(day.resolve(".new-part"), new byte[] {1, 2, 3});
        Path fresh = Files.createDirectory(day.resolveSibling(".new-date=2030-01-01"));
        Files.writeString(fresh.resolve("part-0123456789abcdef.parquet"), "half");
        Path note = Files.writeString(day.resolve("note.txt"), "mine");
        try (ParquetStore store = ParquetStore.open(root)) {
            MarketStoreContract.assertSame(store.read(ALL), whole);
            assertThat(store.verify()).isEmpty();
            store.compact();
            assertThat(orphan).doesNotExist();
            assertThat(half).doesNotExist();
            assertThat(fresh).doesNotExist();
            assertThat(note).exists();
            MarketStoreContract.assertSame(store.read(ALL), whole);
        }
    }

    @Test
    void theFilesOfARangeAreListedWithTheirDigests() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        try (ParquetStore store = ParquetStore.open(root)) {
            List<ParquetStore.StoredFile> files = store.files(ALL);
            assertThat(files).hasSize(7);
            for (ParquetStore.StoredFile file : files) {
                Path path = root.resolve(file.path());
                assertThat(Checksums.sha256(path)).isEqualTo(file.sha256());
                assertThat(Files.size(path)).isEqualTo(file.bytes());
                assertThat(file.columns()).contains("time", "price");
            }
            assertThat(files.stream().mapToLong(ParquetStore.StoredFile::rows).sum())
                    .isEqualTo(289);
            long first = MarketStoreContract.START;
            assertThat(store.files(ALL.between(first, first + 1))).hasSize(1);
        }
        assertThat(new String(Files.readAllBytes(one(root, "manifest.json")), StandardCharsets.UTF_8))
                .contains("BINANCE.SPOT.BTC-USDT trades date=2024-01-31")
                .contains("trades.zip");
    }

    @Test
    void compactionKeepsEveryBitOfEveryTime() throws IOException {
        Path root = folder.toRealPath().resolve("store");
        make(root);
        List<ParquetTable> before = new ArrayList<>();
        List<ParquetTable> after = new ArrayList<>();
        for (List<ParquetTable> reads : List.of(before, after)) {
            try (ParquetStore store = ParquetStore.open(root)) {
                reads.add(store.read(ALL));
                for (int hour = 0; hour < 80; hour += 7) {
                    reads.add(store.read(ALL.knownBy(MarketStoreContract.START + hour * MarketStoreContract.HOUR)));
                }
                if (reads == before) {
                    store.compact();
                    assertThat(store.files(ALL)).hasSize(3);
                    assertThat(files(root)).hasSizeGreaterThan(8);
                    // the files that were merged stay for those who read them, until the next time
                    store.compact();
                    assertThat(files(root).stream()
                                    .filter(file -> file.toString().contains("trades")
                                            && file.toString().endsWith("parquet")))
                            .hasSize(3);
                }
            }
        }
        for (int i = 0; i < before.size(); i++) {
            MarketStoreContract.assertSame(after.get(i), before.get(i));
        }
    }
}
