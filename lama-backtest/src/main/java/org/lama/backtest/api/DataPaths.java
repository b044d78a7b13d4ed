package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lama.core.store.ParquetStore;

/**
 * Paths of data in results: relative to the folder of the manifest, so that a result names no machine and its data are
 * found from any working directory, also when results and data move together.
 */
final class DataPaths {
    private DataPaths() {}

    /** The path of the data as it stands in a manifest in the given folder. */
    static StudyRequest relative(StudyRequest request, Path folder) {
        return new StudyRequest(relative(request.data(), folder), request.study(), request.claim());
    }

    /** The same for data alone. */
    static DataRequest relative(DataRequest data, Path folder) {
        return data.path().map(path -> data.withPath(relative(path, folder))).orElse(data);
    }

    /** The way from a folder to a file or folder; absolute only where there is none, as between two drives. */
    static Path relative(Path path, Path folder) {
        Path to = real(path);
        Path from = real(folder);
        return to.getRoot() != null && to.getRoot().equals(from.getRoot()) ? from.relativize(to) : to;
    }

    /** The data of a manifest. */
    static StudyRequest resolve(StudyRequest request, Path manifest) {
        return new StudyRequest(resolve(request.data(), manifest), request.study(), request.claim());
    }

    /** The same for data alone. */
    static DataRequest resolve(DataRequest data, Path manifest) {
        return data.path().map(path -> data.withPath(resolve(path, manifest))).orElse(data);
    }

    /** A file that a manifest names by its way from the manifest's folder. */
    static Path resolve(Path path, Path manifest) {
        Path folder = real(manifest).getParent();
        return folder == null ? path : folder.resolve(path).normalize();
    }

    /** A path for a command that is typed in the working directory, quoted where the shell needs it. */
    static String typed(Path path) {
        return typed((path.isAbsolute() ? relative(path, Path.of("")) : path)
                .toString()
                .replace('\\', '/'));
    }

    /** A word of a command, quoted where the shell needs it. */
    static String typed(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The flag that names the data on a command line, after a space; nothing for the synthetic market. */
    static String flag(DataRequest data) {
        return data.path()
                .map(path -> (ParquetStore.isStore(path) ? " --store " : " --data ") + typed(path))
                .or(() -> data.database().map(url -> " --db " + typed(url)))
                .orElse("");
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path)
                    ? path.toRealPath()
                    : path.toAbsolutePath().normalize();
        } catch (IOException unreadable) {
            return path.toAbsolutePath().normalize();
        }
    }
}
