package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.core.math.LeastSquares;

class PhillipsPerronTest {
    @Test
    void withoutLagsItIsTheDickeyFullerTValueBesideAFactor() {
        double[] y = Simulated.walk(Seeds.rng(11, 0), 80);
        int rows = y.length - 1;
        double[][] columns = new double[2][rows];
        double[] change = new double[rows];
        Arrays.fill(columns[1], 1);
        for (int t = 0; t < rows; t++) {
            columns[0][t] = y[t];
            change[t] = y[t + 1] - y[t];
        }
        double expected = LeastSquares.fit(columns, change).tStatistic(0);
        TestResult result = PhillipsPerron.test(y, Trend.CONSTANT, PhillipsPerron.Statistic.TAU, 0);
        assertThat(result.statistic()).isCloseTo(expected, within(1e-11));
        assertThat(result.observations()).isEqualTo(rows);
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] y = Simulated.walk(Seeds.rng(11, 1), 200);
        for (PhillipsPerron.Statistic statistic : PhillipsPerron.Statistic.values()) {
            double plain =
                    PhillipsPerron.test(y, Trend.CONSTANT_TREND, statistic, 5).statistic();
            for (double factor : new double[] {1e-300, -3, 1e150}) {
                double moved = PhillipsPerron.test(Simulated.affine(y, factor, 0), Trend.CONSTANT_TREND, statistic, 5)
                        .statistic();
                assertThat(moved).isCloseTo(plain, within(1e-9));
            }
            double shifted = PhillipsPerron.test(Simulated.affine(y, 1, 1e6), Trend.CONSTANT_TREND, statistic, 5)
                    .statistic();
            // A shift by a million costs six of the sixteen digits.
            assertThat(shifted).isCloseTo(plain, within(1e-6));
        }
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        double[] gap = Simulated.walk(Seeds.rng(11, 2), 30);
        for (int row : new int[] {0, 15, 29}) {
            double[] y = gap.clone();
            y[row] = Double.NaN;
            assertThat(PhillipsPerron.test(y, Trend.CONSTANT).note()).contains("row " + row);
        }
        double[] line = new double[30];
        Arrays.setAll(line, t -> 0.5 * t);
        assertThat(PhillipsPerron.test(line, Trend.CONSTANT).note()).contains("without residual");
        assertThat(PhillipsPerron.test(line, Trend.CONSTANT_TREND).isDefined()).isFalse();
        assertThat(PhillipsPerron.test(new double[30], Trend.NONE).note()).contains("constant");
        assertThat(PhillipsPerron.test(new double[0], Trend.CONSTANT).isDefined())
                .isFalse();
        assertThat(PhillipsPerron.test(new double[] {1}, Trend.CONSTANT).isDefined())
                .isFalse();
        assertThat(PhillipsPerron.test(new double[] {1, 2, 4}, Trend.CONSTANT).note())
                .contains("too short");
        assertThat(PhillipsPerron.test(new double[] {1, 2, 4, 3, 5, 2}, Trend.CONSTANT)
                        .isDefined())
                .isFalse();
        assertThat(PhillipsPerron.test(new double[] {1, 2, 4, 3, 5, 2, 7, 3}, Trend.CONSTANT)
                        .isDefined())
                .isTrue();
        assertThat(MacKinnon.pValueRho(Double.NaN, Trend.CONSTANT)).isNaN();
    }

    @Test
    void aWalkIsKeptAndNoiseRejectedByBothStatistics() {
        double[] noise = Simulated.noise(Seeds.rng(11, 3), 300);
        double[] walk = Simulated.walk(Seeds.rng(11, 4), 300);
        for (PhillipsPerron.Statistic statistic : PhillipsPerron.Statistic.values()) {
            assertThat(PhillipsPerron.test(noise, Trend.CONSTANT, statistic, 8).rejects(0.01))
                    .isTrue();
            assertThat(PhillipsPerron.test(walk, Trend.CONSTANT, statistic, 8).rejects(0.05))
                    .isFalse();
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        double[] y = Simulated.walk(Seeds.rng(11, 5), 30);
        assertThatThrownBy(() -> PhillipsPerron.test(y, Trend.CONSTANT_TREND_SQUARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trend must be");
        assertThatThrownBy(() -> PhillipsPerron.test(y, Trend.CONSTANT, PhillipsPerron.Statistic.TAU, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lags must be >= 0, got -1");
    }
}
