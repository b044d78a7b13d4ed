package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.series.TimeIndex;

class ReturnPeriodsTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;

    @Test
    void shortBarsOverAMonthAreJudgedByDays() {
        int rows = 31 * 24;
        ReturnPeriods byClose = ReturnPeriods.ofCloses(TimeIndex.regular(HOUR, HOUR, rows), HOUR);
        ReturnPeriods byOpen = ReturnPeriods.ofOpens(TimeIndex.regular(0, HOUR, rows), HOUR);
        assertThat(byClose.count()).isEqualTo(31);
        assertThat(byClose.perYear()).isEqualTo(365);
        for (int k = 0; k < 31; k++) {
            // the bar that closes at midnight ends the day before
            assertThat(byClose.lastRow(k)).isEqualTo(24 * k + 23).isEqualTo(byOpen.lastRow(k));
            assertThat(byClose.closeNanos()[k]).isEqualTo((k + 1) * DAY).isEqualTo(byOpen.closeNanos()[k]);
            assertThat(byClose.insideNanos()[k]).isLessThan((k + 1) * DAY).isGreaterThanOrEqualTo(k * DAY);
        }
        assertThat(byClose.ofRow(24)).isEqualTo(1);
    }

    @Test
    void fewerThanThirtyDaysAndLongerBarsAreJudgedByBars() {
        ReturnPeriods hours = ReturnPeriods.ofCloses(TimeIndex.regular(HOUR, HOUR, 100), HOUR);
        assertThat(hours.count()).isEqualTo(100);
        assertThat(hours.perYear()).isEqualTo(365.0 * 24);
        ReturnPeriods days = ReturnPeriods.ofCloses(TimeIndex.regular(DAY, DAY, 100), DAY);
        assertThat(days.count()).isEqualTo(100);
        assertThat(days.perYear()).isEqualTo(365);
        ReturnPeriods none = ReturnPeriods.ofCloses(TimeIndex.regular(0, DAY, 0), DAY);
        assertThat(none.count()).isZero();
        assertThat(none.returnsOf(new double[0], 1)).isEmpty();
    }

    @Test
    void returnsCompoundToTheWholeAndNothingIsLostTwice() {
        int rows = 40 * 24;
        double[] equity = new double[rows];
        Arrays.setAll(equity, i -> 100 + Math.sin(i) * 3 + 0.01 * i);
        ReturnPeriods days = ReturnPeriods.ofCloses(TimeIndex.regular(HOUR, HOUR, rows), HOUR);
        double grown = Arrays.stream(days.returnsOf(equity, 100)).reduce(1, (a, r) -> a * (1 + r));
        double byRows = Arrays.stream(ReturnPeriods.ofRows(equity, 100)).reduce(1, (a, r) -> a * (1 + r));
        assertThat(100 * grown).isCloseTo(equity[rows - 1], org.assertj.core.api.Assertions.within(1e-9));
        assertThat(byRows).isCloseTo(grown, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(ReturnPeriods.ofRows(new double[] {50, -10, -20, 5}, 100)).containsExactly(-0.5, -1, 0, 0);
    }

    @Test
    void valuesOfRowsAreSummedAndAveragedByPeriod() {
        int rows = 31 * 24;
        double[] values = new double[rows];
        Arrays.setAll(values, i -> i < 24 ? 1 : 2);
        ReturnPeriods days = ReturnPeriods.ofCloses(TimeIndex.regular(HOUR, HOUR, rows), HOUR);
        assertThat(days.sumOf(values)[0]).isEqualTo(24);
        assertThat(days.sumOf(values)[1]).isEqualTo(48);
        assertThat(days.meanOf(values)).startsWith(1, 2);
    }
}
