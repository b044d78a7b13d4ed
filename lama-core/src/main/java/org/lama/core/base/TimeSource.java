package org.lama.core.base;

/**
 * Where the present time comes from. Research code never asks for it; commands, sources and live adapters do, so that
 * tests can give them a fixed clock.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
@FunctionalInterface
public interface TimeSource {
    /**
     * The present time.
     *
     * @return nanoseconds since 1970-01-01T00:00:00Z
     */
    long nowNanos();

    /**
     * The clock of this machine: the only place where LAMA reads it.
     *
     * @return the system clock
     */
    static TimeSource system() {
        return () -> Math.multiplyExact(System.currentTimeMillis(), 1_000_000L);
    }

    /**
     * A clock for time-outs: no correction of the machine's clock moves it and it never runs backward. Its zero is
     * arbitrary, so only differences mean something.
     *
     * @return the steady clock of this machine
     */
    static TimeSource steady() {
        return System::nanoTime;
    }

    /**
     * A clock that stands still.
     *
     * @param nanos nanoseconds since 1970-01-01T00:00:00Z
     * @return the clock
     */
    static TimeSource fixed(long nanos) {
        return () -> nanos;
    }
}
