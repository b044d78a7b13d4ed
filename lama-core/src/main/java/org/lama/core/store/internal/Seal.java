package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What covers every byte of a file that we wrote. After the first four bytes stands {@link #HEAD}; before the footer
 * stand {@link #FOOT} and the SHA-256 of all that follows it; a line of the footer, {@link #KEY}, holds size and CRC32C
 * of every page with its header and of every index. Readers of others step over the gaps, for Parquet finds everything by
 * offsets. Static and thread-safe.
 */
final class Seal {
    /** Name of the line of the footer. */
    static final String KEY = "lama.pages";

    /** Parquet's own mark, first and last. */
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    static final byte[] HEAD = "LAMAfile".getBytes(StandardCharsets.US_ASCII);
    static final byte[] FOOT = "LAMAseal".getBytes(StandardCharsets.US_ASCII);
    static final int HEAD_BYTES = MAGIC.length + HEAD.length;
    static final int DIGEST_BYTES = 32;
    static final int FOOT_BYTES = FOOT.length + DIGEST_BYTES;
    /** Length of the footer and Parquet's mark. */
    static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;

    private static final int VERSION = 1;

    private Seal() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] sha256(byte[] bytes, int from, int count) {
        MessageDigest digest = sha256();
        digest.update(bytes, from, count);
        return digest.digest();
    }

    static int crc(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }

    static boolean matches(byte[] expected, byte[] bytes, int at) {
        return at >= 0
                && at + expected.length <= bytes.length
                && Arrays.equals(expected, 0, expected.length, bytes, at, at + expected.length);
    }

    /**
     * A page.
     *
     * @param bytes its size, header included
     * @param crc CRC32C of them
     */
    record Page(int bytes, int crc) {}

    /**
     * Pages and indexes of one column in one row group, as the line of the footer holds them.
     *
     * @param pages in order
     * @param columnIndexCrc CRC32C of the column index, 0 without one
     * @param offsetIndexCrc CRC32C of the offset index
     */
    record Chunk(List<Page> pages, int columnIndexCrc, int offsetIndexCrc) {}

    /** The text of the line. */
    static String text(int pageRows, List<Chunk> chunks) {
        Bytes out = new Bytes();
        out.putVarint(VERSION);
        out.putVarint(pageRows);
        for (Chunk chunk : chunks) {
            out.putVarint(chunk.pages.size());
            for (Page page : chunk.pages) {
                out.putVarint(page.bytes);
                out.putInt(page.crc);
            }
            out.putInt(chunk.columnIndexCrc);
            out.putInt(chunk.offsetIndexCrc);
        }
        return Base64.getEncoder().encodeToString(out.copy());
    }

    /**
     * The line as numbers.
     *
     * @param pageRows rows of every page but the last of a row group
     * @param chunks one for each column of each row group, columns first
     */
    record Pages(int pageRows, List<Chunk> chunks) {
        static Pages parse(@Nullable String text, int count) throws IOException {
            if (text == null) {
                throw new IOException("the footer has no line " + KEY);
            }
            byte[] bytes = Base64.getDecoder().decode(text);
            ByteReader in = new ByteReader(bytes, 0, bytes.length);
            int version = in.count();
            if (version != VERSION) {
                throw new IOException("it was written by a newer version of this library (pages " + version + ")");
            }
            int pageRows = in.count();
            List<Chunk> chunks = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                chunks.add(chunk(in));
            }
            if (in.left() != 0 || pageRows < 1) {
                throw new IOException("the footer's line " + KEY + " is broken");
            }
            return new Pages(pageRows, chunks);
        }

        private static Chunk chunk(ByteReader in) throws IOException {
            int pages = in.count();
            if (pages > in.left()) {
                throw new IOException("the footer's line " + KEY + " is broken");
            }
            List<Page> found = new ArrayList<>(pages);
            for (int i = 0; i < pages; i++) {
                found.add(new Page(in.count(), in.nextInt()));
            }
            return new Chunk(found, in.nextInt(), in.nextInt());
        }
    }
}
