package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class VenueClockTest {
    private static final long MILLI = 1_000_000;

    @Test
    void theTrueOffsetIsWithinTheError() {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = Seeds.rng(38, seed);
            long offset = (rng.nextInt(4000) - 2000) * MILLI;
            VenueClock clock = new VenueClock();
            for (int i = 0; i < 10; i++) {
                long sent = 1_700_000_000_000_000_000L + i * 1000L * MILLI;
                long there = rng.nextInt(300) * MILLI;
                long back = rng.nextInt(300) * MILLI;
                clock.sample(sent, sent + there + offset, there + back);
                assertThat(Math.abs(clock.offsetNanos() - offset)).isLessThanOrEqualTo(clock.errorNanos() + 1);
            }
        }
    }

    @Test
    void theVerdictIsNotGuessed() {
        Duration tolerance = Duration.ofMillis(500);
        VenueClock clock = new VenueClock();
        assertThat(clock.verdict(tolerance)).isEqualTo(VenueClock.Verdict.UNKNOWN);
        clock.sample(0, 600 * MILLI, 400 * MILLI);
        assertThat(clock.offsetNanos()).isEqualTo(400 * MILLI);
        assertThat(clock.verdict(tolerance)).as("400 ± 200").isEqualTo(VenueClock.Verdict.UNKNOWN);
        clock.sample(0, 450 * MILLI, 20 * MILLI);
        assertThat(clock.verdict(tolerance)).isEqualTo(VenueClock.Verdict.FINE);
        clock.sample(0, -900 * MILLI, 10 * MILLI);
        assertThat(clock.verdict(tolerance)).isEqualTo(VenueClock.Verdict.SKEWED);
        clock.sample(0, 0, 500 * MILLI);
        assertThat(clock.verdict(tolerance))
                .as("a worse sample changes nothing")
                .isEqualTo(VenueClock.Verdict.SKEWED);
        assertThatIllegalArgumentException().isThrownBy(() -> clock.sample(0, 0, -1));
    }
}
