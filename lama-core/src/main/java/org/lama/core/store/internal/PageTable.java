package org.lama.core.store.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Where the pages of a column in a row group lie and which rows they hold. Immutable; arrays are shared inside this
 * package.
 */
final class PageTable {
    private final boolean dictionary;
    private final long[] offsets;
    private final int[] sizes;
    private final int[] firstRows;
    private final int[] crcs;

    private PageTable(boolean dictionary, long[] offsets, int[] sizes, int[] firstRows, int[] crcs) {
        this.dictionary = dictionary;
        this.offsets = offsets;
        this.sizes = sizes;
        this.firstRows = firstRows;
        this.crcs = crcs;
    }

    /** Whether the first page is a dictionary. */
    boolean dictionary() {
        return dictionary;
    }

    /** Where each page starts. */
    long[] offsets() {
        return offsets;
    }

    /** Bytes of each page with its header. */
    int[] sizes() {
        return sizes;
    }

    /** First row of each data page in its row group, and the number of rows. */
    int[] firstRows() {
        return firstRows;
    }

    /** CRC32C of each page, empty in a file of another writer. */
    int[] crcs() {
        return crcs;
    }

    int dataPages() {
        return firstRows.length - 1;
    }

    /** Place of a data page among all pages. */
    int place(int dataPage) {
        return dataPage + (dictionary ? 1 : 0);
    }

    /** The data page that holds a row. */
    int pageOf(int row) {
        int found = Arrays.binarySearch(firstRows, row);
        return found >= 0 ? found : -found - 2;
    }

    static PageTable of(Footer footer, FileChannel file, int group, int column) throws IOException {
        ColumnMetaData data = data(footer, group, column);
        Seal.Pages pages = footer.pages();
        return pages == null
                ? walk(footer, file, data, footer.rows(group))
                : sealed(
                        pages,
                        data,
                        footer.rows(group),
                        group * footer.columns().size() + column);
    }

    static ColumnMetaData data(Footer footer, int group, int column) throws IOException {
        var chunks = footer.data().getRow_groups().get(group).getColumns();
        if (column >= chunks.size() || chunks.get(column).getMeta_data() == null) {
            throw new IOException("a row group has " + chunks.size() + " columns");
        }
        return chunks.get(column).getMeta_data();
    }

    private static long start(ColumnMetaData data) {
        return data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0
                ? Math.min(data.getDictionary_page_offset(), data.getData_page_offset())
                : data.getData_page_offset();
    }

    private static PageTable sealed(Seal.Pages pages, ColumnMetaData data, int rows, int chunk) throws IOException {
        List<Seal.Page> sealed = pages.chunks().get(chunk).pages();
        int[] sizes = sealed.stream().mapToInt(Seal.Page::bytes).toArray();
        boolean dictionary = data.isSetDictionary_page_offset();
        int first = dictionary ? 1 : 0;
        int[] firstRows = new int[sizes.length - first + 1];
        for (int i = 0; i < firstRows.length; i++) {
            firstRows[i] = (int) Math.min(rows, (long) i * pages.pageRows());
        }
        long[] offsets = new long[sizes.length];
        long at = start(data);
        for (int i = 0; i < sizes.length; i++) {
            offsets[i] = at;
            at += sizes[i];
        }
        if (firstRows[firstRows.length - 1] != rows || at - start(data) != data.getTotal_compressed_size()) {
            throw new IOException("the footer's line " + Seal.KEY + " does not fit its columns");
        }
        return new PageTable(
                dictionary,
                offsets,
                sizes,
                firstRows,
                sealed.stream().mapToInt(Seal.Page::crc).toArray());
    }

    /** Goes from header to header, so that no row is believed in that no page claims. */
    private static PageTable walk(Footer footer, FileChannel file, ColumnMetaData data, int rows) throws IOException {
        long at = start(data);
        long end = at + data.getTotal_compressed_size();
        if (at < 0 || end < at || end > footer.start()) {
            throw new IOException("a column lies outside of the file");
        }
        boolean dictionary = false;
        long[] offsets = new long[8];
        int[] sizes = new int[8];
        int[] firstRows = new int[9];
        int pages = 0;
        int dataPages = 0;
        while (at < end && firstRows[dataPages] < rows) {
            ChannelStream stream = new ChannelStream(file, at, end);
            PageHeader header = Util.readPageHeader(stream);
            long size = stream.position() - at + header.getCompressed_page_size();
            if (header.getCompressed_page_size() < 0 || size > end - at) {
                throw new IOException("a page claims more bytes than its column has");
            }
            if (pages + 2 > sizes.length) {
                offsets = Arrays.copyOf(offsets, 2 * pages + 2);
                sizes = Arrays.copyOf(sizes, 2 * pages + 2);
                firstRows = Arrays.copyOf(firstRows, 2 * pages + 3);
            }
            int values = values(header);
            if (values >= 0 || (pages == 0 && header.getType() == PageType.DICTIONARY_PAGE)) {
                offsets[pages] = at;
                sizes[pages++] = (int) size;
                dictionary |= values < 0;
                if (values >= 0) {
                    firstRows[++dataPages] = Math.addExact(firstRows[dataPages - 1], values);
                }
            }
            at += size;
        }
        if (firstRows[dataPages] != rows) {
            throw new IOException("a column has " + firstRows[dataPages] + " rows where its row group has " + rows);
        }
        return new PageTable(
                dictionary,
                Arrays.copyOf(offsets, pages),
                Arrays.copyOf(sizes, pages),
                Arrays.copyOf(firstRows, dataPages + 1),
                new int[0]);
    }

    /** Rows of a data page, or -1 for another page. */
    private static int values(PageHeader header) throws IOException {
        int values = -1;
        if (header.getType() == PageType.DATA_PAGE && header.isSetData_page_header()) {
            values = header.getData_page_header().getNum_values();
        } else if (header.getType() == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()) {
            values = header.getData_page_header_v2().getNum_values();
        } else {
            return values;
        }
        if (values < 0) {
            throw new IOException("a page claims " + values + " values");
        }
        return values;
    }

    /** A part of a file as a stream that knows its place. */
    private static final class ChannelStream extends InputStream {
        private static final int BLOCK_BYTES = 512;

        private final FileChannel file;
        private final long end;
        private byte[] block = {};
        private long blockStart;
        private int at;

        ChannelStream(FileChannel file, long from, long end) {
            this.file = file;
            this.blockStart = from;
            this.end = end;
        }

        long position() {
            return blockStart + at;
        }

        private boolean fill() throws IOException {
            if (at == block.length) {
                blockStart += at;
                at = 0;
                block = Footer.bytes(file, blockStart, (int) Math.min(BLOCK_BYTES, end - blockStart));
            }
            return block.length > 0;
        }

        @Override
        public int read() throws IOException {
            return fill() ? block[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (!fill()) {
                return -1;
            }
            int now = Math.min(count, block.length - at);
            System.arraycopy(block, at, into, from, now);
            at += now;
            return now;
        }
    }
}
