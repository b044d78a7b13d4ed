package org.lama.core.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.lama.core.base.Api;

/**
 * What we need of the optional libraries: connections from a pool, COPY, and migrations. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public interface ServerDriver extends Closeable {
    /**
     * A connection of the pool.
     *
     * @return it, with auto-commit off; close it
     * @throws SQLException if there is none in time
     */
    Connection connect() throws SQLException;

    /**
     * Sends rows.
     *
     * @param connection where to
     * @param sql a {@code COPY … FROM STDIN}
     * @param source writes the rows
     * @return number of rows taken
     * @throws SQLException if the server refuses them or is gone
     * @throws IOException if they cannot be sent
     */
    long copyIn(Connection connection, String sql, Source source) throws SQLException, IOException;

    /**
     * Asks for rows.
     *
     * @param connection where from
     * @param sql a {@code COPY … TO STDOUT}
     * @return the rows; close them
     * @throws SQLException if the server refuses
     */
    Rows copyOut(Connection connection, String sql) throws SQLException;

    /**
     * Brings the schema to the newest version.
     *
     * @param location folder of the migrations on the class path
     * @return number of migrations applied
     * @throws SQLException if the server cannot be reached
     * @throws IOException if a migration fails
     */
    int migrate(String location) throws SQLException, IOException;

    @Override
    void close();

    /** Writes rows. */
    @FunctionalInterface
    interface Source {
        /**
         * Writes all rows.
         *
         * @param sink takes their bytes
         * @throws IOException if they cannot be taken
         */
        void write(Sink sink) throws IOException;
    }

    /** Takes bytes. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes some bytes.
         *
         * @param bytes an array, free again afterwards
         * @param length how many of them
         * @throws IOException if the server is gone
         */
        void take(byte[] bytes, int length) throws IOException;
    }

    /** Rows that arrive one after the other. Not thread-safe. */
    interface Rows {
        /**
         * The next piece.
         *
         * @return bytes of one row, the first with the header before it; empty after the last
         * @throws SQLException if the server is gone or an error arose there
         */
        byte[] next() throws SQLException;

        /**
         * Gives up the rows that are left, and their connection with them.
         *
         * @throws SQLException if that fails
         */
        void abandon() throws SQLException;
    }
}
