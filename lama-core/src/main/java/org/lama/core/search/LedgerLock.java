package org.lama.core.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive right to write a ledger, within this process and between processes. The lock file is never the ledger itself:
 * on POSIX systems closing any channel of a file gives up all locks that the process holds on it.
 */
final class LedgerLock implements Closeable {
    // File locks belong to the process, so threads need a lock of their own, shared by all ledgers of the same file.
    // The map holds no results, and one small entry per ledger file.
    private static final ConcurrentHashMap<Path, ReentrantLock> WITHIN_PROCESS = new ConcurrentHashMap<>();

    private static final int ATTEMPTS = 3_000;
    private static final long PAUSE_NANOS = 10_000_000L;

    private final ReentrantLock thread;
    private final FileChannel channel;
    private final FileLock process;

    private LedgerLock(ReentrantLock thread, FileChannel channel, FileLock process) {
        this.thread = thread;
        this.channel = channel;
        this.process = process;
    }

    static LedgerLock take(Path ledger) throws IOException {
        return take(ledger, ATTEMPTS);
    }

    static LedgerLock take(Path ledger, int attempts) throws IOException {
        // The real path, so that two names of one directory share one lock.
        Path lockFile = realDirectory(ledger).resolve("trials.lock");
        ReentrantLock thread = WITHIN_PROCESS.computeIfAbsent(lockFile, key -> new ReentrantLock());
        thread.lock();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            for (int attempt = 0; attempt < attempts; attempt++) {
                FileLock process = tryLock(channel);
                if (process != null) {
                    return new LedgerLock(thread, channel, process);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            throw new IOException("trial ledger " + ledger + " is locked by another process; wait for it to end");
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            thread.unlock();
            throw e;
        }
    }

    /** A lock that this process took by other means counts as one of another process. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Path realDirectory(Path ledger) throws IOException {
        Path directory = ledger.toAbsolutePath().getParent();
        return (directory == null ? ledger.toAbsolutePath() : directory).toRealPath();
    }

    /** Fails if the lock was lost. */
    void check() throws IOException {
        if (!process.isValid()) {
            throw new IOException("the lock of the trial ledger was lost");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            thread.unlock();
        }
    }
}
