package org.lama.core.store.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The statements that tell staged rows apart from those in the table. Their identifiers come from {@link ServerTable},
 * their times are written by us, and the symbol is bound as their only parameter. Immutable.
 */
final class MergeStatements {
    private static final Set<String> NOT_VALUES =
            Set.of("ts", "symbol", "seq", "ns_rem", "bar_seconds", "revision", "available");
    private static final String STAGE = "lama_stage_";
    private static final String MET = "lama_met_";

    private final ServerTable table;
    private final Range range;
    private final String columns;
    private final List<String> names;
    private final List<String> values = new ArrayList<>();

    /**
     * What the staged rows are like.
     *
     * @param from first time, as a literal
     * @param to last time, as a literal
     * @param barSeconds length of bars, 0 for other kinds
     * @param many whether they are worth reading the whole range in the table, instead of looking up each row
     */
    record Range(String from, String to, long barSeconds, boolean many) {}

    MergeStatements(ServerTable table, List<String> names, Range range) {
        this.table = table;
        this.range = range;
        this.columns = String.join(", ", names);
        this.names = List.copyOf(names);
        // also those that these rows lack
        table.columns().forEach(column -> values.add(column.name()));
        for (ColumnRegister.Shelf shelf : ColumnRegister.Shelf.values()) {
            values.add(shelf.column());
        }
        values.removeIf(NOT_VALUES::contains);
    }

    /** Where the rows are sent first. */
    String stage() {
        return "pg_temp." + STAGE + table.name();
    }

    /** Where those are put that meet others of the same time and sequence. */
    private String met() {
        return "pg_temp." + MET + table.name();
    }

    /** Makes both if they are not there. */
    List<String> makeTables() {
        List<String> sql = new ArrayList<>();
        for (String name : List.of(STAGE, MET)) {
            sql.add("CREATE TEMP TABLE IF NOT EXISTS " + name + table.name() + " (LIKE " + table.qualified()
                    + " INCLUDING DEFAULTS) ON COMMIT DELETE ROWS");
        }
        return sql;
    }

    /**
     * Drops staged rows that are in the table as they are, as the last version known when they were.
     *
     * @param distinct whether no two staged rows have the same time and sequence; of those that do, each is judged after
     *     the one before
     */
    String dropEqual(boolean distinct) {
        String later = "EXISTS (SELECT 1 FROM " + table.qualified() + " u WHERE u.symbol = t.symbol AND u.revision > 0"
                + " AND u.revision > t.revision AND u.ts >= " + range.from() + " AND u.ts <= " + range.to()
                + sameKey("u", "t") + sameKnown("u", "t") + ")";
        String alone = distinct
                ? ""
                : " AND s.revision = 0 AND NOT EXISTS (SELECT 1 FROM " + stage() + " o WHERE o.revision > 0"
                        + sameKey("o", "s") + ")";
        return "DELETE FROM " + stage() + " s WHERE " + exists(equal() + " AND NOT " + later) + alone;
    }

    /**
     * Of staged versions of one row that were known at one time drops as many of the first as are the last ones in the table, in
     * their order: the i-th from the first is the r-th from the last, for all pairs with one sum.
     */
    String dropRepeated() {
        String key = "ts, ns_rem, seq" + (table.bars() ? ", bar_seconds" : "") + ", available";
        String freshKey = "s." + key.replace(", ", ", s.");
        return "WITH fresh AS (SELECT *, ctid AS place, row_number() OVER (PARTITION BY " + key
                + " ORDER BY revision) AS i, count(*) OVER (PARTITION BY " + key + ") AS m FROM " + stage()
                + "), stored AS (SELECT *, row_number() OVER (PARTITION BY " + key
                + " ORDER BY revision DESC) AS r FROM "
                + table.qualified() + " WHERE symbol = ? AND ts >= " + range.from() + " AND ts <= " + range.to()
                + "), runs AS (SELECT " + freshKey + ", s.i + t.r - 1 AS n FROM fresh s JOIN stored t ON s.m > 1"
                + sameKey("t", "s") + " AND " + equal() + " GROUP BY " + freshKey
                + ", s.i + t.r - 1 HAVING count(*) = s.i + t.r - 1) DELETE FROM " + stage()
                + " d USING fresh f, runs g WHERE d.ctid = f.place AND f.m > 1 AND f.i <= g.n" + sameKey("f", "g")
                + sameKnown("f", "g");
    }

    private String sameKey(String one, String other) {
        StringBuilder same = new StringBuilder();
        for (String name :
                table.bars() ? List.of("ts", "ns_rem", "seq", "bar_seconds") : List.of("ts", "ns_rem", "seq")) {
            same.append(" AND ").append(one).append('.').append(name).append(" = ");
            same.append(other).append('.').append(name);
        }
        return same.toString();
    }

