package org.lama.core.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.lama.core.store.internal.RawColumn;
import org.lama.core.store.internal.RowBlock;

/**
 * Rows that wait on disk for a server, one file for each part of a write, numbered in the order of the writes. A file is
 * made whole or not at all, so what is there was promised to be kept: anything broken in it is an error that names the
 * file, never a row less. A file is eight bytes {@code LAMASPL1}, then records of a length (4 bytes, big-endian), a
 * CRC-32C of the bytes (4) and the bytes: first a head with the series, then rows, last an empty record. Thread-safe
 * where the store is: one thread at a time.
 */
final class ServerSpool implements Closeable {
    /** Rows of one record. */
    private static final int RECORD_ROWS = 16_384;
    /** Rows of one file. */
    private static final int FILE_ROWS = 500_000;

    private static final byte[] MAGIC = {'L', 'A', 'M', 'A', 'S', 'P', 'L', '1'};
    private static final Pattern NAME = Pattern.compile("([0-9]{12})-([0-9]+)\\.spool");
    private static final String LOCK = "spool.lock";
    private static final int PREFIX = 2 * Integer.BYTES;

    private final Path folder;
    private final long maxBytes;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private long next;

    private ServerSpool(Path folder, long maxBytes, FileChannel lockChannel, FileLock lock) throws IOException {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.lockChannel = lockChannel;
        this.lock = lock;
        NavigableMap<Long, Waiting> files = list();
        this.next = files.isEmpty() ? 1 : files.lastKey() + 1;
    }

    /**
     * A file that waits.
     *
     * @param file where it is
     * @param rows its rows
     * @param bytes its size
     */
    record Waiting(Path file, long rows, long bytes) {}

    static ServerSpool open(Path folder, long maxBytes) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // told below, as if another process had it
        }
        if (lock == null) {
            channel.close();
            throw new IOException(folder + ": another store uses this spool; close it or choose another folder");
        }
        return new ServerSpool(folder, maxBytes, channel, lock);
    }

    /** Files in the order in which they were written. */
    NavigableMap<Long, Waiting> list() throws IOException {
        NavigableMap<Long, Waiting> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.toList()) {
                Path name = file.getFileName();
                Matcher matcher = NAME.matcher(name == null ? "" : name.toString());
                if (matcher.matches()) {
                    files.put(
                            Long.parseLong(matcher.group(1)),
                            new Waiting(file, Long.parseLong(matcher.group(2)), Files.size(file)));
                }
            }
        }
        return files;
    }

    /** Rows that wait. */
    long rows() throws IOException {
        long rows = 0;
        for (Waiting file : list().values()) {
            rows += file.rows();
        }
        return rows;
    }

    /**
     * Keeps rows, forced to the disk before this returns.
     *
     * @throws IOException if they cannot all be kept; then none of them is
     */
    void keep(SpoolPart part) throws IOException {
        List<Path> written = new ArrayList<>();
        boolean done = false;
        try {
            for (int from = 0; from < part.block().rows(); from += FILE_ROWS) {
                written.add(file(part, from, Math.min(part.block().rows(), from + FILE_ROWS)));
            }
            forceFolder();
            done = true;
        } catch (IOException e) {
            throw new IOException(
                    folder + ": the spool cannot take " + part.block().rows() + " rows of " + part.key()
                            + ", which are in no store now: " + e.getMessage(),
                    e);
        } finally {
            if (!done) {
                for (Path file : written) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path file(SpoolPart part, int from, int to) throws IOException {
        long before = 0;
        for (Waiting file : list().values()) {
            before += file.bytes();
        }
        long used = before;
        Path file = folder.resolve(String.format("%012d-%d.spool", next, to - from));
        AtomicFiles.write(file, (Path temporary) -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                write(channel, ByteBuffer.wrap(MAGIC));
                record(channel, head(part), used);
                for (int start = from; start < to; start += RECORD_ROWS) {
                    record(channel, rows(part.block(), start, Math.min(to, start + RECORD_ROWS)), used);
                }
                record(channel, new byte[0], used);
            }
        });
        next++;
        return file;
    }

    private void record(FileChannel channel, byte[] bytes, long used) throws IOException {
        if (used + channel.position() + PREFIX + bytes.length > maxBytes) {
            throw new IOException("it is full, " + used + " of " + maxBytes
                    + " bytes are used; allow more or bring back" + " the server");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX);
        prefix.putInt(bytes.length).putInt((int) crc.getValue()).flip();
        write(channel, prefix);
        write(channel, ByteBuffer.wrap(bytes));
    }

    private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] head(SpoolPart part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(part.key().instrument().toString());
            out.writeUTF(part.key().kind().name());
            out.writeLong(part.key().barNanos());
            out.writeUTF(part.provenance().kind().name());
            text(out, part.provenance().source());
            text(out, part.provenance().sha256());
            text(out, part.provenance().note());
            out.writeBoolean(part.strict());
            out.writeInt(part.block().columns().size());
            for (RawColumn column : part.block().columns()) {
                out.writeUTF(column.name());
                out.writeUTF(column.kind().name());
            }
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static byte[] rows(RowBlock block, int from, int to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                (to - from) * Long.BYTES * (4 + block.columns().size()));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(to - from);
            longs(out, block.times(), from, to);
            longs(out, block.sequences(), from, to);
            longs(out, block.available(), from, to);
            for (int i = from; i < to; i++) {
                out.writeInt(block.levels()[i]);
            }
            for (RawColumn column : block.columns()) {
                values(out, column, from, to);
            }
        }
        return bytes.toByteArray();
    }

    private static void values(DataOutputStream out, RawColumn column, int from, int to) throws IOException {
        switch (column.kind()) {
            case TIME, LONG -> longs(out, column.longs(), from, to);
            case DOUBLE -> {
                for (int i = from; i < to; i++) {
                    out.writeLong(Double.doubleToRawLongBits(column.doubles()[i]));
                }
            }
            case TEXT -> {
                for (int i = from; i < to; i++) {
                    text(out, column.texts()[i]);
                }
            }
        }
    }

    private static void longs(OutputStream out, long[] values, int from, int to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((to - from) * Long.BYTES);
        buffer.asLongBuffer().put(values, from, to - from);
        out.write(buffer.array());
    }

    /** Reads a file back whole, or says that it is broken. */
    static SpoolPart read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        try {
            return SpoolReader.read(all, MAGIC);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    file + ": rows that wait for the server are broken: " + e.getMessage()
                            + "; import them again from their source, then move the file away",
                    e);
        }
    }

    /** Removes a file whose rows are stored. */
    void done(Waiting file) throws IOException {
        Files.delete(file.file());
        forceFolder();
    }

    /** Puts a file aside that the store will never take; its name then ends in {@code .refused}. */
    Path refuse(Waiting file) throws IOException {
        Path aside = file.file().resolveSibling(file.file().getFileName() + ".refused");
        Files.move(file.file(), aside);
        forceFolder();
        return aside;
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockChannel.close();
    }
}
