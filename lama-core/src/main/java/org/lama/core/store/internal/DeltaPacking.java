package org.lama.core.store.internal;

import java.io.IOException;

/**
 * Integers as differences packed into as few bits as the largest of 32 needs: Parquet's DELTA_BINARY_PACKED (Lemire and
 * Boytsov, 2015, doi:10.1002/spe.2203; parquet-format, Encodings.md). Differences wrap, so all 64 bits come back.
 * Writes blocks of 128, reads any. One to two nanoseconds a value; static and thread-safe.
 */
final class DeltaPacking {
    /** A reader takes eight bytes at once: this many bytes after the last must exist, with any content. */
    static final int SLACK_BYTES = 264;

    private static final int BLOCK = 128;
    private static final int MINI = 32;
    private static final int MINIS = BLOCK / MINI;
    private static final int LARGEST_BLOCK = 1 << 20;
    private static final int MAX_BLOCK_BYTES = 10 + MINIS + BLOCK * Long.BYTES;
    /** Wider values may reach into a ninth byte. */
    private static final int WIDEST_IN_EIGHT_BYTES = 56;

    private DeltaPacking() {}

    /** Appends values to a page. */
    static void encode(long[] values, int count, Bytes out) {
        out.putVarint(BLOCK);
        out.putVarint(MINIS);
        out.putVarint(count);
        out.putZigzag(count == 0 ? 0 : values[0]);
        long[] differences = new long[BLOCK];
        for (int from = 1; from < count; from += BLOCK) {
            block(values, from, Math.min(BLOCK, count - from), differences, out);
        }
    }

    private static void block(long[] values, int from, int count, long[] differences, Bytes out) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long difference = values[from + i] - values[from + i - 1];
            differences[i] = difference;
            least = Math.min(least, difference);
        }
        out.putZigzag(least);
        for (int i = 0; i < count; i++) {
            differences[i] -= least;
        }
        for (int i = count; i < BLOCK; i++) {
            differences[i] = 0;
        }
        out.ensure(MAX_BLOCK_BYTES);
        int widthsAt = out.skip(MINIS);
        for (int mini = 0; mini < MINIS; mini++) {
            int width = mini * MINI < count ? width(differences, mini * MINI) : 0;
            out.array()[widthsAt + mini] = (byte) width;
            int at = out.skip(width * MINI / Byte.SIZE);
            pack(differences, mini * MINI, width, out.array(), at);
        }
    }

    private static int width(long[] in, int from) {
        long bits = 0;
        for (int i = from; i < from + MINI; i++) {
            bits |= in[i];
        }
        return Long.SIZE - Long.numberOfLeadingZeros(bits);
    }

    private static void pack(long[] in, int from, int width, byte[] out, int start) {
        if (width == 0) {
            return;
        }
        long word = 0;
        int filled = 0;
        int at = start;
        for (int i = from; i < from + MINI; i++) {
            long value = in[i];
            word |= value << filled;
            filled += width;
            if (filled >= Long.SIZE) {
                Bytes.LONGS.set(out, at, word);
                at += Long.BYTES;
                filled -= Long.SIZE;
                word = filled == 0 ? 0 : value >>> (width - filled);
            }
        }
        if (filled > 0) {
            Bytes.INTS.set(out, at, (int) word);
        }
    }

    /**
     * Decodes a page.
     *
     * @param in its bytes, with {@link #SLACK_BYTES} more behind the end
     * @param from where the values start
     * @param end where they end
     * @param out filled from {@code to} on
     * @param to first place
     * @param count how many there must be
     * @throws IOException if the page does not hold as many or is broken
     */
    static void decode(byte[] in, int from, int end, long[] out, int to, int count) throws IOException {
        ByteReader reader = new ByteReader(in, from, end);
        int block = reader.count();
        int minis = reader.count();
        int total = reader.count();
        boolean whole = minis > 0 && block > 0 && block <= LARGEST_BLOCK && block % minis == 0;
        if (!whole || block / minis % MINI != 0 || total != count) {
            throw new IOException("a page of " + count + " packed integers has a broken head");
        }
        long value = reader.zigzag();
        if (count == 0) {
            return;
        }
        out[to] = value;
        int done = 1;
        while (done < count) {
            long least = reader.zigzag();
            int widthsAt = reader.skip(minis);
            for (int mini = 0; mini < minis && done < count; mini++) {
                int wanted = Math.min(block / minis, count - done);
                value = mini(in, reader, in[widthsAt + mini], least, value, out, to + done, wanted);
                done += wanted;
            }
            if (done == count) {
                return;
            }
        }
    }

    /** One miniblock of at least {@code wanted} values; some writers leave away the padding of the last. */
    private static long mini(
            byte[] in, ByteReader reader, int width, long least, long before, long[] out, int to, int wanted)
            throws IOException {
        if (width < 0 || width > Long.SIZE) {
            throw new IOException("a page holds integers of " + width + " bits");
        }
        int at = reader.skip((int) Math.min(reader.left(), padded(wanted) * (long) width / Byte.SIZE));
        if (((long) wanted * width + Byte.SIZE - 1) / Byte.SIZE > reader.at() - at) {
            throw new IOException("a page ends in the middle of its values");
        }
        long value = before;
        int done = 0;
        for (; done + MINI <= wanted; done += MINI) {
            value = unpack(in, at + done * width / Byte.SIZE, width, least, value, out, to + done);
        }
        if (done < wanted) {
            long[] rest = new long[MINI];
            unpack(in, at + done * width / Byte.SIZE, width, least, value, rest, 0);
            System.arraycopy(rest, 0, out, to + done, wanted - done);
            value = out[to + wanted - 1];
        }
        return value;
    }

    private static int padded(int values) {
        return (values + MINI - 1) / MINI * MINI;
    }

    /** 32 values; the running sum is the only chain between them. */
    private static long unpack(byte[] in, int at, int width, long least, long before, long[] out, int to) {
        if (width > WIDEST_IN_EIGHT_BYTES) {
            return unpackWide(in, at, width, least, before, out, to);
        }
        long mask = (1L << width) - 1;
        long value = before;
        int bit = 0;
        for (int i = to; i < to + MINI; i += 4) {
            int second = bit + width;
            int third = second + width;
            int fourth = third + width;
            long a = bits(in, at, bit) & mask;
            long b = bits(in, at, second) & mask;
            long c = bits(in, at, third) & mask;
            long d = bits(in, at, fourth) & mask;
            long ab = a + b + 2 * least;
            out[i] = value + a + least;
            out[i + 1] = value + ab;
            out[i + 2] = value + ab + c + least;
            value += ab + c + d + 2 * least;
            out[i + 3] = value;
            bit = fourth + width;
        }
        return value;
    }

    private static long bits(byte[] in, int at, int bit) {
        return (long) Bytes.LONGS.get(in, at + (bit >>> 3)) >>> (bit & 7);
    }

    private static long unpackWide(byte[] in, int at, int width, long least, long before, long[] out, int to) {
        long mask = width == Long.SIZE ? -1 : (1L << width) - 1;
        long value = before;
        for (int i = 0; i < MINI; i++) {
            int bit = i * width;
            int shift = bit & 7;
            long word = bits(in, at, bit);
            if (shift + width > Long.SIZE) {
                word |= (long) in[at + (bit >>> 3) + Long.BYTES] << (Long.SIZE - shift);
            }
            value += (word & mask) + least;
            out[to + i] = value;
        }
        return value;
    }
}
