package org.lama.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a store, of one process at a time. The system frees the lock of a process that died, whatever is
 * written in the owner file, so a stale one is simply taken over, under the next epoch. Not thread-safe.
 */
final class StoreLock implements Closeable {
    private static final String LOCK = ".lock";
    private static final String OWNER = ".owner.json";
    // Locks belong to the process, and closing any channel of the file would give them up: so a second writer of this
    // process must not even open it. Holds one path for each store that is being written.
    private static final Set<Path> WITHIN_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;
    private final long epoch;

    private StoreLock(Path root, FileChannel channel, FileLock lock, long epoch) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
        this.epoch = epoch;
    }

    /**
     * Who writes, as the owner file says it.
     *
     * @param pid number of the process
     * @param started when it was started, as the system says it, empty if it does not
     * @param epoch how often the store has changed hands
     */
    private record Owner(long pid, String started, long epoch) {
        static Owner self(long epoch) {
            ProcessHandle self = ProcessHandle.current();
            return new Owner(
                    self.pid(), self.info().startInstant().map(Object::toString).orElse(""), epoch);
        }

        byte[] json() {
            return SealedJson.bytes(
                    SealedJson.start().put("pid", pid).put("started", started).put("epoch", epoch));
        }

        /** What is written there; what cannot be read counts as nobody. */
        static Owner read(Path file) {
            try {
                return SealedJson.read(
                        file,
                        node -> new Owner(
                                node.get("pid").asLong(),
                                node.get("started").asText(),
                                node.get("epoch").asLong()));
            } catch (IOException e) {
                return new Owner(0, "", 0);
            }
        }
    }

    static StoreLock take(Path root, StoreDisk disk) throws IOException {
        Path real = root.toRealPath();
        if (!WITHIN_PROCESS.add(real)) {
            throw taken(root);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(real.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw taken(root);
            }
            Path owner = real.resolve(OWNER);
            Owner self = Owner.self(Owner.read(owner).epoch + 1);
            disk.replace(owner, self.json());
            return new StoreLock(real, channel, lock, self.epoch);
        } catch (IOException | RuntimeException | Error e) {
            if (channel != null) {
                channel.close();
            }
            WITHIN_PROCESS.remove(real);
            throw e;
        }
    }

    private static IOException taken(Path root) {
        Owner other = Owner.read(root.resolve(OWNER));
        return new IOException(root + ": is being written by process " + other.pid
                + (other.started.isEmpty() ? "" : ", started " + other.started) + " (epoch " + other.epoch
                + "); a store has one writer at a time: wait for it, or end it");
    }

    /** A lock that this process holds by other means counts as one of another process. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether nobody else has taken over, which file systems without true locks allow. */
    boolean isHeld() {
        return lock.isValid() && Owner.read(root.resolve(OWNER)).epoch == epoch;
    }

    /** Fails if somebody else has taken over. */
    void check() throws IOException {
        if (!isHeld()) {
            throw new IOException(root + ": the right to write, taken as epoch " + epoch + ", was lost to epoch "
                    + Owner.read(root.resolve(OWNER)).epoch + "; open the store again");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        WITHIN_PROCESS.remove(root);
    }
}
