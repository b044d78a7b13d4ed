package org.lama.core.store.internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Small integers as runs of equal ones and groups of eight packed ones: Parquet's RLE, for definition levels and codes of
 * a dictionary (parquet-format, Encodings.md). Static and thread-safe.
 */
final class RunPacking {
    private static final int GROUP = 8;
    private static final int WIDEST = 32;

    private RunPacking() {}

    /** Bits that the largest of some codes needs. */
    static int width(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    /** Appends values below {@code 2^width}. */
    static void encode(int[] values, int count, int width, Bytes out) {
        int at = 0;
        int literals = 0;
        while (at < count) {
            int run = run(values, at, count);
            boolean aligned = (at - literals) % GROUP == 0;
            if (aligned && run >= GROUP) {
                packed(values, literals, at, width, out);
                out.putVarint((long) run << 1);
                little(values[at], (width + 7) / 8, out);
                at += run;
                literals = at;
            } else {
                // a group is filled before the next run may start
                at += aligned ? Math.min(run, GROUP) : Math.min(run, GROUP - (at - literals) % GROUP);
            }
        }
        packed(values, literals, count, width, out);
    }

    private static int run(int[] values, int from, int count) {
        int to = from + 1;
        while (to < count && values[to] == values[from]) {
            to++;
        }
        return to - from;
    }

    private static void packed(int[] values, int from, int to, int width, Bytes out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.putVarint(((long) groups << 1) | 1);
        long word = 0;
        int filled = 0;
        for (int i = from; i < from + groups * GROUP; i++) {
            word |= (i < to ? (long) values[i] : 0) << filled;
            for (filled += width; filled >= Byte.SIZE; filled -= Byte.SIZE) {
                out.write((int) word);
                word >>>= Byte.SIZE;
            }
        }
    }

    private static void little(int value, int bytes, Bytes out) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> (i * Byte.SIZE));
        }
    }

    /** Fills the first {@code count} places of {@code out}. */
    static void decode(byte[] in, int from, int end, int width, int[] out, int count) throws IOException {
        if (width < 0 || width > WIDEST) {
            throw new IOException("a page holds codes of " + width + " bits");
        }
        ByteReader reader = new ByteReader(in, from, end);
        int done = 0;
        while (done < count) {
            long head = reader.varint();
            long length = head >>> 1;
            if (length == 0) {
                throw new IOException("a page holds an empty run");
            }
            if ((head & 1) == 0) {
                int value = little(reader, (width + 7) / 8);
                int to = (int) Math.min(count, done + length);
                Arrays.fill(out, done, to, value);
                done = to;
            } else {
                int values = (int) Math.min(count - done, Math.min(length, count) * GROUP);
                long bytes = Math.min(reader.left(), length * width);
                int at = reader.skip((int) bytes);
                if (((long) values * width + 7) / 8 > bytes) {
                    throw new IOException("a page ends in the middle of its values");
                }
                unpack(in, at, width, out, done, values);
                done += values;
            }
        }
    }

    private static int little(ByteReader reader, int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= reader.next() << (i * Byte.SIZE);
        }
        return value;
    }

    private static void unpack(byte[] in, int start, int width, int[] out, int from, int count) {
        long mask = (1L << width) - 1;
        long word = 0;
        int filled = 0;
        int at = start;
        for (int i = from; i < from + count; i++) {
            while (filled < width) {
                word |= (in[at++] & 0xffL) << filled;
                filled += Byte.SIZE;
            }
            out[i] = (int) (word & mask);
            word >>>= width;
            filled -= width;
        }
    }
}
