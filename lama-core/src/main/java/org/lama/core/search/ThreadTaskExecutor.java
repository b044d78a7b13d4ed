package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Runs tasks on a pool that the caller owns and shuts down. The indices are cut into fixed chunks of equal size; a chunk
 * runs on one thread in index order; result k is kept in slot k.
 *
 * <p>On a failure no task above the failed index is started any more, running ones finish, tasks below it still run, and
 * the failure of the lowest index is thrown: with a pool that starts work in the order of submission, the same one for any
 * number of threads. When the calling thread is interrupted the rest is given up, the interrupt is kept and
 * {@link CancellationException} is thrown. Either way no task of this call is running when the call returns.
 *
 * <p>One level only: a task that calls {@code map} on the same pool can wait for itself for ever. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class ThreadTaskExecutor implements TaskExecutor {
    private final ExecutorService pool;
    private final int chunkSize;

    private ThreadTaskExecutor(ExecutorService pool, int chunkSize) {
        this.pool = Check.notNull(pool, "pool");
        this.chunkSize = Check.atLeast(chunkSize, 1, "chunkSize");
    }

    /**
     * An executor in which every task is a chunk of its own: right for tasks of a millisecond or more.
     *
     * @param pool the caller's pool; never shut down here
     * @return the executor
     */
    public static ThreadTaskExecutor of(ExecutorService pool) {
        return new ThreadTaskExecutor(pool, 1);
    }

    /**
     * An executor with larger chunks, for many short tasks.
     *
     * @param pool the caller's pool; never shut down here
     * @param chunkSize tasks per chunk, at least 1
     * @return the executor
     */
    public static ThreadTaskExecutor of(ExecutorService pool, int chunkSize) {
        return new ThreadTaskExecutor(pool, chunkSize);
    }

    @Override
    public <T> List<T> map(int count, Task<T> task, Progress progress) {
        Check.atLeast(count, 0, "count");
        int chunks = (int) (((long) count + chunkSize - 1) / chunkSize);
        Run<T> run = new Run<>(count, task, progress, chunks);
        for (int c = 0; c < chunks; c++) {
            int from = c * chunkSize;
            int to = (int) Math.min(count, (long) from + chunkSize);
            try {
                pool.execute(() -> run.chunk(from, to));
            } catch (RejectedExecutionException rejected) {
                run.fail(-1, rejected);
                run.skipChunks(chunks - c);
                break;
            }
        }
        return run.await();
    }

    /** The state of one call. */
    private static final class Run<T> {
        private final int count;
        private final Task<T> task;
        private final Progress progress;
        private final AtomicReferenceArray<@Nullable T> slots;
        private final CountDownLatch open;
        private final Object lock = new Object();
        private volatile int stopFrom;
        private int finished;
        private @Nullable Throwable failure;

        Run(int count, Task<T> task, Progress progress, int chunks) {
            this.count = count;
            this.task = task;
            this.progress = progress;
            this.slots = new AtomicReferenceArray<>(count);
            this.open = new CountDownLatch(chunks);
            this.stopFrom = count;
        }

        void chunk(int from, int to) {
            int k = from;
            try {
                for (; k < to && k < stopFrom; k++) {
                    slots.set(k, Check.notNull(task.run(k), "result of task " + k));
                    synchronized (lock) {
                        progress.finished(++finished, count);
                    }
                }
            } catch (RuntimeException | Error thrown) {
                fail(k, thrown);
            } finally {
                open.countDown();
            }
        }

        /** Only a lower index replaces a failure, so that the one thrown does not depend on timing. */
        void fail(int index, Throwable thrown) {
            synchronized (lock) {
                if (index < stopFrom) {
                    stopFrom = index;
                    failure = thrown;
                }
            }
        }

        void skipChunks(int chunks) {
            for (int c = 0; c < chunks; c++) {
                open.countDown();
            }
        }

        List<T> await() {
            boolean interrupted = awaitAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throwFailure();
            List<T> results = new ArrayList<>(count);
            for (int k = 0; k < count; k++) {
                results.add(Check.notNull(slots.get(k), "result of task " + k));
            }
            return results;
        }

        /** Waits even when interrupted: a running task must not outlive the call. */
        private boolean awaitAll() {
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    return interrupted;
                } catch (InterruptedException e) {
                    interrupted = true;
                    fail(-1, new CancellationException("the calling thread was interrupted; the tasks were given up"));
                }
            }
        }

        private void throwFailure() {
            Throwable thrown;
            synchronized (lock) {
                thrown = failure;
            }
            if (thrown instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
        }
    }
}
