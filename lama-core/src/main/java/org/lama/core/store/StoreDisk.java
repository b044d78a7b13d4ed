package org.lama.core.store;

import java.io.IOException;
import java.io.InterruptedIOException;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a writer does to the disk, step by step: each step is done as a whole or not at all. Drafts and names are on the
 * disk when they are forced, the rest when it returns. Stateless but for the listener.
 */
final class StoreDisk {
    /** Threads that do nothing but wait for the disk. */
    private static final int MOST_WAITING = 16;

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

    /**
     * Makes a folder that nobody reads yet and those above it, which are not on the disk before their folders are forced.
     *
     * @param unforced gets the folders in which others were made
     */
    void draftFolder(Path folder, List<Path> unforced) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            steps.before("folder", folder);
            Path above = folder.toAbsolutePath().getParent();
            if (above != null) {
                draftFolder(above, unforced);
                unforced.add(above);
            }
            Files.createDirectory(folder);
        }
    }

    /** Writes a file that nobody reads yet; it is not on the disk before it is forced. */
    void draft(Path file, byte[] content) throws IOException {
        steps.before("write", file);
        try (FileChannel channel = open(file)) {
            write(channel, content);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Says that somebody else is going to write a file. */
    void begin(Path file) throws IOException {
        steps.before("write", file);
    }

    /** Replaces a file. */
    void replace(Path file, byte[] content) throws IOException {
        Path fresh = drafted(file);
        steps.before("write", fresh);
        try (FileChannel channel = open(fresh)) {
            write(channel, content);
            channel.force(true);
        }
        name(fresh, file);
        forceFolder(file.getParent());
    }

    /** Where the next content of a file is until it gets its name. */
    static Path drafted(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }

    /** Forces what was written into files, together. */
    void force(List<Path> files) throws IOException {
        for (Path file : files) {
            steps.before("force", file);
        }
        together(files, StoreDisk::forceFile);
    }

    /** Forces which names folders hold, together, each once. */
    void forceFolders(List<Path> folders) throws IOException {
        together(List.copyOf(new LinkedHashSet<>(folders)), StoreDisk::forceFolder);
    }

    /** Gives a file or folder another name, over a file that has it; its folder is not forced. */
    void name(Path from, Path to) throws IOException {
        steps.before("name", to);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(to + ": the file system cannot rename atomically; put the store elsewhere", e);
        }
    }

    /** Waits for the disk. */
    private interface Forcing {
        void of(Path path) throws IOException;
    }

    /** Systems bring to the disk at once what several threads wait for: hundreds of files cost as much as a few. */
    private static void together(List<Path> paths, Forcing forcing) throws IOException {
        if (paths.size() < 3) {
            for (Path path : paths) {
                forcing.of(path);
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(MOST_WAITING, paths.size()));
        try {
            List<Future<?>> waiting = new ArrayList<>();
            for (Path path : paths) {
                waiting.add(pool.submit(() -> {
                    forcing.of(path);
                    return path;
                }));
            }
            for (Future<?> one : waiting) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException full ? full : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the disk");
        } finally {
            pool.shutdown();
        }
    }

    private static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Removes a file, or a folder with all that is in it, if it can be. */
    void remove(Path path) throws IOException {
        steps.before("remove", path);
        discard(path);
    }

    /** Removes without a word to anybody what was not to be. */
    static void discard(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path inside : list(path)) {
                discard(inside);
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
