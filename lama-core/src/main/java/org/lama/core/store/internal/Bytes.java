package org.lama.core.store.internal;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of little-endian bytes that keeps its room when it is cleared. Not thread-safe. */
final class Bytes extends OutputStream {
    /** Eight bytes at any place as one little-endian integer. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Four bytes at any place as one little-endian integer. */
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_ROOM = 1 << 10;

    private byte[] array = new byte[FIRST_ROOM];
    private int size;

    /** The bytes themselves; more may be there than {@link #size()}. */
    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] copy() {
        return Arrays.copyOf(array, size);
    }

    /** Makes room for more bytes after the last. */
    void ensure(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(
                    array, Math.max(Math.addExact(size, more), (int) Math.min(2L * array.length, 1 << 30)));
        }
    }

    /** Makes the next bytes part of the content as they are and says where they start. */
    int skip(int count) {
        ensure(count);
        int at = size;
        size += count;
        return at;
    }

    @Override
    public void write(int b) {
        ensure(1);
        array[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int at, int count) {
        ensure(count);
        System.arraycopy(from, at, array, size, count);
        size += count;
    }

    void putInt(int value) {
        int at = skip(Integer.BYTES);
        INTS.set(array, at, value);
    }

    /** Seven bits to a byte, lowest first, the top bit set in all but the last (ULEB128). */
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        write((int) rest);
    }

    /** A signed integer with small magnitudes first: 0, -1, 1, -2 … */
    void putZigzag(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    static byte[] ofLong(long value) {
        byte[] out = new byte[Long.BYTES];
        LONGS.set(out, 0, value);
        return out;
    }
}
