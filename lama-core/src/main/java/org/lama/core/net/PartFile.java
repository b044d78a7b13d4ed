package org.lama.core.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * The unfinished file of a download and what must be known to go on with it: {@code .NAME.part} and {@code
 * .NAME.part.json} beside the target. Only bytes that were forced to the disk count after a crash. One process at a time.
 */
final class PartFile implements AutoCloseable {
    private static final long CHECKPOINT_BYTES = 4L << 20;

    private final Path target;
    private final Path part;
    private final Path stateFile;
    private final FileChannel channel;
    private State state = State.NONE;
    private long position;
    private long durable;

    /** What the source said about the file; the total is -1 if it did not say. */
    record State(String identity, String etag, String lastModified, long total) {
        static final State NONE = new State("", "", "", -1);

        /** What says that the file is still the same one; weak tags do not. */
        String validator() {
            return !etag.isEmpty() && !etag.startsWith("W/") ? etag : lastModified;
        }
    }

    private PartFile(Path target, Path part, Path stateFile, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.stateFile = stateFile;
        this.channel = channel;
    }

    static PartFile open(Path target, String identity) throws IOException {
        String name = "." + target.getFileName() + ".part";
        Path part = target.resolveSibling(name);
        FileChannel channel = FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        PartFile file = new PartFile(target, part, target.resolveSibling(name + ".json"), channel);
        try {
            file.lock();
            file.load(identity);
            return file;
        } catch (IOException | IllegalArgumentException e) {
            channel.close();
            throw e;
        }
    }

    private void lock() throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException(target + ": something else downloads this file; wait for it");
        }
    }

    /** Goes on where the last run stopped, if it was the same question. */
    private void load(String identity) throws IOException {
        state = State.NONE;
        long kept = 0;
        if (Files.exists(stateFile)) {
            try {
                Node node = Documents.read(stateFile);
                if (node.get("question").asText().equals(hash(identity))) {
                    state = new State(
                            hash(identity),
                            node.get("etag").asText(),
                            node.get("lastModified").asText(),
                            node.get("total").asLong());
                    kept = node.get("durable").asLong();
                }
            } catch (IOException | IllegalArgumentException e) {
                state = State.NONE; // a damaged note is as good as none
            }
        }
        position = kept >= 0 && kept <= channel.size() ? kept : 0;
        durable = position;
        channel.truncate(position);
        channel.position(position);
    }

    private static String hash(String identity) {
        return Checksums.sha256(identity.getBytes(StandardCharsets.UTF_8));
    }

    State state() {
        return state;
    }

    long position() {
        return position;
    }

    /** Forgets the bytes and begins anew with what the source says now. */
    void restart(String identity, String etag, String lastModified, long total) throws IOException {
        state = new State(hash(identity), etag, lastModified, total);
        position = 0;
        channel.truncate(0);
        channel.position(0);
        checkpoint();
    }

    void write(byte[] block, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(block, 0, length);
        while (buffer.hasRemaining()) {
            position += channel.write(buffer);
        }
        if (position - durable >= CHECKPOINT_BYTES) {
            checkpoint();
        }
    }

    /** From here on a crash loses nothing of what is there. */
    void checkpoint() throws IOException {
        channel.force(true);
        durable = position;
        String text = Documents.json(Node.object()
                .put("question", state.identity())
                .put("etag", state.etag())
                .put("lastModified", state.lastModified())
                .put("total", state.total())
                .put("durable", durable)
                .build());
        AtomicFiles.write(stateFile, text.getBytes(StandardCharsets.UTF_8));
    }

    String sha256() throws IOException {
        channel.force(true);
        return Checksums.sha256(part);
    }

    /** Puts the file into its place at once. */
    void finish() throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(target + ": the file system cannot rename atomically; choose another folder", e);
        }
        Files.deleteIfExists(stateFile);
    }

    /** Removes what was downloaded. */
    void discard() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(stateFile);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
