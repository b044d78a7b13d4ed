package org.lama.core.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.GzipStream;
import org.lama.core.net.BodyLimits;
import org.lama.core.net.NetException;
import org.lama.core.net.ZipArchive;
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
        private final boolean headed;

        Content(byte[] bytes, String sha256, boolean headed) {
            this.bytes = bytes;
            this.sha256 = sha256;
            this.headed = headed;
        }

        /** Whether the first line is a header that the file itself leaves out. */
        boolean headed() {
            return headed;
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
        boolean zip = raw.length > 3 && raw[0] == 'P' && raw[1] == 'K' && raw[2] == 3 && raw[3] == 4;
        byte[] plain = gzip ? expand(raw, name) : zip ? unzip(file, name) : raw;
        requireUtf8(plain, name);
        Optional<String> header = BulkHeader.of(plain);
        String sha256 = Checksums.sha256(raw);
        return header.isPresent()
                ? new Content(headed(header.get() + "\n", plain), sha256, true)
                : new Content(plain, sha256, false);
    }

    /** Other programs write wide characters, of which no table can be made. */
    static void requireUtf8(byte[] text, String name) throws DataException {
        boolean wide = text.length > 1 && (text[0] & 0xff) + (text[1] & 0xff) == 0xff + 0xfe && text[0] < 0;
        if (wide) {
            throw new DataException(name, 0, "", "the text is UTF-16", "save it as CSV in UTF-8");
        }
    }

    private static byte[] headed(String header, byte[] text) {
        byte[] first = header.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(first, first.length + text.length);
        System.arraycopy(text, 0, whole, first.length, text.length);
        return whole;
    }

    /** The one file of an archive, as exchanges publish theirs. */
    private static byte[] unzip(Path file, String name) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        try {
            ZipArchive.read(
                    file,
                    new BodyLimits(MAX_BYTES, MAX_BYTES / 2, MAX_RATIO),
                    1,
                    (entry, content) -> contents.add(content.readAllBytes()));
        } catch (NetException e) {
            String message = String.valueOf(e.getMessage()).replace(file.toString(), name);
            DataException broken = new DataException(
                    name, 0, "", "the archive cannot be used (" + message + ")", "expand it by hand if you trust it");
            broken.initCause(e);
            throw broken;
        }
        if (contents.isEmpty()) {
            throw new DataException(name, 0, "", "the archive is empty", "give one with a file");
        }
        return contents.get(0);
    }

    private static byte[] expand(byte[] raw, String name) throws IOException {
        byte[] out = new byte[Math.max(1024, Math.min(raw.length * 4, 1 << 28))];
        int size = 0;
        try (InputStream in = GzipStream.of(new ByteArrayInputStream(raw))) {
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
