package org.lama.core.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * An open Parquet file with flat columns, of any writer: reads wanted columns, whole or a range of times, at once or in
 * batches. Only pages that can hold wanted rows are read; their values go straight into the arrays that are handed out.
 * In a file that {@link ParquetWriting} wrote every byte that is used is checked before it is looked at; in files of
 * others the checksums that they have. Anything broken is an {@link IOException} that names the file. Not thread-safe:
 * open one for each thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ParquetSource implements Closeable {
    /** Parquet's messages name its own objects by class and hash, which says nothing and differs from run to run. */
    private static final Pattern IDENTITY = Pattern.compile("[\\w.$]+@[0-9a-f]{4,}");

    private final Path path;
    private final FileChannel file;
    private final Footer footer;
    private final PageReader pages;
    private final List<String> names;
    private @Nullable GeneralReader general;
    private Set<Integer> generalColumns = Set.of();

    private ParquetSource(Path path, FileChannel file, Footer footer) {
        this.path = path;
        this.file = file;
        this.footer = footer;
        this.pages = new PageReader(footer, file);
        this.names = footer.columns().stream().map(ColumnType::name).toList();
    }

    /**
     * Columns with their rows.
     *
     * @param columns in the order asked for, sharing arrays that nobody else has
     * @param rows their length
     * @param metadata keys and values of the footer
     */
    public record Content(List<RawColumn> columns, int rows, Map<String, String> metadata) {
        /**
         * Copies the collections, not the arrays.
         *
         * @param columns in the order asked for
         * @param rows their length
         * @param metadata keys and values of the footer
         */
        public Content {
            columns = List.copyOf(columns);
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * Rows by their time.
     *
     * @param column name of a column of times, best in rising order
     * @param fromNanos first time, inclusive, UTC epoch nanoseconds
     * @param toNanos end, exclusive
     */
    public record Range(String column, long fromNanos, long toNanos) {
        /**
         * Checks the range.
         *
         * @param column name of a column of times
         * @param fromNanos first time, inclusive, UTC epoch nanoseconds
         * @param toNanos end, exclusive
         */
        public Range {
            Check.notBlank(column, "column");
            Check.that(fromNanos <= toNanos, "from must not lie after to, got " + fromNanos + " and " + toNanos);
        }
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @return it, to be closed
     * @throws IOException if it is no flat Parquet file or its end is broken, naming it
     */
    public static ParquetSource open(Path path) throws IOException {
        return open(path, Optional.empty());
    }

    /**
     * Opens a file that must be a known one.
     *
     * @param path the file
     * @param footerDigest the digest that {@link ParquetWriting} gave when it was written, 64 lower-case hexadecimal digits
     * @return it, to be closed
     * @throws IOException if it is another, no flat Parquet file or broken at its end, naming it
     */
    public static ParquetSource open(Path path, Optional<String> footerDigest) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ParquetSource(path, file, Footer.read(file, footerDigest));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw broken(path, e);
        }
    }

    /**
     * Number of rows.
     *
     * @return at least 0; a sum of what the row groups claim
     * @throws IOException if a row group claims an impossible number
     */
    public long rows() throws IOException {
        long rows = 0;
        for (int group = 0; group < footer.groups(); group++) {
            rows += named(group);
        }
        return rows;
    }

    private int named(int group) throws IOException {
        try {
            return footer.rows(group);
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    /**
     * Names of the columns.
     *
     * @return in the order of the file
     */
    public List<String> names() {
        return names;
    }

    /**
     * What a column becomes; integers with missing values become numbers when they are read.
     *
     * @param name its name
     * @return the kind
     * @throws IllegalArgumentException if there is no such column, naming those that exist
     */
    public RawColumn.Kind kind(String name) {
        return footer.columns().get(column(name)).kind();
    }

    /**
     * The lines of the footer.
     *
     * @return keys and values, sorted
     */
    public Map<String, String> metadata() {
        return footer.lines();
    }

    /**
     * Digest of the footer to the end of the file.
     *
     * @return SHA-256, 64 lower-case hexadecimal digits
     */
    public String footerDigest() {
        return footer.digest();
    }

    /**
     * Whether checksums cover every byte, as in files that {@link ParquetWriting} wrote.
     *
     * @return whether it is sealed
     */
    public boolean isSealed() {
        return footer.pages() != null;
    }

    /**
     * Reads all rows.
     *
     * @param wanted names of columns; empty for all
     * @return the columns
     * @throws IOException if the file is broken or has more rows than an array holds, naming it
     */
    public Content read(List<String> wanted) throws IOException {
        List<Integer> columns = columns(wanted);
        try {
            List<TimeRange.Piece> all = allRows();
            return content(columns, all, openGroups(columns, all), false);
        } catch (IOException | RuntimeException e) {
            throw broken(path, e);
        }
    }

    /**
     * Reads the rows of a range.
     *
     * @param wanted names of columns; empty for all
     * @param range which times
     * @return the columns, in the order of the file
     * @throws IOException if the file is broken or has more such rows than an array holds, naming it
     */
    public Content read(List<String> wanted, Range range) throws IOException {
        List<Integer> columns = columns(wanted);
        int time = timeColumn(range);
        try {
            List<TimeRange.Piece> pieces = candidates(time, range);
            List<Integer> needed = with(columns, time);
            List<TimeRange.Piece> inside = trim(pieces, time, range, openGroups(needed, pieces));
            return content(columns, inside, openGroups(needed, inside), false);
        } catch (IOException | RuntimeException e) {
            throw broken(path, e);
        }
    }

    /**
     * Reads rows in batches, each in arrays of its own.
     *
     * @param wanted names of columns; empty for all
     * @param range which times; empty for all
     * @param maxRows most rows of a batch; of files of ours best a multiple of 20,000, so that no page is read twice
     * @return the batches, to be used before this file is closed
     * @throws IOException if the file is broken, naming it
     */
    public Batches batches(List<String> wanted, Optional<Range> range, int maxRows) throws IOException {
        Check.atLeast(maxRows, 1, "maxRows");
        List<Integer> columns = columns(wanted);
        int time = range.isPresent() ? timeColumn(range.get()) : -1;
        try {
            List<TimeRange.Piece> pieces = range.isPresent() ? candidates(time, range.get()) : allRows();
            return new Batches(columns, time, range, cut(pieces, maxRows));
        } catch (IOException | RuntimeException e) {
            throw broken(path, e);
        }
    }

    /** Batches of rows, one after the other. Not thread-safe. */
    public final class Batches {
        private final List<Integer> columns;
        private final int time;
        private final Optional<Range> range;
        private final List<TimeRange.Piece> pieces;
        private int next;

        private Batches(List<Integer> columns, int time, Optional<Range> range, List<TimeRange.Piece> pieces) {
            this.columns = columns;
            this.time = time;
            this.range = range;
            this.pieces = pieces;
        }

        /**
         * The next rows.
         *
         * @return at least one row, or nothing after the last
         * @throws IOException if the file is broken, naming it
         */
        public Optional<Content> next() throws IOException {
            try {
                while (next < pieces.size()) {
                    List<TimeRange.Piece> piece = List.of(pieces.get(next++));
                    RowReader reader = openGroups(range.isPresent() ? with(columns, time) : columns, piece);
                    List<TimeRange.Piece> inside = range.isPresent() ? trim(piece, time, range.get(), reader) : piece;
                    Content content = content(columns, inside, reader, true);
                    if (content.rows() > 0) {
                        return Optional.of(content);
                    }
                }
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                throw broken(path, e);
            }
        }
    }

    /**
     * Checks every byte of a sealed file against its checksums; reads a file of another writer as a whole.
     *
     * @throws IOException if the file is broken, naming it
     */
    public void verify() throws IOException {
        if (!isSealed()) {
            read(List.of());
            return;
        }
        try {
            new Verification(footer, file, pages).run();
        } catch (IOException | RuntimeException e) {
            throw broken(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (general != null) {
                general.close();
            }
        }
    }

    private int column(String name) {
        int column = names.indexOf(name);
        Check.that(column >= 0, "column '" + name + "' is not in " + path + ", which has " + names);
        return column;
    }

    private List<Integer> columns(List<String> wanted) {
        return new LinkedHashSet<>(wanted.isEmpty() ? names : wanted)
                .stream().map(this::column).toList();
    }

    private int timeColumn(Range range) {
        int column = column(range.column);
        RawColumn.Kind kind = footer.columns().get(column).kind();
        Check.that(kind == RawColumn.Kind.TIME, "column " + range.column + " must hold times, got " + kind);
        return column;
    }

    private static List<Integer> with(List<Integer> columns, int time) {
        Set<Integer> all = new LinkedHashSet<>(columns);
        all.add(time);
        return List.copyOf(all);
    }

    private List<TimeRange.Piece> allRows() throws IOException {
        List<TimeRange.Piece> pieces = new ArrayList<>();
        for (int group = 0; group < footer.groups(); group++) {
            pieces.add(new TimeRange.Piece(group, 0, footer.rows(group)));
        }
        return pieces;
    }

    private List<TimeRange.Piece> candidates(int time, Range range) throws IOException {
        return TimeRange.candidates(footer, file, pages, time, range.fromNanos, range.toNanos);
    }

    private static List<TimeRange.Piece> cut(List<TimeRange.Piece> pieces, int maxRows) {
        List<TimeRange.Piece> cut = new ArrayList<>();
        for (TimeRange.Piece piece : pieces) {
            for (int from = piece.from(); from < piece.to(); from += Math.min(maxRows, piece.to() - from)) {
                cut.add(new TimeRange.Piece(piece.group(), from, from + Math.min(maxRows, piece.to() - from)));
            }
        }
        return cut;
    }

    /** The reader for some columns, after their pages were found to hold as many rows as the footer claims. */
    private RowReader openGroups(List<Integer> columns, List<TimeRange.Piece> pieces) throws IOException {
        boolean known = true;
        for (int column : columns) {
            known &= PageReader.supports(footer, column);
            for (TimeRange.Piece piece : pieces) {
                pages.table(piece.group(), column);
            }
        }
        if (known) {
            return pages;
        }
        if (general == null || !generalColumns.equals(Set.copyOf(columns))) {
            if (general != null) {
                general.close();
            }
            general = new GeneralReader(path, footer, columns);
            generalColumns = Set.copyOf(columns);
        }
        return general;
    }

    /** The rows of the pieces that lie in the range: one piece for each if times rise, else one for each run of rows. */
    private List<TimeRange.Piece> trim(List<TimeRange.Piece> pieces, int time, Range range, RowReader reader)
            throws IOException {
        List<TimeRange.Piece> inside = new ArrayList<>();
        for (TimeRange.Piece piece : pieces) {
            ColumnTarget times = new ColumnTarget(RawColumn.Kind.TIME, piece.to() - piece.from());
            reader.read(piece.group(), time, piece.from(), piece.to(), times, 0);
            long[] nanos = times.longs();
            int start = -1;
            for (int i = 0; i <= nanos.length; i++) {
                boolean in = i < nanos.length
                        && nanos[i] >= range.fromNanos
                        && nanos[i] < range.toNanos
                        && nanos[i] != Long.MIN_VALUE;
                if (in && start < 0) {
                    start = i;
                } else if (!in && start >= 0) {
                    inside.add(new TimeRange.Piece(piece.group(), piece.from() + start, piece.from() + i));
                    start = -1;
                }
            }
        }
        return inside;
    }

    private Content content(List<Integer> columns, List<TimeRange.Piece> pieces, RowReader reader, boolean steady)
            throws IOException {
        long rows = 0;
        for (TimeRange.Piece piece : pieces) {
            rows += piece.to() - piece.from();
        }
        if (rows > Integer.MAX_VALUE - 8) {
            throw new IOException("it has " + rows + " such rows, more than one array holds; read a range or batches");
        }
        List<RawColumn> content = new ArrayList<>();
        for (int column : columns) {
            ColumnType type = footer.columns().get(column);
            ColumnTarget target = new ColumnTarget(type.kind(), (int) rows);
            int at = 0;
            for (TimeRange.Piece piece : pieces) {
                reader.read(piece.group(), column, piece.from(), piece.to(), target, at);
                at += piece.to() - piece.from();
            }
            content.add(target.column(type.name(), steady && mayMiss(column)));
        }
        return new Content(content, (int) rows, footer.lines());
    }

    /** Whether integers may be missing somewhere: then every batch gives them as numbers. */
    private boolean mayMiss(int column) throws IOException {
        boolean may = false;
        for (int group = 0; footer.columns().get(column).optional() && group < footer.groups(); group++) {
            var statistics = PageTable.data(footer, group, column).getStatistics();
            may |= statistics == null || !statistics.isSetNull_count() || statistics.getNull_count() > 0;
        }
        return may;
    }

    private static IOException broken(Path path, Exception cause) {
        return new IOException(path + ": not a readable Parquet file: " + deepest(cause), cause);
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null
                ? "it is broken (" + cause.getClass().getSimpleName() + ")"
                : IDENTITY.matcher(message).replaceAll("it");
    }
}
