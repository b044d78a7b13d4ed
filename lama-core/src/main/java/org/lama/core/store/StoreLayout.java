package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;

/** Where things lie below the root of a store. Immutable; nothing outside of the root is ever named. */
final class StoreLayout {
    /** Marks the root of a store. */
    static final String MARK = "store.json";
    /** Starts the name of what is being made. */
    static final String NEW = ".new-";

    private static final Pattern DOCUMENT = Pattern.compile("[a-z]{1,40}\\.json");
    private static final String SYMBOL = "symbol=";
    private static final String INTERVAL = "interval=";

    private final Path root;

    StoreLayout(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path mark() {
        return root.resolve(MARK);
    }

    /** The file of a text that is kept beside the records. */
    Path document(String name) throws IOException {
        return safe(root.resolve(documentName(name) + ".json"));
    }

    /** The files of all texts that are kept beside the records. */
    List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path file : StoreDisk.list(root)) {
            if (DOCUMENT.matcher(file.getFileName().toString()).matches() && !file.equals(mark())) {
                documents.add(safe(file));
            }
        }
        return documents;
    }

    /** A name that no path and no statement can be made of, and that is not the store's own. */
    static String documentName(String name) {
        Check.that(
                Check.notNull(name, "name").matches("[a-z]{1,40}") && !name.equals("store"),
                "name must match [a-z]{1,40} and not be 'store', got '" + name + "'");
        return name;
    }

    /** The folder of a series. */
    Path series(SeriesKey key) throws IOException {
        Path symbol = root.resolve(key.kind().folder()).resolve(SYMBOL + key.instrument());
        Path folder = key.barNanos() == 0 ? symbol : symbol.resolve(INTERVAL + key.interval());
        return safe(folder);
    }

    /** A path below the root that no link leads out of it. */
    Path safe(Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(root) || normal.equals(root)) {
            throw new IOException(path + ": does not lie in the store " + root);
        }
        Path at = root;
        for (Path name : root.relativize(normal)) {
            at = at.resolve(name);
            requireNoLink(at);
        }
        return normal;
    }

    private static void requireNoLink(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(
                    path + ": is a symbolic link, which may lead out of the store; put the files themselves there");
        }
    }

    /** How a partition is called in its manifest. */
    static String place(SeriesKey key, PartitionSpan span) {
        return key + " " + span.name();
    }

    /** The partitions of a series in the order of time that can hold times of a range. */
    static List<PartitionSpan> partitions(SeriesKey key, Path series, long from, long to) throws IOException {
        List<PartitionSpan> found = new ArrayList<>();
        RecordKind.Partition length = key.kind().partition(key.barNanos());
        for (Path entry : StoreDisk.list(series)) {
            Optional<PartitionSpan> span =
                    PartitionSpan.parse(length, entry.getFileName().toString());
            if (span.isPresent() && span.get().touches(from, to)) {
                requireNoLink(entry);
                found.add(span.get());
            }
        }
        return found;
    }

    /**
     * A folder that looks like a series, and whose it is.
     *
     * @param folder the folder
     * @param key whose it is, empty if its name is none that we would give
     */
    record Found(Path folder, Optional<SeriesKey> key) {}

    /** All series, by kind and name. */
    List<Found> all() throws IOException {
        List<Found> found = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            Path folder = root.resolve(kind.folder());
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            for (Path symbol : StoreDisk.list(safe(folder))) {
                if (symbol.getFileName().toString().startsWith(SYMBOL)) {
                    add(found, kind, safe(symbol));
                }
            }
        }
        return found;
    }

    private void add(List<Found> found, RecordKind kind, Path symbol) throws IOException {
        String id = symbol.getFileName().toString().substring(SYMBOL.length());
        if (kind != RecordKind.BARS) {
            found.add(new Found(symbol, key(id, kind, "")));
            return;
        }
        for (Path interval : StoreDisk.list(symbol)) {
            String name = interval.getFileName().toString();
            if (name.startsWith(INTERVAL)) {
                found.add(new Found(safe(interval), key(id, kind, name.substring(INTERVAL.length()))));
            }
        }
    }

    private static Optional<SeriesKey> key(String id, RecordKind kind, String interval) {
        try {
            long nanos = kind == RecordKind.BARS ? SeriesKey.barNanos(interval) : 0;
            SeriesKey key = new SeriesKey(InstrumentId.parse(id), kind, nanos);
            return key.interval().equals(interval) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
