package org.lama.core.store.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole pages and decodes them by their encoding straight into the target's array. A page is checked before it is
 * looked at. Not thread-safe.
 */
final class PageReader implements RowReader {
    private static final Set<Encoding> ENCODINGS = EnumSet.of(
            Encoding.PLAIN,
            Encoding.PLAIN_DICTIONARY,
            Encoding.RLE_DICTIONARY,
            Encoding.RLE,
            Encoding.BIT_PACKED,
            Encoding.DELTA_BINARY_PACKED,
            Encoding.BYTE_STREAM_SPLIT);
    private static final Set<CompressionCodec> CODECS = EnumSet.of(
            CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP, CompressionCodec.ZSTD);

    /** So many bytes of neighbouring pages are read at once. */
    private static final int WINDOW_BYTES = 1 << 20;

    private final Footer footer;
    private final FileChannel file;
    private final PageDecoder decoder = new PageDecoder();
    private final Map<Long, PageTable> tables = new HashMap<>();
    private byte[] window = {};
    private long windowStart;
    private int windowLength;
    private byte[] plain = {};
    private long dictionaryOffset = -1;
    /** The last page of which not all rows were wanted: the others may be wanted next. */
    private @Nullable ColumnTarget part;

    private long partOffset = -1;

    PageReader(Footer footer, FileChannel file) {
        this.footer = footer;
        this.file = file;
    }

    /** Whether a column of a file is kept in a way that is read here. */
    static boolean supports(Footer footer, int column) throws IOException {
        ColumnType type = footer.columns().get(column);
        boolean known = switch (type.physical()) {
            case INT32, INT64, FLOAT, DOUBLE -> true;
            case BINARY -> !type.isDecimal();
            default -> false;
        };
        for (int group = 0; known && group < footer.groups(); group++) {
            ColumnMetaData data = PageTable.data(footer, group, column);
            RowGroup rows = footer.data().getRow_groups().get(group);
            ColumnChunk chunk = rows.getColumns().get(column);
            known = ENCODINGS.containsAll(data.getEncodings())
                    && CODECS.contains(data.getCodec())
                    && !chunk.isSetFile_path()
                    && !chunk.isSetCrypto_metadata()
                    && data.getPath_in_schema().equals(java.util.List.of(type.name()));
        }
        return known;
    }

    /** Where the pages of a column are. */
    PageTable table(int group, int column) throws IOException {
        long key = (long) group << Integer.SIZE | column;
        PageTable table = tables.get(key);
        if (table == null) {
            table = PageTable.of(footer, file, group, column);
            tables.put(key, table);
        }
        return table;
    }

    @Override
    public void read(int group, int column, int from, int to, ColumnTarget out, int at) throws IOException {
        if (from == to) {
            return;
        }
        ColumnType type = footer.columns().get(column);
        ColumnMetaData data = PageTable.data(footer, group, column);
        PageTable table = table(group, column);
        int lastPage = table.pageOf(to - 1);
        long end = table.offsets()[table.place(lastPage)] + table.sizes()[table.place(lastPage)];
        dictionary(type, data, table, end);
        for (int page = table.pageOf(from); page <= lastPage; page++) {
            int first = table.firstRows()[page];
            int rows = table.firstRows()[page + 1] - first;
            if (first >= from && first + rows <= to) {
                page(type, data, table, table.place(page), rows, end, out, at + first - from);
            } else {
                ColumnTarget whole = part;
                if (whole == null || partOffset != table.offsets()[table.place(page)]) {
                    whole = new ColumnTarget(out.kind(), rows);
                    page(type, data, table, table.place(page), rows, end, whole, 0);
                    part = whole;
                    partOffset = table.offsets()[table.place(page)];
                }
                int start = Math.max(from - first, 0);
                int stop = Math.min(to - first, rows);
                out.copy(whole, start, stop - start, at + first + start - from);
            }
        }
    }

    private void dictionary(ColumnType type, ColumnMetaData data, PageTable table, long end) throws IOException {
        if (!table.dictionary()) {
            dictionaryOffset = -1;
            decoder.noDictionary();
        } else if (dictionaryOffset != table.offsets()[0]) {
            dictionaryOffset = -1;
            page(type, data, table, 0, -1, end, null, 0);
            dictionaryOffset = table.offsets()[0];
        }
    }

