package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.store.internal.SqlSession;

/**
 * SQL over the files of a store, by DuckDB, an optional library. Each kind of record is a view of its name, such as {@code
 * bars} or {@code trades}, with the columns {@code symbol}, {@code interval}, those of the files, and always {@code
 * available}, {@code seq} and {@code _revision}; rows that were revised stand there with all their revisions. A question
 * reads the files that count at that moment and nothing else; it cannot write. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoreSql {
    private static final String LIBRARIES = "org.duckdb:duckdb_jdbc:1.5.6.0";

    private StoreSql() {}

    /**
     * Asks a question.
     *
     * @param store the store
     * @param sql one SELECT over the views
     * @param before rows from this time on, bars that close after it, and what was known later only are not seen, UTC
     *     epoch nanoseconds; then all rows before it are read first
     * @param maxRows how many rows an answer may have, at least 1
     * @return the answer; times are instants, missing values empty texts
     * @throws IOException if the library is missing, the question is wrong, or the answer too long
     */
    public static Tabular query(ParquetStore store, String sql, OptionalLong before, int maxRows) throws IOException {
        Check.notBlank(sql, "sql");
        Check.atLeast(maxRows, 1, "maxRows");
        Map<RecordKind, Files> files = files(store, before);
        try (SqlSession session = SqlSession.open(LIBRARIES)) {
            for (RecordKind kind : RecordKind.values()) {
                Files own = files.get(kind);
                session.execute(own == null ? none(kind) : view(kind, own, before));
            }
            if (before.isEmpty()) {
                session.execute("SET allowed_directories = [" + text(path(store.root())) + "]");
            }
            session.execute("SET enable_external_access = false");
            session.execute("SET lock_configuration = true");
            // inside of another question only a question is understood: a statement that writes is none
            String asked = sql.strip().replaceAll(";+$", "");
            List<Tabular.Column> columns = session.query("SELECT * FROM (" + asked + "\n) AS answer", maxRows);
            return () -> columns;
        }
    }

    /** The files of one kind, the columns that any of them has, and the lengths of its bars. */
    private record Files(List<String> paths, Set<String> columns, Map<String, Long> lengths) {}

    private static Map<RecordKind, Files> files(ParquetStore store, OptionalLong before) throws IOException {
        Map<RecordKind, Files> files = new TreeMap<>();
        for (SeriesKey key : store.keys()) {
            for (ParquetStore.StoredFile file : store.files(MarketStore.Query.all(key))) {
                if (before.isEmpty() || file.fromNanos() < before.getAsLong()) {
                    Files kind = files.computeIfAbsent(
                            key.kind(), k -> new Files(new ArrayList<>(), new TreeSet<>(), new TreeMap<>()));
                    kind.paths().add(text(path(store.root().resolve(file.path()))));
                    kind.columns().addAll(file.columns());
                    kind.lengths().put(key.interval(), key.barNanos());
                }
            }
        }
        return files;
    }

    /**
     * Without a bound a view reads what it needs; with one its rows are copied, because the files hold more than may be
     * seen. What files leave out because it follows from a rule stands there.
     */
    private static String view(RecordKind kind, Files files, OptionalLong before) {
        String rows = "SELECT regexp_extract(filename, 'symbol=([^/]+)', 1) AS symbol,"
                + " regexp_extract(filename, 'interval=([^/]+)', 1) AS interval, * EXCLUDE (filename)"
                + " FROM read_parquet([" + String.join(", ", files.paths())
                + "], filename = true, union_by_name = true, hive_partitioning = false)";
        String close = kind == RecordKind.BARS ? "\"time\" + to_seconds(" + seconds(files) + ")" : "\"time\"";
        List<String> replaced = new ArrayList<>();
        List<String> added = new ArrayList<>();
        fill(files, RecordKind.AVAILABLE, close, replaced, added);
        fill(files, RecordKind.SEQUENCE, "0::BIGINT", replaced, added);
        fill(files, Rows.REVISION, "0::BIGINT", replaced, added);
        String all = "SELECT *" + (replaced.isEmpty() ? "" : " REPLACE (" + String.join(", ", replaced) + ")")
                + (added.isEmpty() ? "" : ", " + String.join(", ", added)) + " FROM (" + rows + ")";
        if (before.isEmpty()) {
            return "CREATE VIEW " + kind.folder() + " AS " + all;
        }
        // a bar is what happened up to its close
        long bound = before.getAsLong();
        String inside =
                kind == RecordKind.BARS ? "epoch_ns(" + close + ") <= " + bound : "epoch_ns(\"time\") < " + bound;
        return "CREATE TABLE " + kind.folder() + " AS SELECT * FROM (" + all + ") WHERE " + inside
                + " AND epoch_ns(available) <= " + bound;
    }

    /** A kind of which there is nothing has the columns of the kind and no row. */
    private static String none(RecordKind kind) {
        StringBuilder columns = new StringBuilder("''::VARCHAR AS symbol, ''::VARCHAR AS interval, ")
                .append("NULL::TIMESTAMPTZ AS \"time\"");
        kind.fields()
                .forEach(field -> columns.append(field.whole() ? ", NULL::BIGINT AS " : ", NULL::DOUBLE AS ")
                        .append(field.name()));
        columns.append(", NULL::TIMESTAMPTZ AS available, 0::BIGINT AS seq, 0::BIGINT AS ")
                .append(Rows.REVISION);
        return "CREATE VIEW " + kind.folder() + " AS SELECT " + columns + " WHERE false";
    }

    /** The length of the bars of a row. */
    private static String seconds(Files files) {
        StringBuilder text = new StringBuilder("CASE interval");
        files.lengths()
                .forEach((name, nanos) -> text.append(" WHEN ")
                        .append(text(name))
                        .append(" THEN ")
                        .append(nanos / 1_000_000_000L)
                        .append("::BIGINT"));
        return text.append(" END").toString();
    }

    /** A column that each row has: its value where a file has one, else what the rule says. */
    private static void fill(Files files, String name, String rule, List<String> replaced, List<String> added) {
        boolean there = files.columns().contains(name);
        (there ? replaced : added).add((there ? "coalesce(" + name + ", " + rule + ")" : rule) + " AS " + name);
    }

    private static String path(Path path) {
        return path.toAbsolutePath().toString().replace('\\', '/');
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
