package org.lama.models.anomaly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Checksums;

/**
 * A forest with what is needed to use it elsewhere, as a file of our own: all numbers big-endian, in this order: the eight
 * letters {@code LAMAFRST}, version (int), byte-order mark {@code 0x01020304} (int), length of the content (long), content,
 * SHA-256 of all bytes before in 64 hexadecimal digits. A forest that was read scores bit for bit as the one that was
 * written. Immutable and thread-safe.
 *
 * @param model the forest
 * @param columns names of its features in their order
 * @param threshold score above which a row counts as an anomaly, NaN for none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SavedForest(IsolationForestModel model, List<String> columns, double threshold) {
    static final int VERSION = 1;
    private static final byte[] MAGIC = "LAMAFRST".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTE_ORDER_MARK = 0x01020304;
    private static final int HEADER_BYTES = 24;
    private static final int CHECKSUM_BYTES = 64;
    private static final long LARGEST_BYTES = 1L << 30;

    /**
     * Checks that each feature has a name of its own.
     *
     * @param model the forest
     * @param columns names of its features in their order
     * @param threshold score above which a row counts as an anomaly, NaN for none
     */
    public SavedForest {
        Check.notNull(model, "model");
        columns = List.copyOf(columns);
        Check.that(
                columns.size() == model.features() && new HashSet<>(columns).size() == columns.size(),
                "columns must be " + model.features() + " different names, got " + columns);
    }

    /**
     * Writes the forest; an unfinished write is never seen.
     *
     * @param file the target, replaced if it exists; its folder must exist
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        byte[] content = ForestBytes.of(new ForestBytes.Content(model, columns, threshold));
        ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES + content.length + CHECKSUM_BYTES);
        whole.put(MAGIC)
                .putInt(VERSION)
                .putInt(BYTE_ORDER_MARK)
                .putLong(content.length)
                .put(content);
        byte[] checked = Arrays.copyOf(whole.array(), whole.position());
        whole.put(Checksums.sha256(checked).getBytes(StandardCharsets.US_ASCII));
        AtomicFiles.write(file, whole.array());
    }

    /**
     * Reads a forest.
     *
     * @param file what {@link #write} wrote
     * @return the forest with its columns and threshold
     * @throws IOException if the file cannot be read, is foreign, of a newer version, cut short or damaged; the message says
     *     which, with the file's name
     */
    public static SavedForest read(Path file) throws IOException {
        long size = Files.size(file);
        require(size <= LARGEST_BYTES, file, "has " + size + " bytes, but a forest has at most " + LARGEST_BYTES);
        byte[] bytes = Files.readAllBytes(file);
        boolean ours = bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        require(ours, file, "is not a saved isolation forest: it does not begin with LAMAFRST");
        require(bytes.length >= HEADER_BYTES, file, "is cut short: it ends after " + bytes.length + " bytes");
        ByteBuffer header = ByteBuffer.wrap(bytes, MAGIC.length, HEADER_BYTES - MAGIC.length);
        int version = header.getInt();
        int mark = header.getInt();
        require(mark == BYTE_ORDER_MARK, file, "has its bytes in another order; write it again with this library");
        require(
                version == VERSION,
                file,
                "is of version " + version + ", but this library reads version " + VERSION
                        + "; use the library that wrote it, or fit the forest again");
        long length = header.getLong();
        long expected = HEADER_BYTES + length + CHECKSUM_BYTES;
        require(
                length >= 0 && bytes.length == expected,
                file,
                "is cut short or has something added: " + bytes.length + " bytes instead of " + expected);
        int end = bytes.length - CHECKSUM_BYTES;
        String found = new String(bytes, end, CHECKSUM_BYTES, StandardCharsets.US_ASCII);
        require(
                Checksums.sha256(Arrays.copyOf(bytes, end)).equals(found),
                file,
                "is damaged: its checksum does not fit its content");
        try {
            ForestBytes.Content content = ForestBytes.read(ByteBuffer.wrap(bytes, HEADER_BYTES, end - HEADER_BYTES));
            return new SavedForest(content.model(), content.columns(), content.threshold());
        } catch (RuntimeException inside) { // a right checksum over wrong content: written by something else
            throw new IOException(file + ": holds no valid forest: " + inside.getMessage(), inside);
        }
    }

    private static void require(boolean condition, Path file, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(file + ": " + otherwise);
        }
    }
}
