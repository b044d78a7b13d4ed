package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class BarEstimatorPropertyTest {
    private static final int ROWS = 400;
    private static final RollingWindow WINDOW = new RollingWindow(20, 10);

    /** Bars of a random walk whose trades bounce between bid and ask. */
    static double[][] bars(int rows, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[][] bars = new double[5][rows];
        double log = Math.log(100);
        for (int t = 0; t < rows; t++) {
            double high = 0;
            double low = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 40; k++) {
                log += 0.002 * rng.nextGaussian();
                double trade = Math.exp(log + (rng.nextDouble() < 0.5 ? 0.001 : -0.001));
                high = Math.max(high, trade);
                low = Math.min(low, trade);
                bars[0][t] = k == 0 ? trade : bars[0][t];
                bars[3][t] = trade;
            }
            bars[1][t] = high;
            bars[2][t] = low;
            bars[4][t] = 1 + 100 * rng.nextDouble();
        }
        return bars;
    }

    private static double[] compute(BarEstimator estimator, double[][] bars) {
        double[] out = new double[bars[0].length];
        estimator.compute(bars, WINDOW, out);
        return out;
    }

    private static double[][] copy(double[][] bars) {
        return Arrays.stream(bars).map(double[]::clone).toArray(double[][]::new);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamFedBarByBarEqualsTheColumnsBitForBit(BarEstimator estimator) {
        double[][] bars = bars(ROWS, 1);
        double[] batch = compute(estimator, bars);
        BarStream stream = estimator.stream(WINDOW);
        for (int t = 0; t < ROWS; t++) {
            double next = stream.next(bars[0][t], bars[1][t], bars[2][t], bars[3][t], bars[4][t]);
            assertThat(Double.doubleToLongBits(next)).isEqualTo(Double.doubleToLongBits(batch[t]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherCuttingNorSpoilingTheFutureMovesABitOfThePast(BarEstimator estimator) {
        double[][] bars = bars(ROWS, 2);
        double[] whole = compute(estimator, bars);
        for (int cut = 1; cut < ROWS; cut += 37) {
            double[][] spoilt = copy(bars);
            for (double[] column : spoilt) {
                Arrays.fill(column, cut, ROWS, cut % 2 == 0 ? Double.NaN : 1e9);
            }
            assertThat(Arrays.copyOf(compute(estimator, spoilt), cut)).isEqualTo(Arrays.copyOf(whole, cut));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueDependsOnItsOwnWindowAlone(BarEstimator estimator) {
        double[][] bars = bars(ROWS, 3);
        double[] whole = compute(estimator, bars);
        int from = 123;
        double[][] later = Arrays.stream(bars)
                .map(column -> Arrays.copyOfRange(column, from, ROWS))
                .toArray(double[][]::new);
        double[] part = compute(estimator, later);
        for (int t = 30; t < part.length; t++) {
            // other block borders, so another order of the sums
            assertThat(part[t]).isCloseTo(whole[from + t], within(1e-9 * Math.abs(whole[from + t]) + 1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstValueComesAfterTheDeclaredWarmUp(BarEstimator estimator) {
        double[] values = compute(estimator, bars(ROWS, 4));
        int warmUp = estimator.warmUpBars(WINDOW);
        for (int t = 0; t < ROWS; t++) {
            assertThat(Double.isNaN(values[t])).as("row %d", t).isEqualTo(t < warmUp);
        }
        for (int length = 1; length <= 3; length++) {
            double[] out = new double[ROWS];
            RollingWindow full = RollingWindow.full(length);
            estimator.compute(bars(ROWS, 4), full, out);
            int first = 0;
            while (first < ROWS && Double.isNaN(out[first])) {
                first++;
            }
            assertThat(first).isGreaterThanOrEqualTo(estimator.warmUpBars(full));
        }
    }

    @ParameterizedTest
    @EnumSource
    void difficultBarsGiveAValueOrNoneButNeverInfinityAndNeverAnError(BarEstimator estimator) {
        double[][] gaps = bars(ROWS, 5);
        Rng rng = Seeds.rng(6, 0);
        for (int i = 0; i < 200; i++) {
            double bad = new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY, 1e300, 1e-300}[rng.nextInt(6)];
            gaps[rng.nextInt(5)][rng.nextInt(ROWS)] = bad;
        }
        double[][] constant = new double[5][ROWS];
        for (double[] column : constant) {
            Arrays.fill(column, 7);
        }
        double[][] huge = copy(bars(ROWS, 7));
        double[][] tiny = copy(huge);
        for (int c = 0; c < 5; c++) {
            for (int t = 0; t < ROWS; t++) {
                huge[c][t] *= 1e298;
                tiny[c][t] *= 1e-304;
            }
        }
        for (double[][] bars : new double[][][] {gaps, constant, huge, tiny, new double[5][0], bars(1, 8)}) {
            assertThat(Arrays.stream(compute(estimator, bars)).noneMatch(Double::isInfinite))
                    .isTrue();
        }
    }

    @Test
    void volatilitiesAndSpreadsHaveNoUnit() {
        double[][] bars = bars(ROWS, 9);
        double[][] scaled = copy(bars);
        for (int c = 0; c < 4; c++) {
            for (int t = 0; t < ROWS; t++) {
                scaled[c][t] *= 4096;
            }
        }
        for (BarEstimator estimator : new BarEstimator[] {
            BarEstimator.CLOSE_TO_CLOSE,
            BarEstimator.PARKINSON,
            BarEstimator.GARMAN_KLASS,
            BarEstimator.GARMAN_KLASS_FULL,
            BarEstimator.ROGERS_SATCHELL,
            BarEstimator.YANG_ZHANG,
            BarEstimator.ROLL_RELATIVE_SPREAD,
            BarEstimator.CORWIN_SCHULTZ_SIGNED
        }) {
            double[] one = compute(estimator, bars);
            double[] other = compute(estimator, scaled);
            for (int t = 22; t < ROWS; t++) {
                assertThat(other[t]).as("%s", estimator).isCloseTo(one[t], within(1e-8 * Math.abs(one[t]) + 1e-12));
            }
        }
    }

    @Test
    void aConstantPriceHasNoVolatilityNoSpreadAndNoImpact() {
        double[][] constant = new double[5][50];
        for (double[] column : constant) {
            Arrays.fill(column, 7);
        }
        assertThat(compute(BarEstimator.YANG_ZHANG, constant)[49]).isZero();
        assertThat(compute(BarEstimator.CORWIN_SCHULTZ, constant)[49]).isZero();
        assertThat(compute(BarEstimator.AMIHUD, constant)[49]).isZero();
        assertThat(compute(BarEstimator.KYLE_LAMBDA, constant)[49])
                .as("no flow with a sign")
                .isNaN();
        assertThat(compute(BarEstimator.EDGE, constant)[49])
                .as("nothing traded")
                .isNaN();
    }

    @Test
    void columnsThatAreMissingOrShorterAreRefused() {
        double[] out = new double[3];
        assertThatThrownBy(() -> BarEstimator.EDGE.compute(new double[4][3], WINDOW, out))
                .hasMessage("bars must be open, high, low, close and volume, got 4 columns");
        assertThatThrownBy(() -> BarEstimator.EDGE.compute(new double[5][2], WINDOW, out))
                .hasMessageStartingWith("out must have 2 rows");
    }
}
