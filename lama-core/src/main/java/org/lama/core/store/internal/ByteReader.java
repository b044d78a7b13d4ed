package org.lama.core.store.internal;

import java.io.IOException;

/** Reads integers from a range of a byte array and never beyond it. Not thread-safe. */
final class ByteReader {
    private final byte[] in;
    private final int end;
    private int at;

    ByteReader(byte[] in, int from, int end) {
        this.in = in;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    int next() throws IOException {
        return in[skip(1)] & 0xff;
    }

    /** Passes bytes by and says where they start. */
    int skip(int count) throws IOException {
        if (count < 0 || count > end - at) {
            throw new IOException("a page ends in the middle of its values");
        }
        int from = at;
        at += count;
        return from;
    }

    int nextInt() throws IOException {
        return (int) Bytes.INTS.get(in, skip(Integer.BYTES));
    }

    long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("a page holds an integer that is too long");
    }

    /** An unsigned integer that must be small enough for an array. */
    int count() throws IOException {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IOException("a page claims " + value + " values");
        }
        return (int) value;
    }

    long zigzag() throws IOException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }
}
