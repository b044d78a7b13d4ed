package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.backtest.sizing.Rebalancing.Calendar;
import org.lama.backtest.sizing.Rebalancing.Reach;

class RebalancingTest {
    private static long nanos(String instant) {
        return Duration.between(Instant.EPOCH, Instant.parse(instant)).toNanos();
    }

    @ParameterizedTest
    @CsvSource({
        "daily,2024-02-28T23:59:59Z,2024-02-29T00:00:00Z,true",
        "daily,2024-02-29T00:00:00Z,2024-02-29T23:59:59Z,false",
        "weekly,2024-03-03T23:00:00Z,2024-03-04T00:00:00Z,true",
        "weekly,2024-03-04T00:00:00Z,2024-03-10T23:59:59Z,false",
        "weekly,1969-12-28T12:00:00Z,1969-12-29T00:00:00Z,true",
        "monthly,2024-01-31T00:00:00Z,2024-02-01T00:00:00Z,true",
        "monthly,2024-02-01T00:00:00Z,2024-02-29T00:00:00Z,false",
        "monthly,2023-02-15T00:00:00Z,2024-02-15T00:00:00Z,true",
        "quarterly,2024-03-31T00:00:00Z,2024-04-01T00:00:00Z,true",
        "quarterly,2024-04-01T00:00:00Z,2024-06-30T23:00:00Z,false",
        "quarterly,1969-12-31T00:00:00Z,1970-01-01T00:00:00Z,true",
        "7,2024-04-01T00:00:00Z,2024-04-02T00:00:00Z,false"
    })
    void aDecisionIsDueInANewPeriod(String rule, String last, String now, boolean due) {
        assertThat(Rebalancing.parse(rule).isDue(nanos(last), nanos(now), 1)).isEqualTo(due);
    }

    @Test
    void barsAreCounted() {
        assertThat(Rebalancing.everyBars(3).isDue(0, 1, 2)).isFalse();
        assertThat(Rebalancing.everyBars(3).isDue(0, 1, 3)).isTrue();
        assertThat(Rebalancing.EVERY_BAR.isDue(0, 0, 1)).isTrue();
        assertThat(Rebalancing.parse("30")).isEqualTo(Rebalancing.everyBars(30));
        assertThat(Rebalancing.parse("every-bar")).isEqualTo(Rebalancing.EVERY_BAR);
        assertThatThrownBy(() -> Rebalancing.parse("montly"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'monthly'?");
        assertThatThrownBy(() -> Rebalancing.parse("0")).hasMessage("everyBars must be >= 1, got 0");
    }

    @Test
    void insideTheBandNothingIsTradedAndGoingFlatAlwaysIs() {
        Rebalancing rule = Rebalancing.by(Calendar.DAILY).withBand(0.02, 0.1, Reach.TARGET);
        double[] targets = {0.50, 0.50, 0.10, 0.10, 0, Double.NaN, 0.3};
        double[] current = {0.46, 0.44, 0.09, 0.079, 0.001, 0.2, 0.3};
        assertThat(rule.filter(current, targets)).isEqualTo(3);
        assertThat(targets).containsExactly(Double.NaN, 0.50, Double.NaN, 0.10, 0, Double.NaN, Double.NaN);
    }

    @Test
    void theEdgeOfTheBandIsEnough() {
        Rebalancing rule = Rebalancing.EVERY_BAR.withBand(0.05, 0, Reach.EDGE);
        double[] targets = {0.5, 0.5, -0.5, 0};
        double[] current = {0.3, 0.6, -0.48, 0.2};
        assertThat(rule.filter(current, targets)).isEqualTo(3);
        assertThat(targets[0]).isCloseTo(0.45, within(1e-16));
        assertThat(targets[1]).isCloseTo(0.55, within(1e-16));
        assertThat(targets[2]).isNaN();
        assertThat(targets[3]).isZero();
    }

    @Test
    void oneWeightOutsideOfItsBandRebalancesAll() {
        Rebalancing rule = Rebalancing.EVERY_BAR.withBand(0.05, 0, Reach.ALL);
        double[] calm = {0.5, 0.5};
        assertThat(rule.filter(new double[] {0.47, 0.53}, calm)).isZero();
        assertThat(calm).containsExactly(Double.NaN, Double.NaN);
        double[] moved = {0.4, 0.3, 0.3};
        assertThat(rule.filter(new double[] {0.48, 0.22 + 0.03, 0.3}, moved)).isEqualTo(2);
        assertThat(moved).containsExactly(0.4, 0.3, Double.NaN);
    }

    @Test
    void theBandOfTheStudyIsTheRelativeOne() {
        Rebalancing rule = Rebalancing.EVERY_BAR.withBand(0, 0.1, Reach.TARGET);
        for (int k = -40; k <= 40; k++) {
            for (int m = -40; m <= 40; m++) {
                assertThat(rule.worthTrading(k / 20.0, m / 20.0))
                        .isEqualTo(SizingSettings.PERPETUAL.worthTrading(k / 20.0, m / 20.0));
            }
        }
    }
}
