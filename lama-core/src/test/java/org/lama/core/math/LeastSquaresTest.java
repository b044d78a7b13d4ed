package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class LeastSquaresTest {
    @Test
    void aLineByHand() {
        // y = 1, 3, 2 on x = 0, 1, 2: slope 0.5, level 1.5, residuals -0.5, 1, -0.5.
        LeastSquares fit = LeastSquares.fit(new double[][] {{1, 1, 1}, {0, 1, 2}}, new double[] {1, 3, 2});
        assertThat(fit.fullRank()).isTrue();
        assertThat(fit.coefficient(0)).isCloseTo(1.5, within(1e-14));
        assertThat(fit.coefficient(1)).isCloseTo(0.5, within(1e-14));
        assertThat(fit.residualSumOfSquares()).isCloseTo(1.5, within(1e-14));
        assertThat(fit.degreesOfFreedom()).isEqualTo(1);
        assertThat(fit.standardError(1)).isCloseTo(Math.sqrt(1.5 / 2), within(1e-14));
        assertThat(fit.tStatistic(1)).isCloseTo(0.5 / Math.sqrt(0.75), within(1e-14));
    }

    @Test
    void dependentColumnsHaveNoCoefficients() {
        double[][] columns = {{1, 1, 1, 1}, {1, 2, 3, 4}, {3, 5, 7, 9}};
        LeastSquares fit = LeastSquares.fit(columns, new double[] {1, 2, 2, 1});
        assertThat(fit.fullRank()).isFalse();
        assertThat(fit.coefficient(0)).isNaN();
        assertThat(fit.residualSumOfSquares()).isNaN();
        assertThat(LeastSquares.fit(new double[][] {{1}, {2}}, new double[] {1}).fullRank())
                .isFalse();
        assertThat(LeastSquares.fit(new double[][] {{0, 0}}, new double[] {1, 2})
                        .fullRank())
                .isFalse();
        assertThat(LeastSquares.fit(new double[][] {{1, Double.NaN}}, new double[] {1, 2})
                        .fullRank())
                .isFalse();
    }

    @Test
    void anExactFitHasNoDegreeOfFreedomLeft() {
        LeastSquares fit = LeastSquares.fit(new double[][] {{1, 1}, {0, 2}}, new double[] {1, 5});
        assertThat(fit.coefficient(1)).isCloseTo(2, within(1e-14));
        assertThat(fit.standardError(1)).isNaN();
    }

    @Test
    void columnsOfUnequalLengthAreRefused() {
        assertThatThrownBy(() -> LeastSquares.fit(new double[][] {{1, 2}, {1}}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 1 must have 2 rows, got 1");
    }

    @Test
    void nestedFitsAreTheFitsOfTheirFirstColumns() {
        Rng rng = Seeds.rng(2, 2);
        double[][] columns = new double[5][40];
        double[] y = new double[40];
        for (int t = 0; t < 40; t++) {
            columns[0][t] = 1;
            for (int j = 1; j < 5; j++) {
                columns[j][t] = rng.nextGaussian() + 0.5 * columns[j - 1][t];
            }
            y[t] = rng.nextGaussian() + columns[2][t];
        }
        NestedLeastSquares gram = NestedLeastSquares.ofGram(gram(columns, y), 5, 40);
        NestedLeastSquares direct = NestedLeastSquares.ofColumns(deepCopy(columns), y.clone());
        assertThat(gram.columns()).isEqualTo(5);
        assertThat(gram.smallestPivot()).isBetween(0.1, 1.0);
        for (int k = 1; k <= 5; k++) {
            double[][] first = java.util.Arrays.copyOf(columns, k);
            LeastSquares fit = LeastSquares.fit(first, y);
            for (NestedLeastSquares nested : new NestedLeastSquares[] {gram, direct}) {
                assertThat(nested.rank(k)).isEqualTo(k);
                assertThat(nested.degreesOfFreedom(k)).isEqualTo(40 - k);
                // Well conditioned: rounding alone.
                assertThat(nested.tStatistic(k)).isCloseTo(fit.tStatistic(k - 1), within(1e-12));
                assertThat(nested.residualSumOfSquares(k)).isCloseTo(fit.residualSumOfSquares(), within(1e-12));
            }
        }
    }

    @Test
    void aDependentColumnAddsNoRank() {
        double[][] columns = {{1, 1, 1, 1}, {2, 2, 2, 2}, {1, 2, 3, 5}};
        double[] y = {1, 3, 2, 4};
        NestedLeastSquares gram = NestedLeastSquares.ofGram(gram(columns, y), 3, 4);
        assertThat(gram.smallestPivot()).isZero();
        LeastSquares without = LeastSquares.fit(new double[][] {columns[0], columns[2]}, y);
        NestedLeastSquares nested = NestedLeastSquares.ofColumns(deepCopy(columns), y);
        assertThat(nested.rank(2)).isEqualTo(1);
        assertThat(nested.tStatistic(2)).isNaN();
        assertThat(nested.rank(3)).isEqualTo(2);
        assertThat(nested.tStatistic(3)).isCloseTo(without.tStatistic(1), within(1e-13));
        assertThat(nested.residualSumOfSquares(3)).isCloseTo(without.residualSumOfSquares(), within(1e-13));
    }

    @Test
    void moreColumnsThanRowsLeaveNoDegreeOfFreedom() {
        NestedLeastSquares nested =
                NestedLeastSquares.ofColumns(new double[][] {{1, 1}, {1, 2}, {3, 1}}, new double[] {1, 2});
        assertThat(nested.rank(3)).isEqualTo(2);
        assertThat(nested.tStatistic(2)).isNaN();
        assertThat(nested.smallestPivot()).isZero();
    }

    private static double[][] deepCopy(double[][] columns) {
        double[][] copy = new double[columns.length][];
        for (int j = 0; j < columns.length; j++) {
            copy[j] = columns[j].clone();
        }
        return copy;
    }

    private static double[] gram(double[][] columns, double[] y) {
        int n = columns.length + 1;
        double[][] all = java.util.Arrays.copyOf(columns, n);
        all[n - 1] = y;
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram[i * n + j] = Sums.dot(all[i], 0, all[j], 0, y.length);
            }
        }
        return gram;
    }
}
