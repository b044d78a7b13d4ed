package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;

/**
 * The folder a command writes into. It is claimed before the work starts, so that a long run cannot end without a place
 * for its result, and it never holds two results.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OutputFolder {
    private static final String MARKER = "result.json";
    private static final int MAXIMUM = 999_999;

    private final Path folder;
    private final boolean made;

    private OutputFolder(Path folder, boolean made) {
        this.folder = folder;
        this.made = made;
    }

    /**
     * Claims a folder.
     *
     * @param wanted the folder; null for the next free {@code lama-out/COMMAND-NNN} below the working directory
     * @param command name of the command
     * @param force whether a folder that holds results may be written into
     * @return the folder, which exists and can be written
     * @throws IOException if it holds results and force is false, or cannot be written
     */
    public static OutputFolder prepare(@Nullable Path wanted, String command, boolean force) throws IOException {
        return prepare(Path.of(""), wanted, command, force);
    }

    /** As above, with another place for {@code lama-out}. */
    static OutputFolder prepare(Path working, @Nullable Path wanted, String command, boolean force) throws IOException {
        if (wanted == null) {
            return new OutputFolder(next(working.resolve("lama-out"), command), true);
        }
        boolean made = Files.notExists(wanted);
        return new OutputFolder(claim(wanted, force), made);
    }

    private static Path claim(Path wanted, boolean force) throws IOException {
        if (Files.exists(wanted) && !Files.isDirectory(wanted)) {
            throw new IOException(wanted + ": is a file, not a folder; choose another --out");
        }
        if (!force && Files.exists(wanted.resolve(MARKER))) {
            throw new IOException(
                    wanted + ": holds results already; choose another --out, or add --force to replace them");
        }
        try {
            Files.createDirectories(wanted);
            Files.delete(Files.createTempFile(wanted, ".lama", ".tmp"));
        } catch (IOException unwritable) {
            throw new IOException(
                    wanted + ": cannot be written (" + reason(unwritable)
                            + "); choose another --out or change its permissions",
                    unwritable);
        }
        return wanted;
    }

    private static String reason(IOException unwritable) {
        String reason = unwritable instanceof FileSystemException system ? system.getReason() : null;
        return reason == null ? unwritable.getClass().getSimpleName() : reason;
    }

    private static Path next(Path parent, String command) throws IOException {
        try {
            Files.createDirectories(parent);
        } catch (IOException unwritable) {
            throw new IOException(
                    parent + ": cannot be made (" + reason(unwritable) + "); name another folder with --out",
                    unwritable);
        }
        for (int number = 1; number <= MAXIMUM; number++) {
            Path candidate = parent.resolve(String.format("%s-%03d", command, number));
            if (Files.notExists(candidate) && create(candidate)) {
                return candidate;
            }
        }
        throw new IOException(parent + ": no number is free; name a folder with --out");
    }

    /** Making the folder claims its number; another process may have been faster. */
    private static boolean create(Path candidate) throws IOException {
        try {
            Files.createDirectory(candidate);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /**
     * Takes a folder that was made for this command away again if nothing was written into it.
     *
     * @throws IOException if it cannot be removed
     */
    public void discardIfEmpty() throws IOException {
        if (made) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException used) {
                return;
            }
        }
    }

    /**
     * The folder itself.
     *
     * @return its path
     */
    public Path path() {
        return folder;
    }

    /**
     * A file of the folder.
     *
     * @param name its name
     * @return its path
     */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * A file's path as a person should see it.
     *
     * @param name its name
     * @return the path with forward slashes
     */
    public String shown(String name) {
        return folder.resolve(name).toString().replace('\\', '/');
    }
}
