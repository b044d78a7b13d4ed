package org.lama.core.store.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Which pages can hold times of a range, by the ranges of row groups and pages in the file. Without them every page can.
 * Static and thread-safe.
 */
final class TimeRange {
    private TimeRange() {}

    /**
     * Rows of a row group.
     *
     * @param group number of the row group
     * @param from first row
     * @param to end, exclusive
     */
    record Piece(int group, int from, int to) {}

    /** Pieces of whole pages, neighbours joined, in the order of the file. */
    static List<Piece> candidates(
            Footer footer, FileChannel file, PageReader pages, int column, long fromNanos, long toNanos)
            throws IOException {
        List<Piece> pieces = new ArrayList<>();
        ColumnType type = footer.columns().get(column);
        for (int group = 0; group < footer.groups(); group++) {
            int rows = footer.rows(group);
            ColumnChunk chunk =
                    footer.data().getRow_groups().get(group).getColumns().get(column);
            Statistics statistics = PageTable.data(footer, group, column).getStatistics();
            boolean possible = statistics == null
                    || mayHold(
                            type, statistics.bufferForMin_value(), statistics.bufferForMax_value(), fromNanos, toNanos);
            if (rows == 0 || !possible) {
                continue;
            }
            ColumnIndex index = index(footer, file, chunk, group, column);
            PageTable table = index == null ? null : pages.table(group, column);
            if (index == null || table == null || table.dataPages() != index.getNull_pagesSize()) {
                pieces.add(new Piece(group, 0, rows));
            } else {
                pages(pieces, table, index, type, group, fromNanos, toNanos);
            }
        }
        return pieces;
    }

    private static void pages(
            List<Piece> pieces, PageTable table, ColumnIndex index, ColumnType type, int group, long from, long to) {
        int start = -1;
        for (int page = 0; page < table.dataPages(); page++) {
            boolean possible = !index.getNull_pages().get(page)
                    && mayHold(
                            type,
                            index.getMin_values().get(page),
                            index.getMax_values().get(page),
                            from,
                            to);
            if (possible && start < 0) {
                start = table.firstRows()[page];
            } else if (!possible && start >= 0) {
                pieces.add(new Piece(group, start, table.firstRows()[page]));
                start = -1;
            }
        }
        if (start >= 0) {
            pieces.add(new Piece(group, start, table.firstRows()[table.dataPages()]));
        }
    }

    private static @Nullable ColumnIndex index(
            Footer footer, FileChannel file, ColumnChunk chunk, int group, int column) throws IOException {
        if (!chunk.isSetColumn_index_offset() || !chunk.isSetColumn_index_length()) {
            return null;
        }
        byte[] bytes = indexBytes(footer, file, chunk.getColumn_index_offset(), chunk.getColumn_index_length());
        Seal.Pages pages = footer.pages();
        if (pages != null) {
            int place = group * footer.columns().size() + column;
            check(bytes, pages.chunks().get(place).columnIndexCrc());
        }
        ColumnIndex index = Util.readColumnIndex(new ByteArrayInputStream(bytes));
        boolean even = index.getNull_pagesSize() == index.getMin_valuesSize()
                && index.getNull_pagesSize() == index.getMax_valuesSize();
        return even ? index : null;
    }

    /** Bytes of an index, which must lie before the footer. */
    static byte[] indexBytes(Footer footer, FileChannel file, long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > footer.start()) {
            throw new IOException("an index lies outside of the file");
        }
        return Footer.bytes(file, offset, length);
    }

    static void check(byte[] index, int crc) throws IOException {
        if (Seal.crc(index, 0, index.length) != crc) {
            throw new IOException("an index does not have its checksum");
        }
    }

    private static boolean mayHold(
            ColumnType type, @Nullable ByteBuffer least, @Nullable ByteBuffer most, long fromNanos, long toNanos) {
        if (least == null || most == null || type.physical() == PrimitiveTypeName.INT96) {
            return true;
        }
        int bytes = type.physical() == PrimitiveTypeName.INT32 ? Integer.BYTES : Long.BYTES;
        boolean known = least.remaining() == bytes && most.remaining() == bytes;
        return !known || (nanos(type, least) < toNanos && nanos(type, most) >= fromNanos);
    }

    /** A bound as nanoseconds; one that does not fit becomes the last time that does. */
    private static long nanos(ColumnType type, ByteBuffer bound) {
        ByteBuffer bytes = bound.slice().order(ByteOrder.LITTLE_ENDIAN);
        long value = type.physical() == PrimitiveTypeName.INT32 ? bytes.getInt() : bytes.getLong();
        long nanos = value * type.unitNanos();
        boolean fits = Math.multiplyHigh(value, type.unitNanos()) == nanos >> 63;
        return fits ? nanos : value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
