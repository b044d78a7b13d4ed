package org.lama.core.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.zip.ZipException;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.GzipStream;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/**
 * Columns of numbers from any CSV with a header, plain or gzip: delimited by comma, semicolon or tab, with quotes, a byte
 * order mark and any line end. Only wanted columns must be numbers; others may hold anything. Nothing is repaired and
 * nothing is lost silently: text where a number belongs, a row with too few or too many cells and a header that does not
 * tell columns apart are errors that name file, row and column.
 *
 * <p>An empty cell is missing (NaN), and so are {@code NA}, {@code NaN}, {@code null}, {@code none}, {@code n/a},
 * {@code #N/A}, {@code .} and {@code -} in any case. {@code Inf} is infinite and is left to the reader of the column.
 * Empty lines are skipped; in a table of one column they are missing values, except behind the last value.
 *
 * <p>Stateless and thread-safe. Linear cost, one row and the wanted columns in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ColumnFiles {
    private ColumnFiles() {}

    /**
     * Which columns to read.
     *
     * @param columns their names as in the header, each once; empty for every column that holds only numbers and missing
     *     values and does not merely count rows (such as {@code t}, {@code index}, {@code year} or R's row names)
     * @param time name of the column of times, which must grow from row to row; empty to number the rows from 0, one
     *     nanosecond apart
     */
    public record Selection(List<String> columns, String time) {
        /**
         * Checks and copies the names.
         *
         * @param columns names of the columns
         * @param time name of the column of times
         */
        public Selection {
            columns = List.copyOf(columns);
            Check.notNull(time, "time");
            Check.that(
                    new LinkedHashSet<>(columns).size() == columns.size(),
                    "columns must name each column once, got " + columns);
        }

        /**
         * Given columns over the numbers of the rows.
         *
         * @param columns their names
         * @return the selection
         */
        public static Selection of(List<String> columns) {
            return new Selection(columns, "");
        }

        /**
         * Every column of numbers that does not merely count rows.
         *
         * @return the selection
         */
        public static Selection numbers() {
            return new Selection(List.of(), "");
        }

        /**
         * The same columns over the times of a column.
         *
         * @param name name of the column of times
         * @return the selection
         */
        public Selection withTime(String name) {
            return new Selection(columns, Check.notBlank(name, "time"));
        }
    }

    /**
     * Reads columns of a file.
     *
     * @param file the file
     * @param selection which columns
     * @return the columns in the order of the selection, with at least one row
     * @throws DataException if the input cannot be used, with file, row, column, rule and what to do
     * @throws IOException if the file cannot be read
     */
    public static Frame read(Path file, Selection selection) throws IOException {
        Path name = Check.notNull(file.getFileName(), "file name of '" + file + "'");
        if (Files.isDirectory(file)) {
            throw DataException.ofRequest(file.toString(), "", "this is a folder", "give a CSV file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, name.toString(), selection);
        }
    }

    /**
     * Reads columns of a stream to its end, and leaves it open.
     *
     * @param in the bytes, plain or gzip
     * @param source its name for messages and for the frame
     * @param selection which columns
     * @return the columns in the order of the selection, with at least one row
     * @throws DataException if the input cannot be used, with file, row, column, rule and what to do
     * @throws IOException if the stream cannot be read
     */
    public static Frame read(InputStream in, String source, Selection selection) throws IOException {
        Check.notNull(selection, "selection");
        DigestInputStream raw = new DigestInputStream(in, digest());
        try {
            DelimitedText text = new DelimitedText(expanded(raw), source);
            ColumnTable table = ColumnTable.read(text, source, selection.columns(), selection.time());
            String sha256 = HexFormat.of().formatHex(raw.getMessageDigest().digest());
            return frame(table, source, sha256);
        } catch (ZipException | EOFException e) {
            DataException broken = new DataException(
                    source, 0, "", "the gzip stream is broken (" + e.getMessage() + ")", "fetch the file again");
            broken.initCause(e);
            throw broken;
        }
    }

    private static InputStream expanded(InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw, 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? GzipStream.of(in) : in;
    }

    private static Frame frame(ColumnTable table, String source, String sha256) throws DataException {
        TimeIndex index = table.hasTimes() ? TimeIndex.of(table.times()) : TimeIndex.regular(0, 1, table.size());
        long bar = index.size() > 1 ? index.at(1) - index.at(0) : 1;
        for (int row = 2; row < index.size(); row++) {
            bar = Math.min(bar, index.at(row) - index.at(row - 1));
        }
        Provenance origin = new Provenance(Provenance.Kind.HISTORICAL, source, sha256, "");
        Frame frame = Frame.of(source, index, bar, origin);
        for (int slot : table.slots()) {
            frame = frame.with(table.name(slot), table.values(slot));
        }
        return frame;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
