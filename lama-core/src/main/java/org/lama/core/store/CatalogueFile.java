package org.lama.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lama.core.series.Provenance;

/**
 * What the manifests said when they were last read, in one file at the root, so that thousands need not be read to list a
 * store. It is a memory and never a proof: what it says of a series counts only while each manifest of the series has the
 * size, the time of change and the identity noted there, and the file as a whole only with its checksum. So it may be lost,
 * cut, old or written by several at once. Times of files are only compared with each other for being equal. Static and
 * thread-safe.
 */
final class CatalogueFile {
    private static final String FILE = ".catalogue";
    private static final String HEAD = "lama catalogue 1 ";
    /** Two changes within so much of a file's time may look like one. */
    private static final long SAME_NANOS = 1_000_000_000L;

    private CatalogueFile() {}

    /**
     * How a manifest looks from outside.
     *
     * @param partition which one
     * @param bytes its size, -1 if it is not there
     * @param changedNanos when it was changed, as the file system says it
     * @param identity which file it is, empty where the file system does not tell
     */
    record Stamp(String partition, long bytes, long changedNanos, String identity) {}

    /**
     * What is remembered of a series.
     *
     * @param entry what its manifests said
     * @param stamps how they looked just before they were read
     */
    record Known(MarketStore.Entry entry, List<Stamp> stamps) {}

    /**
     * What the file says of a series.
     *
     * @param cells of its line
     * @param origins those of all series
     * @param stamps how its manifests looked
     */
    record Remembered(List<String> cells, List<Provenance> origins, List<Stamp> stamps) {
        MarketStore.Entry entry(SeriesKey key) {
            List<Provenance> own = new ArrayList<>();
            for (String place : cells.get(5).split(",", -1)) {
                own.add(origins.get(Integer.parseInt(place)));
            }
            return new MarketStore.Entry(key, number(1), number(2), number(3), number(4), own);
        }

        private long number(int cell) {
            return Long.parseLong(cells.get(cell));
        }
    }

    /** How the manifests of a series look now. */
    static List<Stamp> stamps(SeriesKey key, Path folder) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (PartitionSpan span : StoreLayout.partitions(key, folder, Long.MIN_VALUE, Long.MAX_VALUE)) {
            Path manifest = folder.resolve(span.name()).resolve(PartitionManifest.FILE);
            try {
                BasicFileAttributes now =
                        Files.readAttributes(manifest, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                stamps.add(new Stamp(
                        span.name(),
                        now.isRegularFile() ? now.size() : -1,
                        now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        Objects.toString(now.fileKey(), "").replaceAll("[^A-Za-z0-9=,()]", "")));
            } catch (IOException gone) {
                stamps.add(new Stamp(span.name(), -1, 0, ""));
            }
        }
        return stamps;
    }

    /** What is remembered, by the names of series; nothing if the file is missing or not whole. */
    static Map<String, Remembered> read(StoreLayout layout) {
        Path file = layout.root().resolve(FILE);
        try {
            long writtenNanos =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
            String text = Files.readString(file);
            int body = text.indexOf('\n') + 1;
            return text.substring(0, body).equals(head(text.substring(body)))
                    ? parse(text.substring(body).lines().toList(), writtenNanos - SAME_NANOS)
                    : Map.of();
        } catch (IOException | RuntimeException notWhole) {
            return Map.of();
        }
    }

    private static String head(String body) {
        return HEAD + Checksums.sha256(body.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    private static Map<String, Remembered> parse(List<String> lines, long beforeNanos) throws IOException {
        int origins = Integer.parseInt(lines.get(0));
        List<Provenance> all = new ArrayList<>();
        for (String line : lines.subList(1, 1 + origins)) {
            all.add(OriginText.parse(Documents.parseJson(line, FILE)));
        }
        Map<String, Remembered> known = new LinkedHashMap<>();
        for (String line : lines.subList(1 + origins, lines.size())) {
            String[] cells = line.split("\t", -1);
            List<Stamp> stamps = new ArrayList<>();
            for (int at = 6; at < cells.length; at += 4) {
                stamps.add(new Stamp(
                        cells[at], Long.parseLong(cells[at + 1]), Long.parseLong(cells[at + 2]), cells[at + 3]));
            }
            if (stamps.stream().allMatch(stamp -> stamp.changedNanos < beforeNanos)) {
                known.put(cells[0], new Remembered(List.of(cells), all, stamps));
            }
        }
        return known;
    }

    /** Remembers, if it can: nothing depends on it. */
    static void write(StoreLayout layout, List<Known> all) {
        Map<String, Integer> origins = new LinkedHashMap<>();
        StringBuilder rows = new StringBuilder();
        for (Known known : all) {
            MarketStore.Entry entry = known.entry;
            List<String> places = new ArrayList<>();
            for (Provenance origin : entry.provenance()) {
                String text = Documents.compactJson(OriginText.node(origin)).strip();
                places.add(String.valueOf(origins.computeIfAbsent(text, t -> origins.size())));
            }
            rows.append(String.join(
                    "\t",
                    entry.key().toString(),
                    Long.toString(entry.rows()),
                    Long.toString(entry.fromNanos()),
                    Long.toString(entry.toNanos()),
                    Long.toString(entry.bytes()),
                    String.join(",", places)));
            known.stamps.forEach(stamp -> rows.append('\t')
                    .append(stamp.partition)
                    .append('\t')
                    .append(stamp.bytes)
                    .append('\t')
                    .append(stamp.changedNanos)
                    .append('\t')
                    .append(stamp.identity));
            rows.append('\n');
        }
        StringBuilder body = new StringBuilder().append(origins.size()).append('\n');
        origins.keySet().forEach(origin -> body.append(origin).append('\n'));
        body.append(rows);
        Path file = layout.root().resolve(FILE);
        Path next = layout.root().resolve(FILE + ".new");
        try {
            Files.writeString(next, head(body.toString()) + body);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException cannot) {
            forget(next);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException cannot) {
            // what cannot be written can often not be removed either
        }
    }

    /** What is remembered of a series that looks as it did. */
    static Optional<MarketStore.Entry> entry(Map<String, Remembered> remembered, SeriesKey key, List<Stamp> now) {
        return Optional.ofNullable(remembered.get(key.toString()))
                .filter(known -> known.stamps.equals(now))
                .map(known -> known.entry(key));
    }
}
