package org.lama.core.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits for a future on the injected clock. Stateless. */
final class Waiting {
    private Waiting() {}

    /** The value, or the failure; a future that is late is cancelled. */
    static <T> T on(CompletableFuture<T> future, NetClock clock, long timeoutNanos)
            throws InterruptedException, TimeoutException, ExecutionException {
        ReentrantLock lock = new ReentrantLock();
        Condition done = lock.newCondition();
        CompletableFuture<Void> signal = future.handle((value, failure) -> {
            lock.lock();
            try {
                done.signalAll();
            } finally {
                lock.unlock();
            }
            return null;
        });
        long end = clock.steadyNanos() + timeoutNanos;
        lock.lock();
        try {
            while (!future.isDone()) {
                long left = end - clock.steadyNanos();
                if (left <= 0) {
                    signal.cancel(false);
                    future.cancel(true);
                    throw new TimeoutException("late");
                }
                clock.await(done, left);
            }
        } finally {
            lock.unlock();
        }
        return future.get();
    }

    /** What lies under the wrappers of futures. */
    static Throwable root(Throwable failure) {
        Throwable at = failure;
        while ((at instanceof ExecutionException || at instanceof CompletionException) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
