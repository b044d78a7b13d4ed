package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.RegimeLabel;

class EquityCurveTest {
    private static EquityCurve curve(double... equity) {
        return EquityCurve.of(TimeIndex.regular(Samples.START, Samples.DAY, equity.length), equity);
    }

    @Test
    void growthStartsAtTheFirstKnownValue() {
        assertThat(curve(Double.NaN, 50, 75).growth()).containsExactly(Double.NaN, 1, 1.5);
        assertThat(curve().growth()).isEmpty();
        assertThat(curve(1, 2).benchmarkGrowth()).isEmpty();
    }

    @Test
    void drawdownIsMeasuredFromTheHighestEquitySoFar() {
        assertThat(curve(100, 120, 90, 120, 60).drawdown()).containsExactly(0, 0, -0.25, 0, -0.5);
        assertThat(curve(Double.NaN, 100, Double.NaN, 50).drawdown()[3]).isEqualTo(-0.5);
    }

    @Test
    void rollingSharpeEqualsTheDirectFormula() {
        Rng rng = Seeds.rng(4, 4);
        double[] equity = new double[900];
        Arrays.setAll(equity, i -> i == 0 ? 1e6 : 0);
        for (int i = 1; i < equity.length; i++) {
            equity[i] = equity[i - 1] * (1.001 + 0.02 * rng.nextGaussian());
        }
        EquityCurve curve = curve(equity);
        double[] fast = curve.rollingSharpe(60);
        for (int i = 60; i < equity.length; i++) {
            double[] returns = new double[60];
            for (int k = 0; k < 60; k++) {
                returns[k] = equity[i - 59 + k] / equity[i - 60 + k] - 1;
            }
            double mean = Arrays.stream(returns).average().orElseThrow();
            double variance =
                    Arrays.stream(returns).map(r -> (r - mean) * (r - mean)).sum() / 59;
            // both sums have 60 terms of order 1e-2; they differ by rounding only
            assertThat(fast[i]).isCloseTo(mean / Math.sqrt(variance) * Math.sqrt(365), within(1e-9));
        }
        assertThat(fast[59]).isNaN();
    }

    @Test
    void anUnknownReturnLeavesTheWindowWhenItsRowDoes() {
        Rng rng = Seeds.rng(4, 5);
        double[] equity = new double[40];
        Arrays.setAll(equity, i -> 100 + rng.nextDouble());
        equity[10] = Double.NaN;
        double[] sharpe = curve(equity).rollingSharpe(5);
        for (int i = 5; i < 40; i++) {
            assertThat(Double.isNaN(sharpe[i])).as("row %d", i).isEqualTo(i >= 10 && i <= 15);
        }
    }

    @Test
    void constantEquityHasNoSharpeRatio() {
        double[] flat = new double[30];
        Arrays.fill(flat, 1e6);
        assertThat(curve(flat).rollingSharpe(5)).containsOnly(Double.NaN);
    }

    @Test
    void windowIsHalfAYearOrAThirdOfAShortCurve() {
        assertThat(Samples.curve(1000).windowBars()).isEqualTo(180);
        assertThat(Samples.curve(90).windowBars()).isEqualTo(30);
        assertThat(curve(1).windowBars()).isEqualTo(2);
        assertThat(curve(1).periodsPerYear()).isEqualTo(365);
        assertThat(Samples.curve(50).periodsPerYear()).isCloseTo(365, within(1e-9));
    }

    @Test
    void equalNeighboursBecomeOneShade() {
        EquityCurve curve = curve(1, 2, 3, 4)
                .withRegimes(List.of(
                        RegimeLabel.NORMAL, RegimeLabel.CRISIS, RegimeLabel.CRISIS, RegimeLabel.HIGH_VOLATILITY));
        assertThat(curve.shades())
                .extracting(EquityCurve.Shade::label)
                .containsExactly(RegimeLabel.NORMAL, RegimeLabel.CRISIS, RegimeLabel.HIGH_VOLATILITY);
        assertThat(curve.shades().get(1).toNanos() - curve.shades().get(1).fromNanos())
                .isEqualTo(2 * Samples.DAY);
    }

    @Test
    void columnsOfAnotherLengthAreRefusedByName() {
        assertThatThrownBy(() -> curve(1, 2).withBenchmark(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("benchmark must have 2 rows, got 3");
        assertThatThrownBy(() -> curve(1, 2).withRegimes(List.of())).hasMessage("labels must have 2 rows, got 0");
        assertThatThrownBy(() -> new EquityCurve.Shade(2, 1, RegimeLabel.CRISIS))
                .hasMessageContaining("toNanos must be >= fromNanos");
    }

    @Test
    void laterChangesOfTheArrayDoNotReachTheCurve() {
        double[] equity = {1, 2};
        EquityCurve curve = curve(equity);
        equity[1] = 99;
        assertThat(curve.growth()).containsExactly(1, 2);
        assertThat(curve.size()).isEqualTo(2);
    }
}
