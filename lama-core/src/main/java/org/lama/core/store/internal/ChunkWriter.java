package org.lama.core.store.internal;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** Writes the pages of one column in one row group and keeps what its footer, indexes and seal say. Used once. */
final class ChunkWriter {
    private final RawColumn column;
    private final ColumnPlan plan;
    private final FileSink sink;
    private final Bytes body = new Bytes();
    private final Bytes page = new Bytes();
    private final List<PageLocation> locations = new ArrayList<>();
    private final List<Seal.Page> seals = new ArrayList<>();
    private final List<Boolean> empty = new ArrayList<>();
    private final List<byte[]> least = new ArrayList<>();
    private final List<byte[]> most = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private boolean ranged = true;
    private long plainBytes;

    ChunkWriter(RawColumn column, ColumnPlan plan, FileSink sink) {
        this.column = column;
        this.plan = plan;
        this.sink = sink;
    }

    /**
     * A written chunk.
     *
     * @param chunk for the footer
     * @param columnIndex ranges of its pages, none if one has none
     * @param offsetIndex places of its pages
     * @param pages sizes and checksums of every page
     */
    record Result(
            ColumnChunk chunk, @Nullable ColumnIndex columnIndex, OffsetIndex offsetIndex, List<Seal.Page> pages) {}

    Result write(int from, int to, int pageRows) throws IOException {
        long start = sink.position();
        long dataStart;
        Encoding encoding = plan.encoding();
        if (column.kind() == RawColumn.Kind.TEXT) {
            TextPages texts = TextPages.of(column, from, to);
            encoding = texts.hasDictionary() ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
            dictionary(texts);
            dataStart = sink.position();
            texts(texts, encoding, from, to, pageRows);
        } else {
            dataStart = start;
            numbers(from, to, pageRows);
        }
        return result(start, dataStart, encoding, to - from);
    }

    private void dictionary(TextPages texts) throws IOException {
        if (texts.hasDictionary()) {
            body.clear();
            texts.encodeWords(body);
            writePage(new PageHeader(PageType.DICTIONARY_PAGE, 0, 0)
                    .setDictionary_page_header(
                            new DictionaryPageHeader(texts.words(), Encoding.PLAIN).setIs_sorted(true)));
        }
    }

    private void texts(TextPages texts, Encoding encoding, int from, int to, int pageRows) throws IOException {
        for (int at = from; at < to; at += pageRows) {
            int end = at + Math.min(pageRows, to - at);
            body.clear();
            texts.encode(column.name(), at, end, body);
            bound(texts.ranged(), texts.least(), texts.most(), 0, false);
            dataPage(encoding, at - from, end - at);
        }
    }

    private void numbers(int from, int to, int pageRows) throws IOException {
        PageEncoder encoder = new PageEncoder(plan, column.values(), Math.min(pageRows, to - from));
        for (int at = from; at < to; at += pageRows) {
            int end = at + Math.min(pageRows, to - at);
            body.clear();
            encoder.encode(at, end, body);
            int none = encoder.missing();
            bound(encoder.ranged(), encoder.least(), encoder.most(), none, none == end - at);
            dataPage(plan.encoding(), at - from, end - at);
        }
    }

    private void bound(boolean known, byte[] low, byte[] high, int none, boolean nothing) {
        // a page without values has no bounds and needs none
        ranged &= known || nothing;
        empty.add(nothing);
        least.add(known ? low : new byte[0]);
        most.add(known ? high : new byte[0]);
        missing.add((long) none);
    }

    private void dataPage(Encoding encoding, int firstRow, int rows) throws IOException {
        long at = sink.position();
        writePage(new PageHeader(PageType.DATA_PAGE, 0, 0)
                .setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE)));
        locations.add(new PageLocation(at, (int) (sink.position() - at), firstRow));
    }

    private void writePage(PageHeader header) throws IOException {
        byte[] bytes = body.array();
        int size = body.size();
        if (plan.codec() == CompressionCodec.ZSTD) {
            bytes = Zstd.compress(body.copy(), Planning.ZSTD_LEVEL);
            size = bytes.length;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, size);
        header.setUncompressed_page_size(body.size())
                .setCompressed_page_size(size)
                .setCrc((int) crc.getValue());
        page.clear();
        Util.writePageHeader(header, page);
        plainBytes += page.size() + body.size();
        page.write(bytes, 0, size);
        seals.add(new Seal.Page(page.size(), Seal.crc(page.array(), 0, page.size())));
        sink.write(page.array(), 0, page.size());
    }

    private Result result(long start, long dataStart, Encoding encoding, int rows) {
        List<Encoding> encodings = encoding == Encoding.RLE_DICTIONARY
                ? List.of(Encoding.RLE_DICTIONARY, Encoding.PLAIN, Encoding.RLE)
                : List.of(encoding, Encoding.RLE);
        ColumnMetaData data = new ColumnMetaData(
                        plan.type(),
                        encodings,
                        List.of(column.name()),
                        plan.codec(),
                        rows,
                        plainBytes,
                        sink.position() - start,
                        dataStart)
                .setStatistics(statistics());
        if (dataStart > start) {
            data.setDictionary_page_offset(start);
        }
        ColumnIndex index = ranged
                ? new ColumnIndex(empty, buffers(least), buffers(most), BoundaryOrder.UNORDERED).setNull_counts(missing)
                : null;
        return new Result(
                new ColumnChunk(0).setMeta_data(data),
                index == null ? null : index.setBoundary_order(order()),
                new OffsetIndex(locations),
                List.copyOf(seals));
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics()
                .setNull_count(missing.stream().mapToLong(Long::longValue).sum());
        byte[] low = null;
        byte[] high = null;
        for (int i = 0; i < least.size() && ranged; i++) {
            if (!empty.get(i)) {
                byte[] a = least.get(i);
                byte[] b = most.get(i);
                low = low == null || PageEncoder.compare(plan.type(), a, low) < 0 ? a : low;
                high = high == null || PageEncoder.compare(plan.type(), b, high) > 0 ? b : high;
            }
        }
        if (low != null && high != null) {
            statistics.setMin_value(low).setMax_value(high);
            statistics.setIs_min_value_exact(true).setIs_max_value_exact(true);
        }
        return statistics;
    }

    private static List<ByteBuffer> buffers(List<byte[]> bounds) {
        return bounds.stream().map(ByteBuffer::wrap).toList();
    }

    private BoundaryOrder order() {
        int before = -1;
        for (int i = 0; i < least.size(); i++) {
            if (!empty.get(i)) {
                boolean falls = before >= 0
                        && (PageEncoder.compare(plan.type(), least.get(before), least.get(i)) > 0
                                || PageEncoder.compare(plan.type(), most.get(before), most.get(i)) > 0);
                if (falls) {
                    return BoundaryOrder.UNORDERED;
                }
                before = i;
            }
        }
        return BoundaryOrder.ASCENDING;
    }
}
