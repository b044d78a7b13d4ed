package org.lama.core.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Waits for a future on the injected clock. Stateless. */
final class Waiting {
    private Waiting() {}

    /** The value, or an exception that says why there is none; a future that is late is cancelled. */
    static <T> T on(
            CompletableFuture<T> future,
            NetClock clock,
            long patienceNanos,
            String shown,
            Function<Throwable, NetException> failure)
            throws NetException {
        try {
            await(future, clock, patienceNanos);
            return future.get();
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new NetException(
                    NetException.Reason.STALLED,
                    shown,
                    "no reply for " + patienceNanos / 1_000_000_000 + " s",
                    "try again later");
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new NetException(
                    NetException.Reason.INTERRUPTED, shown, "the thread was interrupted; run it again", 0, 0, e);
        } catch (ExecutionException e) {
            throw failure.apply(root(e));
        }
    }

    private static void await(CompletableFuture<?> future, NetClock clock, long patienceNanos)
            throws InterruptedException, TimeoutException {
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
        long end = clock.steadyNanos() + patienceNanos;
        lock.lock();
        try {
            while (!future.isDone()) {
                long left = end - clock.steadyNanos();
                if (left <= 0) {
                    signal.cancel(false);
                    throw new TimeoutException("late");
                }
                clock.await(done, left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What lies under the wrappers of futures. */
    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        while ((at instanceof ExecutionException || at instanceof CompletionException) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
