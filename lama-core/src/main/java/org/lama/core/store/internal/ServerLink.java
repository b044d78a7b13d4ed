package org.lama.core.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;

/**
 * The way to a server: tries again after a pause where that can help, and says errors of the database in words that name
 * the server. Thread-safe, except for the readings that it opens.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerLink implements Closeable {
    private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

    private final Terms terms;
    private final ServerDriver driver;
    private final ServerWriting writing;
    private volatile boolean verified;

    /**
     * How long to try.
     *
     * @param name of the server, for errors
     * @param attempts at most, from 1
     * @param firstPauseNanos before the second attempt; doubled each time, to 30 s at most
     * @param statementTimeout of one statement
     * @param pause waits
     */
    public record Terms(String name, int attempts, long firstPauseNanos, Duration statementTimeout, Pause pause) {}

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @param nanos how long
         * @throws InterruptedException if somebody wants an end
         */
        void await(long nanos) throws InterruptedException;
    }

    /**
     * Connects nothing yet.
     *
     * @param terms how long to try
     * @param driver makes connections; closed with this
     */
    public ServerLink(Terms terms, ServerDriver driver) {
        this.terms = terms;
        this.driver = driver;
        this.writing = new ServerWriting(driver, terms.statementTimeout());
    }

    /** The server cannot be reached. */
    public static final class Away extends IOException {
        private static final long serialVersionUID = 1L;

        Away(String message, SQLException cause) {
            super(message, cause);
        }
    }

    /** Work that the server may interrupt. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException, IOException;
    }

    /**
     * Looks once whether the schema is the one that this library knows.
     *
     * @throws IOException if it is not, or the server is {@link Away}
     */
    public void check() throws IOException {
        patiently(() -> true);
    }

    /**
     * Writes whole buckets in one transaction.
     *
     * @param series which series
     * @param group the rows, in order
     * @param origin where they came from
     * @param strict whether a revision is refused
     * @return what became of the rows
     * @throws IOException if they were refused, or the server is {@link Away}: then none of them is stored
     */
    public ServerWriting.Outcome write(
            ServerSeries series, RowBlock group, ServerRegister.Origin origin, boolean strict) throws IOException {
        return patiently(() -> writing.write(series, group, origin, strict));
    }

    /**
     * Begins to read.
     *
     * @param request which rows and columns
     * @return the reading, empty if there is no such series; close it
     * @throws IOException if the server refuses or is {@link Away}
     */
    public Optional<ServerReading> open(ReadRequest request) throws IOException {
        return patiently(() -> ServerReading.open(driver, request));
    }

    /**
     * The next rows of a reading.
     *
     * @param reading what was opened here
     * @return the rows, null after the last
     * @throws IOException if the server breaks off
     */
    public @Nullable RowBatch next(ServerReading reading) throws IOException {
        try {
            return reading.next();
        } catch (SQLException e) {
            throw named(terms.name(), e);
        }
    }

    /**
     * The later versions of rows.
     *
     * @param request which rows
     * @return the versions in the order of time
     * @throws IOException if the server refuses or is {@link Away}
     */
    public List<ServerVersions.Later> later(ReadRequest request) throws IOException {
        return patiently(() -> {
            try (Connection connection = driver.connect()) {
                List<ServerVersions.Later> later = ServerVersions.later(connection, request);
                connection.rollback();
                return later;
            }
        });
    }

    /**
     * What the last version of a row says differently.
     *
     * @param series which series
     * @param timeNanos time of the row
     * @return such as {@code close 10.5 -> 10.6}
     * @throws IOException if the server refuses or is {@link Away}
     */
    public String change(ServerSeries series, long timeNanos) throws IOException {
        return patiently(() -> {
            try (Connection connection = driver.connect()) {
                String change = ServerVersions.change(connection, series, timeNanos);
                connection.rollback();
                return change;
            }
        });
    }

    /**
     * Every series of the store.
     *
     * @return in order of their names
     * @throws IOException if the server refuses or is {@link Away}
     */
    public List<ServerRegister.Listed> list() throws IOException {
        return patiently(() -> {
            try (Connection connection = driver.connect()) {
                List<ServerRegister.Listed> all = ServerRegister.list(connection);
                connection.rollback();
                return all;
            }
        });
    }

    /**
     * A text beside the records.
     *
     * @param name its name
     * @return the text, empty if there is none
     * @throws IOException if the server refuses or is {@link Away}
     */
    public Optional<String> document(String name) throws IOException {
        return patiently(() -> {
            try (Connection connection = driver.connect()) {
                Optional<String> text = ServerRegister.document(connection, name);
                connection.rollback();
                return text;
            }
        });
    }

    /**
     * Keeps a text beside the records.
     *
     * @param name its name
     * @param text what to keep
     * @throws IOException if the server refuses or is {@link Away}
     */
    public void keepDocument(String name, String text) throws IOException {
        patiently(() -> {
            try (Connection connection = driver.connect()) {
                ServerRegister.keepDocument(connection, name, text);
                connection.commit();
                return true;
            }
        });
    }

    /**
     * Applies what migrations are missing.
     *
     * @param name of the server, for errors
     * @param driver makes connections
     * @return how many were applied
     * @throws IOException if the server cannot be reached or refuses
     */
    public static int migrate(String name, ServerDriver driver) throws IOException {
        try {
            return driver.migrate(ServerTable.MIGRATIONS);
        } catch (SQLException e) {
            throw ServerFailures.away(e) ? away(name, e) : named(name, e);
        }
    }

    private <T> T patiently(Work<T> work) throws IOException {
        long pause = terms.firstPauseNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                verify();
                return work.run();
            } catch (SQLException e) {
                boolean away = ServerFailures.away(e);
                boolean last = attempt == terms.attempts() || (!verified && ServerFailures.silent(e));
                if (last && away) {
                    throw away(terms.name(), e);
                }
                if (last || !(away || ServerFailures.passing(e))) {
                    throw named(terms.name(), e);
                }
            }
            await(pause);
            pause = Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
        }
    }

    private void await(long nanos) throws IOException {
        try {
            terms.pause().await(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException(terms.name() + ": interrupted while waiting");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void verify() throws SQLException {
        if (!verified) {
            try (Connection connection = driver.connect()) {
                ServerRegister.checkVersion(connection);
                connection.rollback();
            }
            verified = true;
        }
    }

    private static Away away(String name, SQLException error) {
        return new Away(name + ": cannot be reached: " + ServerFailures.cause(error), error);
    }

    private static IOException named(String name, SQLException error) {
        return new IOException(name + ": " + ServerFailures.cause(error), error);
    }

    @Override
    public void close() throws IOException {
        driver.close();
    }
}