    /** Decodes one page; without a target it is a dictionary. */
    private void page(
            ColumnType type,
            ColumnMetaData data,
            PageTable table,
            int place,
            int rows,
            long end,
            @Nullable ColumnTarget out,
            int at)
            throws IOException {
        int size = table.sizes()[place];
        int start = load(table.offsets()[place], size, end);
        if (table.crcs().length > 0 && Seal.crc(window, start, size) != table.crcs()[place]) {
            throw new IOException("a page of column " + type.name() + " does not have its checksum");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(window, start, size);
        PageHeader header = Util.readPageHeader(in);
        int bodySize = in.available();
        int body = start + size - bodySize;
        if (header.getCompressed_page_size() != bodySize) {
            throw new IOException("a page of column " + type.name() + " has another size than it claims");
        }
        if (table.crcs().length == 0 && header.isSetCrc()) {
            check(type, body, bodySize, header.getCrc());
        }
        boolean second = header.isSetData_page_header_v2();
        // levels of pages of the second version stand uncompressed before the values
        int levels = second ? PageDecoder.levelBytes(header, bodySize) : 0;
        int plainSize = header.getUncompressed_page_size() - levels;
        boolean packed = data.getCodec() != CompressionCodec.UNCOMPRESSED
                && !(second && !header.getData_page_header_v2().isIs_compressed());
        byte[] values = window;
        int valuesAt = body + levels;
        if (packed) {
            values = expand(data.getCodec(), body + levels, bodySize - levels, plainSize);
            valuesAt = 0;
        } else if (plainSize != bodySize - levels) {
            throw new IOException("a page of column " + type.name() + " has another size than it claims");
        }
        if (out == null) {
            decoder.dictionary(type, header, values, valuesAt, valuesAt + plainSize);
        } else {
            decoder.levels(type, header, window, body, rows);
            decoder.page(type, header, rows, values, valuesAt, valuesAt + plainSize, out, at);
        }
    }

    private void check(ColumnType type, int body, int size, int expected) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(window, body, size);
        if ((int) crc.getValue() != expected) {
            throw new IOException("a page of column " + type.name() + " does not have its checksum");
        }
    }

    private byte[] expand(CompressionCodec codec, int from, int size, int plainSize) throws IOException {
        CompressionCodecName name = CompressionCodecName.fromParquet(codec);
        PlainCodecs.checkClaim(name, size, plainSize);
        if (plain.length < plainSize + DeltaPacking.SLACK_BYTES) {
            plain = new byte[plainSize + DeltaPacking.SLACK_BYTES];
        }
        PlainCodecs.expand(name, window, from, size, plain, plainSize);
        return plain;
    }

    /** Makes sure that bytes are in the window, which reaches on to what will be wanted next, and says where. */
    private int load(long from, int size, long end) throws IOException {
        if (from < windowStart || from + size > windowStart + windowLength) {
            int count = (int) Math.max(size, Math.min(WINDOW_BYTES, end - from));
            if (from < 0 || from + count > footer.start()) {
                throw new IOException("a page lies outside of the file");
            }
            if (window.length < count + DeltaPacking.SLACK_BYTES) {
                window = new byte[count + DeltaPacking.SLACK_BYTES];
            }
            windowLength = 0;
            Footer.read(file, from, window, count);
            windowStart = from;
            windowLength = count;
        }
        return (int) (from - windowStart);
    }

    /** Checks the bytes of every page of a sealed file without decoding them. */
    void verify(int group, int column) throws IOException {
        PageTable table = table(group, column);
        int pages = table.sizes().length;
        long end = pages == 0 ? 0 : table.offsets()[pages - 1] + table.sizes()[pages - 1];
        for (int place = 0; place < pages; place++) {
            int start = load(table.offsets()[place], table.sizes()[place], end);
            if (Seal.crc(window, start, table.sizes()[place]) != table.crcs()[place]) {
                throw new IOException(
                        "a page of column " + footer.columns().get(column).name() + " does not have its checksum");
            }
        }
    }
}
