package org.lama.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a writer does to the disk, step by step: each step is done as a whole or not at all, and is on the disk when it
 * returns. Stateless but for the listener.
 */
final class StoreDisk {
    private final Steps steps;

    StoreDisk(Steps steps) {
        this.steps = steps;
    }

    /** Hears of every step before it is taken; a test lets it fail there. */
    @FunctionalInterface
    interface Steps {
        void before(String step, Path file) throws IOException;
    }

    /** Makes a folder and those above it. */
    void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            steps.before("folder", folder);
            Path above = folder.toAbsolutePath().getParent();
            if (above != null) {
                folder(above);
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
                forceFolder(folder.toAbsolutePath().getParent());
            }
        }
    }

    /** Writes a file that nobody reads yet. */
    void fresh(Path file, byte[] content) throws IOException {
        steps.before("write", file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Says that somebody else is going to write a file. */
    void begin(Path file) throws IOException {
        steps.before("write", file);
    }

    /** Replaces a file. */
    void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        fresh(fresh, content);
        rename(fresh, file);
    }

    /** Forces what was written into a file. */
    void force(Path file) throws IOException {
        steps.before("force", file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives a file or folder another name, over what has it. */
    void rename(Path from, Path to) throws IOException {
        steps.before("rename", to);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(to + ": the file system cannot rename atomically; put the store elsewhere", e);
        }
        forceFolder(to.getParent());
    }

    /** Gives a file its name in a folder that nobody reads yet. */
    void name(Path from, Path to) throws IOException {
        steps.before("name", to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Shows a folder under its name, with all that is in it. */
    void show(Path from, Path to) throws IOException {
        forceFolder(from);
        rename(from, to);
    }

    /** Removes a file, or a folder with the files in it, if it can be. */
    void remove(Path path) throws IOException {
        steps.before("remove", path);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path file : list(path)) {
                Files.deleteIfExists(file);
            }
        }
        try {
            Files.deleteIfExists(path);
        } catch (AccessDeniedException e) {
            // some systems do not let go of a file that a reader has open: the next writer removes it
        }
    }

    /** What is in a folder, sorted. */
    static List<Path> list(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.sorted().forEach(found::add);
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    /** On some systems folders cannot be opened: there renames are as durable as the system makes them. */
    private static void forceFolder(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (FileSystemException e) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
