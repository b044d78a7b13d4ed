package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;

/**
 * Reads flat Parquet files of any writer into primitive columns. Stateless and thread-safe; all columns in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ParquetReading {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final long JULIAN_EPOCH_DAY = 2_440_588;
    private static final int MIN_FILE_BYTES = 12;

    /** Parquet's messages name its own objects by class and hash, which says nothing and differs from run to run. */
    private static final Pattern IDENTITY = Pattern.compile("[\\w.$]+@[0-9a-f]{4,}");

    private ParquetReading() {}

    /**
     * A file's columns.
     *
     * @param columns in the file's order
     * @param rows their length
     * @param metadata keys and values of the footer
     */
    public record Content(List<RawColumn> columns, int rows, Map<String, String> metadata) {
        /**
         * Copies the collections.
         *
         * @param columns in the file's order
         * @param rows their length
         * @param metadata keys and values of the footer
         */
        public Content {
            columns = List.copyOf(columns);
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its columns
     * @throws IOException if it is no flat Parquet file or is broken, naming it
     */
    public static Content read(Path file) throws IOException {
        if (Files.size(file) < MIN_FILE_BYTES) {
            throw new IOException(file + ": not a readable Parquet file: it is too short for one");
        }
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PlainCodecs())
                .usePageChecksumVerification(true)
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            return read(reader);
        } catch (IOException | RuntimeException e) {
            // parquet reports broken files by many unchecked exceptions
            throw new IOException(file + ": not a readable Parquet file: " + deepest(e), e);
        }
    }

    /** The message of the first cause, which says what is wrong; those around it say where Parquet noticed. */
    private static String deepest(Throwable thrown) {
        Throwable at = thrown;
        for (Throwable cause = at.getCause(); cause != null; cause = cause.getCause()) {
            at = cause;
        }
        return at.getMessage() == null
                ? at.getClass().getSimpleName()
                : IDENTITY.matcher(at.getMessage()).replaceAll("this");
    }

    private static Content read(ParquetFileReader reader) throws IOException {
        MessageType schema = reader.getFileMetaData().getSchema();
        long records = reader.getRecordCount();
        if (records > Integer.MAX_VALUE - 8) {
            throw new IOException("the file has " + records + " rows, more than one array holds; split it");
        }
        List<Target> targets = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            if (column.getPath().length != 1 || column.getMaxRepetitionLevel() > 0) {
                throw new IOException(
                        "column " + String.join(".", column.getPath()) + " is nested; write flat columns");
            }
            targets.add(Target.of(column, (int) records));
        }
        String writer = reader.getFileMetaData().getCreatedBy();
        int from = 0;
        for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
            ColumnReadStoreImpl store =
                    new ColumnReadStoreImpl(pages, new Ignore(), schema, writer == null ? "" : writer);
            int rows = (int) pages.getRowCount();
            for (Target target : targets) {
                target.fill(store.getColumnReader(target.descriptor), from, rows);
            }
            from += rows;
        }
        List<RawColumn> columns = targets.stream().map(Target::column).toList();
        return new Content(
                columns, (int) records, new TreeMap<>(reader.getFileMetaData().getKeyValueMetaData()));
    }

    /** Takes the values of one column. */
    private static final class Target {
        private final ColumnDescriptor descriptor;
        private final RawColumn.Kind kind;
        /** Nanoseconds per unit of a time; divisor of a decimal. */
        private final long factor;

        private final long[] longs;
        private final double[] doubles;
        private final String[] texts;
        private int missing;

        private Target(ColumnDescriptor descriptor, RawColumn.Kind kind, long factor, int rows) {
            this.descriptor = descriptor;
            this.kind = kind;
            this.factor = factor;
            this.longs = new long[kind == RawColumn.Kind.TIME || kind == RawColumn.Kind.LONG ? rows : 0];
            // integers with holes become numbers with NaN, which is known only at the end
            this.doubles = new double[kind == RawColumn.Kind.DOUBLE || kind == RawColumn.Kind.LONG ? rows : 0];
            this.texts = new String[kind == RawColumn.Kind.TEXT ? rows : 0];
        }

        static Target of(ColumnDescriptor column, int rows) throws IOException {
            PrimitiveType type = column.getPrimitiveType();
            LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
            return switch (type.getPrimitiveTypeName()) {
                case INT96 -> new Target(column, RawColumn.Kind.TIME, 1, rows);
                case FLOAT, DOUBLE -> new Target(column, RawColumn.Kind.DOUBLE, 1, rows);
                case INT32, INT64, BOOLEAN -> integer(column, logical, rows);
                default -> text(column, logical, rows);
            };
        }

        private static Target text(ColumnDescriptor column, @Nullable LogicalTypeAnnotation logical, int rows)
                throws IOException {
            PrimitiveType type = column.getPrimitiveType();
            boolean text = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY
                    && !(logical instanceof DecimalLogicalTypeAnnotation);
            if (!text) {
                throw new IOException("column " + column.getPath()[0] + " has the type " + type
                        + ", which is not supported; write numbers as double or int64");
            }
            return new Target(column, RawColumn.Kind.TEXT, 1, rows);
        }

        private static Target integer(ColumnDescriptor column, @Nullable LogicalTypeAnnotation logical, int rows) {
            if (logical instanceof DateLogicalTypeAnnotation) {
                return new Target(column, RawColumn.Kind.TIME, DAY_NANOS, rows);
            }
            if (logical instanceof TimestampLogicalTypeAnnotation time) {
                long nanos = switch (time.getUnit()) {
                    case MILLIS -> 1_000_000;
                    case MICROS -> 1_000;
                    case NANOS -> 1;
                };
                return new Target(column, RawColumn.Kind.TIME, nanos, rows);
            }
            if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
                long divisor = 1;
                for (int i = 0; i < decimal.getScale(); i++) {
                    divisor *= 10;
                }
                return new Target(column, RawColumn.Kind.DOUBLE, divisor, rows);
            }
            return new Target(column, RawColumn.Kind.LONG, 1, rows);
        }

        void fill(ColumnReader reader, int from, int rows) throws IOException {
            int defined = descriptor.getMaxDefinitionLevel();
            for (int row = from; row < from + rows; row++) {
                if (reader.getCurrentDefinitionLevel() < defined) {
                    setMissing(row);
                } else {
                    set(reader, row);
                }
                reader.consume();
            }
        }

        private void setMissing(int row) {
            missing++;
            switch (kind) {
                case TIME -> longs[row] = Long.MIN_VALUE;
                case TEXT -> texts[row] = "";
                default -> doubles[row] = Double.NaN;
            }
        }

        private void set(ColumnReader reader, int row) {
            switch (kind) {
                case TIME -> longs[row] = time(reader);
                case LONG -> {
                    longs[row] = integer(reader);
                    doubles[row] = longs[row];
                }
                case DOUBLE -> doubles[row] = number(reader);
                default -> texts[row] = reader.getBinary().toStringUsingUTF8();
            }
        }

        private long time(ColumnReader reader) {
            if (descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT96) {
                ByteBuffer bytes = reader.getBinary().toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
                long nanosOfDay = bytes.getLong();
                return (bytes.getInt() - JULIAN_EPOCH_DAY) * DAY_NANOS + nanosOfDay;
            }
            return Math.multiplyExact(integer(reader), factor);
        }

        private long integer(ColumnReader reader) {
            return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
                case INT32 -> reader.getInteger();
                case BOOLEAN -> reader.getBoolean() ? 1 : 0;
                default -> reader.getLong();
            };
        }

        private double number(ColumnReader reader) {
            return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
                case FLOAT -> reader.getFloat();
                case DOUBLE -> reader.getDouble();
                default -> (double) integer(reader) / factor;
            };
        }

        RawColumn column() {
            String name = descriptor.getPath()[0];
            return switch (kind) {
                case TIME -> new RawColumn(name, kind, longs);
                case TEXT -> new RawColumn(name, kind, texts);
                case DOUBLE -> new RawColumn(name, kind, doubles);
                case LONG ->
                    missing == 0
                            ? new RawColumn(name, kind, longs)
                            : new RawColumn(name, RawColumn.Kind.DOUBLE, doubles);
            };
        }
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
