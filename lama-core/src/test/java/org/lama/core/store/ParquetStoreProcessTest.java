package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class ParquetStoreProcessTest {
    private static final MarketStore.Query ALL = MarketStore.Query.all(StoreWorker.KEY);
    private static final RecordKind.Partition MONTH = RecordKind.Partition.MONTH;

    @TempDir
    Path folder;

    /** What each partition holds after each write of a run that nothing disturbs, and at the end. */
    private record Course(Map<String, Set<Map<String, List<Object>>>> states, List<ParquetTable> end) {
        static Course of(Path root) throws IOException {
            Map<String, Set<Map<String, List<Object>>>> states = new TreeMap<>();
            try (ParquetStore store = ParquetStore.open(root)) {
                for (int i = 0; i < StoreWorker.WRITES; i++) {
                    StoreWorker.write(store, i);
                    months(store)
                            .forEach((month, bits) -> states.computeIfAbsent(month, m -> new HashSet<>())
                                    .add(bits));
                }
                return new Course(states, ends(store));
            }
        }

        /** Asserts that each partition is as it was after some write. */
        void assertWhole(Path root) throws IOException {
            try (ParquetStore store = ParquetStore.open(root)) {
                assertThat(store.verify()).isEmpty();
                months(store)
                        .forEach((month, bits) ->
                                assertThat(states.get(month)).as(month).contains(bits));
            }
        }

        void assertEnd(Path root) throws IOException {
            try (ParquetStore store = ParquetStore.open(root)) {
                List<ParquetTable> found = ends(store);
                assertThat(found).hasSameSizeAs(end);
                for (int i = 0; i < found.size(); i++) {
                    MarketStoreContract.assertSame(found.get(i), end.get(i));
                }
            }
        }

        private static List<ParquetTable> ends(ParquetStore store) throws IOException {
            List<ParquetTable> ends = new ArrayList<>();
            for (SeriesKey key : store.keys()) {
                MarketStore.Query all = MarketStore.Query.all(key);
                ends.add(store.read(all));
                for (int day = 0; day < 90; day += 20) {
                    ends.add(store.read(all.knownBy(MarketStoreContract.START + day * MarketStoreContract.DAY)));
                }
            }
            return ends;
        }

        private static Map<String, Map<String, List<Object>>> months(ParquetStore store) throws IOException {
            Map<String, Map<String, List<Object>>> months = new TreeMap<>();
            for (MarketStore.Entry entry : store.catalogue()) {
                long at = entry.fromNanos();
                while (at <= entry.toNanos()) {
                    PartitionSpan span = PartitionSpan.of(MONTH, at);
                    ParquetTable table =
                            store.read(MarketStore.Query.all(entry.key()).between(span.fromNanos(), span.toNanos()));
                    if (table.rows() > 0) {
                        String month = entry.key() + " " + span.name();
                        months.put(month, MarketStoreContract.bits(table, List.of("time", "available", "close")));
                    }
                    at = span.toNanos();
                }
            }
            return months;
        }
    }

    private void kill(int kills, long seed) throws IOException, InterruptedException {
        Course course = Course.of(folder.resolve("undisturbed"));
        Rng rng = Seeds.rng(seed, 1);
        int killed = 0;
        for (int i = 0; i < kills; i++) {
            Path root = folder.resolve("killed" + i);
            Process process = StoreWorker.process(List.of(), root.toString()).start();
            int steps = rng.nextInt(120);
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                String line = out.readLine();
                for (int step = 0; step < steps && line != null && !line.equals("done"); step++) {
                    line = out.readLine();
                }
                long until = System.nanoTime() + rng.nextInt(3_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                process.destroyForcibly();
                killed += process.waitFor() == 0 ? 0 : 1;
            }
            course.assertWhole(root);
            try (ParquetStore store = ParquetStore.open(root)) {
                StoreWorker.writeAll(store);
            }
            course.assertEnd(root);
        }
        assertThat(killed).isGreaterThan(kills / 2);
    }

    @Test
    void aKilledWriterLeavesWholePartitionsAndTheNextRunGoesOn() throws IOException, InterruptedException {
        kill(10, 1);
    }

    @Test
    @Tag("slow")
    void aWriterKilledAtAHundredPointsLeavesWholePartitions() throws IOException, InterruptedException {
        kill(100, 2);
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Stops writers at steps, once as if the process died there, once as if the disk refused. */
    private void stop(int stride) throws IOException {
        Course course = Course.of(folder.resolve("undisturbed"));
        int step = 1;
        for (boolean stopped = true; stopped; step += stride) {
            stopped = false;
            for (boolean crash : new boolean[] {true, false}) {
                Path root = folder.resolve("stopped" + crash + step);
                int last = step;
                AtomicInteger count = new AtomicInteger();
                ParquetStore store = ParquetStore.open(root, ParquetStore.Strictness.STRICT, (what, file) -> {
                    int now = count.incrementAndGet();
                    if (crash && now >= last) {
                        throw new Crash();
                    }
                    if (now == last) {
                        throw new IOException("No space left on device");
                    }
                });
                try {
                    StoreWorker.writeAll(store);
                } catch (Crash | IOException e) {
                    assertThat(e instanceof Crash
                                    || String.valueOf(e.getMessage()).contains(root.toString()))
                            .as("step " + last + ": " + e.getMessage())
                            .isTrue();
                    stopped = true;
                }
                if (crash) {
                    // the lock goes with the process
                    store.close();
                    store = ParquetStore.open(root);
                }
                course.assertWhole(root);
                StoreWorker.writeAll(store);
                store.close();
                course.assertEnd(root);
            }
        }
        assertThat(step).isGreaterThan(100);
    }

    @Test
    void aWriterStoppedBetweenTwoStepsLeavesWholePartitions() throws IOException {
        stop(67);
    }

    @Test
    @Tag("slow")
    void aWriterStoppedAtAnyStepLeavesWholePartitions() throws IOException {
        stop(1);
    }

    @Test
    void aFullDiskLeavesWhatWasThereAndNothingElse() throws IOException, InterruptedException {
        Path bash = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(bash), "the size of files is limited through bash");
        Path root = folder.resolve("store");
        ParquetTable before =
                MarketStoreContract.trades(MarketStoreContract.START + MarketStoreContract.DAY, 1, 100, 3);
        try (ParquetStore store = ParquetStore.open(root)) {
            store.write(MarketStoreContract.TRADES, before, MarketStoreContract.ORIGIN, true);
        }
        Process process = StoreWorker.process(
                        List.of(bash.toString(), "-c", "ulimit -f 4096; exec \"$@\"", "bash"), root.toString(), "large")
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(said).contains("failed").contains("date=2024-01-31").contains("stays as it was");
        try (ParquetStore store = ParquetStore.open(root)) {
            assertThat(store.verify()).isEmpty();
            MarketStoreContract.assertSame(store.read(MarketStore.Query.all(MarketStoreContract.TRADES)), before);
        }
        try (Stream<Path> left = Files.walk(root)) {
            assertThat(left.filter(path -> path.toString().contains(".new"))).isEmpty();
        }
    }

    /** 2 M rows are 96 MB in memory; the reader has 40 MB for all that it does. */
    @Test
    void aScanNeedsTheMemoryOfABatchWhateverTheRange() throws IOException, InterruptedException {
        Path root = folder.resolve("store");
        ParquetTable table = MarketStoreContract.trades(MarketStoreContract.START, 80_000_000, 2_000_000, 3);
        try (ParquetStore store = ParquetStore.open(root)) {
            store.write(MarketStoreContract.TRADES, table, MarketStoreContract.ORIGIN, true);
        }
        Process process =
                StoreWorker.process(List.of(), root.toString(), "scan").start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double sum = 0;
        for (double price : table.lendDoubles("price")) {
            sum += price;
        }
        assertThat(process.waitFor()).isZero();
        assertThat(said.strip()).isEqualTo("2000000 " + sum);
    }

    @Test
    void aSecondWriterIsToldWhoWrites() throws IOException, InterruptedException {
        Path root = folder.resolve("store");
        try (ParquetStore first = ParquetStore.open(root);
                ParquetStore second = ParquetStore.open(root)) {
            first.write(StoreWorker.KEY, StoreWorker.table(0), MarketStoreContract.ORIGIN, true);
            assertThatThrownBy(() -> StoreWorker.writeAll(second))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("one writer");
            // it may read
            assertThat(second.read(ALL).rows()).isEqualTo(400);

            Process process = StoreWorker.process(List.of(), root.toString()).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            assertThat(said)
                    .contains("failed")
                    .contains("process " + ProcessHandle.current().pid())
                    .contains("epoch 1");
        }
        try (ParquetStore next = ParquetStore.open(root)) {
            StoreWorker.writeAll(next);
            assertThat(Files.readString(root.resolve(".owner.json"))).contains("\"epoch\": 2");
        }
    }

    @Test
    void aWriterThatLostItsRightStops() throws IOException {
        Path root = folder.resolve("store");
        try (ParquetStore store = ParquetStore.open(root)) {
            store.write(StoreWorker.KEY, StoreWorker.table(0), MarketStoreContract.ORIGIN, true);
            ParquetTable before = store.read(ALL);
            Files.write(
                    root.resolve(".owner.json"),
                    SealedJson.bytes(
                            SealedJson.start().put("pid", 1).put("started", "").put("epoch", 9)));
            assertThatThrownBy(
                            () -> store.write(StoreWorker.KEY, StoreWorker.table(2), MarketStoreContract.ORIGIN, true))
                    .hasMessageContaining("lost to epoch 9");
            MarketStoreContract.assertSame(store.read(ALL), before);
        }
    }

    @Test
    void aReaderFinishesWhatItBeganWhileOthersWriteAndMerge() throws IOException {
        Path root = folder.resolve("store");
        SeriesKey key = MarketStoreContract.TRADES;
        ParquetTable table = MarketStoreContract.trades(MarketStoreContract.START, 1_000, 150_000, 2);
        try (ParquetStore writer = ParquetStore.open(root);
                ParquetStore reader = ParquetStore.open(root)) {
            for (int part = 0; part < 3; part++) {
                writer.write(
                        key,
                        MarketStoreContract.cut(table, 50_000 * part, 50_000 * (part + 1)),
                        MarketStoreContract.ORIGIN,
                        true);
            }
            MarketStore.Batches batches = reader.scan(MarketStore.Query.all(key));
            List<ParquetTable> found = new ArrayList<>();
            found.add(batches.next());
            writer.write(
                    key,
                    MarketStoreContract.trades(MarketStoreContract.START + 5, 1_000, 100, 4),
                    MarketStoreContract.ORIGIN,
                    true);
            writer.compact();
            writer.compact();
            for (ParquetTable next = batches.next(); next != null; next = batches.next()) {
                found.add(next);
            }
            batches.close();
            MarketStoreContract.assertSame(MarketStoreContract.concat(found), table);
            assertThat(reader.read(MarketStore.Query.all(key)).rows()).isEqualTo(150_100);
        }
    }

    @Test
    void readersBesideABusyWriterSeeOnlyWholeStates() throws IOException, InterruptedException {
        Course course = Course.of(folder.resolve("undisturbed"));
        Path root = folder.resolve("store");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (ParquetStore writer = ParquetStore.open(root)) {
            StoreWorker.write(writer, 0);
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 1; i < StoreWorker.WRITES; i++) {
                        StoreWorker.write(writer, i);
                        writer.compact();
                    }
                } catch (IOException | RuntimeException e) {
                    failure.set(e);
                }
            });
            thread.start();
            while (thread.isAlive()) {
                course.assertWhole(root);
            }
            thread.join();
        }
        assertThat(failure.get()).isNull();
        course.assertEnd(root);
    }

    @Test
    void timesOfFilesMeanNothing() throws IOException {
        Path root = folder.resolve("store");
        Course course = Course.of(root);
        try (Stream<Path> all = Files.walk(root)) {
            int at = 0;
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(at++ % 2 == 0 ? 0 : 4_102_444_800_000L));
            }
        }
        course.assertEnd(root);
        try (ParquetStore store = ParquetStore.open(root)) {
            StoreWorker.writeAll(store);
            store.compact();
        }
        course.assertEnd(root);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path root = folder.resolve("store");
        ParquetStore refused = ParquetStore.open(root, ParquetStore.Strictness.STRICT, (step, file) -> {
            throw new AccessDeniedException(file.toString());
        });
        assertThatThrownBy(() -> StoreWorker.writeAll(refused))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("can be written");
        Path file = Files.writeString(folder.resolve("file"), "x");
        try (ParquetStore below = ParquetStore.open(file.resolve("store"))) {
            assertThatThrownBy(() -> StoreWorker.writeAll(below))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
        // what was written can be read where nothing may be written
        Course course = Course.of(root);
        boolean bound = root.toFile().setWritable(false) && !Files.isWritable(root);
        course.assertEnd(root);
        if (bound) { // not root, to whom nothing is forbidden: for it the refusal above must do
            assertThatThrownBy(() -> StoreWorker.writeAll(ParquetStore.open(root)))
                    .hasMessageContaining(root.toString());
        }
        assertThat(root.toFile().setWritable(true)).isTrue();
    }
}
