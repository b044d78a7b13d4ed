package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.lama.core.base.Api;

/**
 * Writes columns as one Parquet file: zstd pages of 20,000 rows with checksums, row groups of a million rows, integers
 * and times delta-packed, texts by dictionary. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ParquetWriting {
    private static final int GROUP_ROWS = 1_000_000;
    private static final int PAGE_ROWS = 20_000;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int INDEX_BYTES = 64;
    private static final long NANOS_PER_MICRO = 1_000;

    private ParquetWriting() {}

    /**
     * Writes a file.
     *
     * @param file where to; replaced if it exists
     * @param columns columns of equal length
     * @param rows that length
     * @param metadata keys and values kept in the footer
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, List<RawColumn> columns, int rows, Map<String, String> metadata)
            throws IOException {
        MessageType schema = schema(columns);
        ParquetProperties.Builder properties = ParquetProperties.builder()
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
                .withPageSize(PAGE_BYTES)
                .withPageRowCountLimit(PAGE_ROWS)
                .withDictionaryEncoding(false);
        for (RawColumn column : columns) {
            properties.withDictionaryEncoding(column.name(), column.kind() == RawColumn.Kind.TEXT);
        }
        try (ParquetFileWriter writer = new ParquetFileWriter(
                new LocalOutputFile(file),
                schema,
                ParquetFileWriter.Mode.OVERWRITE,
                Long.MAX_VALUE / 2,
                0,
                null,
                properties.withPageWriteChecksumEnabled(true).build())) {
            writer.start();
            for (int from = 0; from < rows; from += GROUP_ROWS) {
                group(writer, schema, properties.build(), columns, from, Math.min(rows, from + GROUP_ROWS));
            }
            writer.end(metadata);
        }
    }

    private static MessageType schema(List<RawColumn> columns) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (RawColumn column : columns) {
            switch (column.kind()) {
                case TIME ->
                    schema.required(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(
                                    true, wholeMicros(column.longs()) ? TimeUnit.MICROS : TimeUnit.NANOS))
                            .named(column.name());
                case LONG -> schema.required(PrimitiveTypeName.INT64).named(column.name());
                case DOUBLE -> schema.required(PrimitiveTypeName.DOUBLE).named(column.name());
                default ->
                    schema.required(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
            }
        }
        return schema.named("table");
    }

    private static boolean wholeMicros(long[] times) {
        for (long time : times) {
            if (time % NANOS_PER_MICRO != 0) {
                return false;
            }
        }
        return true;
    }

    private static void group(
            ParquetFileWriter writer,
            MessageType schema,
            ParquetProperties properties,
            List<RawColumn> columns,
            int from,
            int to)
            throws IOException {
        try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                        new PlainCodecs().getCompressor(CompressionCodecName.ZSTD),
                        schema,
                        HeapByteBufferAllocator.getInstance(),
                        INDEX_BYTES,
                        true);
                ColumnWriteStore store = properties.newColumnWriteStore(schema, pages)) {
            Cells[] cells = new Cells[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells(
                        columns.get(i),
                        store.getColumnWriter(schema.getColumns().get(i)));
            }
            for (int row = from; row < to; row++) {
                for (Cells column : cells) {
                    column.write(row);
                }
                store.endRecord();
            }
            store.flush();
            writer.startBlock(to - from);
            pages.flushToFileWriter(writer);
            writer.endBlock();
        }
    }

    /** Writes one cell of one column. */
    @FunctionalInterface
    private interface Cells {
        void write(int row);
    }

    private static Cells cells(RawColumn column, ColumnWriter writer) {
        switch (column.kind()) {
            case TIME -> {
                long[] times = column.longs();
                long unit = wholeMicros(times) ? NANOS_PER_MICRO : 1;
                return row -> writer.write(times[row] / unit, 0, 0);
            }
            case LONG -> {
                long[] numbers = column.longs();
                return row -> writer.write(numbers[row], 0, 0);
            }
            case DOUBLE -> {
                double[] numbers = column.doubles();
                return row -> writer.write(numbers[row], 0, 0);
            }
            default -> {
                String[] texts = column.texts();
                return row -> writer.write(Binary.fromString(texts[row]), 0, 0);
            }
        }
    }
}
