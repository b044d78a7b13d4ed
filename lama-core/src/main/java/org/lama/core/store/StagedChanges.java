package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes of partitions and series that are written and not shown yet. Showing them takes four passes over all of them,
 * for a pass of waiting for the disk costs about as much as waiting for one file: contents forced, folders of the contents
 * forced, names given, folders of the names forced. A name is given only when all that it shows is on the disk. Not
 * thread-safe.
 */
final class StagedChanges {
    private final StoreDisk disk;
    private final StoreLock lock;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private final Map<SeriesKey, Begun> series = new LinkedHashMap<>();

    StagedChanges(StoreDisk disk, StoreLock lock) {
        this.disk = disk;
        this.lock = lock;
    }

    /** What is done to the disk before or after a change is shown. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    /**
     * A change that one name shows.
     *
     * @param files what was written for it
     * @param folders what they lie in, and folders in which others were made
     * @param from the name of the change that nobody reads; if it is the second one, another change shows this one
     * @param to the name under which it is seen
     * @param after what is to be done once it is seen
     * @param undo removes it if it could not be shown
     */
    record Change(List<Path> files, List<Path> folders, Path from, Path to, Action after, Action undo) {}

    /**
     * A series of which nothing is seen yet.
     *
     * @param folder where it is until then
     * @param file its columns
     */
    record Begun(Path folder, SeriesFile file) {}

    /** Notes a change. */
    void add(String place, Change change) {
        places.add(place);
        changes.add(change);
    }

    /** Notes a new series. */
    void begin(SeriesKey key, Begun begun, Change change) {
        series.put(key, begun);
        add(key.toString(), change);
    }

    /** The series, if nothing of it is seen yet. */
    Optional<Begun> begun(SeriesKey key) {
        return Optional.ofNullable(series.get(key));
    }

    /** Whether a change of that place waits. */
    boolean has(String place) {
        return places.contains(place);
    }

    int size() {
        return changes.size();
    }

    /**
     * Shows all changes; afterwards none waits.
     *
     * @throws IOException if some could not be shown: those are undone
     */
    void show() throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        List<Change> now = List.copyOf(changes);
        changes.clear();
        places.clear();
        series.clear();
        int shown = 0;
        try {
            disk.force(now.stream().flatMap(change -> change.files.stream()).toList());
            disk.forceFolders(
                    now.stream().flatMap(change -> change.folders.stream()).toList());
            lock.check();
            for (Change change : now) {
                if (!change.from.equals(change.to)) {
                    disk.name(change.from, change.to);
                }
                shown++;
            }
        } catch (IOException e) {
            throw failed(now, shown, e);
        } finally {
            if (shown > 0) {
                disk.forceFolders(parents(now.subList(0, shown)));
            }
        }
        for (Change change : now) {
            change.after.run();
        }
    }

    private static List<Path> parents(List<Change> shown) {
        return shown.stream().map(change -> change.to.resolveSibling("")).toList();
    }

    /** A full disk must get back what the changes took. */
    private IOException failed(List<Change> all, int shown, IOException cause) {
        try {
            if (lock.isHeld()) {
                for (Change change : all.subList(shown, all.size())) {
                    change.undo.run();
                }
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        int others = all.size() - shown - 1;
        return new IOException(
                all.get(shown).to + (others == 0 ? "" : " and " + others + " others")
                        + ": could not be written: " + cause.getMessage()
                        + "; what was there before stays as it was",
                cause);
    }
}
