package org.lama.core.store.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/**
 * Turns rows of a number column into the bytes of a page (levels, then values) and knows their range afterwards. Not
 * thread-safe.
 */
final class PageEncoder {
    private final ColumnPlan plan;
    private final Object values;
    private final long[] integers;
    private final int[] levels;
    private int count;
    private int missing;
    private byte[] least = {};
    private byte[] most = {};
    private boolean ranged;

    PageEncoder(ColumnPlan plan, Object values, int pageRows) {
        this.plan = plan;
        this.values = values;
        this.integers = new long[plan.type() == Type.INT64 ? pageRows : 0];
        this.levels = new int[plan.optional() ? pageRows : 0];
    }

    /** Missing values of the last page. */
    int missing() {
        return missing;
    }

    /** Whether the last page has a range: it has a value and no NaN. */
    boolean ranged() {
        return ranged;
    }

    byte[] least() {
        return least;
    }

    byte[] most() {
        return most;
    }

    /** Appends a page. */
    void encode(int from, int to, Bytes out) {
        count = 0;
        missing = 0;
        ranged = false;
        if (plan.type() == Type.DOUBLE) {
            numbers((double[]) values, from, to, out);
            return;
        }
        if (values instanceof long[] times) {
            longs(times, from, to);
        } else {
            decimals((double[]) values, from, to);
        }
        if (plan.optional()) {
            int lengthAt = out.skip(Integer.BYTES);
            RunPacking.encode(levels, to - from, 1, out);
            Bytes.INTS.set(out.array(), lengthAt, out.size() - lengthAt - Integer.BYTES);
        }
        range();
        DeltaPacking.encode(integers, count, out);
    }

    private void longs(long[] in, int from, int to) {
        long unit = plan.unitNanos();
        if (plan.optional()) {
            for (int i = from; i < to; i++) {
                boolean there = in[i] != Long.MIN_VALUE;
                levels[i - from] = there ? 1 : 0;
                integers[count] = in[i] / unit;
                count += there ? 1 : 0;
            }
            missing = to - from - count;
            return;
        }
        count = to - from;
        if (unit == 1) {
            System.arraycopy(in, from, integers, 0, count);
            return;
        }
        for (int i = from; i < to; i++) {
            integers[i - from] = in[i] / unit;
        }
    }

    private void decimals(double[] in, int from, int to) {
        double power = DecimalScale.power(plan.scale());
        if (plan.optional()) {
            for (int i = from; i < to; i++) {
                boolean there = !DecimalScale.isMissing(in[i]);
                levels[i - from] = there ? 1 : 0;
                integers[count] = (long) Math.rint(in[i] * power);
                count += there ? 1 : 0;
            }
            missing = to - from - count;
            return;
        }
        count = to - from;
        for (int i = from; i < to; i++) {
            integers[i - from] = (long) Math.rint(in[i] * power);
        }
    }

    private void range() {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, integers[i]);
            high = Math.max(high, integers[i]);
        }
        ranged = count > 0;
        least = Bytes.ofLong(low);
        most = Bytes.ofLong(high);
    }

    private void numbers(double[] in, int from, int to, Bytes out) {
        count = to - from;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean nan = false;
        for (int i = from; i < to; i++) {
            low = Math.min(low, in[i]);
            high = Math.max(high, in[i]);
            nan |= Double.isNaN(in[i]);
        }
        ranged = count > 0 && !nan;
        // readers may not tell the zeros apart, so a range must hold both (parquet.thrift, ColumnOrder)
        least = Bytes.ofLong(Double.doubleToRawLongBits(low == 0 ? -0.0 : low));
        most = Bytes.ofLong(Double.doubleToRawLongBits(high == 0 ? 0.0 : high));
        int start = out.skip(count * Double.BYTES);
        byte[] bytes = out.array();
        if (plan.encoding() == Encoding.PLAIN) {
            for (int i = 0; i < count; i++) {
                Bytes.LONGS.set(bytes, start + i * Double.BYTES, Double.doubleToRawLongBits(in[from + i]));
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            long bits = Double.doubleToRawLongBits(in[from + i]);
            for (int k = 0; k < Double.BYTES; k++) {
                bytes[start + k * count + i] = (byte) (bits >>> (k * Byte.SIZE));
            }
        }
    }

    /** Unsigned order of bytes, which is the order of texts in Parquet. */
    static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /** Compares two bounds of this column. */
    static int compare(Type type, byte[] a, byte[] b) {
        if (type == Type.BYTE_ARRAY) {
            return compare(a, b);
        }
        long x = ByteBuffer.wrap(a).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long y = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return type == Type.DOUBLE
                ? Double.compare(Double.longBitsToDouble(x), Double.longBitsToDouble(y))
                : Long.compare(x, y);
    }
}
