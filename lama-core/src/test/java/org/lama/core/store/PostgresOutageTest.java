package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;
import org.lama.core.store.internal.ServerDriver;

/** Servers that fail in the middle, stay away and come back, and writers that are killed. */
class PostgresOutageTest {
    private static final SeriesKey TRADES = MarketStoreContract.TRADES;
    private static final Provenance ORIGIN = MarketStoreContract.ORIGIN;
    private static final long START = MarketStoreContract.START;
    private static final long SECOND = MarketStoreContract.SECOND;

    @TempDir
    private Path folder;

    private PostgresServer server;
    private String database;
    private boolean down;

    @BeforeEach
    void start() {
        server = PostgresServer.get();
        database = server.database();
    }

    @AfterEach
    void revive() {
        if (down) {
            server.revive();
        }
    }

    private void crash() {
        server.crash();
        down = true;
    }

    private void comeBack(long pauseNanos) {
        assertThat(pauseNanos).isPositive();
        if (down) {
            server.revive();
            down = false;
        }
    }

    private ServerSettings impatient() {
        return server.settings(database)
                .withTimeouts(Duration.ofMillis(250), Duration.ofMinutes(1), Duration.ofMinutes(1))
                .withAttempts(2, Duration.ofMillis(1), nanos -> {});
    }

    private ServerSettings spooling() {
        return impatient().withSpool(folder.resolve("spool"), 1 << 26);
    }

    /** Does something to the server in the middle of the bytes of a COPY, once. */
    private static final class Saboteur implements ServerDriver {
        private final ServerDriver real;
        private final int atPiece;
        private final Runnable harm;
        private int pieces;

        Saboteur(ServerDriver real, int atPiece, Runnable harm) {
            this.real = real;
            this.atPiece = atPiece;
            this.harm = harm;
        }

        @Override
        public Connection connect() throws SQLException {
            return real.connect();
        }

        @Override
        public long copyIn(Connection connection, String sql, Source source) throws SQLException, IOException {
            return real.copyIn(
                    connection,
                    sql,
                    sink -> source.write((bytes, length) -> {
                        if (++pieces == atPiece) {
                            harm.run();
                        }
                        sink.take(bytes, length);
                    }));
        }

        @Override
        public Rows copyOut(Connection connection, String sql) throws SQLException {
            return real.copyOut(connection, sql);
        }

        @Override
        public int migrate(String location) throws SQLException, IOException {
            return real.migrate(location);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private ServerStore sabotaged(ServerSettings settings, int atPiece, Runnable harm) throws IOException {
        ServerDriver real = ServerStores.driver(settings, "org.lama.core.store.internal.PostgresDriver");
        return ServerStore.open(settings, new Saboteur(real, atPiece, harm));
    }

    @Test
    void aServerThatFailsInTheMiddleOfACopyGetsAllRowsOnce() throws IOException {
        ParquetTable table = MarketStoreContract.trades(START + 23 * 3600 * SECOND, SECOND, 8_000, 1);
        List<Long> pauses = new ArrayList<>();
        ServerSettings settings = server.settings(database).withAttempts(4, Duration.ofMillis(10), nanos -> {
            pauses.add(nanos);
            if (pauses.size() == 2) {
                comeBack(nanos);
            }
        });
        settings = settings.withTimeouts(Duration.ofMillis(250), Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (ServerStore store = sabotaged(settings, 4, this::crash)) {
            assertThat(store.write(TRADES, table, ORIGIN, true))
                    .isEqualTo(new MarketStore.Written(8_000, 0, 0, 0, List.of()));
            assertThat(pauses).containsExactly(10_000_000L, 20_000_000L);
            MarketStoreContract.assertSame(store.read(MarketStore.Query.all(TRADES)), table);
        }
    }

    @Test
    void aTerminatedConnectionIsWrittenAgain() throws IOException {
        ParquetTable table = MarketStoreContract.trades(START, SECOND, 5_000, 1);
        Runnable terminate = () -> server.query(
                database,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                        + "' AND pid <> pg_backend_pid()");
        ServerSettings settings = server.settings(database).withAttempts(2, Duration.ofMillis(1), nanos -> {});
        try (ServerStore store = sabotaged(settings, 2, terminate)) {
            assertThat(store.write(TRADES, table, ORIGIN, true).added()).isEqualTo(5_000);
            MarketStoreContract.assertSame(store.read(MarketStore.Query.all(TRADES)), table);
        }
    }

    @Test
    void rowsWaitOnDiskWhileTheServerIsAwayAlsoThroughARestartOfTheWriter() throws IOException {
        ParquetTable all = MarketStoreContract.trades(START, 60 * SECOND, 3_000, 1);
        ParquetTable first = MarketStoreContract.cut(all, 0, 1_000);
        ParquetTable second = MarketStoreContract.cut(all, 1_000, 2_000);
        ParquetTable third = MarketStoreContract.cut(all, 2_000, 3_000);
        // fails while the first part is on its way, and stays away
        try (ServerStore store = sabotaged(spooling(), 1, this::crash)) {
            MarketStore.Written written = store.write(TRADES, first, ORIGIN, true);
            assertThat(written.added()).isZero();
            assertThat(written.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.reason()).isEqualTo(Issue.Reason.DEFERRED);
                assertThat(issue.detail()).contains("1000 rows").contains("cannot be reached");
            });
            assertThat(store.waitingRows()).isEqualTo(1_000);
            assertThatThrownBy(store::replay).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.read(MarketStore.Query.all(TRADES))).isInstanceOf(IOException.class);
        }
        try (ServerStore store = ServerStores.open(spooling())) {
            store.write(TRADES, second, ORIGIN, true);
            assertThat(store.waitingRows()).isEqualTo(2_000);
            comeBack(1);
            assertThat(store.write(TRADES, third, ORIGIN, true).added()).isEqualTo(1_000);
            assertThat(store.waitingRows()).isZero();
            assertThat(store.replay()).isZero();
            MarketStoreContract.assertSame(store.read(MarketStore.Query.all(TRADES)), all);
        }
    }

