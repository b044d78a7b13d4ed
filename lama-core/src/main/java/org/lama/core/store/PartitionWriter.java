package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lama.core.series.Provenance;
import org.lama.core.store.internal.ParquetStream;
import org.lama.core.store.internal.ParquetWriting;
import org.lama.core.store.internal.RawColumn;

/**
 * Changes one partition at a time. Files are written first; the manifest that names them is renamed into place last, and
 * from then on the partition has changed. A new partition gets its name together with its first manifest. Not
 * thread-safe.
 */
final class PartitionWriter {
    /** More files than this are merged after a write. */
    static final int MOST_PARTS = 8;

    private static final String FRESH = StoreLayout.NEW + "part";

    /** Files are merged up to so many rows, which must fit into memory. */
    private static final long MERGED_ROWS = 16_000_000;

    private final StoreDisk disk;
    private final StoreLock lock;
    private final StagedChanges staged;
    private final SeriesKey key;
    private final SeriesFile series;
    private final Path folder;
    private final String place;

    /**
     * A partition to be changed.
     *
     * @param session how the disk is written, and the right to do so
     * @param key whose it is
     * @param series the columns of the series, those to be written included
     * @param home the folder of the series
     * @param span which partition
     */
    PartitionWriter(Session session, SeriesKey key, SeriesFile series, Path home, PartitionSpan span) {
        this.disk = session.disk;
        this.lock = session.lock;
        this.staged = session.staged;
        this.key = key;
        this.series = series;
        this.folder = home.resolve(span.name());
        this.place = StoreLayout.place(key, span);
    }

    /**
     * A writer's right and means.
     *
     * @param disk how the disk is written
     * @param lock the right to do so
     * @param staged gets what is to be shown
     */
    record Session(StoreDisk disk, StoreLock lock, StagedChanges staged) {}

    /**
     * What became of rows.
     *
     * @param added new ones
     * @param duplicates those that were there
     * @param revisions other versions of rows
     * @param firstRevision time of the first of them, with its old and new values; empty if there is none
     */
    record Outcome(long added, long duplicates, long revisions, String firstRevision) {
        Outcome and(Outcome next) {
            return new Outcome(
                    added + next.added,
                    duplicates + next.duplicates,
                    revisions + next.revisions,
                    firstRevision.isEmpty() ? next.firstRevision : firstRevision);
        }
    }

    /**
     * Adds rows that all lie in the partition.
     *
     * @param rows sorted rows
     * @param from first row
     * @param to end, exclusive
     * @param origin where they came from
     * @param strict whether another version of a row stops the write
     */
    Outcome add(Rows rows, int from, int to, Provenance origin, boolean strict) throws IOException {
        boolean exists = Files.isDirectory(folder);
        PartitionManifest before = exists ? PartFiles.manifest(folder, place) : PartitionManifest.empty(place);
        long first = rows.time()[from];
        long last = rows.time()[to - 1];
        boolean touches = before.parts().stream().anyMatch(part -> part.touches(first, last + 1));
        if (!touches && rows.isDistinct(from, to)) {
            stage(before, exists, rows, from, to, origin);
            return new Outcome(to - from, 0, 0, "");
        }
        Versions versions = new Versions(touches ? load(first, last + 1) : rows.slice(0, 0), rows.slice(from, to));
        if (strict && versions.revised() > 0) {
            throw new IOException(folder + ": " + versions.revised() + " rows have other values than those in the store"
                    + ", the first at " + versions.firstRevised()
                    + "; nothing of them was written: find out which is right, or write without strict to keep both");
        }
        Rows accepted = versions.accepted();
        if (accepted.size() > 0) {
            stage(before, exists, accepted, 0, accepted.size(), origin);
        }
        long added = accepted.size() - versions.revised();
        return new Outcome(added, versions.duplicates(), versions.revised(), versions.firstRevised());
    }

    /** All versions of the rows in a range. */
    private Rows load(long from, long to) throws IOException {
        Wanted wanted = Wanted.everything(key, series, from, to);
        try (PartitionScan scan = new PartitionScan(open(wanted), wanted, StoreScan.BATCH_ROWS)) {
            return rows(Pieces.joined(scan.whole(), wanted));
        }
    }

    private PartFiles open(Wanted wanted) throws IOException {
        return PartFiles.open(
                folder,
                place,
                wanted,
                (path, failure) -> {
                    throw failure;
                },
                false);
    }

    private Rows rows(List<RawColumn> columns) {
        return new Rows(
                key.barNanos(),
                columns.get(0).longs(),
                columns.get(1).longs(),
                columns.get(2).longs(),
                columns.get(3).longs(),
                columns.subList(4, columns.size()));
    }

    private void stage(PartitionManifest before, boolean exists, Rows rows, int from, int to, Provenance origin)
            throws IOException {
        Path home = exists || isHidden() ? folder : fresh();
        try {
            List<Path> folders = new ArrayList<>();
            folders.add(home);
            if (!exists) {
                disk.remove(home);
                disk.draftFolder(home, folders);
            }
            PartitionManifest.Part part = draft(home, rows, from, to, List.of(before.origin(origin)));
            PartitionManifest after = before.with(part, origin);
            staged.add(place, exists ? change(before, after, part) : fresh(home, folders, after, part));
        } catch (IOException e) {
            throw failed(home, exists, e);
        }
    }

    /** Whether nothing of the series is seen yet. */
    private boolean isHidden() {
        return staged.begun(key).isPresent();
    }

