package org.lama.core.store.internal;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * Reads what other writers keep in other ways, value by value through Parquet's library: booleans, 96-bit times, wide
 * decimals, packed texts. A row group at a time is in memory. Not thread-safe.
 */
final class GeneralReader implements RowReader, Closeable {
    private static final long JULIAN_EPOCH_DAY = 2_440_588;

    private final Footer footer;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final SortedSet<Integer> wanted;
    private final List<ColumnTarget> cells = new ArrayList<>();
    private int cachedGroup = -1;

    GeneralReader(Path path, Footer footer, List<Integer> columns) throws IOException {
        this.footer = footer;
        this.wanted = new TreeSet<>(columns);
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PlainCodecs())
                .usePageChecksumVerification(true)
                .build();
        this.reader = ParquetFileReader.open(new LocalInputFile(path), options);
        this.schema = new MessageType(
                footer.schema().getName(),
                wanted.stream().map(column -> footer.schema().getType(column)).toList());
        reader.setRequestedSchema(schema);
    }

    @Override
    public void read(int group, int column, int from, int to, ColumnTarget out, int at) throws IOException {
        if (cachedGroup != group) {
            cachedGroup = -1;
            load(group);
            cachedGroup = group;
        }
        out.copy(cells.get(wanted.headSet(column).size()), from, to - from, at);
    }

    private void load(int group) throws IOException {
        cells.clear();
        int rows = footer.rows(group);
        String writer = reader.getFileMetaData().getCreatedBy();
        try (PageReadStore pages = reader.readRowGroup(group)) {
            ColumnReadStoreImpl store =
                    new ColumnReadStoreImpl(pages, new Ignore(), schema, writer == null ? "" : writer);
            for (int column : wanted) {
                ColumnType type = footer.columns().get(column);
                ColumnTarget target = new ColumnTarget(type.kind(), rows);
                fill(type, store.getColumnReader(type.descriptor()), target, rows);
                cells.add(target);
            }
        }
    }

    private static void fill(ColumnType type, ColumnReader in, ColumnTarget out, int rows) {
        int defined = type.descriptor().getMaxDefinitionLevel();
        for (int row = 0; row < rows; row++) {
            if (in.getCurrentDefinitionLevel() < defined) {
                out.setMissing(row);
            } else {
                set(type, in, out, row);
            }
            in.consume();
        }
    }

    private static void set(ColumnType type, ColumnReader in, ColumnTarget out, int row) {
        switch (type.kind()) {
            case TIME -> out.longs()[row] = time(type, in);
            case LONG -> out.longs()[row] = integer(type, in);
            case DOUBLE -> out.doubles()[row] = number(type, in);
            case TEXT -> out.texts()[row] = in.getBinary().toStringUsingUTF8();
        }
    }

    private static long time(ColumnType type, ColumnReader in) {
        return switch (type.physical()) {
            case INT96 -> {
                ByteBuffer bytes = in.getBinary().toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
                long nanosOfDay = bytes.getLong();
                yield (bytes.getInt() - JULIAN_EPOCH_DAY) * ColumnType.DAY_NANOS + nanosOfDay;
            }
            default -> Math.multiplyExact(integer(type, in), type.unitNanos());
        };
    }

    private static long integer(ColumnType type, ColumnReader in) {
        return switch (type.physical()) {
            case INT32 -> in.getInteger();
            case BOOLEAN -> in.getBoolean() ? 1 : 0;
            default -> in.getLong();
        };
    }

    private static double number(ColumnType type, ColumnReader in) {
        return switch (type.physical()) {
            case FLOAT -> in.getFloat();
            case DOUBLE -> in.getDouble();
            case INT32, INT64 -> type.decimal(integer(type, in));
            default -> type.decimal(new BigInteger(in.getBinary().getBytes()));
        };
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Parquet asks for converters even where values are fetched one by one. */
    private static final class Ignore extends GroupConverter {
        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {
            // values are fetched, not pushed
        }

        @Override
        public void end() {
            // values are fetched, not pushed
        }
    }
}
