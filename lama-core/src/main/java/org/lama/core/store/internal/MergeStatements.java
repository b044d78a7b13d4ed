package org.lama.core.store.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The statements that tell staged rows apart from those in the table. Their identifiers come from {@link ServerTable},
 * their times are written by us, and the symbol is bound. Immutable.
 */
final class MergeStatements {
    private static final Set<String> NOT_VALUES =
            Set.of("ts", "symbol", "seq", "ns_rem", "bar_seconds", "revision", "available");

    private final ServerTable table;
    private final String stage;
    private final String columns;
    private final List<String> values = new ArrayList<>();

    MergeStatements(ServerTable table, String stage, List<String> names) {
        this.table = table;
        this.stage = stage;
        this.columns = String.join(", ", names);
        // also those that these rows lack: a row without a value differs from one with it
        table.columns().forEach(column -> values.add(column.name()));
        for (ColumnRegister.Shelf shelf : ColumnRegister.Shelf.values()) {
            values.add(shelf.column());
        }
        values.removeIf(NOT_VALUES::contains);
    }

    String makeStage() {
        String name = stage.substring(stage.indexOf('.') + 1);
        return "CREATE TEMP TABLE IF NOT EXISTS " + name + " (LIKE " + table.qualified()
                + " INCLUDING DEFAULTS) ON COMMIT DELETE ROWS";
    }

    /** Drops staged rows of a level that are in the table as they are. */
    String dropEqual(int level, String from, String to) {
        return "DELETE FROM " + stage + " s USING " + table.qualified() + " t WHERE s.revision = " + level
                + " AND t.symbol = ? AND t.ts >= " + from + " AND t.ts <= " + to + " AND " + sameRow() + " AND t.available IS NOT DISTINCT FROM s.available AND "
                + sameValues();
    }

    /** Moves rows of level 0 whose time and sequence are new into the table. */
    String insertNew(String from, String to) {
        return counted(
                "s.revision = 0 AND NOT EXISTS (SELECT 1 FROM " + table.qualified() + " t WHERE t.symbol = ? AND t.ts >= " + from
                        + " AND t.ts <= " + to + " AND " + sameRow() + ")",
                columns);
    }

    /** Drops staged rows of a level that equal what was known when they became known. */
    String dropCurrent(int level, long barSeconds) {
        String stored = known("t", barSeconds);
        String staged = known("s", barSeconds);
        String past = stored + " <= " + staged;
        return "DELETE FROM " + stage + " s WHERE s.revision = " + level + " AND (SELECT " + sameValues() + " FROM "
                + table.qualified() + " t WHERE t.symbol = ? AND " + sameRow() + " ORDER BY (" + past
                + ") DESC, CASE WHEN " + past + " THEN " + stored + " END DESC NULLS LAST, CASE WHEN " + past
                + " THEN t.revision END DESC NULLS LAST, " + stored + ", t.revision LIMIT 1)";
    }

    /** Moves what is left of a level into the table, as revisions. */
    String insertRevisions(int level) {
        String revised = columns.replace(
                "revision",
                "(SELECT max(t.revision) + 1 FROM " + table.qualified() + " t WHERE t.symbol = ? AND " + sameRow()
                        + ")");
        return counted("s.revision = " + level, revised);
    }

    private String counted(String which, String select) {
        String nanos = "(extract(epoch FROM ts) * 1000000)::bigint * 1000 + ns_rem";
        return "WITH moved AS (DELETE FROM " + stage + " s WHERE " + which
                + " RETURNING s.*), put AS (INSERT INTO " + table.qualified() + " (" + columns + ") SELECT " + select
                + " FROM moved s RETURNING ts, ns_rem, revision)"
                + " SELECT date_trunc('" + table.bucket().name().toLowerCase(Locale.ROOT)
                + "', ts AT TIME ZONE 'UTC')::date, count(*), min(" + nanos
                + "), max(" + nanos + ") FROM put GROUP BY 1 ORDER BY 1";
    }

    private String sameRow() {
        return "t.ts = s.ts AND t.ns_rem = s.ns_rem AND t.seq = s.seq"
                + (table.bars() ? " AND t.bar_seconds = s.bar_seconds" : "");
    }

    private String sameValues() {
        List<String> equal = new ArrayList<>();
        values.forEach(value -> equal.add("t." + value + " IS NOT DISTINCT FROM s." + value));
        return String.join(" AND ", equal);
    }

    private static String known(String row, long barSeconds) {
        return "lama.known_at(" + row + ".ts, " + row + ".ns_rem, " + barSeconds + ", " + row + ".available)";
    }
}
