package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Writes columns as one Parquet file: row groups of a million rows, pages of 20,000 rows with the same borders in all
 * columns, ranges of pages and their places in indexes, each column kept as {@code Planning} chose. Every byte is covered
 * by a checksum (see {@code Seal}). Doubles that are decimals with up to 12 digits after the point become
 * decimal-annotated integers, which come back to the same bits. Static and thread-safe; memory of one page beside the
 * columns.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ParquetWriting {
    private static final int GROUP_ROWS = 1_000_000;

    private ParquetWriting() {}

    /**
     * Writes a file.
     *
     * @param file where to; replaced if it exists
     * @param columns columns of equal length, not changed meanwhile
     * @param rows that length
     * @param metadata keys and values kept in the footer
     * @return sizes and digests
     * @throws IOException if it cannot be written
     */
    public static ParquetStream.Written write(
            Path file, List<RawColumn> columns, int rows, Map<String, String> metadata) throws IOException {
        return write(file, columns, 0, rows, metadata);
    }

    /**
     * Writes some rows of columns without copying them.
     *
     * @param file where to; replaced if it exists
     * @param columns columns, not changed meanwhile
     * @param from first row
     * @param to end, exclusive
     * @param metadata keys and values kept in the footer
     * @return sizes and digests
     * @throws IOException if it cannot be written
     */
    public static ParquetStream.Written write(
            Path file, List<RawColumn> columns, int from, int to, Map<String, String> metadata) throws IOException {
        Check.that(0 <= from && from <= to, "from must lie in [0, to = " + to + "], got " + from);
        ParquetPlans plans = new ParquetPlans();
        plans.add(columns, from, to);
        try (ParquetStream stream = new ParquetStream(file, plans, metadata)) {
            for (int start = from; start < to; start += Math.min(GROUP_ROWS, to - start)) {
                stream.group(columns, start, start + Math.min(GROUP_ROWS, to - start));
            }
            return stream.finish();
        }
    }
}
