package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A series that is being written. Not thread-safe. */
final class SeriesWriter {
    private final PartitionWriter.Session session;
    private final SeriesKey key;
    private final SeriesFile file;
    private final Path folder;

    private SeriesWriter(PartitionWriter.Session session, SeriesKey key, SeriesFile file, Path folder) {
        this.session = session;
        this.key = key;
        this.file = file;
        this.folder = folder;
    }

    /** A series that is there. */
    static SeriesWriter existing(PartitionWriter.Session session, StoreLayout layout, SeriesKey key)
            throws IOException {
        Path folder = layout.series(key);
        SeriesWriter writer = new SeriesWriter(session, key, SeriesFile.read(folder, key), folder);
        writer.sweep();
        return writer;
    }

    /** A series that can take some rows: made, or given their columns, if need be. */
    static SeriesWriter open(PartitionWriter.Session session, StoreLayout layout, SeriesKey key, Rows rows)
            throws IOException {
        var columns = Rows.types(rows.values());
        Optional<StagedChanges.Begun> begun = session.staged().begun(key);
        if (begun.isPresent()) {
            SeriesFile file = begun.get().file();
            if (file.with(key.kind(), columns).equals(file)) {
                return new SeriesWriter(session, key, file, begun.get().folder());
            }
            session.staged().show();
        }
        Path folder = layout.series(key);
        if (!Files.isDirectory(folder)) {
            return begin(session, folder, key, SeriesFile.of(key, columns));
        }
        SeriesFile before = SeriesFile.read(folder, key);
        SeriesFile after = before.with(key.kind(), columns);
        if (!after.equals(before)) {
            try {
                session.disk().replace(folder.resolve(SeriesFile.FILE), after.json());
            } catch (IOException e) {
                throw failed(folder, e);
            }
        }
        return existing(session, layout, key);
    }

    /** A new series is shown with its first partitions. */
    private static SeriesWriter begin(PartitionWriter.Session session, Path folder, SeriesKey key, SeriesFile file)
            throws IOException {
        Path fresh = folder.resolveSibling(StoreLayout.NEW + folder.getFileName());
        Path columns = fresh.resolve(SeriesFile.FILE);
        List<Path> folders = new ArrayList<>();
        folders.add(fresh);
        try {
            session.disk().remove(fresh);
            session.disk().draftFolder(fresh, folders);
            session.disk().draft(columns, file.json());
        } catch (IOException e) {
            StoreDisk.discard(fresh);
            throw failed(folder, e);
        }
        session.staged()
                .begin(
                        key,
                        new StagedChanges.Begun(fresh, file),
                        new StagedChanges.Change(
                                List.of(columns), folders, fresh, folder, () -> {}, () -> StoreDisk.discard(fresh)));
        return new SeriesWriter(session, key, file, fresh);
    }

    /** Removes partitions that a writer before did not finish. */
    private void sweep() throws IOException {
        try {
            trySweep();
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static IOException failed(Path folder, IOException cause) {
        return new IOException(
                folder + ": could not be written: " + cause.getMessage() + "; what was there before stays as it was",
                cause);
    }

    private void trySweep() throws IOException {
        for (Path entry : StoreDisk.list(folder)) {
            String name = entry.getFileName().toString();
            boolean left = name.startsWith(StoreLayout.NEW);
            if (left && !session.staged().has(key + " " + name.substring(StoreLayout.NEW.length()))) {
                session.disk().remove(entry);
            }
        }
    }

    /** Whether a change of a partition waits to be shown. */
    boolean isStaged(PartitionSpan span) {
        return session.staged().has(StoreLayout.place(key, span));
    }

    PartitionWriter partition(PartitionSpan span) {
        return new PartitionWriter(session, key, file, folder, span);
    }
}