    private static String sameKnown(String one, String other) {
        return " AND " + one + ".available IS NOT DISTINCT FROM " + other + ".available";
    }

    /** Sets aside staged rows that follow others of the same time and sequence in this write. */
    String setAsideLater() {
        return setAside("s.revision > 0");
    }

    /** Sets aside staged rows whose time and sequence are in the table. */
    String setAsideKnown() {
        return setAside(exists("t.revision = 0"));
    }

    private String setAside(String which) {
        return "WITH moved AS (DELETE FROM " + stage() + " s WHERE " + which + " RETURNING s.*) INSERT INTO " + met()
                + " SELECT * FROM moved";
    }

    /** Puts in what is left: all of it is new. */
    String insertNew() {
        return "INSERT INTO " + table.qualified() + " (" + columns + ") SELECT " + columns + " FROM " + stage();
    }

    /** The rows that are left, by bucket. */
    String countNew() {
        return "SELECT " + bucket() + ", count(*) FROM " + stage() + " GROUP BY 1 ORDER BY 1";
    }

    /** Drops rows of a level that were set aside and equal what was known when they became known. */
    String dropCurrent(int level) {
        return "DELETE FROM " + met() + " s WHERE s.revision = " + level + " AND (SELECT " + sameValues() + from()
                + inForce() + ")";
    }

    /** Of the versions of a row the one that was known when it became known, else the first. */
    private String inForce() {
        String stored = known("t");
        String past = stored + " <= " + known("s");
        return " ORDER BY (" + past + ") DESC, CASE WHEN " + past + " THEN " + stored
                + " END DESC NULLS LAST, CASE WHEN " + past + " THEN t.revision END DESC NULLS LAST, " + stored
                + ", t.revision LIMIT 1";
    }

    /** Puts in what is left of a level, as the next revisions; values that they lack are those that were known by then. */
    String insertRevisions(int level) {
        String nanos = "(extract(epoch FROM ts) * 1000000)::bigint * 1000 + ns_rem";
        List<String> into = new ArrayList<>(names);
        values.stream().filter(value -> !names.contains(value)).forEach(into::add);
        List<String> given = into.stream().map(this::revised).toList();
        return "WITH put AS (INSERT INTO " + table.qualified() + " (" + String.join(", ", into) + ") SELECT "
                + String.join(", ", given) + " FROM " + met() + " s LEFT JOIN LATERAL (SELECT t.*" + from() + " AND "
                + known("t") + " <= " + known("s") + inForce() + ") f ON true WHERE s.revision = " + level
                + " RETURNING ts, ns_rem) SELECT " + bucket()
                + ", count(*), min(" + nanos + ") FROM put GROUP BY 1 ORDER BY 1";
    }

    private String revised(String name) {
        if (name.equals("revision")) {
            return "(SELECT coalesce(max(t.revision) + 1, 0)" + from() + ")";
        }
        if (!values.contains(name)) {
            return "s." + name;
        }
        // one value may stand on either shelf, so that those of two rows are not mixed
        return isShelf(name)
                ? "CASE WHEN s.numbers IS NULL AND s.wholes IS NULL AND s.texts IS NULL THEN f." + name + " ELSE s."
                        + name + " END"
                : "coalesce(s." + name + ", f." + name + ")";
    }

    private static boolean isShelf(String name) {
        return Arrays.stream(ColumnRegister.Shelf.values())
                .anyMatch(shelf -> shelf.column().equals(name));
    }

    private String bucket() {
        return "date_trunc('" + table.bucket().name().toLowerCase(Locale.ROOT) + "', ts AT TIME ZONE 'UTC')::date";
    }

    /** A join over the whole range if that pays, else one look-up for each row: LIMIT keeps the planner to it. */
    private String exists(String condition) {
        return range.many() ? "EXISTS (SELECT 1" + from() + " AND " + condition + ")" : found(condition);
    }

    private String found(String condition) {
        return "coalesce((SELECT true" + from() + " AND " + condition + " LIMIT 1), false)";
    }

    private String from() {
        return " FROM " + table.qualified() + " t WHERE t.symbol = ? AND t.ts >= " + range.from() + " AND t.ts <= "
                + range.to() + sameKey("t", "s");
    }

    private String equal() {
        return "t.available IS NOT DISTINCT FROM s.available AND " + sameValues();
    }

    /** A value that a row lacks says nothing else than the one that is there. */
    private String sameValues() {
        List<String> equal = new ArrayList<>();
        values.forEach(value -> equal.add(
                isShelf(value)
                        ? "lama.covers(t." + value + ", s." + value + ")"
                        : "(s." + value + " IS NULL OR t." + value + " IS NOT DISTINCT FROM s." + value + ")"));
        return String.join(" AND ", equal);
    }

    private String known(String row) {
        return "lama.known_at(" + row + ".ts, " + row + ".ns_rem, " + range.barSeconds() + ", " + row + ".available)";
    }
}
