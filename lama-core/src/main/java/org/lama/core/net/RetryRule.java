package org.lama.core.net;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;

/**
 * How often and how late something is tried again: before try n + 1 a time drawn evenly from 0 to
 * {@code min(longestDelay, firstDelay · 2^(n-1))}, which is exponential back-off with full jitter (Brooker 2015, AWS
 * Architecture Blog). Immutable.
 *
 * @param attempts tries in all, at least 1; default 6
 * @param firstDelay upper end of the first delay; default 500 ms
 * @param longestDelay upper end of every delay; default 60 s
 * @param longestRetryAfter the most that is waited for a Retry-After; default 10 min
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RetryRule(int attempts, Duration firstDelay, Duration longestDelay, Duration longestRetryAfter) {
    private static final int MOST_DOUBLINGS = 30;

    /**
     * Checks the rule.
     *
     * @param attempts at least 1
     * @param firstDelay above zero
     * @param longestDelay at least the first delay
     * @param longestRetryAfter not negative
     */
    public RetryRule {
        Check.atLeast(attempts, 1, "attempts");
        Check.that(!firstDelay.isNegative() && !firstDelay.isZero(), "firstDelay must be > 0, got " + firstDelay);
        Check.that(
                longestDelay.compareTo(firstDelay) >= 0,
                "longestDelay must be >= firstDelay " + firstDelay + ", got " + longestDelay);
        Check.that(!longestRetryAfter.isNegative(), "longestRetryAfter must be >= 0, got " + longestRetryAfter);
    }

    /**
     * The defaults.
     *
     * @return 6 tries, 500 ms to 60 s, Retry-After up to 10 min
     */
    public static RetryRule defaults() {
        return new RetryRule(6, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofMinutes(10));
    }

    /**
     * The delay after a failure.
     *
     * @param failures failures in a row so far, at least 1
     * @param rng where the jitter comes from
     * @return nanoseconds from 0 to the longest delay
     */
    public long delayNanos(int failures, Rng rng) {
        Check.atLeast(failures, 1, "failures");
        double ceiling = firstDelay.toNanos() * (double) (1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return (long) (rng.nextDouble() * Math.min(ceiling, (double) longestDelay.toNanos()));
    }
}
