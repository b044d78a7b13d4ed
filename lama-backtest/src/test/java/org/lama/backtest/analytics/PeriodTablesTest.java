package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Tabular;

final class PeriodTablesTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final long START = Instant.parse("2023-12-30T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    private static long[] days(int n) {
        return LongStream.range(0, n).map(i -> START + i * DAY).toArray();
    }

    @Test
    void drawdownsRunFromPeakOverTroughToRecovery() {
        double[] returns = {0.1, -0.2, 0.1, 0.3, -0.5, 0.1};
        DrawdownTable table = DrawdownTable.of(days(6), returns);
        assertThat(table.episodes()).hasSize(2);
        DrawdownTable.Episode first = table.episodes().get(0);
        assertThat(first.startNanos()).isEqualTo(START);
        assertThat(first.troughNanos()).isEqualTo(START + DAY);
        assertThat(first.endNanos()).isEqualTo(START + 3 * DAY);
        assertThat(first.depth()).isCloseTo(-0.2, within(1e-15));
        assertThat(first.fallBars()).isEqualTo(1);
        assertThat(first.lengthBars()).isEqualTo(2);
        assertThat(first.recovered()).isTrue();
        DrawdownTable.Episode last = table.worst(1).episodes().get(0);
        assertThat(last.depth()).isCloseTo(-0.5, within(1e-15));
        assertThat(last.recovered()).isFalse();
        assertThat(last.endNanos()).isEqualTo(START + 5 * DAY);
        assertThat(table.averageDepth()).isCloseTo(-0.35, within(1e-15));
        assertThat(table.columns()).hasSize(8);
        assertThat(table.columns().get(5).cells().get(0)).isEqualTo(1L);
    }

    @Test
    void theDeepestAndLongestAgreeWithTheMetrics() {
        double[] x = Fixtures.returns("skewneg");
        DrawdownTable table = DrawdownTable.of(days(x.length), x);
        PerformanceMetrics metrics = PerformanceMetrics.of(x, 365);
        assertThat(table.worst(1).episodes().get(0).depth()).isEqualTo(metrics.maximumDrawdown());
        assertThat(table.episodes().stream()
                        .mapToInt(DrawdownTable.Episode::lengthBars)
                        .max()
                        .orElseThrow())
                .isEqualTo((int) metrics.value(Metric.LONGEST_DRAWDOWN_BARS));
    }

    @Test
    void withoutLossesThereIsNoDrawdown() {
        assertThat(DrawdownTable.of(days(3), new double[] {0, 0.1, 0}).episodes()).isEmpty();
        assertThat(DrawdownTable.of(new long[0], new double[0]).averageDepth()).isNaN();
        assertThat(DrawdownTable.of(new long[0], new double[0]).columns()).hasSize(8);
        assertThatThrownBy(() -> DrawdownTable.of(days(2), new double[1])).hasMessageContaining("tsNanos must have");
        assertThat(DrawdownTable.of(days(1), new double[] {-0.1})
                        .episodes()
                        .get(0)
                        .startNanos())
                .isEqualTo(START);
    }

    @Test
    void periodsCompoundTheirRowsWhateverTheirLength() {
        double[] returns = new double[400];
        Arrays.fill(returns, 0.001);
        long[] times = days(400);
        for (CalendarReturns.Unit unit : CalendarReturns.Unit.values()) {
            CalendarReturns table = CalendarReturns.of(times, returns, unit);
            double growth = Arrays.stream(table.values()).map(v -> 1 + v).reduce(1, (a, b) -> a * b);
            assertThat(growth).as(unit.name()).isCloseTo(Math.pow(1.001, 400), within(1e-10));
            assertThat(table.winRate()).isEqualTo(1);
            assertThat(table.expected()).isCloseTo(Math.pow(growth, 1.0 / table.size()) - 1, within(1e-12));
        }
        CalendarReturns weeks = CalendarReturns.of(times, returns, CalendarReturns.Unit.WEEK);
        assertThat(weeks.start(0)).isEqualTo(LocalDate.of(2023, 12, 25));
        assertThat(weeks.values()[1]).isCloseTo(Math.pow(1.001, 7) - 1, within(1e-12));
        CalendarReturns quarters = CalendarReturns.of(times, returns, CalendarReturns.Unit.QUARTER);
        assertThat(quarters.start(1)).isEqualTo(LocalDate.of(2024, 1, 1));
        assertThat(quarters.values()[1]).isCloseTo(Math.pow(1.001, 91) - 1, within(1e-12));
        assertThat(CalendarReturns.of(times, returns, CalendarReturns.Unit.YEAR).values()).hasSize(3);
        assertThat(weeks.columns()).hasSize(2);
    }

    @Test
    void quantilesOfAllUnitsStandSideBySide() {
        double[] x = Fixtures.returns("gauss");
        Tabular table = CalendarReturns.quantiles(days(x.length), x);
        assertThat(table.columns().get(0).cells()).isEqualTo(java.util.List.of("day", "week", "month", "quarter", "year"));
        assertThat((double) table.columns().get(2).cells().get(0))
                .isCloseTo(PerformanceMetrics.of(x, 365).value(Metric.WORST_PERIOD), within(1e-15));
        CalendarReturns none = CalendarReturns.of(new long[0], new double[0], CalendarReturns.Unit.DAY);
        assertThat(none.expected()).isNaN();
        assertThat(none.quantile(0.5)).isNaN();
        assertThat(none.winRate()).isNaN();
        assertThat(CalendarReturns.of(days(2), new double[] {-1, 0.5}, CalendarReturns.Unit.DAY)
                        .expected())
                .isEqualTo(-1);
        assertThatThrownBy(() -> CalendarReturns.of(days(2), new double[1], CalendarReturns.Unit.DAY))
                .hasMessageContaining("openNanos must have");
    }
}