    @Test
    void waitingRowsThatCanNeverBeStoredArePutAsideByName() throws IOException {
        SeriesKey bars = MarketStoreContract.BARS;
        try (ServerStore store = ServerStores.open(spooling())) {
            store.write(bars, MarketStoreContract.bars(new long[] {START}, 100), ORIGIN, true);
            crash();
            store.write(bars, MarketStoreContract.bars(new long[] {START}, 101), ORIGIN, true);
            store.write(bars, MarketStoreContract.bars(new long[] {START + 3600 * SECOND}, 102), ORIGIN, true);
            comeBack(1);
            assertThatThrownBy(store::replay)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(".refused")
                    .hasMessageContaining("1 rows differ");
            assertThat(store.waitingRows()).isZero();
            assertThat(store.read(MarketStore.Query.all(bars)).doubles("close")).containsExactly(100, 102);
        }
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".refused")))
                    .hasSize(1);
        }
    }

    @Test
    void withoutASpoolTheWriterHearsOfIt() throws IOException {
        try (ServerStore store = ServerStores.open(impatient())) {
            crash();
            assertThatThrownBy(
                            () -> store.write(TRADES, MarketStoreContract.trades(START, SECOND, 10, 1), ORIGIN, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> ServerStores.open(impatient())).isInstanceOf(IOException.class);
            assertThat(store.waitingRows()).isZero();
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsNotWaitedFor() {
        ServerSettings settings = server.settings("nowhere")
                .withTimeouts(Duration.ofMillis(250), Duration.ofMinutes(1), Duration.ofMinutes(1))
                .withSpool(folder.resolve("spool"), 1 << 20)
                .withAttempts(5, Duration.ofMillis(1), nanos -> {
                    throw new AssertionError("waited");
                });
        assertThatThrownBy(() -> ServerStores.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> ServerStores.initialise(settings)).isInstanceOf(IOException.class);
    }

    @Test
    void anInterruptedWriterStopsWaiting() throws IOException {
        ServerSettings settings = impatient().withAttempts(9, Duration.ofSeconds(60), nanos -> {
            throw new InterruptedException();
        });
        try (ServerStore store = ServerStores.open(settings)) {
            crash();
            assertThatThrownBy(store::catalogue).isInstanceOf(IOException.class).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A writer in a JVM of its own: says when each part is under way, and never ends by itself. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            ServerSettings settings = ServerSettings.of(args[0]);
            ServerDriver real = ServerStores.driver(settings, "org.lama.core.store.internal.PostgresDriver");
            Saboteur announcing = new Saboteur(real, Integer.parseInt(args[1]), () -> {
                System.out.println("here");
                try {
                    TimeUnit.DAYS.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            try (ServerStore store = ServerStore.open(settings, announcing)) {
                store.write(TRADES, parts(), ORIGIN, true);
            }
        }

        /** 250,000 rows over two days: two transactions. */
        static ParquetTable parts() {
            return MarketStoreContract.trades(START, 86_400 * SECOND / 125_000, 250_000, 4);
        }
    }

    @Test
    void aWriterKilledInTheSecondDayLeavesTheFirstAndTheNextOneFinishes() throws IOException, InterruptedException {
        killAndFinish(220, 125_000);
    }

    @Test
    @Tag("slow")
    void aWriterKilledInTheFirstDayLeavesNothingAndTheNextOneFinishes() throws IOException, InterruptedException {
        killAndFinish(1, 0);
        killAndFinish(30, 0);
        killAndFinish(120, 0);
    }

    /** Kills a writer in the middle of a piece of a COPY. */
    private void killAndFinish(int piece, int whole) throws IOException, InterruptedException {
        database = server.database();
        ParquetTable all = Writer.parts();
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        "postgresql://postgres@localhost:" + server.port() + "/" + database,
                        Integer.toString(piece))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(Objects.toString(out.readLine(), "")).isEqualTo("here");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        try (ServerStore store = ServerStores.open(server.settings(database))) {
            if (whole > 0) {
                MarketStoreContract.assertSame(
                        store.read(MarketStore.Query.all(TRADES)), MarketStoreContract.cut(all, 0, whole));
            } else {
                assertThat(store.catalogue()).isEmpty();
            }
            MarketStore.Written written = store.write(TRADES, all, ORIGIN, true);
            assertThat(written.added()).isEqualTo(250_000 - whole);
            assertThat(written.duplicates()).isEqualTo(whole);
            MarketStoreContract.assertSame(store.read(MarketStore.Query.all(TRADES)), all);
        }
    }
}
