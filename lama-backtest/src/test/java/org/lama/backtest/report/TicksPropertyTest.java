package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class TicksPropertyTest {
    @Test
    void linearTicksAreRoundOrderedInsideAndFew() {
        for (int trial = 0; trial < 4000; trial++) {
            Rng rng = Seeds.rng(3, trial);
            double scale = Math.pow(10, 12 * rng.nextDouble() - 5);
            double low = scale * (rng.nextDouble() - 0.5);
            double high = low + scale * (0.001 + rng.nextDouble());
            int pieces = 2 + rng.nextInt(8);
            for (Ticks.Unit unit : Ticks.Unit.values()) {
                List<Ticks.Tick> ticks = Ticks.linear(low, high, pieces, unit);
                String where = "trial " + trial + ": " + low + " to " + high + " " + unit + " " + ticks;
                assertThat(ticks.size()).as(where).isBetween(1, pieces + 1);
                double slack = (high - low) * 1e-6;
                for (int k = 0; k < ticks.size(); k++) {
                    assertThat(ticks.get(k).at()).as(where).isBetween(low - slack, high + slack);
                    assertThat(ticks.get(k).label())
                            .as(where)
                            .doesNotStartWith("-")
                            .isNotEqualTo("−0");
                    assertThat(ticks.get(k).label()).as(where).doesNotMatch("−0(\\.0*)?%?");
                }
                Set<String> labels = new HashSet<>();
                ticks.forEach(tick -> labels.add(tick.label()));
                if (unit != Ticks.Unit.COMPACT && Math.abs(high) < 1e8) {
                    assertThat(labels).as(where).hasSameSizeAs(ticks);
                }
            }
        }
    }

    @Test
    void stepIsOneTwoOrFiveTimesAPowerOfTen() {
        for (int trial = 0; trial < 2000; trial++) {
            Rng rng = Seeds.rng(5, trial);
            double span = Math.pow(10, 20 * rng.nextDouble() - 10);
            int pieces = 1 + rng.nextInt(12);
            double step = Ticks.step(span, pieces);
            double mantissa = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
            assertThat(Math.min(Math.min(Math.abs(mantissa - 1), Math.abs(mantissa - 2)), Math.abs(mantissa - 5)))
                    .as("trial %d: step %s", trial, step)
                    .isLessThan(1e-9);
            assertThat(span / step).isLessThanOrEqualTo(pieces * (1 + 1e-9));
        }
    }

    @Test
    void logAndTimeTicksAreIncreasingAndFew() {
        for (int trial = 0; trial < 1000; trial++) {
            Rng rng = Seeds.rng(9, trial);
            double low = Math.pow(10, 8 * rng.nextDouble() - 5);
            double high = low * Math.pow(10, 0.02 + 6 * rng.nextDouble());
            increasing(Ticks.logarithmic(low, high, 6), 9, "log trial " + trial);
            long from = (long) (1.9e18 * rng.nextDouble());
            long to = from + (long) Math.pow(10, 13 + 5.4 * rng.nextDouble());
            increasing(Ticks.time(from, to, 7), 7, "time trial " + trial);
        }
    }

    private static void increasing(List<Ticks.Tick> ticks, int most, String where) {
        assertThat(ticks.size()).as(where).isLessThanOrEqualTo(most);
        for (int k = 1; k < ticks.size(); k++) {
            assertThat(ticks.get(k).at())
                    .as(where)
                    .isGreaterThan(ticks.get(k - 1).at());
        }
    }
}
