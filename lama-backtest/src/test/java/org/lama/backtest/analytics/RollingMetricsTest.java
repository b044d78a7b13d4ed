package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RollingMetricsTest {
    private static final int WINDOW = 30;

    @Test
    void everyRowIsTheFigureOfItsWindow() {
        Fixtures.Pair pair = Objects.requireNonNull(Fixtures.series().get("garch"));
        double[] x = pair.returns();
        double[] sharpe = RollingMetrics.sharpe(x, WINDOW, 365);
        double[] sortino = RollingMetrics.sortino(x, WINDOW, 365);
        double[] volatility = RollingMetrics.volatility(x, WINDOW, 365);
        double[] beta = RollingMetrics.beta(x, pair.benchmark(), WINDOW);
        assertThat(Arrays.copyOf(sharpe, WINDOW - 1)).containsOnly(Double.NaN);
        for (int t = WINDOW - 1; t < x.length; t++) {
            PerformanceMetrics window = PerformanceMetrics.of(
                    Arrays.copyOfRange(x, t - WINDOW + 1, t + 1),
                    Arrays.copyOfRange(pair.benchmark(), t - WINDOW + 1, t + 1),
                    365);
            // Sums around an anchor: at most one window of additions and subtractions.
            assertThat(sharpe[t]).isCloseTo(window.sharpe(), within(1e-10));
            assertThat(sortino[t]).isCloseTo(window.value(Metric.SORTINO), within(1e-9));
            assertThat(volatility[t]).isCloseTo(window.value(Metric.VOLATILITY_ANNUAL), within(1e-12));
            assertThat(beta[t]).isCloseTo(window.value(Metric.BETA), within(1e-11));
        }
    }

    @Test
    void theFutureDoesNotMoveThePast() {
        double[] x = Fixtures.returns("student4");
        double[] whole = RollingMetrics.sharpe(x, WINDOW, 365);
        assertThat(RollingMetrics.sharpe(Arrays.copyOf(x, 101), WINDOW, 365))
                .containsExactly(Arrays.copyOf(whole, 101));
    }

    @Test
    void aMissingReturnLeavesWithItsRow() {
        double[] x = Fixtures.returns("gauss").clone();
        double[] before = RollingMetrics.sharpe(x, WINDOW, 365);
        x[0] = Double.NaN;
        x[70] = Double.POSITIVE_INFINITY;
        x[x.length - 1] = Double.NaN;
        double[] after = RollingMetrics.sharpe(x, WINDOW, 365);
        assertThat(after[WINDOW - 1]).isNaN();
        assertThat(after[WINDOW]).isCloseTo(before[WINDOW], within(1e-10));
        assertThat(Arrays.copyOfRange(after, 70, 70 + WINDOW)).containsOnly(Double.NaN);
        assertThat(after[70 + WINDOW]).isCloseTo(before[70 + WINDOW], within(1e-10));
        assertThat(after[x.length - 1]).isNaN();
    }

    @Test
    void constantsAndShortSeriesHaveNoRatio() {
        assertThat(RollingMetrics.sharpe(new double[3], 5, 365)).containsOnly(Double.NaN);
        double[] constant = new double[40];
        Arrays.fill(constant, 0.001);
        assertThat(RollingMetrics.sharpe(constant, 7, 365)).containsOnly(Double.NaN);
        assertThat(RollingMetrics.sortino(constant, 7, 365)).containsOnly(Double.NaN);
        assertThat(RollingMetrics.beta(constant, constant, 7)).containsOnly(Double.NaN);
        assertThat(RollingMetrics.volatility(constant, 7, 365)[39]).isCloseTo(0, within(1e-15));
        assertThatThrownBy(() -> RollingMetrics.sharpe(constant, 1, 365)).hasMessageContaining("windowBars");
        assertThatThrownBy(() -> RollingMetrics.beta(constant, new double[1], 7))
                .hasMessageContaining("benchmark must");
    }
}
