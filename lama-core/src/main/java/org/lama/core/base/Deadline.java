package org.lama.core.base;

/**
 * A cancellation token that long computations poll between iterations; it never interrupts a thread. Backtests use
 * {@link #none()} and an evaluation budget, so that their results do not depend on the clock.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
@FunctionalInterface
public interface Deadline {
    /**
     * Whether the work should stop now.
     *
     * @return true once the time is up; it stays true
     */
    boolean expired();

    /**
     * A deadline that never comes.
     *
     * @return the token of backtests
     */
    static Deadline none() {
        return () -> false;
    }

    /**
     * A deadline on a clock.
     *
     * @param clock where the present time comes from
     * @param atNanos when the time is up, UTC epoch nanoseconds
     * @return the token
     */
    static Deadline at(TimeSource clock, long atNanos) {
        return () -> clock.nowNanos() >= atNanos;
    }
}
