package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.store.internal.SqlSession;

/**
 * SQL over the files of a store, by DuckDB, an optional library. Each kind of record is a view of its name, such as {@code
 * bars} or {@code trades}, with the columns {@code symbol}, {@code interval}, those of the files, and always {@code
 * available}, {@code seq} and {@code _revision}; each row stands there once, in the version that {@link MarketStore#read}
 * gives. The view {@code bars_versions}, and so on, has all versions of the rows. A question reads the files that count at
 * that moment of the kinds that it names, and nothing else; it cannot write. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoreSql {
    private static final String LIBRARIES = "org.duckdb:duckdb_jdbc:1.5.6.0";

    private static final String VERSIONS = "_versions";

    private static final Pattern WHICH =
            Pattern.compile("\\b(show|information_schema|duckdb_\\w+|pragma_\\w+)\\b", Pattern.CASE_INSENSITIVE);

    private StoreSql() {}

    /**
     * Asks a question.
     *
     * @param store the store
     * @param sql one SELECT over the views
     * @param before rows from this time on, bars that close after it, and what was known later only are not seen, UTC
     *     epoch nanoseconds; then a question names the tables of the store alone, and no file nor function that reads one
     * @param maxRows how many rows an answer may have, at least 1
     * @return the answer; times are instants, missing values empty texts
     * @throws IOException if the library is missing, the question is wrong, or the answer too long
     */
    public static Tabular query(ParquetStore store, String sql, OptionalLong before, int maxRows) throws IOException {
        Check.notBlank(sql, "sql");
        Check.atLeast(maxRows, 1, "maxRows");
        Map<RecordKind, List<SeriesKey>> keys = keys(store);
        Set<String> tables = Arrays.stream(RecordKind.values())
                .flatMap(kind -> Stream.of(kind.folder(), kind.folder() + VERSIONS))
                .collect(Collectors.toCollection(TreeSet::new));
        String asked = sql.strip().replaceAll(";+$", "");
        try (SqlSession session = SqlSession.open(LIBRARIES)) {
            if (before.isPresent()) {
                Object tree = session.query("SELECT json_serialize_sql(" + text(asked) + "::VARCHAR)", 1)
                        .get(0)
                        .cells()
                        .get(0);
                SealedQuestion.require(tree.toString(), tables);
            }
            for (RecordKind kind : RecordKind.values()) {
                if (names(asked, kind)) {
                    for (String view : views(kind, files(store, keys.getOrDefault(kind, List.of()), before), before)) {
                        session.execute(view);
                    }
                }
            }
            session.execute("SET allowed_directories = [" + text(path(store.root())) + "]");
            session.execute("SET enable_external_access = false");
            session.execute("SET lock_configuration = true");
            return answer(session, asked, maxRows, tables);
        }
    }

    private static Tabular answer(SqlSession session, String asked, int maxRows, Set<String> tables)
            throws IOException {
        try {
            // inside of another question only a question is understood: a statement that writes is none
            List<Tabular.Column> columns = session.query("SELECT * FROM (" + asked + "\n) AS answer", maxRows);
            return () -> columns;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Table with name")) {
                throw new IOException(e.getMessage() + "; the tables of the store are " + tables, e);
            }
            throw e;
        }
    }

    /** Names of folders alone are read. */
    private static Map<RecordKind, List<SeriesKey>> keys(ParquetStore store) throws IOException {
        Map<RecordKind, List<SeriesKey>> keys = new TreeMap<>();
        store.keys()
                .forEach(key -> keys.computeIfAbsent(key.kind(), kind -> new ArrayList<>())
                        .add(key));
        return keys;
    }

    /** Whether a question may mean a table: it has its name somewhere, or asks what tables there are. */
    private static boolean names(String asked, RecordKind kind) {
        return WHICH.matcher(asked).find()
                || Pattern.compile("\\b" + kind.folder() + "(" + VERSIONS + ")?\\b", Pattern.CASE_INSENSITIVE)
                        .matcher(asked)
                        .find();
    }

    /** Files of one kind, the columns that any of them has, and the lengths of its bars. */
    private record Files(List<String> paths, Set<String> columns, Map<String, Long> lengths) {
        Files() {
            this(new ArrayList<>(), new TreeSet<>(), new TreeMap<>());
        }
    }

    /** The files of one kind: those of partitions in which each row has one version, and the others. */
    private record Partitions(Files settled, Files revised) {}

    /** What of some series counts; below a bound partitions behind it are not even looked into. */
    private static Partitions files(ParquetStore store, List<SeriesKey> keys, OptionalLong before) throws IOException {
        Partitions partitions = new Partitions(new Files(), new Files());
        for (SeriesKey key : keys) {
            MarketStore.Query query = MarketStore.Query.all(key);
            List<ParquetStore.StoredFile> stored =
                    store.files(before.isEmpty() ? query : query.between(Long.MIN_VALUE, before.getAsLong()));
            Set<Path> revised = stored.stream()
                    .filter(file -> file.columns().contains(Rows.REVISION))
                    .map(StoreSql::partition)
                    .collect(Collectors.toSet());
            for (ParquetStore.StoredFile file : stored) {
                if (before.isEmpty() || file.fromNanos() < before.getAsLong()) {
                    Files files = revised.contains(partition(file)) ? partitions.revised() : partitions.settled();
                    files.paths().add(text(path(store.root().resolve(file.path()))));
                    files.columns().addAll(file.columns());
                    files.lengths().put(key.interval(), key.barNanos());
                }
            }
        }
        return partitions;
    }

    private static Path partition(ParquetStore.StoredFile file) {
        return Path.of(file.path()).resolveSibling("");
    }

    /** All versions of the rows of a kind, and each row once. */
    private static List<String> views(RecordKind kind, Partitions partitions, OptionalLong before) {
        List<String> all = new ArrayList<>();
        List<String> once = new ArrayList<>();
        if (!partitions.settled().paths().isEmpty()) {
            String rows = rows(kind, partitions.settled(), before);
            all.add(rows);
            once.add(rows);
        }
        if (!partitions.revised().paths().isEmpty()) {
            String rows = rows(kind, partitions.revised(), before);
            all.add(rows);
            // as a read: of the versions known last the one that was written last
            once.add("SELECT * FROM (" + rows
                    + ") QUALIFY row_number() OVER (PARTITION BY symbol, interval, \"time\", seq"
                    + " ORDER BY available DESC, " + Rows.REVISION + " DESC) = 1");
        }
        if (all.isEmpty()) {
            all.add(none(kind));
            once.add(none(kind));
        }
        return List.of(view(kind.folder(), once), view(kind.folder() + VERSIONS, all));
    }

    private static String view(String name, List<String> parts) {
        return "CREATE VIEW " + name + " AS "
                + parts.stream().map(part -> "(" + part + ")").collect(Collectors.joining(" UNION ALL BY NAME "));
    }

    /**
     * The rows of files; with a bound without what lies behind. What files leave out because it follows from a rule stands
     * there.
     */
    private static String rows(RecordKind kind, Files files, OptionalLong before) {
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
            return all;
        }
        // a bar is what happened up to its close
        long bound = before.getAsLong();
        String inside =
                kind == RecordKind.BARS ? "epoch_ns(" + close + ") <= " + bound : "epoch_ns(\"time\") < " + bound;
        return "SELECT * FROM (" + all + ") WHERE " + inside + " AND epoch_ns(available) <= " + bound;
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
        return "SELECT " + columns + " WHERE false";
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
