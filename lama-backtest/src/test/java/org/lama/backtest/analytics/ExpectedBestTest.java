package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ExpectedBestTest {
    @Test
    void independentFiguresHaveTheBestOfTheTables() {
        // Harter 1961, Expected values of normal order statistics, Biometrika 48, table 1
        double[][] table = {
            {1, 0}, {2, 0.56419}, {3, 0.84628}, {5, 1.16296}, {10, 1.53875}, {50, 2.24907}, {100, 2.50759}
        };
        for (double[] row : table) {
            assertThat(ExpectedBest.ofIndependent(row[0])).isCloseTo(row[1], within(6e-6));
        }
    }

    @Test
    void triesAreTheInverse() {
        for (double tries : new double[] {1, 1.01, 1.5, 2, 7.3, 200, 1e6, 1e12}) {
            assertThat(ExpectedBest.tries(ExpectedBest.ofIndependent(tries)) / tries)
                    .isCloseTo(1, within(1e-6));
        }
        assertThat(ExpectedBest.tries(-1)).isCloseTo(1, within(1e-12));
        assertThat(ExpectedBest.tries(99)).isCloseTo(ExpectedBest.MOST_TRIES, within(1e3));
    }

    @Test
    void equallyCorrelatedFiguresHaveASmallerBest() {
        // z = √ρ c + √(1 − ρ) e, and c has no part in the range
        for (int m : new int[] {2, 5, 50, 200}) {
            for (double rho : new double[] {0, 0.5, 0.9, 0.99}) {
                double expected = Math.sqrt(1 - rho) * ExpectedBest.ofIndependent(m);
                assertThat(ExpectedBest.of(equal(m, rho))).isCloseTo(expected, within(0.03 * expected));
            }
        }
    }

    @Test
    void mirrorImagesAndConstantFiguresAreHandled() {
        // E |z| and E max(z, 0)
        assertThat(ExpectedBest.of(new double[][] {{1, -1}, {-1, 1}})).isCloseTo(Math.sqrt(2 / Math.PI), within(0.02));
        assertThat(ExpectedBest.of(new double[][] {{1, 0}, {0, 0}}))
                .isCloseTo(1 / Math.sqrt(2 * Math.PI), within(0.02));
        assertThat(ExpectedBest.of(new double[][] {{0, 0}, {0, 0}})).isCloseTo(0, within(1e-3));
        assertThat(ExpectedBest.of(new double[][] {{1}})).isZero();
        assertThat(ExpectedBest.of(new double[0][])).isZero();
    }

    @Test
    void theBarOfFewTriesJoinsThatOfMany() {
        assertThat(ProbabilisticSharpe.expectedMaximum(1)).isZero();
        double before = 0;
        for (double tries = 1.001; tries < 4; tries += 0.001) {
            double bar = ProbabilisticSharpe.expectedMaximum(tries);
            assertThat(bar).isBetween(before, before + 0.002);
            before = bar;
        }
    }

    private static double[][] equal(int m, double rho) {
        double[][] correlation = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                correlation[i][j] = i == j ? 1 : rho;
            }
        }
        return correlation;
    }
}
