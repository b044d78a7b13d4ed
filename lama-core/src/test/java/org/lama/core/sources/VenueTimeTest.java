package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Issue;
import org.lama.core.net.kit.ManualClock;

/** How far our clock is from the venue's is measured where its time is asked, and said where that is certain. */
class VenueTimeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private static VenueTime asked(Duration ahead, Duration roundTrip, long resolution) throws IOException {
        ManualClock clock = ManualClock.leaping();
        long truth = clock.nowNanos();
        clock.jumpWall(ahead);
        return VenueTime.measured("venue", clock, resolution, () -> {
            clock.advance(roundTrip);
            long told = truth + roundTrip.toNanos() / 2;
            return told - Math.floorMod(told, resolution);
        });
    }

    @Test
    void aClockWithinHalfASecondIsFine() throws IOException {
        assertThat(asked(Duration.ofMillis(400), Duration.ofMillis(100), MILLI).skew())
                .isEmpty();
        assertThat(asked(Duration.ofMillis(-400), Duration.ofMillis(100), MILLI).skew())
                .isEmpty();
    }

    @Test
    void aClockThatIsOffIsSaidWithItsDistanceAndError() throws IOException {
        VenueTime ahead = asked(Duration.ofSeconds(2), Duration.ofMillis(100), MILLI);
        assertThat(ahead.skew()).hasValueSatisfying(issue -> {
            assertThat(issue.reason()).isEqualTo(Issue.Reason.CLOCK_SKEW);
            assertThat(issue.detail()).contains("2.000 s ahead of the venue's (within 0.05");
        });
        assertThat(asked(Duration.ofSeconds(-2), Duration.ofMillis(100), MILLI).skew())
                .hasValueSatisfying(issue -> assertThat(issue.detail()).contains("behind the venue's"));
    }

    @Test
    void whatTheErrorCouldExplainIsNotSaid() throws IOException {
        assertThat(asked(Duration.ofSeconds(2), Duration.ofSeconds(4), MILLI).skew())
                .isEmpty();
        // a venue that tells whole seconds only
        assertThat(asked(Duration.ofMillis(900), Duration.ofMillis(10), SECOND).skew())
                .isEmpty();
        assertThat(asked(Duration.ofSeconds(3), Duration.ofMillis(10), SECOND).skew())
                .isPresent();
    }
}
