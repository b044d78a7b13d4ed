package org.lama.core.store.internal;

import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/**
 * How the rows of a column are kept. Immutable.
 *
 * @param type Parquet's type
 * @param encoding how values lie in a page; texts by dictionary where it pays
 * @param codec how pages are compressed
 * @param optional whether some values are missing
 * @param scale digits after the point of decimals, else {@link DecimalScale#NONE}
 * @param unitNanos nanoseconds in a unit of a time, else 1
 */
record ColumnPlan(Type type, Encoding encoding, CompressionCodec codec, boolean optional, int scale, long unitNanos) {
    ColumnPlan with(CompressionCodec other) {
        return new ColumnPlan(type, encoding, other, optional, scale, unitNanos);
    }
}
