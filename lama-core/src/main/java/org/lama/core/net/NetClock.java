package org.lama.core.net;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.lama.core.base.Api;
import org.lama.core.base.TimeSource;

/**
 * Time and waiting for everything that talks to the outside world, in one place, so that tests run through hours of
 * back-off without waiting. Two clocks: the wall for dates of HTTP and ages of cached replies, and a steady one, which
 * no correction of the machine's clock moves, for every time-out. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface NetClock extends TimeSource {
    /**
     * A clock that never runs backward; only differences mean something.
     *
     * @return nanoseconds
     */
    long steadyNanos();

    /**
     * Waits.
     *
     * @param nanos how long, nanoseconds; nothing happens at or below 0
     * @throws InterruptedException if the thread is interrupted
     */
    void pause(long nanos) throws InterruptedException;

    /**
     * Waits for a signal or the end of a time, whichever is first; may return early without either, so callers stand in a
     * loop. The lock of the condition is held by the caller.
     *
     * @param condition what is signalled
     * @param nanos the longest wait, nanoseconds of the steady clock
     * @throws InterruptedException if the thread is interrupted
     */
    void await(Condition condition, long nanos) throws InterruptedException;

    /**
     * The clocks of this machine.
     *
     * @return the clock outside of tests
     */
    static NetClock system() {
        return new NetClock() {
            private final TimeSource wall = TimeSource.system();
            private final TimeSource steady = TimeSource.steady();

            @Override
            public long nowNanos() {
                return wall.nowNanos();
            }

            @Override
            public long steadyNanos() {
                return steady.nowNanos();
            }

            @Override
            public void pause(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }

            @Override
            @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"}) // the callers stand in loops
            public void await(Condition condition, long nanos) throws InterruptedException {
                condition.awaitNanos(nanos);
            }
        };
    }
}
