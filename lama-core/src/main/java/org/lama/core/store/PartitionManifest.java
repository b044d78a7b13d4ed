package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.lama.core.base.Check;
import org.lama.core.series.Provenance;
import org.lama.core.store.internal.RawColumn;

/**
 * What one partition holds: its files and where their rows came from. It is replaced as a whole; what it does not name
 * does not count. Immutable.
 *
 * @param place which partition of which series, so that a manifest in a wrong folder is noticed
 * @param parts the files, in the order in which they were written
 * @param superseded names of files that a reader with the former manifest may still open
 * @param provenance origins, each once
 */
record PartitionManifest(String place, List<Part> parts, List<String> superseded, List<Provenance> provenance) {
    /** Name of its file. */
    static final String FILE = "manifest.json";

    private static final Pattern PART = Pattern.compile("part-[0-9a-f]{16}\\.parquet");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /**
     * A file.
     *
     * @param name its name
     * @param sha256 digest of all bytes
     * @param footerDigest digest of its footer, which stands for all bytes through the checksums in it
     * @param rows number of rows
     * @param bytes size
     * @param firstNanos time of the first row
     * @param lastNanos time of the last row
     * @param distinct whether no two rows have the same time and sequence
     * @param columns what its columns hold, in order
     * @param origins places in the list of origins
     */
    record Part(
            String name,
            String sha256,
            String footerDigest,
            long rows,
            long bytes,
            long firstNanos,
            long lastNanos,
            boolean distinct,
            Map<String, RawColumn.Kind> columns,
            List<Integer> origins) {
        Part {
            Check.that(PART.matcher(name).matches(), "name of a part must match " + PART + ", got '" + name + "'");
            Check.that(DIGEST.matcher(sha256).matches(), "sha256 must be 64 digits");
            Check.that(DIGEST.matcher(footerDigest).matches(), "footer must be 64 digits");
            Check.that(rows > 0 && bytes > 0 && firstNanos <= lastNanos, "rows, bytes and times must make sense");
        }

        boolean touches(long from, long to) {
            return firstNanos < to && from <= lastNanos;
        }

        boolean has(String column) {
            return columns.containsKey(column);
        }
    }

    /** A partition without rows. */
    static PartitionManifest empty(String place) {
        return new PartitionManifest(place, List.of(), List.of(), List.of());
    }

    /** Name of the file with such content. */
    static String partName(String sha256) {
        return "part-" + sha256.substring(0, 16) + ".parquet";
    }

    static boolean isPart(String name) {
        return PART.matcher(name).matches();
    }

    /** The place of an origin, or the one it would get at the end. */
    int origin(Provenance origin) {
        int at = provenance.indexOf(origin);
        return at < 0 ? provenance.size() : at;
    }

    /** With one more file; the files that were superseded before are let go. */
    PartitionManifest with(Part part, Provenance origin) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        List<Provenance> origins = new ArrayList<>(provenance);
        if (!origins.contains(origin)) {
            origins.add(origin);
        }
        return new PartitionManifest(place, more, List.of(), origins);
    }

    /** With some files replaced by one. */
    PartitionManifest merged(List<Part> old, Part part) {
        List<Part> rest = new ArrayList<>(parts);
        rest.removeAll(old);
        rest.add(part);
        return new PartitionManifest(place, rest, old.stream().map(Part::name).toList(), provenance);
    }

    /** The same without files to wait for. */
    PartitionManifest settled() {
        return new PartitionManifest(place, parts, List.of(), provenance);
    }

    /** The origins of some files, as places. */
    static List<Integer> origins(List<Part> parts) {
        TreeSet<Integer> all = new TreeSet<>();
        parts.forEach(part -> all.addAll(part.origins));
        return List.copyOf(all);
    }

    long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    byte[] json() {
        Node.Fields out = SealedJson.start().put("place", place);
        out.put("files", Node.array(parts.stream().map(PartitionManifest::node).toList()));
        out.put("superseded", Node.texts(superseded));
        out.put(
                "provenance",
                Node.array(provenance.stream().map(OriginText::node).toList()));
        return SealedJson.bytes(out);
    }

    private static Node node(Part part) {
        Node.Fields columns = Node.object();
        part.columns.forEach((name, kind) -> columns.put(name, kind.name()));
        return Node.object()
                .put("name", part.name)
                .put("sha256", part.sha256)
                .put("footer", part.footerDigest)
                .put("rows", part.rows)
                .put("bytes", part.bytes)
                .put("first", part.firstNanos)
                .put("last", part.lastNanos)
                .put("distinct", part.distinct)
                .put("columns", columns.build())
                .put(
                        "provenance",
                        Node.array(part.origins.stream()
                                .map(origin -> Node.of((long) origin))
                                .toList()))
                .build();
    }

    /**
     * Reads a manifest.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is broken or belongs elsewhere, naming it
     */
    static PartitionManifest read(Path folder, String place) throws IOException {
        return SealedJson.read(folder.resolve(FILE), root -> {
            PartitionManifest manifest = new PartitionManifest(
                    root.get("place").asText(),
                    root.get("files").items().stream()
                            .map(PartitionManifest::part)
                            .toList(),
                    root.get("superseded").asTexts(),
                    root.get("provenance").items().stream()
                            .map(OriginText::parse)
                            .toList());
            Check.that(
                    manifest.place.equals(place),
                    "it belongs to " + manifest.place + ", not to " + place + "; put the folder back to its place");
            for (Part part : manifest.parts) {
                Check.that(
                        part.origins.stream().allMatch(at -> at >= 0 && at < manifest.provenance.size()),
                        "origins of " + part.name + " are not in its list");
            }
            return manifest;
        });
    }

    private static Part part(Node node) {
        Map<String, RawColumn.Kind> columns = new LinkedHashMap<>();
        Node names = node.get("columns");
        names.names()
                .forEach(name ->
                        columns.put(name, RawColumn.Kind.valueOf(names.get(name).asText())));
        List<Integer> origins =
                node.get("provenance").items().stream().map(Node::asInt).toList();
        return new Part(
                node.get("name").asText(),
                node.get("sha256").asText(),
                node.get("footer").asText(),
                node.get("rows").asLong(),
                node.get("bytes").asLong(),
                node.get("first").asLong(),
                node.get("last").asLong(),
                node.get("distinct").asBoolean(),
                columns,
                origins);
    }

    /** Time of the first row; the partition must have one. */
    long firstNanos() {
        return times(true);
    }

    /** Time of the last row; the partition must have one. */
    long lastNanos() {
        return times(false);
    }

    private long times(boolean first) {
        LongStream times = parts.stream().mapToLong(part -> first ? part.firstNanos : part.lastNanos);
        return (first ? times.min() : times.max()).orElseThrow();
    }
}
