package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class CostsAndCapacityTest {
    @Test
    void thePartsOfAProfitSumToItExactly() {
        PnlSplit split = PnlSplit.ofTotal(1_000_003, 17, 5, -3, 2);
        assertThat(split.priceUnits()).isEqualTo(1_000_003 + 17 + 5 - 3 - 2);
        assertThat(split.totalUnits()).isEqualTo(1_000_003);
        assertThat(split.plus(PnlSplit.ZERO)).isEqualTo(split);
        PnlSplit cut = split.withHaircut(4);
        assertThat(cut.slippageUnits()).isEqualTo(1);
        assertThat(cut.haircutUnits()).isEqualTo(4);
        assertThat(cut.totalUnits()).isEqualTo(split.totalUnits());
        assertThat(split.columns().get(0).cells().contains("haircut")).isFalse();
        assertThat(cut.columns().get(0).cells().contains("haircut")).isTrue();
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
        assertThat(BreakEven.rerun(m -> Math.expm1(0.004 - 0.001 * m), 10)).isCloseTo(4, within(1e-12));
        assertThat(BreakEven.rerun(m -> Math.expm1(0.0035 - 0.001 * m), 10)).isCloseTo(3.5, within(1e-12));
        assertThat(BreakEven.rerun(m -> 0.004 - 0.0001 * m, 10)).isInfinite();
        assertThat(BreakEven.rerun(m -> -m, 10)).isNaN();
        assertThatThrownBy(() -> BreakEven.rerun(m -> -m, 0)).hasMessageContaining("largest");
        assertThatThrownBy(() -> BreakEven.rerun(m -> -m, 1, -1)).hasMessageContaining("refinements");
    }

    @Test
    void theBreakEvenOfAStrategyThatTradesMuchIsNotReadOffTheReturnItself() {
        // four thousand fills: 14 times the money without costs, a thousandth of it with them
        DoubleUnaryOperator busy = m -> 14 * Math.exp(-9.5 * m) - 1;
        double root = Math.log(14) / 9.5;
        assertThat(BreakEven.rerun(busy, 10)).isCloseTo(root, within(1e-12));
        // impact that grows with what is there, a loss of everything, and a step
        for (DoubleUnaryOperator total : List.<DoubleUnaryOperator>of(
                m -> Math.expm1(2.6 - 9 * Math.sqrt(m)),
                m -> Math.expm1(2.6 - 60 * m * m * m * m),
                m -> m > 0.3 ? -1 : 3 - 9 * m,
                m -> m > 0.3 ? -1.5 : 3 - 10 * m)) {
            double found = BreakEven.rerun(total, 10, 16);
            assertThat(total.applyAsDouble(found - 0.01)).isPositive();
            assertThat(total.applyAsDouble(found + 0.01)).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void aBreakEvenThatIsMetAtOnceTakesOneRunMore() {
        int[] runs = {0};
        DoubleUnaryOperator total = m -> {
            runs[0]++;
            return Math.expm1(0.2 - 0.16 * m);
        };
        assertThat(BreakEven.rerun(total, 10, 5)).isCloseTo(1.25, within(1e-12));
        assertThat(runs[0]).isEqualTo(4);
    }

    @Test
    void impactGrowsWithTheRootOfTheShareOfVolume() {
        double[] impact = CapacityCurve.impact(
                3,
                new int[] {0, 2, 2},
                new double[] {0.5, 1, 1},
                new double[] {0.04, 0.02, 0.02},
                new double[] {0.01, 0.04, 0},
                1);
        assertThat(impact[0]).isCloseTo(0.5 * 0.04 * 0.1, within(1e-15));
        assertThat(impact[1]).isZero();
        assertThat(impact[2]).isCloseTo(0.02 * 0.2, within(1e-15));
        assertThatThrownBy(() ->
                        CapacityCurve.impact(1, new int[] {1}, new double[] {1}, new double[] {1}, new double[] {1}, 1))
                .hasMessageContaining("row[0]");
    }

    private static final StationaryBootstrap FEW = StationaryBootstrap.of(400, 7);

    private static CapacityCurve recorded(double[] returns, double[] impact, double... capitals) {
        return CapacityCurve.ofFills(new CapacityCurve.Fills(1e6, returns, impact), capitals, 365, FEW);
    }

    @Test
    void theMeanReturnIsZeroAtTheCapitalThatTheFormulaNames() {
        double[] returns = {0.01, -0.002, 0.004, 0.003};
        double[] impact = {0.0005, 0.0003, 0, 0.0002};
        CapacityCurve curve = recorded(returns, impact, 1e5, 1e6, 1e8);
        double zero = curve.zeroReturnCapital();
        assertThat(zero).isCloseTo(1e6 * Math.pow(0.015 / 0.001, 2), within(1e-3));
        assertThat(recorded(returns, impact, zero).points().get(0).annualReturn())
                .isCloseTo(0, within(1e-12));
        double[] net = new double[4];
        Arrays.setAll(net, t -> returns[t] - impact[t]);
        assertThat(curve.points().get(1).sharpe())
                .isCloseTo(PerformanceMetrics.of(net, 365).sharpe(), within(1e-12));
        assertThat(curve.columns()).hasSize(5);
        assertThat(curve.isOfRecordedFills()).isTrue();
        assertThat(recorded(returns, new double[4], 1).zeroReturnCapital()).isInfinite();
        assertThat(recorded(new double[] {-0.1}, new double[] {0.1}, 1).zero())
                .isEqualTo(new CapacityCurve.Zero(Double.NaN, Double.NaN, Double.NaN));
        assertThatThrownBy(() -> recorded(returns, new double[3], 1)).hasMessageContaining("impact must have");
    }

    @Test
    void runningAgainFindsTheCapitalBetweenItsNeighbours() {
        CapacityCurve curve = CapacityCurve.rerun(
                new double[] {1, 2, 4}, c -> new double[] {0.03 - 0.01 * c, 0.01 - 0.01 * c}, 365, FEW);
        assertThat(curve.zeroReturnCapital()).isCloseTo(2, within(1e-12));
        assertThat(curve.isOfRecordedFills()).isFalse();
        // exact for a return that falls with the root of the capital
        assertThat(zeroOf(c -> 0.02 - 0.01 * Math.sqrt(c))).isCloseTo(4, within(1e-12));
        assertThat(zeroOf(c -> 0.1)).isInfinite();
        assertThat(zeroOf(c -> -0.1)).isNaN();
        assertThat(zeroOf(c -> c < 2 ? -0.1 : 0.1)).isInfinite();
        assertThatThrownBy(() -> CapacityCurve.rerun(new double[] {3, 1}, c -> new double[] {0.1}, 365, FEW))
                .hasMessageContaining("capitals must ascend");
        assertThatThrownBy(() -> CapacityCurve.rerun(new double[] {1, 3}, c -> new double[(int) c], 365, FEW))
                .hasMessageContaining("as many rows at every capital");
        assertThat(CapacityCurve.rerun(new double[0], c -> new double[1], 365, FEW)
                        .zeroReturnCapital())
                .isNaN();
    }

    private static double zeroOf(java.util.function.DoubleUnaryOperator mean) {
        return CapacityCurve.rerun(new double[] {1, 9}, c -> new double[] {mean.applyAsDouble(c)}, 365, FEW)
                .zeroReturnCapital();
    }

    @Test
    void intervalsOfTheCurveAreThoseOfTheBootstrapAndHoldTheTrueCapital() {
        double[] noise = Fixtures.returns("garch");
        double mean = Arrays.stream(noise).average().orElseThrow();
        double[] returns = Arrays.stream(noise).map(r -> r - mean + 0.004).toArray();
        double[] impact = new double[returns.length];
        Arrays.fill(impact, 0.001);
        CapacityCurve curve = recorded(returns, impact, 1e6, 1e7);
        assertThat(curve.zero().capital()).isCloseTo(1.6e7, within(1.0));
        assertThat(curve.zero().low()).isLessThan(1.6e7).isGreaterThanOrEqualTo(0);
        assertThat(curve.zero().high()).isGreaterThan(1.6e7).isFinite();
        CapacityCurve.Point first = curve.points().get(0);
        double[] net = Arrays.stream(returns).map(r -> r - 0.001).toArray();
        BootstrapResult.Interval alone =
                StationaryBootstrap.of(4000, 3).run(net).sharpePerPeriod();
        assertThat(first.low()).isCloseTo(alone.low() * Math.sqrt(365), within(0.4));
        assertThat(first.high()).isCloseTo(alone.high() * Math.sqrt(365), within(0.4));
        CapacityCurve again = CapacityCurve.rerun(
                new double[] {1e6, 1e7, 1e8},
                c -> Arrays.stream(returns)
                        .map(r -> r - 0.001 * Math.sqrt(c / 1e6))
                        .toArray(),
                365,
                FEW);
        assertThat(again.zero().capital()).isCloseTo(1.6e7, within(1.0));
        // the same draws: the runs of both have the same first capital, which decides the length of the blocks
        assertThat(again.zero().low()).isCloseTo(curve.zero().low(), within(1.0));
        assertThat(again.points().get(0)).isEqualTo(first);
        assertThat(recorded(returns, impact, 1e6, 1e7).asText()).isEqualTo(curve.asText());
    }

    @Test
    void whatMayNotEarnAtAllHasNothingAtTheLowEnd() {
        double[] x = Fixtures.returns("garch");
        double mean = Arrays.stream(x).average().orElseThrow();
        double[] weak = Arrays.stream(x).map(r -> r - mean + 1e-6).toArray();
        double[] impact = new double[x.length];
        Arrays.fill(impact, 1e-6);
        CapacityCurve curve = recorded(weak, impact, 1e6);
        assertThat(curve.zero().low()).isZero();
        assertThat(curve.zero().high()).isGreaterThan(curve.zero().capital());
        double[] none = new double[x.length];
        assertThat(recorded(weak, none, 1e6).zero().high()).isInfinite();
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
        assertThat(PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 3)).rows())
                .isEqualTo(found.rows());
        assertThat(PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 4)).rows())
                .isNotEqualTo(found.rows());
        assertThat(found.columns()).hasSize(7);
    }

    @Test
    void aClearDifferenceIsSeenThroughCommonNoise() {
        double[] x = Fixtures.returns("student4");
        double[] y = Arrays.stream(x).map(r -> r + 0.0005).toArray();
        PairedBootstrap.Difference mean = PairedBootstrap.of(x, y, 365, StationaryBootstrap.of(300, 3))
                .rows()
                .get(1);
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
