package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        Path folder = layout.series(key);
        var columns = Rows.types(rows.values());
        if (Files.isDirectory(folder)) {
            SeriesFile before = SeriesFile.read(folder, key);
            SeriesFile after = before.with(key.kind(), columns);
            if (!after.equals(before)) {
                session.disk().replace(folder.resolve(SeriesFile.FILE), after.json());
            }
            return existing(session, layout, key);
        }
        StoreDisk disk = session.disk();
        Path fresh = folder.resolveSibling(StoreLayout.NEW + folder.getFileName());
        disk.remove(fresh);
        disk.folder(fresh);
        SeriesFile file = SeriesFile.of(key, columns);
        disk.fresh(fresh.resolve(SeriesFile.FILE), file.json());
        disk.rename(fresh, folder);
        return new SeriesWriter(session, key, file, folder);
    }

    /** Removes partitions that a writer before did not finish. */
    private void sweep() throws IOException {
        for (Path entry : StoreDisk.list(folder)) {
            if (entry.getFileName().toString().startsWith(StoreLayout.NEW)) {
                session.disk().remove(entry);
            }
        }
    }

    PartitionWriter partition(PartitionSpan span) {
        return new PartitionWriter(session, key, file, folder, span);
    }
}
