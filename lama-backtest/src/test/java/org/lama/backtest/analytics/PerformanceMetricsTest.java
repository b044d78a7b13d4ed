package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PerformanceMetricsTest {
    @Test
    void noReturnsGiveNoFigures() {
        PerformanceMetrics metrics = PerformanceMetrics.of(new double[0], new double[0], 365);
        for (Metric metric : Metric.values()) {
            assertThat(metrics.value(metric)).as(metric.key()).isNaN();
        }
        assertThat(metrics.observations()).isZero();
    }

    @Test
    void oneReturnHasAMeanAndNoSpread() {
        PerformanceMetrics metrics = PerformanceMetrics.of(new double[] {0.01}, new double[] {0.02}, 365);
        assertThat(metrics.value(Metric.MEAN)).isEqualTo(0.01);
        assertThat(metrics.value(Metric.STANDARD_DEVIATION)).isNaN();
        assertThat(metrics.sharpe()).isNaN();
        assertThat(metrics.value(Metric.BETA)).isNaN();
        assertThat(metrics.value(Metric.VALUE_AT_RISK_95)).isEqualTo(0.01);
        assertThat(metrics.value(Metric.CONDITIONAL_VALUE_AT_RISK_95)).isEqualTo(0.01);
    }

    @Test
    void constantReturnsHaveNoSharpeRatioRatherThanAHugeOne() {
        double[] constant = {0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001};
        PerformanceMetrics metrics = PerformanceMetrics.of(constant, constant, 365);
        assertThat(metrics.value(Metric.STANDARD_DEVIATION)).isZero();
        assertThat(metrics.sharpe()).isNaN();
        assertThat(metrics.value(Metric.CALMAR)).isNaN();
        assertThat(metrics.value(Metric.OMEGA)).isNaN();
        assertThat(metrics.value(Metric.BETA)).isNaN();
        assertThat(metrics.value(Metric.WIN_RATE)).isEqualTo(1);
    }

    @Test
    void ruinGivesTotalLoss() {
        PerformanceMetrics metrics = PerformanceMetrics.of(new double[] {0.1, -1.0, 0.5}, 365);
        assertThat(metrics.value(Metric.TOTAL_RETURN)).isEqualTo(-1);
        assertThat(metrics.value(Metric.COMPOUND_ANNUAL_GROWTH)).isEqualTo(-1);
        assertThat(metrics.maximumDrawdown()).isEqualTo(-1);
    }

    @Test
    void aReturnThatIsNotFiniteIsRefusedWithItsRow() {
        assertThatThrownBy(() -> PerformanceMetrics.of(new double[] {0, Double.NaN}, 365))
                .hasMessageContaining("returns[1] must be finite, got NaN");
        assertThatThrownBy(() -> PerformanceMetrics.of(new double[] {0}, new double[] {Double.POSITIVE_INFINITY}, 365))
                .hasMessageContaining("benchmark[0] must be finite, got Infinity");
        assertThatThrownBy(() -> PerformanceMetrics.of(new double[] {0}, new double[2], 365))
                .hasMessage("benchmark must have as many rows as returns=1, got 2");
        assertThatThrownBy(() -> PerformanceMetrics.of(new double[] {0}, 0))
                .hasMessage("periodsPerYear must be finite and > 0, got 0");
    }

    @Test
    void extremeScalesNeitherThrowNorTurnIntoPlausibleNumbers() {
        PerformanceMetrics tiny = PerformanceMetrics.of(new double[] {1e-300, -2e-300, 3e-300}, 365);
        assertThat(tiny.value(Metric.MEAN)).isCloseTo(2e-300 / 3, within(1e-312));
        assertThat(tiny.sharpe()).isNaN();
        PerformanceMetrics huge = PerformanceMetrics.of(new double[] {1e300, 2e300, 3e300}, 365);
        assertThat(huge.value(Metric.TOTAL_RETURN)).isInfinite();
    }

    @Test
    void theFigureTablePrintsEveryMetricOnce() {
        PerformanceMetrics metrics = PerformanceMetrics.of(new double[] {0.01, -0.02, 0.03}, 365);
        assertThat(metrics.columns().get(0).cells())
                .hasSize(Metric.values().length)
                .doesNotHaveDuplicates();
        assertThat(metrics.asText()).contains("sharpePerPeriod").contains("maximumDrawdown");
        assertThat(metrics.periodsPerYear()).isEqualTo(365);
    }

    @Test
    void scalingReturnsLeavesTheSharpeRatioAlone() {
        double[] x = Fixtures.returns("garch");
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = 0.25 * x[i];
        }
        PerformanceMetrics a = PerformanceMetrics.of(x, 365);
        PerformanceMetrics b = PerformanceMetrics.of(y, 365);
        assertThat(b.sharpe()).isCloseTo(a.sharpe(), within(1e-12));
        assertThat(b.value(Metric.SORTINO)).isCloseTo(a.value(Metric.SORTINO), within(1e-12));
        assertThat(PerformanceMetrics.of(x, x, 365).value(Metric.BETA)).isCloseTo(1, within(1e-12));
    }

    @Test
    void drawdownsCountTheStartAsAPeak() {
        Drawdown drawdown = Drawdown.of(new double[] {-0.1, 0.05, 0.2, -0.5, 0.1});
        assertThat(drawdown.values()[0]).isCloseTo(-0.1, within(1e-15));
        assertThat(drawdown.values()[2]).isZero();
        assertThat(drawdown.maximum()).isCloseTo(-0.5, within(1e-15));
        assertThat(drawdown.longestBars()).isEqualTo(2);
        assertThat(drawdown.finalEquity()).isCloseTo(0.9 * 1.05 * 1.2 * 0.5 * 1.1, within(1e-15));
        assertThat(drawdown.columns().get(1).cells()).hasSize(5);
        assertThat(Drawdown.of(new double[0]).ulcerIndex()).isNaN();
    }
}
