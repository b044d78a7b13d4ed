package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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

    private OutputFolder(Path folder) {
        this.folder = folder;
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
        return new OutputFolder(wanted == null ? next(command) : claim(wanted, force));
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
                    wanted + ": cannot be written (" + unwritable.getClass().getSimpleName()
                            + "); choose another --out or change its permissions",
                    unwritable);
        }
        return wanted;
    }

    private static Path next(String command) throws IOException {
        Path parent = Path.of("lama-out");
        try {
            Files.createDirectories(parent);
        } catch (IOException unwritable) {
            throw new IOException(
                    parent.toAbsolutePath() + ": cannot be made; name another folder with --out", unwritable);
        }
        for (int number = 1; number <= MAXIMUM; number++) {
            try {
                return Files.createDirectory(parent.resolve(String.format("%s-%03d", command, number)));
            } catch (FileAlreadyExistsException taken) {
                // the next number may be free
            }
        }
        throw new IOException(parent + ": no number is free; name a folder with --out");
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
