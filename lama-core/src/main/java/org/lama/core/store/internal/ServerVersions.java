package org.lama.core.store.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.lama.core.base.Api;

/**
 * The later versions of rows on a server. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerVersions {
    private static final String NANOS = "(extract(epoch FROM ts) * 1000000)::bigint * 1000 + ns_rem";

    private ServerVersions() {}

    /**
     * A later version of a row.
     *
     * @param timeNanos its time
     * @param availableNanos when it was known
     */
    public record Later(long timeNanos, long availableNanos) {}

    /**
     * Every later version of the rows of a range.
     *
     * @param connection to the server; its transaction goes on
     * @param request which rows; its columns do not matter
     * @return the versions in the order of time; none if there is no such series
     * @throws SQLException if the server is gone or refuses
     */
    static List<Later> later(Connection connection, ReadRequest request) throws SQLException {
        ServerSeries series = request.series();
        List<Later> later = new ArrayList<>();
        OptionalInt number = ServerRegister.find(connection, series);
        if (number.isEmpty() || request.fromNanos() == request.toNanos()) {
            return later;
        }
        OptionalLong by = request.availableBy();
        for (ServerRegister.Bucket bucket :
                ServerRegister.buckets(connection, number.getAsInt(), request.fromNanos(), request.toNanos() - 1)) {
            long from = Math.max(request.fromNanos(), bucket.fromNanos());
            long last = Math.min(request.toNanos() - 1, bucket.toNanos());
            String sql =
                    "SELECT " + NANOS + ", available FROM " + series.table().qualified() + where(series)
                            + " AND ts >= " + ServerTable.literal(from) + " AND ts <= " + ServerTable.literal(last)
                            + " AND revision > 0 ORDER BY ts, ns_rem, seq, revision";
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, series.symbol());
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        long time = rows.getLong(1);
                        long told = rows.getLong(2);
                        long known = rows.wasNull() ? time + series.barNanos() : told;
                        if (time >= from && time <= last && (by.isEmpty() || known <= by.getAsLong())) {
                            later.add(new Later(time, known));
                        }
                    }
                }
            }
        }
        return later;
    }

    /**
     * What the last version of the rows of a time says differently from the one before.
     *
     * @param connection to the server; its transaction goes on
     * @param series which series
     * @param timeNanos the time
     * @return such as {@code close 10.5 -> 10.6}; empty if there is no other version
     * @throws SQLException if the server is gone or refuses
     */
    static String change(Connection connection, ServerSeries series, long timeNanos) throws SQLException {
        String row = "SELECT t.seq, t.revision, to_jsonb(t) - '{ts,ns_rem,seq,symbol,bar_seconds,revision,available}'"
                + "::text[] AS j FROM " + series.table().qualified() + " t" + where(series) + " AND ts = "
                + ServerTable.literal(timeNanos) + " AND ns_rem = " + Math.floorMod(timeNanos, 1000L);
        String sql = "WITH v AS (" + row + "), n AS (SELECT * FROM v WHERE revision > 0 ORDER BY revision DESC, seq"
                + " LIMIT 1), o AS (SELECT v.* FROM v, n WHERE v.seq = n.seq AND v.revision < n.revision"
                + " ORDER BY v.revision DESC LIMIT 1) SELECT a.key, b.value, a.value FROM n, o,"
                + " jsonb_each_text(n.j) a, jsonb_each_text(o.j) b WHERE a.key = b.key"
                + " AND a.value IS DISTINCT FROM b.value ORDER BY a.key";
        List<String> changes = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, series.symbol());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String before = rows.getString(2);
                    changes.add(
                            rows.getString(1) + " " + (before == null ? "none" : before) + " -> " + rows.getString(3));
                }
            }
        }
        return String.join(", ", changes);
    }

    private static String where(ServerSeries series) {
        return " WHERE symbol = ?" + (series.table().bars() ? " AND bar_seconds = " + series.barSeconds() : "");
    }
}