    /** A new partition, which is shown with its series or by its own name. */
    private StagedChanges.Change fresh(
            Path home, List<Path> folders, PartitionManifest after, PartitionManifest.Part part) throws IOException {
        Path manifest = home.resolve(PartitionManifest.FILE);
        disk.draft(manifest, after.json());
        return new StagedChanges.Change(
                List.of(home.resolve(part.name()), manifest),
                folders,
                home,
                folder,
                () -> {},
                () -> StoreDisk.discard(home));
    }

    /** Another manifest of a partition that is there. */
    private StagedChanges.Change change(PartitionManifest before, PartitionManifest after, PartitionManifest.Part part)
            throws IOException {
        Path file = folder.resolve(part.name());
        Path manifest = folder.resolve(PartitionManifest.FILE);
        Path next = StoreDisk.drafted(manifest);
        disk.draft(next, after.json());
        return new StagedChanges.Change(List.of(file, next), List.of(folder), next, manifest, () -> tidy(after), () -> {
            StoreDisk.discard(next);
            if (!names(before).contains(part.name())) {
                StoreDisk.discard(file);
            }
        });
    }

    private void tidy(PartitionManifest now) throws IOException {
        try {
            sweep(now);
            if (now.parts().size() > MOST_PARTS) {
                merge(now);
            }
        } catch (IOException e) {
            throw failed(folder, true, e);
        }
    }

    private PartitionManifest.Part draft(Path home, Rows rows, int from, int to, List<Integer> origins)
            throws IOException {
        Path fresh = home.resolve(FRESH);
        List<RawColumn> columns = rows.columns(from, to);
        disk.begin(fresh);
        ParquetStream.Written written = ParquetWriting.write(fresh, columns, from, to, Map.of("lama.series", place));
        String name = PartitionManifest.partName(written.sha256());
        disk.name(fresh, home.resolve(name));
        return new PartitionManifest.Part(
                name,
                written.sha256(),
                written.footerDigest(),
                written.rows(),
                written.bytes(),
                rows.time()[from],
                rows.time()[to - 1],
                rows.isDistinct(from, to),
                Rows.types(columns),
                origins);
    }

    /** A full disk must get back what half a file took. */
    private IOException failed(Path home, boolean exists, IOException cause) {
        try {
            if (lock.isHeld()) {
                StoreDisk.discard(exists ? folder.resolve(FRESH) : home);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new IOException(
                folder + ": could not be written: " + cause.getMessage() + "; what was there before stays as it was",
                cause);
    }

    /** What a new partition is called until it is whole. */
    private Path fresh() {
        return folder.resolveSibling(StoreLayout.NEW + folder.getFileName());
    }

    /** Removes what a writer before left and nobody reads any more. */
    private void sweep(PartitionManifest now) throws IOException {
        Set<String> named = names(now);
        for (Path file : StoreDisk.list(folder)) {
            String name = file.getFileName().toString();
            boolean ours = PartitionManifest.isPart(name) || name.startsWith(".");
            if (ours && !named.contains(name)) {
                disk.remove(file);
            }
        }
    }

    private static Set<String> names(PartitionManifest manifest) {
        Set<String> named = new HashSet<>(manifest.superseded());
        manifest.parts().forEach(part -> named.add(part.name()));
        return named;
    }

    /** Merges the files of the partition and removes what is left over. */
    void compact() throws IOException {
        try {
            tryCompact();
        } catch (IOException e) {
            throw failed(folder, true, e);
        }
    }

    private void tryCompact() throws IOException {
        PartitionManifest before = PartFiles.manifest(folder, place);
        if (before.parts().size() > 1) {
            sweep(before);
            merge(before);
        } else if (!before.superseded().isEmpty()) {
            PartitionManifest after = before.settled();
            lock.check();
            disk.replace(folder.resolve(PartitionManifest.FILE), after.json());
            sweep(after);
        } else {
            sweep(before);
        }
    }

    private void merge(PartitionManifest before) throws IOException {
        List<PartitionManifest.Part> small = small(before);
        if (small.size() < 2) {
            return;
        }
        Wanted wanted = Wanted.everything(key, series, Long.MIN_VALUE, Long.MAX_VALUE);
        Rows rows;
        try (PartFiles all = open(wanted)) {
            List<PartFiles.Open> chosen = all.open().stream()
                    .filter(open -> small.contains(open.part()))
                    .toList();
            try (PartitionScan scan = new PartitionScan(new PartFiles(chosen), wanted, StoreScan.BATCH_ROWS)) {
                rows = rows(Pieces.joined(scan.whole(), wanted));
            }
        }
        PartitionManifest.Part part = draft(folder, rows, 0, rows.size(), PartitionManifest.origins(small));
        StagedChanges.Change change = change(before, before.merged(small, part), part);
        StagedChanges alone = new StagedChanges(disk, lock);
        alone.add(
                place,
                new StagedChanges.Change(
                        change.files(), change.folders(), change.from(), change.to(), () -> {}, change.undo()));
        alone.show();
    }

    /** The smallest files, as many as fit into memory together. */
    private static List<PartitionManifest.Part> small(PartitionManifest manifest) {
        List<PartitionManifest.Part> bySize = new ArrayList<>(manifest.parts());
        bySize.sort(Comparator.comparingLong(PartitionManifest.Part::rows));
        List<PartitionManifest.Part> small = new ArrayList<>();
        long rows = 0;
        for (PartitionManifest.Part part : bySize) {
            rows += part.rows();
            if (rows <= MERGED_ROWS) {
                small.add(part);
            }
        }
        return small;
    }
}
