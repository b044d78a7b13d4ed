package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Issue;
import org.lama.core.net.NetClock;
import org.lama.core.net.VenueClock;

/**
 * The time of a venue when a fetch began: only what lies before it is given.
 *
 * @param nanos UTC epoch nanoseconds
 * @param isFinal whether nothing can be added any more before that time, as before a confirmed block
 * @param skew what is said where our clock is far from the venue's
 */
record VenueTime(long nanos, boolean isFinal, Optional<Issue> skew) {
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    /** Asks a venue for its time. */
    @FunctionalInterface
    interface Question {
        long nanos() throws IOException;
    }

    /** The venue's own time; the distance of our clock is measured on the way. */
    static VenueTime measured(String source, NetClock clock, long resolutionNanos, Question question)
            throws IOException {
        long sent = clock.nowNanos();
        long begun = clock.steadyNanos();
        long venue = question.nanos();
        long roundTrip = clock.steadyNanos() - begun;
        VenueClock measured = new VenueClock();
        // a time that was cut to its resolution is late by up to that: the sample in the middle, the error wider
        measured.sample(sent, venue + resolutionNanos, roundTrip + resolutionNanos);
        boolean skewed = measured.verdict(TOLERANCE) == VenueClock.Verdict.SKEWED;
        return new VenueTime(venue, false, skewed ? Optional.of(words(source, measured)) : Optional.empty());
    }

    private static Issue words(String source, VenueClock measured) {
        double seconds = measured.offsetNanos() * 1e-9;
        String distance =
                String.format(Locale.ROOT, "%.3f s %s", Math.abs(seconds), seconds > 0 ? "behind" : "ahead of");
        return new Issue(
                Issue.Reason.CLOCK_SKEW,
                source,
                "this machine's clock is " + distance + " the venue's (within "
                        + String.format(Locale.ROOT, "%.3f", measured.errorNanos() * 1e-9)
                        + " s); bars are judged by the venue's, but states of now stand at ours: set it");
    }

    /** Our own time, for those that do not tell theirs. */
    static VenueTime ours(NetClock clock) {
        return new VenueTime(clock.nowNanos(), false, Optional.empty());
    }

    /** The time after a block that is confirmed. */
    static VenueTime ofChain(long nanos) {
        return new VenueTime(nanos, true, Optional.empty());
    }
}
