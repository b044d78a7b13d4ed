package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.math.Cholesky;

class CovarianceTest {
    @Test
    void gapsLeaveTheMatrixPositiveSemidefiniteAndVariancesUnbiased() {
        Rng rng = Seeds.rng(12, 0);
        for (int round = 0; round < 50; round++) {
            int n = 8;
            double[][] columns = new double[n][40];
            for (int t = 0; t < 40; t++) {
                double market = rng.nextGaussian();
                for (int i = 0; i < n; i++) {
                    columns[i][t] = rng.nextInt(3) == 0 ? Double.NaN : market + 0.1 * rng.nextGaussian();
                }
            }
            Covariance covariance =
                    Covariance.of(new ReturnWindow(columns, 0, 40), SizingOracle.all(n), Covariance.Kind.SAMPLE, 60, 2);
            double[] matrix = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    matrix[i * n + j] = covariance.at(i, j) + (i == j ? 1e-12 : 0);
                }
                assertThat(covariance.at(i, i)).isCloseTo(variance(columns[i]), within(1e-14));
            }
            assertThat(Cholesky.factor(matrix, n)).isEqualTo(n);
        }
    }

    private static double variance(double[] values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            sum += Double.isNaN(value) ? 0 : value;
            count += Double.isNaN(value) ? 0 : 1;
        }
        double squares = 0;
        for (double value : values) {
            squares += Double.isNaN(value) ? 0 : (value - sum / count) * (value - sum / count);
        }
        return squares / (count - 1);
    }

    @Test
    void membersAreThoseWantedWithEnoughRowsAndVariation() {
        double[][] columns = new double[4][30];
        for (int t = 0; t < 30; t++) {
            columns[0][t] = t % 3;
            columns[1][t] = 0.1;
            columns[2][t] = t < 25 ? Double.NaN : t;
            columns[3][t] = t % 5;
        }
        boolean[] wanted = {true, true, true, true};
        Covariance covariance = Covariance.of(new ReturnWindow(columns, 0, 30), wanted, Covariance.Kind.SAMPLE, 60, 20);
        assertThat(covariance.size()).isEqualTo(2);
        assertThat(covariance.instrument(0)).isZero();
        assertThat(covariance.instrument(1)).isEqualTo(3);
        assertThat(covariance.mean(0)).isCloseTo(1, within(1e-15));
        wanted[0] = false;
        assertThat(Covariance.of(new ReturnWindow(columns, 0, 30), wanted, Covariance.Kind.LEDOIT_WOLF, 60, 20)
                        .instrument(0))
                .isEqualTo(3);
        for (Covariance.Kind kind : Covariance.Kind.values()) {
            assertThat(Covariance.of(ReturnWindow.none(4), SizingOracle.all(4), kind, 60, 2)
                            .size())
                    .isZero();
        }
    }

    @Test
    void twoMembersAreNotMovedByConstantCorrelation() {
        ReturnWindow window = AllocationsTest.random(3, 2, 50);
        Covariance shrunk = Covariance.of(window, SizingOracle.all(2), Covariance.Kind.CONSTANT_CORRELATION, 60, 20);
        Covariance sample = Covariance.of(window, SizingOracle.all(2), Covariance.Kind.SAMPLE, 60, 20);
        assertThat(shrunk.at(0, 1)).isCloseTo(sample.at(0, 1) * 49 / 50, within(1e-17));
    }

    @Test
    void aHistoryGivesTheLastReturnsInOrder() {
        ReturnHistory history = new ReturnHistory(2, 3);
        assertThat(history.window().rows()).isZero();
        double[][] closes = {{100, 10}, {110, Double.NaN}, {99, 12}, {99, 18}, {198, 0}};
        for (double[] close : closes) {
            history.push(close);
        }
        ReturnWindow window = history.window();
        assertThat(window.rows()).isEqualTo(3);
        assertThat(window.at(0, 0)).isCloseTo(-0.1, within(1e-15));
        assertThat(window.at(0, 1)).isZero();
        assertThat(window.at(0, 2)).isEqualTo(1);
        assertThat(window.at(1, 0)).isNaN();
        assertThat(window.at(1, 1)).isEqualTo(0.5);
        assertThat(window.at(1, 2)).isNaN();
        assertThat(window.present(1)).isEqualTo(1);
    }

    @Test
    void aHistoryForgetsNothingTooEarlyAndKeepsNothingTooLong() {
        Rng rng = Seeds.rng(13, 0);
        ReturnHistory history = new ReturnHistory(1, 7);
        double[] all = new double[40];
        double before = Double.NaN;
        for (int t = 0; t < 40; t++) {
            double close = 50 + rng.nextDouble();
            history.push(new double[] {close});
            all[t] = close / before - 1;
            before = close;
            ReturnWindow window = history.window();
            assertThat(window.rows()).isEqualTo(Math.min(7, t + 1));
            for (int row = 0; row < window.rows(); row++) {
                assertThat(window.at(0, row)).isEqualTo(Double.valueOf(all[t - window.rows() + 1 + row]));
            }
        }
    }
}
