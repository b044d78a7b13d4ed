package org.lama.core.store.internal;

import java.io.IOException;

/**
 * Expands the raw block format of Snappy, which most writers of Parquet choose by default: a length, then literals and
 * copies of what was written before (google/snappy, format_description.txt). Stateless; checks every bound.
 */
final class SnappyBlock {
    private final byte[] in;
    private final byte[] out;
    private int at;
    private int written;

    private SnappyBlock(byte[] in, byte[] out) {
        this.in = in;
        this.out = out;
    }

    static byte[] expand(byte[] in, int size) throws IOException {
        SnappyBlock block = new SnappyBlock(in, new byte[size]);
        if (block.length() != size) {
            throw broken();
        }
        while (block.at < in.length) {
            block.element();
        }
        if (block.written != size) {
            throw broken();
        }
        return block.out;
    }

    private long length() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw broken();
    }

    private void element() throws IOException {
        int tag = next();
        int kind = tag & 3;
        int high = tag >>> 2;
        switch (kind) {
            case 0 -> literal(high < 60 ? high + 1L : little(high - 59) + 1);
            case 1 -> copy((high & 7) + 4, (high >>> 3) << 8 | next());
            case 2 -> copy(high + 1, little(2));
            default -> copy(high + 1, little(4));
        }
    }

    private void literal(long length) throws IOException {
        if (length > in.length - at || length > out.length - written) {
            throw broken();
        }
        System.arraycopy(in, at, out, written, (int) length);
        at += (int) length;
        written += (int) length;
    }

    private void copy(int length, long offset) throws IOException {
        if (offset <= 0 || offset > written || length > out.length - written) {
            throw broken();
        }
        int from = written - (int) offset;
        // byte by byte: a copy may overlap what it writes, which repeats a pattern
        for (int i = 0; i < length; i++) {
            out[written++] = out[from + i];
        }
    }

    private long little(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    private int next() throws IOException {
        if (at >= in.length) {
            throw broken();
        }
        return in[at++] & 0xff;
    }

    private static IOException broken() {
        return new IOException("a snappy page is broken");
    }
}
