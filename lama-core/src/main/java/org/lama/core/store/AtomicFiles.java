package org.lama.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.lama.core.base.Api;

/**
 * Writes whole files so that an unfinished write is never seen: into a temporary file beside the target, forced to the
 * disk, then renamed over it. Stateless; two writers of one target do not mix their bytes, the last one wins.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AtomicFiles {
    private static final Set<PosixFilePermission> ORDINARY = PosixFilePermissions.fromString("rw-rw-rw-");

    private AtomicFiles() {}

    /** Fills a temporary file. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Writes the content.
         *
         * @param temporary an empty file beside the target
         * @throws IOException if it cannot be written
         */
        void fill(Path temporary) throws IOException;
    }

    /**
     * Writes bytes.
     *
     * @param file the target, replaced if it exists; its folder must exist
     * @param content all bytes of the file
     * @throws IOException if the target cannot be written; the old file then stands as before
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, (Path temporary) -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        });
    }

    /**
     * Writes a file that something else fills.
     *
     * @param file the target, replaced if it exists; its folder must exist
     * @param filler writes the content
     * @throws IOException if the target cannot be written; the old file then stands as before
     */
    public static void write(Path file, Filler filler) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(file + ": its folder does not exist; make it first");
        }
        Path temporary = Files.createTempFile(folder, "." + file.getFileName() + ".", ".part", attributes(folder));
        try {
            filler.fill(temporary);
            force(temporary);
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Temporary files are private by default; the target is an ordinary file, whose permissions the umask decides. */
    private static FileAttribute<?>[] attributes(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(ORDINARY)}
                : new FileAttribute<?>[0];
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(to + ": the file system cannot rename atomically; choose another folder", e);
        }
    }
}
