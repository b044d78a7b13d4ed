package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DailyReturnsTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void hoursAreGatheredIntoDaysAndMidnightBelongsToTheDayThatEnded() {
        long[] closes = new long[48];
        double[] equity = new double[48];
        for (int i = 0; i < 48; i++) {
            closes[i] = (i + 1) * HOUR;
            equity[i] = 100 + i;
        }
        assertThat(DailyReturns.of(closes, equity, 100)).containsExactly(123.0 / 100 - 1, 147.0 / 123 - 1);
    }

    @Test
    void longBarsGiveOneReturnEach() {
        assertThat(DailyReturns.of(new long[] {168 * HOUR, 336 * HOUR}, new double[] {110, 99}, 100))
                .containsExactly(110.0 / 100 - 1, 99.0 / 110 - 1);
    }

    @Test
    void afterRuinNothingChanges() {
        assertThat(DailyReturns.of(new long[] {24 * HOUR, 48 * HOUR}, new double[] {0, 0}, 100))
                .containsExactly(-1, 0);
    }

    @Test
    void nothingGivesNothing() {
        assertThat(DailyReturns.of(new long[0], new double[0], 100)).isEmpty();
    }
}
