package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CostsAndCapacityTest {
    @Test
    void thePartsOfAProfitSumToItExactly() {
        PnlSplit split = PnlSplit.ofTotal(1_000_003, 17, 5, -3, 2);
        assertThat(split.priceUnits()).isEqualTo(1_000_003 + 17 + 5 - 3 - 2);
        assertThat(split.totalUnits()).isEqualTo(1_000_003);
        assertThat(split.plus(PnlSplit.ZERO)).isEqualTo(split);
        assertThat(split.plus(split).totalUnits()).isEqualTo(2_000_006);
        assertThat(split.columns().get(0).cells()).hasSize(6);
        assertThat(split.columns().get(1).cells().get(5)).isEqualTo(0.01000003);
        assertThatThrownBy(() -> PnlSplit.ofTotal(Long.MAX_VALUE, 1, 0, 0, 0)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theLinearBreakEvenBringsTheMeanToZero() {
        double[] gross = {0.01, -0.004, 0.006};
        double[] cost = {0.001, 0.002, 0};
        double multiple = BreakEven.linear(gross, cost);
        assertThat(multiple).isCloseTo(4, within(1e-12));
        assertThat(BreakEven.linear(new double[] {-0.01}, new double[] {0.001})).isNaN();
        assertThat(BreakEven.linear(new double[] {0.01}, new double[] {0})).isInfinite();
        assertThat(BreakEven.linear(new double[0], new double[0])).isNaN();
        assertThatThrownBy(() -> BreakEven.linear(gross, new double[1])).hasMessageContaining("cost must have");
    }

    @Test
    void theBreakEvenByRunningAgainAgreesWithTheLinearOneWhereRunsAreLinear() {
        assertThat(BreakEven.rerun(m -> 0.004 - 0.001 * m, 10)).isCloseTo(4, within(1e-12));
        assertThat(BreakEven.rerun(m -> 0.0035 - 0.001 * m, 10)).isCloseTo(3.5, within(1e-12));
        assertThat(BreakEven.rerun(m -> 0.004 - 0.0001 * m, 10)).isInfinite();
        assertThat(BreakEven.rerun(m -> -m, 10)).isNaN();
    }

    @Test
    void impactGrowsWithTheRootOfTheShareOfVolume() {
        double[] impact = CapacityCurve.impact(
                3, new int[] {0, 2, 2}, new double[] {0.5, 1, 1}, new double[] {0.04, 0.02, 0.02}, new double[] {
                    0.01, 0.04, 0
                }, 1);
        assertThat(impact[0]).isCloseTo(0.5 * 0.04 * 0.1, within(1e-15));
        assertThat(impact[1]).isZero();
        assertThat(impact[2]).isCloseTo(0.02 * 0.2, within(1e-15));
        assertThatThrownBy(() -> CapacityCurve.impact(
                        1, new int[] {1}, new double[] {1}, new double[] {1}, new double[] {1}, 1))
                .hasMessageContaining("row[0]");
    }

    @Test
    void theMeanReturnIsZeroAtTheCapitalThatTheFormulaNames() {
        double[] returns = {0.01, -0.002, 0.004, 0.003};
        double[] impact = {0.0005, 0.0003, 0, 0.0002};
        CapacityCurve curve =
                CapacityCurve.ofFills(1e6, returns, impact, new double[] {1e5, 1e6, 1e8}, 365);
        double zero = curve.zeroReturnCapital();
        assertThat(zero).isCloseTo(1e6 * Math.pow(0.015 / 0.001, 2), within(1e-3));
        CapacityCurve there = CapacityCurve.ofFills(1e6, returns, impact, new double[] {zero}, 365);
        assertThat(there.points().get(0).annualReturn()).isCloseTo(0, within(1e-12));
        double[] net = new double[4];
        Arrays.setAll(net, t -> returns[t] - impact[t]);
        assertThat(curve.points().get(1).sharpe())
                .isCloseTo(PerformanceMetrics.of(net, 365).sharpe(), within(1e-12));
        assertThat(curve.points().get(2).impactAnnual()).isCloseTo(10 * 0.00025 * 365, within(1e-12));
        assertThat(curve.columns()).hasSize(4);
        assertThat(CapacityCurve.ofFills(1, returns, new double[4], new double[] {1}, 365)
                        .zeroReturnCapital())
                .isInfinite();
        assertThat(CapacityCurve.ofFills(1, new double[] {-0.1}, new double[] {0.1}, new double[] {1}, 365)
                        .zeroReturnCapital())
                .isNaN();
    }

    @Test
    void runningAgainFindsTheCapitalBetweenItsNeighbours() {
        CapacityCurve curve = CapacityCurve.rerun(
                new double[] {1, 2, 4}, c -> new double[] {0.03 - 0.01 * c, 0.01 - 0.01 * c}, 365);
        assertThat(curve.zeroReturnCapital()).isCloseTo(2, within(1e-12));
        assertThat(CapacityCurve.rerun(new double[] {1, 3}, c -> new double[] {0.02 - 0.01 * c}, 365)
                        .zeroReturnCapital())
                .isCloseTo(2, within(1e-12));
        assertThat(CapacityCurve.rerun(new double[] {1, 3}, c -> new double[] {0.1}, 365)
                        .zeroReturnCapital())
                .isInfinite();
        assertThatThrownBy(() -> CapacityCurve.rerun(new double[] {3, 1}, c -> new double[] {0.1}, 365))
                .hasMessageContaining("capitals must ascend");
    }

    @Test
    void aRunHeldAgainstItselfDoesNotDiffer() {
        double[] x = Fixtures.returns("garch");
        PairedBootstrap same = PairedBootstrap.of(x, x, 365, StationaryBootstrap.of(200, 3));
        assertThat(same.rows()).hasSize(7).allSatisfy(row -> {
            assertThat(row.difference()).isZero();
            assertThat(row.low()).isZero();
            assertThat(row.high()).isZero();
            assertThat(row.pValue()).isEqualTo(1);
        });
    }

    @Test
    void figuresOfAComparisonAreThoseOfTheMetricsAndTheSeedDecidesTheBits() {
        double[] x = Fixtures.returns("garch");
        double[] y = Arrays.copyOf(Fixtures.returns("student4"), x.length);
        PairedBootstrap found = PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 3));
        PerformanceMetrics mine = PerformanceMetrics.of(x, 365);
        Metric[] order = {
            Metric.SHARPE,
            Metric.MEAN,
            Metric.COMPOUND_ANNUAL_GROWTH,
            Metric.VOLATILITY_ANNUAL,
            Metric.SORTINO,
            Metric.MAXIMUM_DRAWDOWN,
            Metric.CALMAR
        };
        for (int k = 0; k < order.length; k++) {
            double scale = order[k] == Metric.MEAN ? 365 : 1;
            assertThat(found.rows().get(k).first()).isCloseTo(scale * mine.value(order[k]), within(1e-12));
            assertThat(found.rows().get(k).low()).isLessThan(found.rows().get(k).high());
        }
        assertThat(PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 3)).rows()).isEqualTo(found.rows());
        assertThat(PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 4)).rows()).isNotEqualTo(found.rows());
        assertThat(found.columns()).hasSize(7);
    }

    @Test
    void aClearDifferenceIsSeenThroughCommonNoise() {
        double[] x = Fixtures.returns("student4");
        double[] y = Arrays.stream(x).map(r -> r + 0.0005).toArray();
        PairedBootstrap.Difference mean =
                PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 3)).rows().get(1);
        // The difference is constant, so nothing is left of the noise that both share.
        assertThat(mean.low()).isCloseTo(0.0005 * 365, within(1e-9));
        assertThat(mean.high()).isCloseTo(0.0005 * 365, within(1e-9));
        assertThat(mean.pValue()).isLessThan(0.01);
        assertThat(PairedBootstrap.of(new double[1], new double[1], 365, StationaryBootstrap.of(100, 1))
                        .rows()
                        .get(0)
                        .low())
                .isNaN();
        assertThatThrownBy(() -> PairedBootstrap.of(x, new double[1], 365, StationaryBootstrap.of(100, 1)))
                .hasMessageContaining("second must have");
    }
}
