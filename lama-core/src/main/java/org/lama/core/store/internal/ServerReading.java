package org.lama.core.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.RecordKind;

/**
 * Reads the rows of a series by COPY, some buckets at a time, in batches that do not grow with the range. One snapshot
 * covers whole buckets. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerReading implements Closeable {
    /** So many rows, or the next bucket would make more, are asked for at once. */
    private static final long ROWS_AT_ONCE = 500_000;
    /** A statement locks all partitions of its range, and a server has room for some thousand locks. */
    private static final int BUCKETS_AT_ONCE = 32;

    private static final long MICROSECOND_NANOS = 1_000L;

    private final ServerDriver driver;
    private final ReadRequest request;
    private final List<ServerRegister.Bucket> buckets;
    private final RowDecoder decoder;
    private int next;
    private @Nullable Connection connection;
    private ServerDriver.@Nullable Rows rows;

    private ServerReading(
            ServerDriver driver, ReadRequest request, List<ServerRegister.Bucket> buckets, RowDecoder decoder) {
        this.driver = driver;
        this.request = request;
        this.buckets = buckets;
        this.decoder = decoder;
    }

    /**
     * Looks up what must be read.
     *
     * @param driver connections and COPY
     * @param request what is wanted
     * @return a reader, empty if there is no such series
     * @throws SQLException if the server is gone or refuses
     * @throws IllegalArgumentException if a wanted column does not exist, naming those that do
     */
    public static Optional<ServerReading> open(ServerDriver driver, ReadRequest request) throws SQLException {
        ServerSeries series = request.series();
        try (Connection connection = driver.connect()) {
            OptionalInt number = ServerRegister.find(connection, series);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            ColumnRegister register = ServerRegister.columns(connection, number.getAsInt());
            List<ServerRegister.Bucket> buckets = request.fromNanos() == request.toNanos()
                    ? List.of()
                    : ServerRegister.buckets(connection, number.getAsInt(), request.fromNanos(), request.toNanos() - 1);
            connection.rollback();
            Map<String, RawColumn.Kind> wanted = wanted(request, register.readable(series.table()));
            RowDecoder decoder = new RowDecoder(request, register, wanted);
            return Optional.of(new ServerReading(driver, request, buckets, decoder));
        }
    }

    private static Map<String, RawColumn.Kind> wanted(ReadRequest request, Map<String, RawColumn.Kind> columns) {
        Map<String, RawColumn.Kind> all = new LinkedHashMap<>();
        // a kind with one row at a time has no sequence to show
        if (request.series().table().sequenced()) {
            all.put(RecordKind.SEQUENCE, RawColumn.Kind.LONG);
        }
        all.put(RecordKind.AVAILABLE, RawColumn.Kind.TIME);
        all.putAll(columns);
        if (request.columns().isEmpty()) {
            return all;
        }
        Map<String, RawColumn.Kind> chosen = new LinkedHashMap<>();
        for (String name : request.columns()) {
            RawColumn.Kind kind = all.get(name);
            Check.that(
                    kind != null || name.equals(RecordKind.TIME),
                    "column '" + name + "' is not in " + request.series().symbol() + ", which has " + all.keySet());
            if (kind != null) {
                chosen.put(name, kind);
            }
        }
        return chosen;
    }

    /**
     * No row, with the columns that rows would have.
     *
     * @return an empty batch
     */
    public RowBatch none() {
        return decoder.none();
    }

    /**
     * The next rows.
     *
     * @return the columns, or null after the last row
     * @throws SQLException if the server is gone or refuses
     */
    public @Nullable RowBatch next() throws SQLException {
        while (true) {
            ServerDriver.Rows open = rows == null ? openNext() : rows;
            if (open == null) {
                return decoder.rest();
            }
            byte[] row = open.next();
            if (row.length == 0 || decoder.isTrailer(row)) {
                closeRows(open, row.length == 0);
                continue;
            }
            if (decoder.take(row)) {
                return decoder.full();
            }
        }
    }

    private void closeRows(ServerDriver.Rows open, boolean ended) throws SQLException {
        if (!ended) {
            while (open.next().length > 0) {
                // the server says that it has sent all
            }
        }
        rows = null;
        release();
    }

    private ServerDriver.@Nullable Rows openNext() throws SQLException {
        if (next >= buckets.size()) {
            return null;
        }
        int first = next;
        long count = 0;
        while (next < buckets.size()
                && next - first < BUCKETS_AT_ONCE
                && (next == first || count + buckets.get(next).rows() <= ROWS_AT_ONCE)
                && near(buckets.get(first), buckets.get(next))) {
            count += buckets.get(next).rows();
            next++;
        }
        long from = Math.max(request.fromNanos(), buckets.get(first).fromNanos());
        long last = Math.min(request.toNanos() - 1, buckets.get(next - 1).toNanos());
        Connection open = driver.connect();
        connection = open;
        prepare(open);
        decoder.startPart();
        ServerDriver.Rows started = driver.copyOut(open, sql(from, last));
        rows = started;
        return started;
    }

    /** A part does not reach over a long gap: others may have partitions there. */
    private boolean near(ServerRegister.Bucket first, ServerRegister.Bucket bucket) {
        LocalDate bound = first.first();
        for (int i = 0; i < BUCKETS_AT_ONCE; i++) {
            bound = request.series().table().after(bound);
        }
        return !bucket.first().isAfter(bound);
    }

    private void prepare(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("SET TRANSACTION READ ONLY");
            // rows come in the order of the key: the first at once, whatever the range, and no file for sorting
            statement.execute("SET LOCAL enable_sort = off");
            statement.execute("SET LOCAL enable_bitmapscan = off");
            statement.execute("SET LOCAL jit = off");
            // the one who reads decides how long it takes; the connection has its own limit
            statement.execute("SET LOCAL statement_timeout = 0");
        }
        // COPY takes no parameters: the symbol is bound here and fetched there
        try (PreparedStatement symbol = open.prepareStatement("SELECT set_config('lama.symbol', ?, true)")) {
            symbol.setString(1, request.series().symbol());
            symbol.executeQuery().close();
        }
    }

    private String sql(long fromNanos, long lastNanos) {
        ServerTable table = request.series().table();
        List<String> where = new ArrayList<>();
        where.add("symbol = current_setting('lama.symbol')");
        if (table.bars()) {
            where.add("bar_seconds = " + request.series().barSeconds());
        }
        where.add("ts >= " + ServerTable.literal(fromNanos));
        where.add("ts <= " + ServerTable.literal(lastNanos));
        request.availableBy()
                .ifPresent(by -> where.add("(available <= " + by + " OR available IS NULL AND ts <= "
                        + ServerTable.literal(
                                Math.max(by, Long.MIN_VALUE + request.series().barNanos() + MICROSECOND_NANOS)
                                        - request.series().barNanos())
                        + ")"));
        String key = table.bars() ? "symbol, bar_seconds, " : "symbol, ";
        return "COPY (SELECT " + String.join(", ", decoder.selected()) + " FROM " + table.qualified() + " WHERE "
                + String.join(" AND ", where) + " ORDER BY " + key
                + "ts, ns_rem, seq, revision) TO STDOUT (FORMAT binary)";
    }

    private void release() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try (open) {
                if (!open.isClosed()) {
                    open.rollback();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        ServerDriver.Rows open = rows;
        rows = null;
        next = buckets.size();
        try {
            if (open != null) {
                open.abandon();
            }
            release();
        } catch (SQLException e) {
            // nothing is lost: the server ends what nobody reads
            connection = null;
        }
    }
}
