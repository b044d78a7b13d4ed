package org.lama.core.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Suggestion;
import org.lama.core.series.Provenance;

/**
 * A store in a folder: Parquet files by kind, series and time, {@code trades/symbol=BINANCE.SPOT.BTC-USDT/date=2024-01-31/},
 * beside each other's manifests. Readers go by the manifests alone, so that what a writer left half done is not seen;
 * every byte that is used is checked. One writer in all processes, found by a lock that dies with its process; readers
 * need none. Times come from the rows alone, never from a clock. Methods may be called from several threads; writes are
 * done one after the other. A scan belongs to one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ParquetStore implements MarketStore {
    /** More changes are not kept back: each has files that wait for the disk. */
    private static final int MOST_STAGED = 512;
    /** Reading fewer manifests again costs less than writing down what all say. */
    private static final int WORTH_REMEMBERING = 32;

    private final StoreLayout layout;
    private final Strictness strictness;
    private final StoreDisk disk;
    private final Set<Issue> issues = new LinkedHashSet<>();
    private @Nullable StoreLock lock;
    private @Nullable StagedChanges staged;
    private boolean isTogether;
    private int changed;

    private ParquetStore(StoreLayout layout, Strictness strictness, StoreDisk disk) {
        this.layout = layout;
        this.strictness = strictness;
        this.disk = disk;
    }

    /** What a reader does about broken files. */
    public enum Strictness {
        /** It fails, naming the file. */
        STRICT,
        /** It leaves out the file as a whole, after checking every byte of each that it reads, and lists it as an issue. */
        SKIP
    }

    /**
     * Opens a store, strictly.
     *
     * @param root its folder; made by the first write if it is not there
     * @return the store
     * @throws IOException if there is something else, or a store of a newer version
     */
    public static ParquetStore open(Path root) throws IOException {
        return open(root, Strictness.STRICT);
    }

    /**
     * Opens a store.
     *
     * @param root its folder; made by the first write if it is not there
     * @param strictness what a reader does about broken files; writers are always strict
     * @return the store
     * @throws IOException if there is something else, or a store of a newer version
     */
    public static ParquetStore open(Path root, Strictness strictness) throws IOException {
        return open(root, strictness, (step, file) -> {});
    }

    /** With a listener to what is done to the disk. */
    static ParquetStore open(Path root, Strictness strictness, StoreDisk.Steps steps) throws IOException {
        Path real = Files.exists(root) ? root.toRealPath() : root;
        StoreLayout layout = new StoreLayout(real);
        if (Files.exists(real) && !Files.isDirectory(real)) {
            throw new IOException(root + ": is a file; a store is a folder");
        }
        if (Files.exists(layout.mark())) {
            SealedJson.read(layout.mark(), node -> node.get("store").asText());
        } else if (Files.isDirectory(real) && !layout.all().isEmpty()) {
            throw new IOException(layout.mark() + ": is missing, though there are series; put it back from a backup");
        }
        return new ParquetStore(layout, Check.notNull(strictness, "strictness"), new StoreDisk(steps));
    }

    /**
     * Whether a folder is a store.
     *
     * @param folder any path
     * @return true if a store has been written there
     */
    public static boolean isStore(Path folder) {
        return Files.isRegularFile(folder.resolve(StoreLayout.MARK));
    }

    /**
     * A file of a series, as its manifest tells.
     *
     * @param path below the root, with slashes
     * @param sha256 of all its bytes
     * @param rows how many it holds
     * @param bytes its size
     * @param firstNanos time of its first row
     * @param lastNanos time of its last row
     */
    public record Part(String path, String sha256, long rows, long bytes, long firstNanos, long lastNanos) {}

    /**
     * The files of a series in the order of time; the files themselves are not opened.
     *
     * @param key the series
     * @return those that count
     * @throws IOException if the series is not there or a manifest is broken
     */
    public List<Part> parts(SeriesKey key) throws IOException {
        Path folder = existing(key);
        List<Part> parts = new ArrayList<>();
        for (PartitionSpan span : StoreLayout.partitions(key, folder, Long.MIN_VALUE, Long.MAX_VALUE)) {
            Path partition = folder.resolve(span.name());
            String place = layout.root().relativize(partition).toString().replace('\\', '/');
            for (PartitionManifest.Part part :
                    PartFiles.manifest(partition, StoreLayout.place(key, span)).parts()) {
                parts.add(new Part(
                        place + "/" + part.name(),
                        part.sha256(),
                        part.rows(),
                        part.bytes(),
                        part.firstNanos(),
                        part.lastNanos()));
            }
        }
        return parts;
    }

    /**
     * Where the store is.
     *
     * @return its folder
     */
    public Path root() {
        return layout.root();
    }

    @Override
    public synchronized Written write(SeriesKey key, ParquetTable rows, Provenance provenance, boolean strict)
            throws IOException {
        Check.notNull(provenance, "provenance");
        Incoming incoming = Incoming.of(key, rows);
        PartitionWriter.Outcome outcome = new PartitionWriter.Outcome(0, 0, 0, "");
        if (incoming.rows().size() > 0) {
            outcome = shown(() -> add(key, incoming.rows(), provenance, strict));
        }
        return written(incoming, outcome);
    }

    private PartitionWriter.Outcome add(SeriesKey key, Rows sorted, Provenance provenance, boolean strict)
            throws IOException {
        PartitionWriter.Outcome outcome = new PartitionWriter.Outcome(0, 0, 0, "");
        PartitionWriter.Session session = session();
        SeriesWriter series = SeriesWriter.open(session, layout, key, sorted);
        RecordKind.Partition length = key.kind().partition(key.barNanos());
        for (int from = 0; from < sorted.size(); ) {
            PartitionSpan span = PartitionSpan.of(length, sorted.time()[from]);
            int to = end(sorted.time(), from, span.toNanos());
            if (series.isStaged(span) || session.staged().size() >= MOST_STAGED) {
                // what it holds is compared with what is seen
                session.staged().show();
                series = SeriesWriter.open(session, layout, key, sorted);
            }
            outcome = outcome.and(series.partition(span).add(sorted, from, to, provenance, strict));
            from = to;
            changed++;
        }
        return outcome;
    }

    /** Something that writes. */
    private interface Work<T> {
        T run() throws IOException;
    }

    @Override
    public synchronized void together(Writes writes) throws IOException {
        shown(() -> {
            writes.run();
            return writes;
        });
    }

    /** Shows what was written when all of it is: also if it ends with an exception, but not if the process is dying. */
    private <T> T shown(Work<T> work) throws IOException {
        if (isTogether) {
            return work.run();
        }
        isTogether = true;
        try {
            T done = work.run();
            show();
            return done;
        } catch (IOException | RuntimeException e) {
            try {
                show();
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        } finally {
            staged = null;
            isTogether = false;
        }
    }

    private void show() throws IOException {
        if (staged != null) {
            staged.show();
        }
    }

    /** The first row from which times lie at or after an end. */
    private static int end(long[] time, int from, long endNanos) {
        int low = from + 1;
        int high = time.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time[middle] < endNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Written written(Incoming incoming, PartitionWriter.Outcome outcome) {
        List<Issue> all = new ArrayList<>(incoming.issues());
        if (outcome.revisions() > 0) {
            all.add(new Issue(
                    Issue.Reason.REVISED,
                    outcome.firstRevision(),
                    outcome.revisions() + " rows have other values than those in the store; both are kept, each from"
                            + " when it was known"));
        }
        return new Written(outcome.added(), outcome.duplicates(), outcome.revisions(), incoming.refused(), all);
    }

    private PartitionWriter.Session session() throws IOException {
        try {
            if (lock == null) {
                disk.folder(layout.root());
                lock = StoreLock.take(layout.root(), disk);
            }
            if (!Files.exists(layout.mark())) {
                disk.replace(layout.mark(), SealedJson.bytes(SealedJson.start().put("store", "lama")));
            }
            if (staged == null) {
                staged = new StagedChanges(disk, lock);
            }
            return new PartitionWriter.Session(disk, lock, staged);
        } catch (FileSystemException e) {
            throw new IOException(
                    layout.root() + ": a store cannot be written here (" + e + "); choose a folder that can be written",
                    e);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw reason.contains(layout.root().toString()) ? e : new IOException(layout.root() + ": " + reason, e);
        }
    }

    @Override
    public Batches scan(Query query) throws IOException {
        Path folder = existing(query.key());
        Wanted wanted = Wanted.of(query, SeriesFile.read(folder, query.key()));
        List<PartitionSpan> spans = StoreLayout.partitions(query.key(), folder, query.fromNanos(), query.toNanos());
        return scan(query.key(), folder, wanted, spans);
    }

    @Override
    public Batches scanVersions(Query query) throws IOException {
        Path folder = existing(query.key());
        Wanted wanted = Wanted.versions(query, SeriesFile.read(folder, query.key()));
        List<PartitionSpan> spans = StoreLayout.partitions(query.key(), folder, query.fromNanos(), query.toNanos());
        return scan(query.key(), folder, wanted, spans);
    }

    @Override
    public ParquetTable read(Query query) throws IOException {
        Path folder = existing(query.key());
        Wanted wanted = Wanted.of(query, SeriesFile.read(folder, query.key()));
        List<PartitionSpan> spans = StoreLayout.partitions(query.key(), folder, query.fromNanos(), query.toNanos());
        try (StoreScan scan = scan(query.key(), folder, wanted, spans)) {
            return scan.all();
        }
    }

    /** Reads the partitions alone that have a later version. */
    @Override
    public ParquetTable revisions(Query query) throws IOException {
        SeriesKey key = query.key();
        Path folder = existing(key);
        List<PartitionSpan> spans = new ArrayList<>();
        for (PartitionSpan span : StoreLayout.partitions(key, folder, query.fromNanos(), query.toNanos())) {
            PartitionManifest manifest = PartFiles.manifest(folder.resolve(span.name()), StoreLayout.place(key, span));
            if (manifest.parts().stream().anyMatch(part -> part.has(Rows.REVISION))) {
                spans.add(span);
            }
        }
        try (StoreScan scan = scan(key, folder, Wanted.versions(query), spans)) {
            return later(scan.all());
        }
    }

    private static ParquetTable later(ParquetTable versions) {
        long[] revision = versions.longs(Rows.REVISION);
        long[] times = versions.times(RecordKind.TIME);
        long[] available = versions.times(RecordKind.AVAILABLE);
        int[] later = IntStream.range(0, revision.length)
                .filter(row -> revision[row] > 0)
                .toArray();
        return ParquetTable.builder(later.length)
                .times(
                        RecordKind.TIME,
                        Arrays.stream(later).mapToLong(row -> times[row]).toArray())
                .times(
                        RecordKind.AVAILABLE,
                        Arrays.stream(later).mapToLong(row -> available[row]).toArray())
                .build();
    }

    private StoreScan scan(SeriesKey key, Path folder, Wanted wanted, List<PartitionSpan> spans) {
        boolean skip = strictness == Strictness.SKIP;
        return new StoreScan(new StoreScan.Reading(key, folder, wanted, this::broken, skip), spans);
    }

    private void broken(Path path, IOException failure) throws IOException {
        if (strictness == Strictness.STRICT) {
            throw failure;
        }
        synchronized (issues) {
            issues.add(new Issue(Issue.Reason.UNREADABLE, path.toString(), String.valueOf(failure.getMessage())));
        }
    }

    /** The folder of a series that must be there. */
    private Path existing(SeriesKey key) throws IOException {
        Path folder = layout.series(key);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        List<String> names = new ArrayList<>();
        for (StoreLayout.Found found : Files.isDirectory(layout.root()) ? layout.all() : List.<StoreLayout.Found>of()) {
            found.key().ifPresent(other -> names.add(other.toString()));
        }
        throw new NoSuchFileException(
                folder.toString(),
                null,
                "store " + layout.root() + " has no series " + key
                        + (names.isEmpty() ? "; it is empty" : Suggestion.alike(key.toString(), names)));
    }

    /** What manifests said before is remembered as long as they look the same from outside. */
    @Override
    public List<Entry> catalogue() throws IOException {
        Map<String, CatalogueFile.Remembered> remembered = CatalogueFile.read(layout);
        List<CatalogueFile.Known> all = new ArrayList<>();
        int read = 0;
        for (StoreLayout.Found found : named()) {
            SeriesKey key = found.key().orElseThrow();
            List<CatalogueFile.Stamp> now = CatalogueFile.stamps(key, found.folder());
            Optional<Entry> known = CatalogueFile.entry(remembered, key, now);
            if (known.isEmpty()) {
                read += now.size();
            }
            Entry entry = known.isPresent() ? known.get() : entry(key, found.folder());
            if (entry.rows() > 0) {
                all.add(new CatalogueFile.Known(entry, now));
            }
        }
        // with SKIP an entry may lack what was broken
        if (read >= WORTH_REMEMBERING && strictness == Strictness.STRICT) {
            CatalogueFile.write(layout, all);
        }
        return all.stream().map(CatalogueFile.Known::entry).toList();
    }

    /** Names of folders alone; a series that a dead writer only began has no partition. */
    @Override
    public List<SeriesKey> keys() throws IOException {
        List<SeriesKey> keys = new ArrayList<>();
        for (StoreLayout.Found found : named()) {
            SeriesKey key = found.key().orElseThrow();
            if (!StoreLayout.partitions(key, found.folder(), Long.MIN_VALUE, Long.MAX_VALUE)
                    .isEmpty()) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Its own manifests alone. */
    @Override
    public Optional<Entry> entry(SeriesKey key) throws IOException {
        Path folder = layout.series(key);
        return Files.isDirectory(folder)
                ? Optional.of(entry(key, folder)).filter(entry -> entry.rows() > 0)
                : Optional.empty();
    }

    /** The folders of series; those of other names are broken. */
    private List<StoreLayout.Found> named() throws IOException {
        List<StoreLayout.Found> all = new ArrayList<>();
        for (StoreLayout.Found found : Files.isDirectory(layout.root()) ? layout.all() : List.<StoreLayout.Found>of()) {
            if (found.key().isPresent()) {
                all.add(found);
            } else {
                broken(found.folder(), new IOException(found.folder() + ": is no name of a series; move it elsewhere"));
            }
        }
        return all;
    }

    private Entry entry(SeriesKey key, Path folder) throws IOException {
        long rows = 0;
        long bytes = 0;
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        Set<Provenance> origins = new LinkedHashSet<>();
        for (PartitionManifest manifest : manifests(key, folder)) {
            rows += manifest.rows();
            bytes += manifest.bytes();
            from = Math.min(from, manifest.firstNanos());
            to = Math.max(to, manifest.lastNanos());
            origins.addAll(manifest.provenance());
        }
        return new Entry(key, rows, from, to, bytes, List.copyOf(origins));
    }

    /** The manifests of a series in the order of time. */
    private List<PartitionManifest> manifests(SeriesKey key, Path folder) throws IOException {
        List<PartitionManifest> manifests = new ArrayList<>();
        for (PartitionSpan span : StoreLayout.partitions(key, folder, Long.MIN_VALUE, Long.MAX_VALUE)) {
            Path partition = folder.resolve(span.name());
            try {
                manifests.add(PartFiles.manifest(partition, StoreLayout.place(key, span)));
            } catch (IOException e) {
                broken(partition.resolve(PartitionManifest.FILE), e);
            }
        }
        return manifests;
    }

    /**
     * Merges the files of a series and removes what nobody reads any more. What it reads back is the same, bit by bit.
     *
     * @param key the series
     * @throws IOException if it is not there, broken or cannot be written
     */
    public synchronized void compact(SeriesKey key) throws IOException {
        show();
        Path folder = existing(key);
        SeriesWriter series = SeriesWriter.existing(session(), layout, key);
        for (PartitionSpan span : StoreLayout.partitions(key, folder, Long.MIN_VALUE, Long.MAX_VALUE)) {
            series.partition(span).compact();
        }
    }

    /**
     * Merges the files of every series, as {@link #compact(SeriesKey)}.
     *
     * @throws IOException if one is broken or cannot be written
     */
    public synchronized void compact() throws IOException {
        for (Entry entry : catalogue()) {
            compact(entry.key());
        }
    }

    /**
     * A file of a series.
     *
     * @param path where it lies, relative to the store's folder
     * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits
     * @param rows number of rows, revisions included
     * @param bytes its size
     * @param fromNanos time of the first row
     * @param toNanos time of the last row
     * @param columns what it holds; a column {@code seq} or {@code available} that it lacks is what the kind's rule says
     */
    public record StoredFile(
            String path, String sha256, long rows, long bytes, long fromNanos, long toNanos, List<String> columns) {
        /**
         * Copies the list.
         *
         * @param path where it lies, relative to the store's folder
         * @param sha256 digest of its bytes
         * @param rows number of rows, revisions included
         * @param bytes its size
         * @param fromNanos time of the first row
         * @param toNanos time of the last row
         * @param columns what it holds
         */
        public StoredFile {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The files that hold a range of a series now, from their manifests alone.
     *
     * @param query of which only key and range count
     * @return in the order of time
     * @throws IOException if the series is not there or a manifest is broken
     */
    public List<StoredFile> files(Query query) throws IOException {
        Path folder = existing(query.key());
        List<StoredFile> files = new ArrayList<>();
        for (PartitionSpan span : StoreLayout.partitions(query.key(), folder, query.fromNanos(), query.toNanos())) {
            Path partition = folder.resolve(span.name());
            for (PartitionManifest.Part part : PartFiles.manifest(partition, StoreLayout.place(query.key(), span))
                    .parts()) {
                if (part.touches(query.fromNanos(), query.toNanos())) {
                    files.add(new StoredFile(
                            layout.root()
                                    .relativize(partition.resolve(part.name()))
                                    .toString(),
                            part.sha256(),
                            part.rows(),
                            part.bytes(),
                            part.firstNanos(),
                            part.lastNanos(),
                            List.copyOf(part.columns().keySet())));
                }
            }
        }
        return files;
    }

    @Override
    public Optional<String> document(String name) throws IOException {
        Path file = layout.document(name);
        return Files.exists(file) ? Optional.of(SealedJson.text(file)) : Optional.empty();
    }

    @Override
    public synchronized void keepDocument(String name, String text) throws IOException {
        session().disk().replace(layout.document(name), SealedJson.sealed(text));
    }

    /**
     * Checks every byte of every file that counts.
     *
     * @return one issue for each that is missing or broken; empty if the store is whole
     * @throws IOException if its folders cannot be listed
     */
    public List<Issue> verify() throws IOException {
        List<Issue> found = new ArrayList<>();
        PartFiles.Broken note = (path, failure) ->
                found.add(new Issue(Issue.Reason.UNREADABLE, path.toString(), String.valueOf(failure.getMessage())));
        if (!Files.isDirectory(layout.root())) {
            return found;
        }
        for (Path document : layout.documents()) {
            try {
                SealedJson.text(document);
            } catch (IOException e) {
                note.found(document, e);
            }
        }
        for (StoreLayout.Found series : layout.all()) {
            if (series.key().isEmpty()) {
                note.found(series.folder(), new IOException(series.folder() + ": is no name of a series"));
                continue;
            }
            SeriesKey key = series.key().get();
            try {
                SeriesFile.read(series.folder(), key);
            } catch (IOException e) {
                note.found(series.folder().resolve(SeriesFile.FILE), e);
            }
            Wanted all = Wanted.everything(key, SeriesFile.of(key, Map.of()), Long.MIN_VALUE, Long.MAX_VALUE);
            for (PartitionSpan span : StoreLayout.partitions(key, series.folder(), Long.MIN_VALUE, Long.MAX_VALUE)) {
                Path partition = series.folder().resolve(span.name());
                PartFiles.open(partition, StoreLayout.place(key, span), all, note, true)
                        .close();
            }
        }
        return found;
    }

    /**
     * What was left out because it was broken, since the store was opened with {@link Strictness#SKIP}.
     *
     * @return one for each file
     */
    public List<Issue> issues() {
        synchronized (issues) {
            return List.copyOf(issues);
        }
    }

    private void rememberAll() {
        try {
            catalogue();
        } catch (IOException broken) {
            // whoever reads next is told
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (changed >= WORTH_REMEMBERING) {
            changed = 0;
            rememberAll();
        }
        if (lock != null) {
            lock.close();
            lock = null;
            staged = null;
        }
    }
}
