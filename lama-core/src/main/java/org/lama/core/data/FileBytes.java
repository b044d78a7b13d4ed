package org.lama.core.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.lama.core.store.Checksums;

/** All bytes of a file, expanded if it is gzip by its first bytes, with caps against bombs. Stateless. */
final class FileBytes {
    /** Largest file read. */
    static final long MAX_BYTES = 1L << 30;

    private static final int MAX_RATIO = 100;
    private static final int RATIO_COUNTS_FROM = 1 << 26;

    private FileBytes() {}

    /** Expanded bytes and the checksum of the file as it lies on the disk. */
    static final class Content {
        private final byte[] bytes;
        private final String sha256;

        Content(byte[] bytes, String sha256) {
            this.bytes = bytes;
            this.sha256 = sha256;
        }

        byte[] bytes() {
            return bytes;
        }

        String sha256() {
            return sha256;
        }
    }

    static Content read(Path file, String name) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new DataException(
                    name,
                    0,
                    "",
                    "the file has " + size + " bytes, more than " + MAX_BYTES,
                    "split it by time or symbol");
        }
        byte[] raw = Files.readAllBytes(file);
        boolean gzip = raw.length > 2 && (raw[0] & 0xff) == 0x1f && (raw[1] & 0xff) == 0x8b;
        return new Content(gzip ? expand(raw, name) : raw, Checksums.sha256(raw));
    }

    private static byte[] expand(byte[] raw, String name) throws IOException {
        byte[] out = new byte[Math.max(1024, Math.min(raw.length * 4, 1 << 28))];
        int size = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(raw), 1 << 16)) {
            for (int read = in.read(out, size, out.length - size); read >= 0; ) {
                size += read;
                if ((size > RATIO_COUNTS_FROM && size / MAX_RATIO > raw.length) || size > MAX_BYTES / 2) {
                    throw new DataException(
                            name,
                            0,
                            "",
                            "the file expands to more than " + MAX_RATIO + " times its size or " + MAX_BYTES / 2
                                    + " bytes",
                            "expand it by hand if you trust it, and split it");
                }
                if (size == out.length) {
                    out = Arrays.copyOf(out, out.length * 2);
                }
                read = in.read(out, size, out.length - size);
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException e) {
            DataException broken = new DataException(
                    name, 0, "", "the gzip stream is broken (" + e.getMessage() + ")", "fetch the file again");
            broken.initCause(e);
            throw broken;
        }
        return Arrays.copyOf(out, size);
    }
}
