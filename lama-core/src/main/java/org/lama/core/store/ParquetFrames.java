package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.internal.ParquetPlans;
import org.lama.core.store.internal.ParquetSource;
import org.lama.core.store.internal.ParquetStream;
import org.lama.core.store.internal.ParquetWriting;

/**
 * Tables and frames as Parquet files. Writing and reading gives back the same bits; an unfinished write is never seen;
 * checksums over every byte find what was flipped or cut. Numbers that are decimals with up to 12 digits after the point
 * are written as decimals, which other programs show as such. Files of other writers are read if they are flat and use
 * ZSTD, SNAPPY, GZIP or no compression; only their own checksums, if any, protect them. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ParquetFrames {
    private static final String TIME = "time";
    private static final String SYMBOL = "lama.symbol";
    private static final String BAR_NANOS = "lama.barNanos";
    private static final String KIND = "lama.provenance.kind";
    private static final String SOURCE = "lama.provenance.source";
    private static final String SHA256 = "lama.provenance.sha256";
    private static final String NOTE = "lama.provenance.note";

    private ParquetFrames() {}

    /**
     * Writes a table.
     *
     * @param file where to; replaced at once if it exists
     * @param table the columns
     * @throws IOException if it cannot be written; the old file then stands as before
     */
    public static void write(Path file, ParquetTable table) throws IOException {
        AtomicFiles.write(
                file,
                (Path temporary) ->
                        ParquetWriting.write(temporary, table.lendColumns(), table.rows(), table.metadata()));
    }

    /** Rows that can be read from their beginning more than once. */
    @FunctionalInterface
    public interface Rereadable {
        /**
         * Begins to read.
         *
         * @return the rows, the same each time; closed by who asked
         * @throws IOException if they cannot be read
         */
        MarketStore.Batches open() throws IOException;
    }

    /**
     * Writes rows that need not fit into memory: they are read twice, first to see how they can be kept, and in memory are
     * some 100,000 of them.
     *
     * @param file where to; replaced at once if it exists
     * @param rows batches of the same columns
     * @return number of rows
     * @throws IOException if they cannot be read or written, or were others the second time; the old file then stands as
     *     before
     */
    public static long write(Path file, Rereadable rows) throws IOException {
        ParquetPlans plans = new ParquetPlans();
        eachGroup(rows, group -> plans.add(group.lendColumns(), 0, group.rows()));
        long[] count = {0};
        AtomicFiles.write(file, (Path temporary) -> {
            try (ParquetStream stream = new ParquetStream(temporary, plans, Map.of())) {
                eachGroup(rows, group -> {
                    if (!plans.hold(group.lendColumns(), 0, group.rows())) {
                        throw new IOException(file + ": its rows were changed while they were written; try again");
                    }
                    stream.group(group.lendColumns(), 0, group.rows());
                    count[0] += group.rows();
                });
                stream.finish();
            }
        });
        return count[0];
    }

    /** Takes some rows. */
    @FunctionalInterface
    private interface Taker {
        void take(ParquetTable group) throws IOException;
    }

    /** Groups of at least as many rows as are worth the place of a group in the footer, but for the last. */
    private static void eachGroup(Rereadable rows, Taker taker) throws IOException {
        List<ParquetTable> waiting = new ArrayList<>();
        int size = 0;
        boolean any = false;
        try (MarketStore.Batches batches = rows.open()) {
            for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                waiting.add(batch);
                size += batch.rows();
                if (size >= StoreScan.BATCH_ROWS) {
                    taker.take(Pieces.table(waiting));
                    any = true;
                    waiting.clear();
                    size = 0;
                }
            }
        }
        if (size > 0 || (!any && !waiting.isEmpty())) {
            taker.take(Pieces.table(waiting));
        }
    }

    /**
     * Reads a table of any writer: 32 and 64 bit integers, floats, doubles, booleans (0 and 1), texts, dates and
     * timestamps of any unit, decimals of any width as the nearest numbers.
     *
     * @param file the file
     * @return all its columns
     * @throws IOException if it is broken, nested, or compressed in another way, naming the file
     */
    public static ParquetTable read(Path file) throws IOException {
        try (ParquetSource source = ParquetSource.open(file)) {
            return ParquetTable.owning(source.read(List.of()));
        }
    }

    /**
     * The names of the columns of a file, without reading them.
     *
     * @param file the file
     * @return as they stand there
     * @throws IOException if it is broken or nested, naming the file
     */
    public static List<String> names(Path file) throws IOException {
        try (ParquetSource source = ParquetSource.open(file)) {
            return source.names();
        }
    }

    /**
     * Reads the rows of a range of times, and only the pages that can hold them.
     *
     * @param file the file
     * @param columns names of the wanted columns; empty for all
     * @param timeColumn name of a column of times; the range is found quickest if they rise
     * @param fromNanos first time, inclusive, UTC epoch nanoseconds
     * @param toNanos end, exclusive
     * @return those rows in the order of the file, perhaps none
     * @throws IOException if the file is broken, naming it
     * @throws IllegalArgumentException if there is no such column, naming those that exist, or no times are in it
     */
    public static ParquetTable read(Path file, List<String> columns, String timeColumn, long fromNanos, long toNanos)
            throws IOException {
        try (ParquetSource source = ParquetSource.open(file)) {
            return ParquetTable.owning(source.read(columns, new ParquetSource.Range(timeColumn, fromNanos, toNanos)));
        }
    }

    /**
     * Writes a frame: a column {@code time} (bar opens) and one for each of its columns.
     *
     * @param file where to; replaced at once if it exists
     * @param frame the frame; none of its columns may be called {@code time}
     * @throws IOException if it cannot be written; the old file then stands as before
     */
    public static void writeFrame(Path file, Frame frame) throws IOException {
        ParquetTable.Builder table = ParquetTable.builder(frame.size())
                .times(TIME, frame.index().copyRange(0, frame.size()))
                .metadata(SYMBOL, frame.symbol())
                .metadata(BAR_NANOS, Long.toString(frame.barNanos()))
                .metadata(KIND, frame.provenance().kind().name())
                .metadata(SOURCE, frame.provenance().source())
                .metadata(SHA256, frame.provenance().sha256())
                .metadata(NOTE, frame.provenance().note());
        for (String name : frame.columnNames()) {
            table.doubles(name, frame.column(name).toArray());
        }
        write(file, table.build());
    }

    /**
     * Reads a frame that {@link #writeFrame(Path, Frame)} wrote.
     *
     * @param file the file
     * @return the frame, equal by bits
     * @throws IOException if it is broken or was not written as a frame
     */
    public static Frame readFrame(Path file) throws IOException {
        ParquetTable table = read(file);
        try {
            Map<String, String> lines = table.metadata();
            Provenance provenance = new Provenance(
                    Provenance.Kind.valueOf(line(lines, KIND)),
                    line(lines, SOURCE),
                    line(lines, SHA256),
                    line(lines, NOTE));
            Frame frame = Frame.of(
                    line(lines, SYMBOL),
                    TimeIndex.of(table.lendTimes(TIME)),
                    Long.parseLong(line(lines, BAR_NANOS)),
                    provenance);
            for (String name : table.names()) {
                frame = name.equals(TIME) ? frame : frame.with(name, table.lendDoubles(name));
            }
            return frame;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": was not written as a frame: " + e.getMessage(), e);
        }
    }

    private static String line(Map<String, String> lines, String key) {
        return Check.notNull(lines.get(key), "footer line " + key);
    }
}
