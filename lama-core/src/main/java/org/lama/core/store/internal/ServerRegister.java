package org.lama.core.store.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.store.RecordKind;

/**
 * What the server knows of its series: their numbers, columns, buckets and origins. All values are bound, never put into
 * the text of a statement. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerRegister {
    private ServerRegister() {}

    /**
     * Where rows came from.
     *
     * @param kind name of the kind of origin
     * @param source file or endpoint
     * @param sha256 digest, perhaps empty
     * @param note what was done, perhaps empty
     */
    public record Origin(String kind, String source, String sha256, String note) {}

    /**
     * What a series has in one bucket.
     *
     * @param first its first day
     * @param rows rows, revisions included
     * @param fromNanos time of the first row
     * @param toNanos time of the last row
     */
    record Bucket(LocalDate first, long rows, long fromNanos, long toNanos) {}

    /**
     * A series of the catalogue.
     *
     * @param number of the series
     * @param table name of its table
     * @param symbol canonical instrument id
     * @param barSeconds length of bars, 0 for other kinds
     * @param rows rows, revisions included
     * @param fromNanos time of the first row
     * @param toNanos time of the last row
     * @param origins where its rows came from
     */
    public record Listed(
            int number,
            String table,
            String symbol,
            long barSeconds,
            long rows,
            long fromNanos,
            long toNanos,
            List<Origin> origins) {
        /**
         * Copies the list.
         *
         * @param number of the series
         * @param table name of its table
         * @param symbol canonical instrument id
         * @param barSeconds length of bars, 0 for other kinds
         * @param rows rows, revisions included
         * @param fromNanos time of the first row
         * @param toNanos time of the last row
         * @param origins where its rows came from
         */
        public Listed {
            origins = List.copyOf(origins);
        }
    }

    /** The number of a series, locked until the end of the transaction so that one writer works on it at a time. */
    static int lock(Connection connection, ServerSeries series) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lama.series"
                + " (table_name, symbol, bar_seconds) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            key(insert, series);
            insert.executeUpdate();
        }
        OptionalInt number = number(connection, series, " FOR UPDATE");
        return number.orElseThrow(() -> new SQLException("series " + series.symbol() + " vanished", "40001"));
    }

    static OptionalInt find(Connection connection, ServerSeries series) throws SQLException {
        return number(connection, series, "");
    }

    private static OptionalInt number(Connection connection, ServerSeries series, String lock) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT series FROM lama.series WHERE table_name = ? AND symbol = ? AND bar_seconds = ?" + lock)) {
            key(query, series);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    private static void key(PreparedStatement statement, ServerSeries series) throws SQLException {
        statement.setString(1, series.table().name());
        statement.setString(2, series.symbol());
        statement.setLong(3, series.barSeconds());
    }

    static ColumnRegister columns(Connection connection, int series) throws SQLException {
        List<ColumnRegister.Registered> columns = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT name, kind, place FROM lama.series_columns WHERE series = ? ORDER BY met")) {
            query.setInt(1, series);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(new ColumnRegister.Registered(
                            rows.getString(1), RawColumn.Kind.valueOf(rows.getString(2)), rows.getInt(3)));
                }
            }
        }
        return new ColumnRegister(columns);
    }

    static void addColumns(Connection connection, int series, List<ColumnRegister.Registered> more)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO lama.series_columns (series, name, kind, place) VALUES (?, ?, ?, ?)")) {
            for (ColumnRegister.Registered column : more) {
                insert.setInt(1, series);
                insert.setString(2, column.name());
                insert.setString(3, column.kind().name());
                insert.setInt(4, column.place());
                insert.executeUpdate();
            }
        }
    }

    static void addOrigin(Connection connection, int series, Origin origin) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lama.series_origins"
                + " (series, kind, source, sha256, note) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setInt(1, series);
            insert.setString(2, origin.kind());
            insert.setString(3, origin.source());
            insert.setString(4, origin.sha256());
            insert.setString(5, origin.note());
            insert.executeUpdate();
        }
    }

    static void addBucket(Connection connection, int series, Bucket bucket) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO lama.series_buckets AS b (series, bucket, rows, from_nanos,"
                        + " to_nanos) VALUES (?, ?, ?, ?, ?) ON CONFLICT (series, bucket) DO UPDATE SET"
                        + " rows = b.rows + excluded.rows, from_nanos = least(b.from_nanos, excluded.from_nanos),"
                        + " to_nanos = greatest(b.to_nanos, excluded.to_nanos)")) {
            upsert.setInt(1, series);
            upsert.setObject(2, bucket.first(), Types.DATE);
            upsert.setLong(3, bucket.rows());
            upsert.setLong(4, bucket.fromNanos());
            upsert.setLong(5, bucket.toNanos());
            upsert.executeUpdate();
        }
    }

    /** Buckets with rows from one time to another, both inclusive. */
    static List<Bucket> buckets(Connection connection, int series, long firstNanos, long lastNanos)
            throws SQLException {
        List<Bucket> buckets = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT bucket, rows, from_nanos, to_nanos FROM lama.series_buckets"
                        + " WHERE series = ? AND to_nanos >= ? AND from_nanos <= ? ORDER BY bucket")) {
            query.setInt(1, series);
            query.setLong(2, firstNanos);
            query.setLong(3, lastNanos);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    buckets.add(new Bucket(
                            rows.getObject(1, LocalDate.class), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                }
            }
        }
        return buckets;
    }

    private static List<Listed> withoutOrigins(Connection connection) throws SQLException {
        List<Listed> listed = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT s.series, s.table_name, s.symbol, s.bar_seconds,"
                                + " sum(b.rows), min(b.from_nanos), max(b.to_nanos)"
                                + " FROM lama.series s JOIN lama.series_buckets b USING (series)"
                                + " GROUP BY s.series ORDER BY s.table_name, s.symbol, s.bar_seconds");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                listed.add(new Listed(
                        rows.getInt(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        rows.getLong(7),
                        List.of()));
            }
        }
        return listed;
    }

    /**
     * Every series with rows.
     *
     * @param connection to the server
     * @return by table, symbol and length
     * @throws SQLException if it cannot be told
     */
    public static List<Listed> list(Connection connection) throws SQLException {
        List<Listed> listed = new ArrayList<>();
        for (Listed one : withoutOrigins(connection)) {
            List<Origin> origins = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT kind, source, sha256, note FROM lama.series_origins WHERE series = ? ORDER BY place")) {
                query.setInt(1, one.number());
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        origins.add(
                                new Origin(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                    }
                }
            }
            listed.add(new Listed(
                    one.number(),
                    one.table(),
                    one.symbol(),
                    one.barSeconds(),
                    one.rows(),
                    one.fromNanos(),
                    one.toNanos(),
                    origins));
        }
        return listed;
    }

    /**
     * Checks that the schema is the one this library knows.
     *
     * @param connection to the server
     * @throws SQLException with class {@code LA} if it is missing, older or newer, saying what to do
     */
    public static void checkVersion(Connection connection) throws SQLException {
        try (PreparedStatement exists =
                        connection.prepareStatement("SELECT to_regclass('lama.flyway_schema_history') IS NOT NULL");
                ResultSet row = exists.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new SQLException(
                        "the database has no schema lama yet; run `lama data init-db` or ServerStores.initialise once",
                        ServerFailures.SCHEMA);
            }
        }
        try (PreparedStatement newest = connection.prepareStatement("SELECT coalesce(max(version::int), 0),"
                        + " coalesce(bool_and(success), false) FROM lama.flyway_schema_history"
                        + " WHERE version IS NOT NULL");
                ResultSet row = newest.executeQuery()) {
            row.next();
            int version = row.getInt(1);
            if (version < ServerTable.VERSION || !row.getBoolean(2)) {
                throw new SQLException(
                        "the schema lama has version " + version + ", this library needs " + ServerTable.VERSION
                                + "; run `lama data init-db` or ServerStores.initialise",
                        ServerFailures.SCHEMA);
            }
            if (version > ServerTable.VERSION) {
                throw new SQLException(
                        "the schema lama has version " + version + ", newer than the " + ServerTable.VERSION
                                + " that this library knows; use a newer library",
                        ServerFailures.SCHEMA);
            }
        }
    }

    /**
     * A text beside the records.
     *
     * @param connection to the server
     * @param name its name
     * @return the text, empty if there is none
     * @throws SQLException if the server refuses
     */
    static Optional<String> document(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT content FROM lama.documents WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /**
     * Keeps a text beside the records, over what had its name.
     *
     * @param connection to the server
     * @param name its name
     * @param text what to keep
     * @throws SQLException if the server refuses
     */
    static void keepDocument(Connection connection, String name, String text) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO lama.documents VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET content = excluded.content")) {
            upsert.setString(1, name);
            upsert.setString(2, text);
            upsert.executeUpdate();
        }
    }

    /**
     * The kind whose table has a name.
     *
     * @param table name of a table
     * @return the kind; empty for tables of others
     */
    public static Optional<RecordKind> kindOf(String table) {
        for (RecordKind kind : RecordKind.values()) {
            if (ServerTable.nameOf(kind).equals(table)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Makes the partitions of these days; committed at once, because nobody may wait for it. */
    static void ensurePartitions(Connection connection, ServerTable table, Set<LocalDate> firstDays)
            throws SQLException {
        try (PreparedStatement ensure = connection.prepareStatement("SELECT lama.ensure_partition(?, ?)")) {
            for (LocalDate first : firstDays) {
                ensure.setString(1, table.name());
                ensure.setObject(2, first, Types.DATE);
                ensure.executeQuery().close();
            }
        }
        connection.commit();
    }
}
