package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RollingTest {
    private static final double NAN = Double.NaN;

    private interface Statistic {
        void apply(double[] x, RollingWindow window, double[] out);
    }

    private static double[] run(Statistic statistic, int length, int minimum, double... x) {
        double[] out = new double[x.length];
        statistic.apply(x, new RollingWindow(length, minimum), out);
        return out;
    }

    @Test
    void meanSkipsMissingValuesAndNeedsItsMinimum() {
        assertThat(run(Rolling::mean, 3, 2, 1, 2, NAN, 4, 5, NAN, NAN, 8))
                .containsExactly(NAN, 1.5, 1.5, 3, 4.5, 4.5, NAN, NAN);
    }

    @Test
    void fullWindowPropagatesAMissingValueUntilItLeaves() {
        assertThat(run(Rolling::mean, 2, 2, 1, 3, NAN, 5, 7)).containsExactly(NAN, 2, NAN, NAN, 6);
    }

    @Test
    void infinityCountsAsMissing() {
        assertThat(run(Rolling::mean, 2, 1, 1, Double.POSITIVE_INFINITY, 5)).containsExactly(1, 1, 5);
        assertThat(run(Rolling::median, 2, 1, 1, Double.NEGATIVE_INFINITY, 5)).containsExactly(1, 1, 5);
        assertThat(run(RollingRank::rank, 2, 1, 1, Double.NEGATIVE_INFINITY, 5)).containsExactly(0.5, NAN, 0.5);
    }

    @Test
    void outlierLeavesNoTraceOnceItsRowHasLeft() {
        double[] x = new double[40];
        Arrays.setAll(x, t -> 1 + t % 2 * 1e-3);
        double[] with = x.clone();
        with[5] = 1e300;
        double[] clean = run(Rolling::standardDeviation, 6, 6, x);
        double[] dirty = run(Rolling::standardDeviation, 6, 6, with);
        assertThat(Arrays.copyOfRange(dirty, 11, 40)).containsExactly(Arrays.copyOfRange(clean, 11, 40));
        assertThat(dirty[8]).as("overflow is missing, not infinite").isNaN();
    }

    @Test
    void constantWindowHasNoDeviationAndNoScore() {
        assertThat(run(Rolling::standardDeviation, 3, 2, 0.1, 0.1, 0.1, 0.1)).containsExactly(NAN, 0, 0, 0);
        assertThat(run(Rolling::zScore, 3, 2, 0.1, 0.1, NAN, 0.1)).containsExactly(NAN, 0, NAN, 0);
        assertThat(run(RollingRank::rank, 3, 2, 0.1, 0.1, 0.1, 0.1)).containsExactly(NAN, 0.5, 0.5, 0.5);
    }

    @Test
    void tinyAndHugeScalesKeepTheirDigits() {
        assertThat(run(Rolling::standardDeviation, 2, 2, 1e-150, 3e-150)[1])
                .isCloseTo(Math.sqrt(2) * 1e-150, within(1e-164));
        assertThat(run(Rolling::mean, 2, 2, 1e300, 1e300)[1]).isEqualTo(1e300);
        assertThat(run(Rolling::median, 2, 2, 1.7e308, 1.7e308)[1]).isEqualTo(1.7e308);
    }

    @Test
    void zeroOfEitherSignRanksTheSame() {
        assertThat(run(RollingRank::rank, 2, 1, 0.0, -0.0)).containsExactly(0.5, 0.5);
    }

    @Test
    void ratioToMedianIsOneForUsualRowsAndMissingWithoutAPositiveMedian() {
        assertThat(run(Rolling::ratioToMedian, 3, 1, 2, 2, 6, NAN)).containsExactly(1, 1, 3, NAN);
        assertThat(run(Rolling::ratioToMedian, 3, 1, 0, 0)).containsExactly(NAN, NAN);
    }

    @Test
    void emptyColumnGivesAnEmptyColumn() {
        assertThat(run(Rolling::mean, 3, 1)).isEmpty();
        assertThat(run(Rolling::median, 3, 1)).isEmpty();
        assertThat(run(RollingRank::rank, 3, 1)).isEmpty();
    }

    @Test
    void allMissingStaysMissing() {
        assertThat(run(Rolling::median, 2, 1, NAN, NAN)).containsExactly(NAN, NAN);
        assertThat(run(RollingRank::rank, 2, 1, NAN, NAN)).containsExactly(NAN, NAN);
    }

    @Test
    void resultMayOverwriteTheInput() {
        double[] x = {1, 5, 3, 9, 2, 8};
        double[] median = run(Rolling::median, 3, 1, x.clone());
        Rolling.median(x, new RollingWindow(3, 1), x);
        assertThat(x).containsExactly(median);
    }

    @Test
    void wrongLengthIsRefusedWithBothLengths() {
        assertThatThrownBy(() -> Rolling.mean(new double[3], RollingWindow.full(2), new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("out must have 3 rows like the input, got 2");
    }

    @Test
    void windowRefusesImpossibleLengths() {
        assertThatThrownBy(() -> RollingWindow.full(0)).hasMessage("lengthBars must be >= 1, got 0");
        assertThatThrownBy(() -> new RollingWindow(3, 4)).hasMessageContaining("minimumPresent must be in [1, 3]");
        assertThatThrownBy(() -> RollingWindow.bars(Duration.ZERO, 1)).hasMessage("span must be > 0, got PT0S");
        assertThatThrownBy(() -> RollingWindow.bars(Duration.ofDays(1), 0)).hasMessage("barNanos must be > 0, got 0");
    }

    @Test
    void spansBecomeBars() {
        long hour = Duration.ofHours(1).toNanos();
        assertThat(RollingRank.defaultWindow(hour)).isEqualTo(new RollingWindow(8760, 2160));
        assertThat(RollingWindow.ofSpan(Duration.ofMinutes(1), Duration.ofMinutes(1), hour))
                .isEqualTo(RollingWindow.full(1));
    }
}
