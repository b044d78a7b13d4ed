package org.lama.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lama.core.store.internal.ParquetSource;

/**
 * The files of one partition as they were at one moment, open. What a writer replaces meanwhile stays readable through
 * them. Not thread-safe.
 *
 * @param open those that can hold wanted rows, by the time of their first row
 */
record PartFiles(List<Open> open) implements Closeable {
    /** What a reader does about something broken. */
    @FunctionalInterface
    interface Broken {
        /** Throws what is handed in, or notes it and returns. */
        void found(Path path, IOException failure) throws IOException;
    }

    /**
     * An open file.
     *
     * @param part what the manifest says about it
     * @param source its content
     */
    record Open(PartitionManifest.Part part, ParquetSource source) {}

    /**
     * Opens the files of a partition that can hold wanted rows.
     *
     * @param folder the partition's folder
     * @param place its name
     * @param wanted which rows
     * @param broken what to do about a broken manifest or file
     * @param whole whether every byte of the files is to be checked first
     */
    static PartFiles open(Path folder, String place, Wanted wanted, Broken broken, boolean whole) throws IOException {
        try {
            return openOnce(folder, place, wanted, unlessVanished(broken), whole);
        } catch (Vanished e) {
            // a writer has replaced it since: what it wrote is in the manifest of now; if not, the file is lost
            return openOnce(folder, place, wanted, asLost(broken), whole);
        }
    }

    private static Broken unlessVanished(Broken broken) {
        return (path, failure) -> {
            if (failure instanceof Vanished) {
                throw failure;
            }
            broken.found(path, failure);
        };
    }

    private static Broken asLost(Broken broken) {
        return (path, failure) -> {
            boolean lost = failure instanceof Vanished;
            String reason = ": is missing, its manifest names it; put it back from a backup, or import the data again";
            broken.found(path, lost ? new IOException(path + reason, failure) : failure);
        };
    }

    private static PartFiles openOnce(Path folder, String place, Wanted wanted, Broken broken, boolean whole)
            throws IOException {
        PartitionManifest manifest;
        try {
            manifest = manifest(folder, place);
        } catch (IOException e) {
            broken.found(folder.resolve(PartitionManifest.FILE), e);
            return new PartFiles(List.of());
        }
        List<Open> opened = new ArrayList<>();
        try {
            for (PartitionManifest.Part part : touched(manifest, wanted)) {
                try {
                    opened.add(new Open(part, open(folder, part, whole)));
                } catch (IOException e) {
                    broken.found(folder.resolve(part.name()), e);
                }
            }
            return new PartFiles(opened);
        } catch (IOException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static List<PartitionManifest.Part> touched(PartitionManifest manifest, Wanted wanted) {
        return manifest.parts().stream()
                .filter(part -> part.touches(wanted.fromNanos(), wanted.toNanos()))
                .sorted(Comparator.comparingLong(PartitionManifest.Part::firstNanos))
                .toList();
    }

    /** A partition always has a manifest: it gets its name together with it. */
    static PartitionManifest manifest(Path folder, String place) throws IOException {
        try {
            return PartitionManifest.read(folder, place);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    folder.resolve(PartitionManifest.FILE) + ": is missing, so nobody knows what belongs to the"
                            + " partition; put it back from a backup, or remove the folder and import the data again",
                    e);
        }
    }

    /** A file that the manifest names is not there. */
    private static final class Vanished extends IOException {
        private static final long serialVersionUID = 1L;

        Vanished(NoSuchFileException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static ParquetSource open(Path folder, PartitionManifest.Part part, boolean whole) throws IOException {
        Path file = folder.resolve(part.name());
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                throw new IOException(
                        file + ": must be an ordinary file, not a link or folder; put the file itself" + " there");
            }
            if (found.size() != part.bytes()) {
                throw new IOException(file + ": has " + found.size() + " bytes, its manifest says " + part.bytes()
                        + "; put it back from a backup, or import the data again");
            }
            ParquetSource source = ParquetSource.open(file, Optional.of(part.footerDigest()));
            if (whole) {
                verify(source);
            }
            return source;
        } catch (NoSuchFileException e) {
            throw new Vanished(e);
        }
    }

    private static void verify(ParquetSource source) throws IOException {
        try {
            source.verify();
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static void closeAll(List<Open> opened) throws IOException {
        for (Open open : opened) {
            open.source.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(open);
    }
}
