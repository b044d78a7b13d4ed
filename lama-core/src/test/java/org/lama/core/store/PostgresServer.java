package org.lama.core.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real PostgreSQL for all tests of a JVM, with a database of its own for each class that asks. */
final class PostgresServer {
    private static final String TEMPLATE = "lama_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PostgresServer running;

    private final int port;
    private final Path data;
    private final Path programs;
    private String shared = "";

    private PostgresServer(int port, Path data, Path programs) {
        this.port = port;
        this.data = data;
        this.programs = programs;
    }

    /** The server; tests are skipped where there are no binaries of it. */
    static synchronized PostgresServer get() {
        boolean there = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        Assumptions.assumeTrue(there, "PostgreSQL of the tests is there for linux-amd64 only");
        PostgresServer server = running;
        if (server == null) {
            server = start();
            running = server;
        }
        return server;
    }

    @SuppressWarnings("resource") // it stops with the JVM
    private static PostgresServer start() {
        try {
            Path data = Files.createTempDirectory("lama-postgres");
            File programs = new File(System.getProperty("java.io.tmpdir"), "lama-postgres-17.6.0");
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(programs)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "40")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("max_wal_size", "1GB")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            PostgresServer server = new PostgresServer(postgres.getPort(), data, programs(programs.toPath()));
            server.run("postgres", "CREATE DATABASE " + TEMPLATE);
            ServerStores.initialise(server.settings(TEMPLATE));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path programs(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 3)) {
            return files.filter(file -> file.endsWith("bin/pg_ctl")).findFirst().orElseThrow();
        }
    }

    /** The one database of most tests, emptied: making a new one for each would copy 7 MB each time. */
    String database() {
        if (shared.isEmpty()) {
            shared = database(true);
            return shared;
        }
        run("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + shared + "'");
        run(
                shared,
                "DO $$ DECLARE part record; BEGIN FOR part IN SELECT inhrelid::regclass AS name FROM pg_inherits"
                        + " JOIN pg_class ON oid = inhrelid WHERE relkind = 'r' LOOP"
                        + " EXECUTE 'DROP TABLE ' || part.name; END LOOP; END $$;"
                        + "TRUNCATE lama.documents, lama.series, lama.series_buckets, lama.series_columns, lama.series_origins"
                        + " RESTART IDENTITY");
        return shared;
    }

    /** A new database, with the schema or without. */
    String database(boolean initialised) {
        String name = "lama_" + DATABASES.incrementAndGet();
        run("postgres", "CREATE DATABASE " + name + (initialised ? " TEMPLATE " + TEMPLATE : ""));
        return name;
    }

    ServerSettings settings(String database) {
        return ServerSettings.of("postgresql://postgres@localhost:" + port + "/" + database)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    int port() {
        return port;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + database, "postgres", "");
    }

    void run(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of a query, as texts. */
    List<String> query(String database, String sql) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return texts;
    }

    /** Stops the server at once, as if its machine had failed. */
    void crash() {
        control("-m", "immediate", "stop");
    }

    /** Starts it again after a crash. */
    void revive() {
        control(
                "-o",
                "-p " + port + " -F",
                "-l",
                data.resolveSibling(data.getFileName() + ".log").toString(),
                "start");
    }

    private void control(String... words) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(programs.toString(), "-D", data.toString(), "-w", "-t", "60"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
