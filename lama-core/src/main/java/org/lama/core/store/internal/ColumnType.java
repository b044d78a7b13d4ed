package org.lama.core.store.internal;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of a file of any writer and what it becomes here. Immutable.
 *
 * @param descriptor Parquet's
 * @param kind what it becomes
 * @param unitNanos nanoseconds in a unit of a time
 * @param scale digits after the point of a decimal, else {@link DecimalScale#NONE}
 */
record ColumnType(ColumnDescriptor descriptor, RawColumn.Kind kind, long unitNanos, int scale) {
    static final long DAY_NANOS = 86_400_000_000_000L;

    /** Integers up to here and powers of ten up to 22 are exact doubles, so that a division rounds correctly. */
    private static final long EXACT = 1L << 53;

    private static final int EXACT_SCALE = 22;

    static ColumnType of(ColumnDescriptor column) throws IOException {
        if (column.getPath().length != 1 || column.getMaxRepetitionLevel() > 0) {
            throw new IOException("column " + String.join(".", column.getPath()) + " is nested; write flat columns");
        }
        PrimitiveType type = column.getPrimitiveType();
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return new ColumnType(column, RawColumn.Kind.DOUBLE, 1, decimal.getScale());
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT96 -> new ColumnType(column, RawColumn.Kind.TIME, 1, DecimalScale.NONE);
            case FLOAT, DOUBLE -> new ColumnType(column, RawColumn.Kind.DOUBLE, 1, DecimalScale.NONE);
            case BINARY -> new ColumnType(column, RawColumn.Kind.TEXT, 1, DecimalScale.NONE);
            case FIXED_LEN_BYTE_ARRAY ->
                throw new IOException("column " + column.getPath()[0] + " has the type " + type
                        + ", which is not supported; write numbers as double or int64");
            case INT32, INT64, BOOLEAN -> integer(column);
        };
    }

    private static ColumnType integer(ColumnDescriptor column) {
        LogicalTypeAnnotation logical = column.getPrimitiveType().getLogicalTypeAnnotation();
        if (logical instanceof DateLogicalTypeAnnotation) {
            return new ColumnType(column, RawColumn.Kind.TIME, DAY_NANOS, DecimalScale.NONE);
        }
        if (logical instanceof TimestampLogicalTypeAnnotation time) {
            long nanos = switch (time.getUnit()) {
                case MILLIS -> 1_000_000;
                case MICROS -> 1_000;
                case NANOS -> 1;
            };
            return new ColumnType(column, RawColumn.Kind.TIME, nanos, DecimalScale.NONE);
        }
        return new ColumnType(column, RawColumn.Kind.LONG, 1, DecimalScale.NONE);
    }

    String name() {
        return descriptor.getPath()[0];
    }

    PrimitiveTypeName physical() {
        return descriptor.getPrimitiveType().getPrimitiveTypeName();
    }

    boolean optional() {
        return descriptor.getMaxDefinitionLevel() > 0;
    }

    boolean isDecimal() {
        return scale != DecimalScale.NONE;
    }

    /** Ten to the scale, which is exact up to 22 digits. */
    double power() {
        double power = 1;
        for (int i = 0; i < Math.min(scale, EXACT_SCALE); i++) {
            power *= 10;
        }
        return power;
    }

    /** Whether the division of an integer by {@link #power()} is the double nearest to the decimal. */
    boolean isExact(long unscaled) {
        return unscaled >= -EXACT && unscaled <= EXACT && scale <= EXACT_SCALE;
    }

    /** The double nearest to a decimal. */
    double decimal(long unscaled) {
        return isExact(unscaled) ? unscaled / power() : decimal(BigInteger.valueOf(unscaled));
    }

    /** The double nearest to a decimal. */
    double decimal(BigInteger unscaled) {
        return unscaled.bitLength() < Long.SIZE && isExact(unscaled.longValue())
                ? unscaled.longValue() / power()
                : new BigDecimal(unscaled, scale).doubleValue();
    }
}
