package org.lama.core.store.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.TimeIndex;

/**
 * Writes rows, one transaction for each group of buckets. Rows after all that is there go straight into the table; where
 * they meet others, they go into a temporary table first and are told apart there: equal ones are dropped, others become
 * revisions. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerWriting {
    private static final String STAGE = "lama_stage_";
    private static final int MANY = 10_000;

    private final ServerDriver driver;
    private final long statementMillis;
    private final Set<String> partitions = new LinkedHashSet<>();

    /**
     * A writer.
     *
     * @param driver connections and COPY
     * @param statementTimeout how long one statement may take
     */
    public ServerWriting(ServerDriver driver, Duration statementTimeout) {
        this.driver = driver;
        this.statementMillis = statementTimeout.toMillis();
    }

    /**
     * What became of rows.
     *
     * @param added new rows
     * @param duplicates equal rows that were there
     * @param revisions rows with other values than those that were there
     * @param firstRevision time of the first of them, {@link Long#MAX_VALUE} if there is none
     */
    public record Outcome(long added, long duplicates, long revisions, long firstRevision) {
        /** Nothing. */
        public static final Outcome NONE = new Outcome(0, 0, 0, Long.MAX_VALUE);

        /**
         * The sum of two.
         *
         * @param other another
         * @return both together
         */
        public Outcome plus(Outcome other) {
            return new Outcome(
                    added + other.added,
                    duplicates + other.duplicates,
                    revisions + other.revisions,
                    Math.min(firstRevision, other.firstRevision));
        }
    }

    /** A revision in a strict write. */
    public static final class RevisionRefused extends IOException {
        private static final long serialVersionUID = 1L;

        RevisionRefused(String message) {
            super(message);
        }
    }

    /**
     * Writes rows in one transaction.
     *
     * @param series whose they are
     * @param block the rows
     * @param origin where they came from
     * @param strict whether a revision stops the write
     * @return what became of them
     * @throws SQLException if the server is gone or refuses
     * @throws IOException if they cannot be sent, or a strict write meets a revision
     */
    public Outcome write(ServerSeries series, RowBlock block, ServerRegister.Origin origin, boolean strict)
            throws SQLException, IOException {
        if (block.rows() == 0) {
            return Outcome.NONE;
        }
        try (Connection connection = driver.connect()) {
            try {
                return write(connection, series, block, new Manner(origin, strict, false));
            } catch (SQLException e) {
                if (!ServerFailures.collides(e)) {
                    throw e;
                }
                // somebody else put rows there, or dropped a partition: look closely
                partitions.clear();
                rollback(connection);
                return write(connection, series, block, new Manner(origin, strict, true));
            } finally {
                rollback(connection);
            }
        }
    }

    /** How a block is written. */
    private record Manner(ServerRegister.Origin origin, boolean strict, boolean merge) {}

    private Outcome write(Connection connection, ServerSeries series, RowBlock block, Manner manner)
            throws SQLException, IOException {
        limit(connection);
        ensure(connection, series.table(), block);
        limit(connection);
        int number = ServerRegister.lock(connection, series);
        ServerRegister.addOrigin(connection, number, manner.origin());
        ColumnRegister register = ServerRegister.columns(connection, number);
        List<ColumnRegister.Registered> more = register.missing(series.table(), block.columns());
        ServerRegister.addColumns(connection, number, more);
        CopyEncoder encoder = new CopyEncoder(series, register.with(more), block);
        long first = block.times()[0];
        long last = block.times()[block.rows() - 1];
        boolean alone = !manner.merge()
                && block.isDistinct()
                && ServerRegister.buckets(connection, number, first, last).isEmpty();
        Outcome outcome = alone
                ? straight(connection, series, number, block, encoder)
                : merged(connection, series, number, block, encoder);
        if (manner.strict() && outcome.revisions() > 0) {
            throw new RevisionRefused(series.symbol() + " " + series.table().name() + ": " + outcome.revisions()
                    + " rows differ from those in the store, the first at "
                    + TimeIndex.instant(outcome.firstRevision()) + "; nothing of this part was written; write without strict to keep"
                    + " them as revisions");
        }
        connection.commit();
        return outcome;
    }

    private void ensure(Connection connection, ServerTable table, RowBlock block) throws SQLException {
        Set<LocalDate> wanted = new LinkedHashSet<>();
        for (LocalDate bucket : counts(table, block).keySet()) {
            if (!partitions.contains(table.name() + bucket)) {
                wanted.add(bucket);
            }
        }
        if (!wanted.isEmpty()) {
            ServerRegister.ensurePartitions(connection, table, wanted);
            wanted.forEach(bucket -> partitions.add(table.name() + bucket));
        }
    }

    private void limit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + statementMillis);
            statement.execute("SET LOCAL lock_timeout = " + statementMillis);
        }
    }

    private Outcome straight(
            Connection connection, ServerSeries series, int number, RowBlock block, CopyEncoder encoder)
            throws SQLException, IOException {
        copy(connection, series.table().qualified(), block, encoder);
        for (ServerRegister.Bucket bucket : counts(series.table(), block).values()) {
            ServerRegister.addBucket(connection, number, bucket);
        }
        return new Outcome(block.rows(), 0, 0, Long.MAX_VALUE);
    }

    private Outcome merged(Connection connection, ServerSeries series, int number, RowBlock block, CopyEncoder encoder)
            throws SQLException, IOException {
        String stage = "pg_temp." + STAGE + series.table().name();
        MergeStatements sql = new MergeStatements(series.table(), stage, encoder.names());
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.makeStage());
            copy(connection, stage, block, encoder);
            if (block.rows() > MANY) {
                // without figures the planner takes the wrong join
                statement.execute("ANALYZE " + stage);
            }
        }
        String from = ServerTable.literal(block.times()[0]);
        String to = ServerTable.literal(block.times()[block.rows() - 1]);
        int deepest = 0;
        for (int level : block.levels()) {
            deepest = Math.max(deepest, level);
        }
        Outcome outcome = Outcome.NONE;
        for (int level = 0; level <= deepest; level++) {
            long duplicates = update(connection, sql.dropEqual(level, from, to), series);
            Counts added =
                    level > 0 ? Counts.NONE : insert(connection, sql.insertNew(from, to), series, number);
            duplicates += update(connection, sql.dropCurrent(level, series.barSeconds()), series);
            Counts revised = insert(connection, sql.insertRevisions(level), series, number);
            outcome = outcome.plus(new Outcome(added.rows(), duplicates, revised.rows(), revised.first()));
        }
        return outcome;
    }

    /** Rows put in, and the time of the first. */
    private record Counts(long rows, long first) {
        static final Counts NONE = new Counts(0, Long.MAX_VALUE);
    }

    private static Counts insert(Connection connection, String sql, ServerSeries series, int number)
            throws SQLException {
        List<ServerRegister.Bucket> buckets = new ArrayList<>();
        Counts counts = Counts.NONE;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, series.symbol());
            try (ResultSet result = insert.executeQuery()) {
                while (result.next()) {
                    LocalDate day = result.getObject(1, LocalDate.class);
                    buckets.add(new ServerRegister.Bucket(
                            day, result.getLong(2), result.getLong(3), result.getLong(4)));
                    counts = new Counts(
                            counts.rows() + result.getLong(2), Math.min(counts.first(), result.getLong(3)));
                }
            }
        }
        for (ServerRegister.Bucket bucket : buckets) {
            ServerRegister.addBucket(connection, number, bucket);
        }
        return counts;
    }

    private static long update(Connection connection, String sql, ServerSeries series) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, series.symbol());
            return statement.executeLargeUpdate();
        }
    }

    private void copy(Connection connection, String target, RowBlock block, CopyEncoder encoder)
            throws SQLException, IOException {
        String sql = "COPY " + target + " (" + String.join(", ", encoder.names()) + ") FROM STDIN (FORMAT binary)";
        long taken = driver.copyIn(
                connection, sql, sink -> encoder.write(new CopyBuffer(sink), 0, block.rows()));
        Check.that(taken == block.rows(), "the server took " + taken + " of " + block.rows() + " rows");
    }

    private static TreeMap<LocalDate, ServerRegister.Bucket> counts(ServerTable table, RowBlock block) {
        TreeMap<LocalDate, ServerRegister.Bucket> counts = new TreeMap<>();
        int start = 0;
        while (start < block.rows()) {
            LocalDate bucket = table.bucketOf(block.times()[start]);
            int end = Buckets.end(table, block, start);
            counts.put(
                    bucket,
                    new ServerRegister.Bucket(bucket, end - start, block.times()[start], block.times()[end - 1]));
            start = end;
        }
        return counts;
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the connection is gone, and with it the transaction
        }
    }
}
