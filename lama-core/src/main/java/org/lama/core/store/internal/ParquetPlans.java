package org.lama.core.store.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How the columns of a file are to be kept that is written in groups: made from all groups before the first is written.
 * Where groups would be kept differently, in a way that holds the bits of both. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ParquetPlans {
    private List<RawColumn> columns = List.of();
    private List<ColumnPlan> plans = List.of();

    /** No rows yet. */
    public ParquetPlans() {}

    /**
     * Looks at a group of rows.
     *
     * @param group columns of the same names and types each time
     * @param from first row
     * @param to end, exclusive
     */
    public void add(List<RawColumn> group, int from, int to) {
        List<ColumnPlan> own =
                group.stream().map(column -> Planning.of(column, from, to)).toList();
        if (plans.isEmpty()) {
            columns = group.stream()
                    .map(column -> new RawColumn(column.name(), column.kind(), none(column.kind())))
                    .toList();
            plans = own;
        } else {
            requireAlike(group);
            List<ColumnPlan> both = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                both.add(merged(plans.get(i), own.get(i)));
            }
            plans = both;
        }
    }

    /**
     * Whether a group of rows can be written under these plans: it was looked at, or is like those that were.
     *
     * @param group its columns
     * @param from first row
     * @param to end, exclusive
     * @return false if it could lose bits
     */
    public boolean hold(List<RawColumn> group, int from, int to) {
        List<ColumnPlan> before = plans;
        add(group, from, to);
        boolean held = true;
        for (int i = 0; i < before.size(); i++) {
            ColumnPlan a = before.get(i);
            ColumnPlan b = plans.get(i);
            held &= a.type() == b.type()
                    && a.optional() == b.optional()
                    && a.scale() == b.scale()
                    && a.unitNanos() == b.unitNanos();
        }
        plans = before;
        return held;
    }

    private void requireAlike(List<RawColumn> group) {
        boolean alike = group.size() == columns.size();
        for (int i = 0; alike && i < columns.size(); i++) {
            alike = group.get(i).name().equals(columns.get(i).name())
                    && group.get(i).kind() == columns.get(i).kind();
        }
        Check.that(alike, "all groups of a file must have the same columns");
    }

    private static Object none(RawColumn.Kind kind) {
        return switch (kind) {
            case TIME, LONG -> new long[0];
            case DOUBLE -> new double[0];
            case TEXT -> new String[0];
        };
    }

    private static ColumnPlan merged(ColumnPlan a, ColumnPlan b) {
        if (a.type() != b.type() || a.scale() != b.scale()) {
            // decimals of other digits, or none: as doubles they all keep their bits
            return new ColumnPlan(
                    Type.DOUBLE, Encoding.BYTE_STREAM_SPLIT, CompressionCodec.ZSTD, false, DecimalScale.NONE, 1);
        }
        boolean compressed = a.codec() == CompressionCodec.ZSTD || b.codec() == CompressionCodec.ZSTD;
        return new ColumnPlan(
                a.type(),
                a.encoding() == b.encoding() ? a.encoding() : Encoding.BYTE_STREAM_SPLIT,
                compressed || a.encoding() != b.encoding() ? CompressionCodec.ZSTD : CompressionCodec.UNCOMPRESSED,
                a.optional() || b.optional(),
                a.scale(),
                Math.min(a.unitNanos(), b.unitNanos()));
    }

    List<RawColumn> columns() {
        return columns;
    }

    List<ColumnPlan> plans() {
        return plans;
    }
}
