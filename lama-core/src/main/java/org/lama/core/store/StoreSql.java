package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.store.internal.SqlSession;

/**
 * SQL over the files of a store, by DuckDB, an optional library. Each kind of record is a view of its name, such as {@code
 * bars} or {@code trades}, with the columns {@code symbol}, {@code interval} and those of the files; rows that were
 * revised stand there with all their revisions. A question reads the files that count at that moment and nothing else; it
 * cannot write. Stateless.
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
     * @param before rows from this time on are not seen, UTC epoch nanoseconds; then all rows before it are read first
     * @param maxRows how many rows an answer may have, at least 1
     * @return the answer; times are instants, missing values empty texts
     * @throws IOException if the library is missing, the question is wrong, or the answer too long
     */
    public static Tabular query(ParquetStore store, String sql, OptionalLong before, int maxRows) throws IOException {
        Check.notBlank(sql, "sql");
        Check.atLeast(maxRows, 1, "maxRows");
        Map<String, List<String>> files = new TreeMap<>();
        for (MarketStore.Entry entry : store.catalogue()) {
            List<String> kind = files.computeIfAbsent(entry.key().kind().folder(), name -> new ArrayList<>());
            for (ParquetStore.Part part : store.parts(entry.key())) {
                if (before.isEmpty() || part.firstNanos() < before.getAsLong()) {
                    kind.add(text(path(store.root().resolve(part.path()))));
                }
            }
        }
        try (SqlSession session = SqlSession.open(LIBRARIES)) {
            for (Map.Entry<String, List<String>> kind : files.entrySet()) {
                if (!kind.getValue().isEmpty()) {
                    session.execute(view(kind.getKey(), kind.getValue(), before));
                }
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

    /** Without a bound a view reads what it needs; with one its rows are copied, because the files hold more than may be seen. */
    private static String view(String kind, List<String> files, OptionalLong before) {
        String rows = "SELECT regexp_extract(filename, 'symbol=([^/]+)', 1) AS symbol,"
                + " regexp_extract(filename, 'interval=([^/]+)', 1) AS interval, * EXCLUDE (filename)"
                + " FROM read_parquet([" + String.join(", ", files)
                + "], filename = true, union_by_name = true, hive_partitioning = false)";
        return before.isEmpty()
                ? "CREATE VIEW " + kind + " AS " + rows
                : "CREATE TABLE " + kind + " AS " + rows + " WHERE epoch_ns(\"time\") < " + before.getAsLong();
    }

    private static String path(Path path) {
        return path.toAbsolutePath().toString().replace('\\', '/');
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
