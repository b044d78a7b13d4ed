package org.lama.core.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Answers on the disk, one file each: a line of JSON (address without secrets, ETag, time, checksum), then the content.
 * Files are written whole or not at all; a damaged one counts as absent and is removed. The name of a file is the
 * SHA-256 of the question without its secrets. When the files together grow beyond the limit, those that were not used
 * for longest go first. Several processes may share a folder. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HttpCache {
    private static final String ENDING = ".reply";
    private static final int FORMAT = 1;

    private final Path folder;
    private final long maximumBytes;

    private HttpCache(Path folder, long maximumBytes) {
        this.folder = folder;
        this.maximumBytes = maximumBytes;
    }

    /**
     * A cache in a folder.
     *
     * @param folder made if it does not exist; holds nothing but this cache
     * @param maximumBytes most bytes of all files together, at least 1; an answer larger than that is not kept
     * @return the cache
     * @throws IOException if the folder cannot be made
     */
    public static HttpCache in(Path folder, long maximumBytes) throws IOException {
        Check.that(maximumBytes >= 1, "maximumBytes must be >= 1, got " + maximumBytes);
        Files.createDirectories(folder);
        return new HttpCache(folder, maximumBytes);
    }

    /** An answer on the disk. */
    record Entry(String etag, String lastModified, String contentType, long storedNanos, Content content) {}

    /** Bytes by identity, so that records of them compare without surprise. */
    static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The answer to a question, if it is there and whole. */
    Optional<Entry> find(String identity, long nowNanos) throws IOException {
        Path file = file(identity);
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<Entry> entry = parse(all);
        if (entry.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            touch(file, nowNanos);
        }
        return entry;
    }

    private static void touch(Path file, long nowNanos) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(nowNanos, TimeUnit.NANOSECONDS));
        } catch (NoSuchFileException e) {
            // another process made room; the content is in our hands already
            return;
        }
    }

    private static Optional<Entry> parse(byte[] all) {
        int end = 0;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        if (end == all.length) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(all, end + 1, all.length);
        try {
            Node head = Documents.parseJson(new String(all, 0, end, StandardCharsets.UTF_8), "a kept reply");
            boolean whole = head.get("format").asLong() == FORMAT
                    && head.get("sha256").asText().equals(Checksums.sha256(content));
            return whole
                    ? Optional.of(new Entry(
                            head.get("etag").asText(),
                            head.get("lastModified").asText(),
                            head.get("contentType").asText(),
                            head.get("storedNanos").asLong(),
                            new Content(content)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Keeps an answer and makes room for it. */
    void put(String identity, String shown, Entry entry) throws IOException {
        Node head = Node.object()
                .put("format", FORMAT)
                .put("url", shown)
                .put("etag", entry.etag())
                .put("lastModified", entry.lastModified())
                .put("contentType", entry.contentType())
                .put("storedNanos", entry.storedNanos())
                .put("sha256", Checksums.sha256(entry.content().bytes()))
                .build();
        byte[] line = (head + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] content = entry.content().bytes();
        if (line.length + (long) content.length > maximumBytes) {
            Files.deleteIfExists(file(identity));
            return;
        }
        byte[] all = Arrays.copyOf(line, line.length + content.length);
        System.arraycopy(content, 0, all, line.length, content.length);
        AtomicFiles.write(file(identity), all);
        touch(file(identity), entry.storedNanos());
        makeRoom();
    }

    private record Kept(Path file, long bytes, FileTime used) {}

    private synchronized void makeRoom() throws IOException {
        List<Kept> files = new ArrayList<>();
        long total = 0;
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.filter(f -> f.toString().endsWith(ENDING)).toList()) {
                Optional<Kept> kept = kept(file);
                kept.ifPresent(files::add);
                total += kept.map(Kept::bytes).orElse(0L);
            }
        }
        files.sort(Comparator.comparing(Kept::used).thenComparing(Kept::file));
        for (int i = 0; total > maximumBytes && i < files.size(); i++) {
            Files.deleteIfExists(files.get(i).file());
            total -= files.get(i).bytes();
        }
    }

    /** Another process may have removed it. */
    private static Optional<Kept> kept(Path file) throws IOException {
        try {
            return Optional.of(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(String identity) {
        return folder.resolve(Checksums.sha256(identity.getBytes(StandardCharsets.UTF_8)) + ENDING);
    }
}
