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

    /**
     * A column of a row group, and where the last page lies that is wanted of it.
     *
     * @param type what it becomes
     * @param codec how its pages are compressed
     * @param table its pages
     * @param end end of the last wanted page
     */
    private record Chunk(ColumnType type, CompressionCodec codec, PageTable table, long end) {}

    @Override
    public void read(int group, int column, int from, int to, ColumnTarget out, int at) throws IOException {
        if (from == to) {
            return;
        }
        PageTable table = table(group, column);
        int lastPage = table.pageOf(to - 1);
        long end = table.offsets()[table.place(lastPage)] + table.sizes()[table.place(lastPage)];
        CompressionCodec codec = PageTable.data(footer, group, column).getCodec();
        Chunk chunk = new Chunk(footer.columns().get(column), codec, table, end);
        dictionary(chunk);
        for (int page = table.pageOf(from); page <= lastPage; page++) {
            int first = table.firstRows()[page];
            int rows = table.firstRows()[page + 1] - first;
            if (first >= from && first + rows <= to) {
                page(chunk, page, out, at + first - from);
            } else {
                ColumnTarget whole = whole(chunk, page, out.kind());
                int start = Math.max(from - first, 0);
                int stop = Math.min(to - first, rows);
                out.copy(whole, start, stop - start, at + first + start - from);
            }
        }
    }

    private ColumnTarget whole(Chunk chunk, int page, RawColumn.Kind kind) throws IOException {
        PageTable table = chunk.table;
        long offset = table.offsets()[table.place(page)];
        ColumnTarget whole = part;
        if (whole == null || partOffset != offset) {
            whole = new ColumnTarget(kind, table.firstRows()[page + 1] - table.firstRows()[page]);
            page(chunk, page, whole, 0);
            part = whole;
            partOffset = offset;
        }
        return whole;
    }

    private void dictionary(Chunk chunk) throws IOException {
        if (!chunk.table.dictionary()) {
            dictionaryOffset = -1;
            decoder.noDictionary();
        } else if (dictionaryOffset != chunk.table.offsets()[0]) {
            dictionaryOffset = -1;
            Body body = body(chunk, 0);
            decoder.dictionary(chunk.type, body.header, values(chunk, body));
            dictionaryOffset = chunk.table.offsets()[0];
        }
    }

    private void page(Chunk chunk, int page, ColumnTarget out, int at) throws IOException {
        Body body = body(chunk, chunk.table.place(page));
        int rows = chunk.table.firstRows()[page + 1] - chunk.table.firstRows()[page];
        decoder.levels(chunk.type, body.header, window, body.at, rows);
        decoder.page(chunk.type, body.header, rows, values(chunk, body), out, at);
    }

    /**
     * A page in the window.
     *
     * @param header its header
     * @param at where its body starts
     * @param size bytes of the body
     */
    private record Body(PageHeader header, int at, int size) {}

    /** A page whose checksum is right, as far as it has one. */
    private Body body(Chunk chunk, int place) throws IOException {
        PageTable table = chunk.table;
        int size = table.sizes()[place];
        int start = load(table.offsets()[place], size, chunk.end);
        if (table.crcs().length > 0 && Seal.crc(window, start, size) != table.crcs()[place]) {
            throw new IOException("a page of column " + chunk.type.name() + " does not have its checksum");
        }
        ByteArrayInputStream in = new ByteArrayInputStream(window, start, size);
        PageHeader header = Util.readPageHeader(in);
        Body body = new Body(header, start + size - in.available(), in.available());
        if (header.getCompressed_page_size() != body.size) {
            throw new IOException("a page of column " + chunk.type.name() + " has another size than it claims");
        }
        if (table.crcs().length == 0 && header.isSetCrc()) {
            check(chunk.type, body.at, body.size, header.getCrc());
        }
        return body;
    }

    /** The expanded bytes behind the levels that pages of the second version have uncompressed. */
    private PageDecoder.Slice values(Chunk chunk, Body body) throws IOException {
        boolean second = body.header.isSetData_page_header_v2();
        int levels = second ? PageDecoder.levelBytes(body.header, body.size) : 0;
        int plainSize = body.header.getUncompressed_page_size() - levels;
        boolean packed = chunk.codec != CompressionCodec.UNCOMPRESSED
                && !(second && !body.header.getData_page_header_v2().isIs_compressed());
        if (packed) {
            return new PageDecoder.Slice(
                    expand(chunk.codec, body.at + levels, body.size - levels, plainSize), 0, plainSize);
        }
        if (plainSize != body.size - levels) {
            throw new IOException("a page of column " + chunk.type.name() + " has another size than it claims");
        }
        return new PageDecoder.Slice(window, body.at + levels, body.at + body.size);
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
