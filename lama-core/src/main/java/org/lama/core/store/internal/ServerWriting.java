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
import java.util.NavigableMap;
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
                    + TimeIndex.instant(outcome.firstRevision())
                    + "; nothing of this part was written; write without strict to keep"
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

    /** Limits of the transaction; and what it confirms must be on the disk of the server, as in a spool. */
    private void limit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + statementMillis + "; SET LOCAL lock_timeout = "
                    + statementMillis + "; SELECT set_config('synchronous_commit', 'on', true)"
                    + " WHERE current_setting('synchronous_commit') = 'off'");
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
        int rows = block.rows();
        boolean many = rows > MANY;
        MergeStatements sql = new MergeStatements(
                series.table(),
                encoder.names(),
                new MergeStatements.Range(
                        ServerTable.literal(block.times()[0]),
                        ServerTable.literal(block.times()[rows - 1]),
                        series.barSeconds(),
                        many));
        try (Statement statement = connection.createStatement()) {
            for (String make : sql.makeTables()) {
                statement.execute(make);
            }
            copy(connection, sql.stage(), block, encoder);
            if (many) {
                // without figures the planner would look up each row
                statement.execute("ANALYZE " + sql.stage());
                statement.execute("SET LOCAL enable_nestloop = off");
                statement.execute("SET LOCAL work_mem = '64MB'");
            }
        }
        boolean distinct = block.isDistinct();
        long duplicates = distinct ? 0 : update(connection, sql.dropRepeated(), series);
        duplicates += update(connection, sql.dropEqual(distinct), series);
        Outcome outcome = new Outcome(0, duplicates, 0, Long.MAX_VALUE);
        if (duplicates == rows) {
            return outcome;
        }
        int deepest = 0;
        for (int level : block.levels()) {
            deepest = Math.max(deepest, level);
        }
        long aside = deepest == 0 ? 0 : update(connection, sql.setAsideLater(), series);
        aside += update(connection, sql.setAsideKnown(), series);
        NavigableMap<LocalDate, ServerRegister.Bucket> ranges = counts(series.table(), block);
        long added = rows - duplicates - aside;
        if (added > 0) {
            for (Counts part : ranges.size() == 1
                    ? List.of(new Counts(ranges.firstKey(), added, 0))
                    : counts(connection, sql.countNew(), series)) {
                addBucket(connection, number, ranges, part);
            }
            long put = update(connection, sql.insertNew(), series);
            Check.that(put == added, "the server put in " + put + " of " + added + " new rows");
            outcome = outcome.plus(new Outcome(added, 0, 0, Long.MAX_VALUE));
        }
        for (int level = 0; aside > 0 && level <= deepest; level++) {
            long equal = update(connection, sql.dropCurrent(level), series);
            outcome = outcome.plus(new Outcome(0, equal, 0, Long.MAX_VALUE));
            for (Counts part : counts(connection, sql.insertRevisions(level), series)) {
                addBucket(connection, number, ranges, part);
                outcome = outcome.plus(new Outcome(0, 0, part.rows(), part.firstNanos()));
            }
        }
        return outcome;
    }

    /** Rows of a bucket, and the time of the first if that was asked for. */
    private record Counts(LocalDate bucket, long rows, long firstNanos) {}

    private static List<Counts> counts(Connection connection, String sql, ServerSeries series) throws SQLException {
        List<Counts> counts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind(query, sql, series);
            try (ResultSet result = query.executeQuery()) {
                boolean timed = result.getMetaData().getColumnCount() > 2;
                while (result.next()) {
                    counts.add(new Counts(
                            result.getObject(1, LocalDate.class),
                            result.getLong(2),
                            timed ? result.getLong(3) : Long.MAX_VALUE));
                }
            }
        }
        return counts;
    }

    /** Rows that were not put in are there already, so the range of all of them is right for those that were. */
    private static void addBucket(
            Connection connection, int number, NavigableMap<LocalDate, ServerRegister.Bucket> ranges, Counts part)
            throws SQLException {
        ServerRegister.Bucket range = Check.notNull(ranges.get(part.bucket()), "bucket " + part.bucket());
        ServerRegister.addBucket(
                connection,
                number,
                new ServerRegister.Bucket(part.bucket(), part.rows(), range.fromNanos(), range.toNanos()));
    }

    /** The symbol is the only parameter, wherever it stands. */
    private static void bind(PreparedStatement statement, String sql, ServerSeries series) throws SQLException {
        int parameters = (int) sql.chars().filter(letter -> letter == '?').count();
        for (int i = 1; i <= parameters; i++) {
            statement.setString(i, series.symbol());
        }
    }

    private static long update(Connection connection, String sql, ServerSeries series) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, sql, series);
            return statement.executeLargeUpdate();
        }
    }

    private void copy(Connection connection, String target, RowBlock block, CopyEncoder encoder)
            throws SQLException, IOException {
        String sql = "COPY " + target + " (" + String.join(", ", encoder.names()) + ") FROM STDIN (FORMAT binary)";
        long taken = driver.copyIn(connection, sql, sink -> encoder.write(new CopyBuffer(sink), 0, block.rows()));
        Check.that(taken == block.rows(), "the server took " + taken + " of " + block.rows() + " rows");
    }

    private static NavigableMap<LocalDate, ServerRegister.Bucket> counts(ServerTable table, RowBlock block) {
        NavigableMap<LocalDate, ServerRegister.Bucket> counts = new TreeMap<>();
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
