package org.lama.core.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A Parquet file that is written group of rows after group of rows, under plans that were made for all of them. In memory
 * are a page and what the footer says of each group. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ParquetStream implements Closeable {
    /** Who wrote a file, as its footer says; the reader looks for the first word. */
    static final String CREATED_BY = "lama version 0.1.0";

    private static final int PAGE_ROWS = 20_000;
    private static final int FORMAT_VERSION = 2;

    private final FileSink sink;
    private final ParquetPlans plans;
    private final Map<String, String> metadata;
    private final List<RowGroup> groups = new ArrayList<>();
    private final List<ChunkWriter.Result> chunks = new ArrayList<>();
    private long rows;

    /**
     * What was written, for the one who keeps a list of files.
     *
     * @param rows number of rows
     * @param bytes size of the file
     * @param sha256 SHA-256 of the whole file, 64 lower-case hexadecimal digits
     * @param footerDigest SHA-256 of the footer to the end of the file, as digits; through it all bytes are known
     */
    public record Written(long rows, long bytes, String sha256, String footerDigest) {
        /**
         * Makes the record.
         *
         * @param rows number of rows
         * @param bytes size of the file
         * @param sha256 SHA-256 of the whole file
         * @param footerDigest SHA-256 of the footer to the end of the file
         */
        public Written {
            Check.that(rows >= 0, "rows must be >= 0, got " + rows);
        }
    }

    /**
     * Begins a file.
     *
     * @param file where to; replaced if it exists
     * @param plans made for all rows that are to come
     * @param metadata keys and values kept in the footer
     * @throws IOException if it cannot be written
     */
    public ParquetStream(Path file, ParquetPlans plans, Map<String, String> metadata) throws IOException {
        Check.that(!metadata.containsKey(Seal.KEY), "metadata must not have the key " + Seal.KEY);
        this.plans = plans;
        this.metadata = Map.copyOf(metadata);
        sink = new FileSink(file);
        sink.write(Seal.MAGIC);
        sink.write(Seal.HEAD);
    }

    /**
     * Adds a group of rows.
     *
     * @param columns columns, not changed meanwhile
     * @param from first row
     * @param to end, exclusive
     * @throws IOException if it cannot be written
     */
    public void group(List<RawColumn> columns, int from, int to) throws IOException {
        List<ColumnChunk> written = new ArrayList<>();
        long plainBytes = 0;
        long start = sink.position();
        for (int i = 0; i < columns.size(); i++) {
            ColumnPlan plan = plans.plans().get(i);
            ChunkWriter.Result chunk = new ChunkWriter(columns.get(i), plan, sink).write(from, to, PAGE_ROWS);
            chunks.add(chunk);
            written.add(chunk.chunk());
            plainBytes += chunk.chunk().getMeta_data().getTotal_uncompressed_size();
        }
        groups.add(new RowGroup(written, plainBytes, to - from)
                .setFile_offset(start)
                .setTotal_compressed_size(sink.position() - start));
        rows += to - from;
    }

    /**
     * Ends the file.
     *
     * @return sizes and digests
     * @throws IOException if it cannot be written
     */
    public Written finish() throws IOException {
        List<Seal.Chunk> seals = indexes(sink, chunks);
        FileMetaData footer =
                new FileMetaData(FORMAT_VERSION, SchemaText.of(plans.columns(), plans.plans()), rows, groups);
        footer.setCreated_by(CREATED_BY);
        footer.setKey_value_metadata(lines(metadata, Seal.text(PAGE_ROWS, seals)));
        footer.setColumn_orders(plans.columns().stream()
                .map(column -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
                .toList());
        byte[] digest = end(sink, footer);
        sink.flush();
        return new Written(rows, sink.position(), sink.sha256(), HexFormat.of().formatHex(digest));
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    private static List<KeyValue> lines(Map<String, String> metadata, String pages) {
        List<KeyValue> lines = new ArrayList<>();
        // sorted, so that equal tables become equal files
        new TreeMap<>(metadata).forEach((key, value) -> {
            requireUnicode(key);
            requireUnicode(value);
            lines.add(new KeyValue(key).setValue(value));
        });
        lines.add(new KeyValue(Seal.KEY).setValue(pages));
        return lines;
    }

    private static void requireUnicode(String text) {
        Check.that(
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text),
                "metadata must be Unicode, got half of a surrogate pair");
    }

    private static List<Seal.Chunk> indexes(FileSink sink, List<ChunkWriter.Result> chunks) throws IOException {
        Bytes bytes = new Bytes();
        int[] ranges = new int[chunks.size()];
        for (int i = 0; i < ranges.length; i++) {
            ColumnIndex index = chunks.get(i).columnIndex();
            if (index != null) {
                bytes.clear();
                Util.writeColumnIndex(index, bytes);
                ranges[i] = Seal.crc(bytes.array(), 0, bytes.size());
                chunks.get(i).chunk().setColumn_index_offset(sink.position()).setColumn_index_length(bytes.size());
                sink.write(bytes.array(), 0, bytes.size());
            }
        }
        List<Seal.Chunk> seals = new ArrayList<>();
        for (int i = 0; i < ranges.length; i++) {
            ChunkWriter.Result chunk = chunks.get(i);
            bytes.clear();
            Util.writeOffsetIndex(chunk.offsetIndex(), bytes);
            chunk.chunk().setOffset_index_offset(sink.position()).setOffset_index_length(bytes.size());
            sink.write(bytes.array(), 0, bytes.size());
            seals.add(new Seal.Chunk(chunk.pages(), ranges[i], Seal.crc(bytes.array(), 0, bytes.size())));
        }
        return seals;
    }

    private static byte[] end(FileSink sink, FileMetaData footer) throws IOException {
        Bytes bytes = new Bytes();
        Util.writeFileMetaData(footer, bytes);
        bytes.putInt(bytes.size());
        bytes.write(Seal.MAGIC, 0, Seal.MAGIC.length);
        byte[] digest = Seal.sha256(bytes.array(), 0, bytes.size());
        sink.write(Seal.FOOT);
        sink.write(digest);
        sink.write(bytes.array(), 0, bytes.size());
        return digest;
    }
}
