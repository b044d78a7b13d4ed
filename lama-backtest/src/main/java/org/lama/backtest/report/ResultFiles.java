package org.lama.backtest.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * Writes results as CSV, Parquet or JSON. A file is written at once: a reader sees the old or the new one, never a part.
 * Times are ISO 8601 in UTC, numbers carry all digits and a point, missing numbers are empty (CSV), NaN (Parquet) or null
 * (JSON). In CSV texts with separators, quotes or line ends are quoted after RFC 4180, and texts that a spreadsheet would
 * take for a formula get an apostrophe in front. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ResultFiles {
    private ResultFiles() {}

    /** Kind of file. */
    public enum Format {
        /** Texts with commas, the first line holding the names. */
        CSV,
        /** Columns, compressed, with types. */
        PARQUET,
        /** An array of objects, one per row. */
        JSON;

        /**
         * How the names of such files end.
         *
         * @return without the dot
         */
        public String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Writes trades, equity, fills and metrics of a run as four files named so.
     *
     * @param folder an existing folder
     * @param record the run
     * @param format kind of file
     * @return the files
     * @throws IOException if one cannot be written
     */
    public static List<Path> writeAll(Path folder, BacktestRecord record, Format format) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, Tabular> part : BacktestTables.all(record).entrySet()) {
            Path file = folder.resolve(part.getKey() + "." + format.extension());
            write(file, part.getValue(), format);
            files.add(file);
        }
        return List.copyOf(files);
    }

    /**
     * Writes one table.
     *
     * @param file the file, replaced if it is there; its folder must exist
     * @param table what to write
     * @param format kind of file
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Tabular table, Format format) throws IOException {
        Check.notNull(format, "format");
        switch (format) {
            case CSV -> AtomicFiles.write(file, csv(table).getBytes(StandardCharsets.UTF_8));
            case JSON -> Documents.writeJson(file, json(table));
            case PARQUET -> ParquetFrames.write(file, parquet(table));
        }
    }

    /**
     * A table as CSV text.
     *
     * @param table what to write
     * @return lines that end in a line feed
     */
    public static String csv(Tabular table) {
        List<Tabular.Column> columns = table.columns();
        StringBuilder out = new StringBuilder();
        for (int c = 0; c < columns.size(); c++) {
            out.append(c == 0 ? "" : ",").append(quoted(columns.get(c).name()));
        }
        out.append('\n');
        for (int row = 0; row < rows(columns); row++) {
            for (int c = 0; c < columns.size(); c++) {
                out.append(c == 0 ? "" : ",").append(cell(columns.get(c).cells().get(row)));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static int rows(List<Tabular.Column> columns) {
        return columns.isEmpty() ? 0 : columns.get(0).cells().size();
    }

    private static String cell(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() ? "" : String.valueOf(number);
        }
        return value instanceof Number || value instanceof Boolean || value instanceof Instant
                ? String.valueOf(value)
                : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /**
     * A table as an array of objects.
     *
     * @param table what to write
     * @return one object per row
     */
    public static Node json(Tabular table) {
        List<Node> rows = new ArrayList<>();
        for (int row = 0; row < rows(table.columns()); row++) {
            Node.Fields fields = Node.object();
            for (Tabular.Column column : table.columns()) {
                fields.put(column.name(), node(column.cells().get(row)));
            }
            rows.add(fields.build());
        }
        return Node.array(rows);
    }

    private static Node node(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? Node.of(number.doubleValue()) : Node.nothing();
        }
        if (value instanceof Number number) {
            return Node.of(number.longValue());
        }
        return value instanceof Boolean flag ? Node.of(flag.booleanValue()) : Node.of(String.valueOf(value));
    }

    /**
     * A table as columns of a Parquet file; a column of mixed kinds becomes text, and so do booleans.
     *
     * @param table what to write
     * @return the columns
     */
    public static ParquetTable parquet(Tabular table) {
        ParquetTable.Builder builder = ParquetTable.builder(rows(table.columns()));
        for (Tabular.Column column : table.columns()) {
            List<?> cells = column.cells();
            if (!cells.isEmpty() && cells.stream().allMatch(Double.class::isInstance)) {
                builder.doubles(
                        column.name(),
                        cells.stream().mapToDouble(Double.class::cast).toArray());
            } else if (!cells.isEmpty() && cells.stream().allMatch(Long.class::isInstance)) {
                builder.longs(
                        column.name(), cells.stream().mapToLong(Long.class::cast).toArray());
            } else if (!cells.isEmpty() && cells.stream().allMatch(Instant.class::isInstance)) {
                builder.times(
                        column.name(),
                        cells.stream()
                                .mapToLong(cell -> TimeIndex.nanos((Instant) cell))
                                .toArray());
            } else {
                builder.texts(column.name(), cells.stream().map(String::valueOf).toList());
            }
        }
        return builder.build();
    }
}
