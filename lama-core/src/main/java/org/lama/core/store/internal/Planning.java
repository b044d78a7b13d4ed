package org.lama.core.store.internal;

import com.github.luben.zstd.Zstd;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/**
 * Chooses how a column is kept, by looking at all of its rows once and by measuring a sample: decimals, times and integers
 * as packed differences, other doubles plain or with their bytes split, each with or without zstd. Static and thread-safe.
 */
final class Planning {
    static final int ZSTD_LEVEL = 1;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final int SAMPLE_ROWS = 4_096;
    private static final int SAMPLES = 3;
    /** Compression and splitting cost time at every read, so they must save this much. */
    private static final double WORTH_COMPRESSING = 0.92;

    private static final double WORTH_SPLITTING = 0.95;

    private Planning() {}

    static ColumnPlan of(RawColumn column, int from, int to) {
        return switch (column.kind()) {
            case TIME -> time(column.longs(), from, to);
            case LONG -> integers(column.longs(), from, to, false, DecimalScale.NONE, 1);
            case DOUBLE -> numbers(column.doubles(), from, to);
            case TEXT ->
                new ColumnPlan(
                        Type.BYTE_ARRAY, Encoding.RLE_DICTIONARY, CompressionCodec.ZSTD, false, DecimalScale.NONE, 1);
        };
    }

    private static ColumnPlan time(long[] times, int from, int to) {
        boolean missing = false;
        boolean whole = true;
        for (int i = from; i < to; i++) {
            boolean none = times[i] == Long.MIN_VALUE;
            missing |= none;
            whole &= none || times[i] % NANOS_PER_MICRO == 0;
        }
        return integers(times, from, to, missing, DecimalScale.NONE, whole ? NANOS_PER_MICRO : 1);
    }

    private static ColumnPlan integers(Object values, int from, int to, boolean missing, int scale, long unit) {
        ColumnPlan packed = new ColumnPlan(
                Type.INT64, Encoding.DELTA_BINARY_PACKED, CompressionCodec.UNCOMPRESSED, missing, scale, unit);
        return perhapsCompressed(packed, sample(packed, values, from, to));
    }

    private static ColumnPlan numbers(double[] values, int from, int to) {
        int scale = DecimalScale.of(values, from, to);
        if (scale != DecimalScale.NONE) {
            return integers(values, from, to, hasMissing(values, from, to), scale, 1);
        }
        ColumnPlan plain =
                new ColumnPlan(Type.DOUBLE, Encoding.PLAIN, CompressionCodec.UNCOMPRESSED, false, DecimalScale.NONE, 1);
        Bytes plainSample = sample(plain, values, from, to);
        ColumnPlan best = perhapsCompressed(plain, plainSample);
        double bestBytes = bytes(best, plainSample);
        ColumnPlan split = new ColumnPlan(
                Type.DOUBLE, Encoding.BYTE_STREAM_SPLIT, CompressionCodec.ZSTD, false, DecimalScale.NONE, 1);
        return bytes(split, sample(split, values, from, to)) < WORTH_SPLITTING * bestBytes ? split : best;
    }

    private static boolean hasMissing(double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (DecimalScale.isMissing(values[i])) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of some rows from head, middle and end. */
    private static Bytes sample(ColumnPlan plan, Object values, int from, int to) {
        Bytes out = new Bytes();
        PageEncoder encoder = new PageEncoder(plan, values, SAMPLE_ROWS);
        int rows = Math.min(SAMPLE_ROWS, to - from);
        int parts = to - from > SAMPLES * SAMPLE_ROWS ? SAMPLES : 1;
        for (int k = 0; k < parts; k++) {
            int start = parts == 1 ? from : from + (int) ((long) (to - from - rows) * k / (parts - 1));
            encoder.encode(start, start + rows, out);
        }
        return out;
    }

    private static ColumnPlan perhapsCompressed(ColumnPlan plan, Bytes sample) {
        ColumnPlan compressed = plan.with(CompressionCodec.ZSTD);
        return bytes(compressed, sample) < WORTH_COMPRESSING * sample.size() ? compressed : plan;
    }

    private static int bytes(ColumnPlan plan, Bytes sample) {
        return plan.codec() == CompressionCodec.ZSTD ? Zstd.compress(sample.copy(), ZSTD_LEVEL).length : sample.size();
    }
}
