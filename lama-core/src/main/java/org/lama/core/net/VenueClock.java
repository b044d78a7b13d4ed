package org.lama.core.net;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How far the venue's clock is from ours, by Cristian's method (1989, doi:10.1007/BF01784024): the venue read its clock
 * somewhere between our question and its answer, so the midpoint is wrong by half the round trip at most. Of all samples
 * the one with the shortest round trip counts. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class VenueClock {
    private long offsetNanos;
    private long errorNanos = Long.MAX_VALUE;

    /** What a skew means. */
    public enum Verdict {
        /** Nothing was measured, or the error is larger than the question. */
        UNKNOWN,
        /** Within the tolerance. */
        FINE,
        /** Beyond the tolerance. */
        SKEWED
    }

    /** A clock nothing is known about. */
    public VenueClock() {}

    /**
     * Takes a sample.
     *
     * @param sentNanos wall clock before the question, UTC epoch nanoseconds
     * @param venueNanos time in the answer, UTC epoch nanoseconds
     * @param roundTripNanos time from question to answer on the steady clock, not negative
     */
    public void sample(long sentNanos, long venueNanos, long roundTripNanos) {
        Check.that(roundTripNanos >= 0, "roundTripNanos must be >= 0, got " + roundTripNanos);
        long error = roundTripNanos / 2;
        if (error <= errorNanos) {
            errorNanos = error;
            offsetNanos = venueNanos - (sentNanos + error);
        }
    }

    /**
     * The venue's clock minus ours.
     *
     * @return nanoseconds; 0 before the first sample
     */
    public long offsetNanos() {
        return offsetNanos;
    }

    /**
     * How wrong the offset can be.
     *
     * @return nanoseconds; {@code Long.MAX_VALUE} before the first sample
     */
    public long errorNanos() {
        return errorNanos;
    }

    /**
     * Whether the clocks agree.
     *
     * @param tolerance for example 500 ms
     * @return the verdict; unknown where the error alone could decide it
     */
    public Verdict verdict(Duration tolerance) {
        long limit = tolerance.toNanos();
        long distance = Math.abs(offsetNanos);
        if (errorNanos == Long.MAX_VALUE) {
            return Verdict.UNKNOWN;
        }
        if (distance - errorNanos > limit) {
            return Verdict.SKEWED;
        }
        return distance + errorNanos <= limit ? Verdict.FINE : Verdict.UNKNOWN;
    }
}
