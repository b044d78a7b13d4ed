package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TradeMetricsTest {
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void figuresOfFiveRoundTripsAreThoseCountedByHand() {
        TradeMetrics metrics = TradeMetrics.of(new double[] {10, -4, -6, 0, 20}, new double[] {1, 1, 1, 1, 1});
        assertThat(metrics.value(TradeMetric.ROUND_TRIPS)).isEqualTo(5);
        assertThat(metrics.value(TradeMetric.WIN_RATE)).isEqualTo(0.5);
        assertThat(metrics.value(TradeMetric.NET_PROFIT)).isEqualTo(20);
        assertThat(metrics.value(TradeMetric.TOTAL_COST)).isEqualTo(5);
        assertThat(metrics.value(TradeMetric.PROFIT_PER_TRADE)).isEqualTo(4);
        assertThat(metrics.value(TradeMetric.MEDIAN_PROFIT)).isZero();
        assertThat(metrics.value(TradeMetric.PROFIT_FACTOR)).isEqualTo(3);
        assertThat(metrics.value(TradeMetric.PAYOFF_RATIO)).isEqualTo(3);
        assertThat(metrics.value(TradeMetric.COST_SHARE)).isEqualTo(0.2);
        assertThat(metrics.value(TradeMetric.LONGEST_LOSING_STREAK)).isEqualTo(2);
        assertThat(metrics.columns().get(1).cells()).hasSize(TradeMetric.values().length);
    }

    @Test
    void theCostShareOfAGrossLossIsNotDefined() {
        assertThat(TradeMetrics.of(new double[] {-5}, new double[] {1}).value(TradeMetric.COST_SHARE))
                .isNaN();
        assertThat(TradeMetrics.of(new double[] {-0.5}, new double[] {1}).value(TradeMetric.COST_SHARE))
                .isEqualTo(2);
    }

    @Test
    void noRoundTripsGiveSumsOfZeroAndNoRatios() {
        TradeMetrics metrics = TradeMetrics.of(new double[0], new double[0]);
        assertThat(metrics.value(TradeMetric.NET_PROFIT)).isZero();
        assertThat(metrics.value(TradeMetric.WIN_RATE)).isNaN();
        assertThat(metrics.value(TradeMetric.PROFIT_PER_TRADE)).isNaN();
        assertThatThrownBy(() -> TradeMetrics.of(new double[1], new double[0]))
                .hasMessage("cost must have as many rows as netProfit=1, got 0");
    }

    @Test
    void activityIsMeasuredOverAllBars() {
        ActivityMetrics activity =
                ActivityMetrics.of(new double[] {0, 0.5, 1, 0.5}, new double[] {0, 0.5, 0.5, 1}, 365);
        assertThat(activity.turnoverAnnual()).isCloseTo(182.5, within(1e-12));
        assertThat(activity.meanExposure()).isEqualTo(0.5);
        assertThat(activity.maximumExposure()).isEqualTo(1);
        assertThat(activity.timeInMarket()).isEqualTo(0.75);
        assertThat(activity.columns()).hasSize(2);
        assertThat(ActivityMetrics.of(new double[0], new double[0], 365).maximumExposure())
                .isNaN();
        assertThatThrownBy(() -> ActivityMetrics.of(new double[] {-1}, new double[] {0}, 365))
                .hasMessageContaining("grossExposure[0]");
        assertThatThrownBy(() -> ActivityMetrics.of(new double[1], new double[0], 365))
                .hasMessageContaining("tradedFraction must have");
    }

    @Test
    void monthsCompoundToTheirYear() {
        long start = Instant.parse("2020-11-30T12:00:00Z").getEpochSecond() * 1_000_000_000L;
        long[] times = new long[24 * 70];
        double[] returns = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = start + i * HOUR;
            returns[i] = 0.001;
        }
        MonthlyReturns table = MonthlyReturns.of(times, returns);
        assertThat(table.firstYear()).isEqualTo(2020);
        assertThat(table.years()).isEqualTo(2);
        assertThat(table.month(2020, 10)).isNaN();
        assertThat(table.month(2020, 11)).isCloseTo(Math.pow(1.001, 12) - 1, within(1e-12));
        assertThat(table.month(2020, 12)).isCloseTo(Math.pow(1.001, 24 * 31) - 1, within(1e-12));
        assertThat(1 + table.year(2020))
                .isCloseTo((1 + table.month(2020, 11)) * (1 + table.month(2020, 12)), within(1e-12));
        assertThat(table.columns()).hasSize(14);
        assertThat(table.columns().get(0).cells().get(1)).isEqualTo(2021L);
        assertThat(MonthlyReturns.of(new long[0], new double[0]).years()).isZero();
        assertThatThrownBy(() -> table.year(2022)).hasMessageContaining("year must be in");
        assertThatThrownBy(() -> table.month(2020, 13)).hasMessageContaining("month must be in");
    }
}
