package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class CholeskyTest {
    @Test
    void aSmallMatrixByHand() {
        double[] a = {4, 99, 99, 2, 10, 99, -2, 5, 9};
        assertThat(Cholesky.factor(a, 3)).isEqualTo(3);
        // L = [2; 1 3; -1 2 2], the upper triangle is neither read nor written.
        assertThat(a).containsExactly(2, 99, 99, 1, 3, 99, -1, 2, 2);
        assertThat(Cholesky.logDeterminant(a, 3)).isCloseTo(Math.log(144), within(1e-14));
        double[] b = {6, 17, 21};
        Cholesky.solve(a, 3, b);
        double[] back = {
            4 * b[0] + 2 * b[1] - 2 * b[2], 2 * b[0] + 10 * b[1] + 5 * b[2], -2 * b[0] + 5 * b[1] + 9 * b[2]
        };
        assertThat(back).containsExactly(new double[] {6, 17, 21}, within(1e-13));
    }

    @Test
    void randomSystemsAreSolved() {
        Rng rng = Seeds.rng(1, 1);
        for (int n = 1; n <= 12; n++) {
            double[] a = randomGram(rng, n);
            double[] x = new double[n];
            double[] b = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = rng.nextGaussian();
            }
            for (int i = 0; i < n; i++) {
                b[i] = Sums.dot(a, i * n, x, 0, n);
            }
            assertThat(Cholesky.factor(a, n)).isEqualTo(n);
            Cholesky.solve(a, n, b);
            // Condition below 1e4.
            assertThat(b).containsExactly(x, within(1e-10));
        }
    }

    private static double[] randomGram(Rng rng, int n) {
        double[] a = new double[n * n];
        for (int r = 0; r < 3 * n; r++) {
            double[] row = new double[n];
            for (int i = 0; i < n; i++) {
                row[i] = rng.nextGaussian();
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i * n + j] += row[i] * row[j];
                }
            }
        }
        return a;
    }

    @Test
    void matricesThatAreNotPositiveDefiniteNameTheRow() {
        assertThat(Cholesky.factor(new double[] {1, 0, 0, 0}, 2)).isEqualTo(1);
        assertThat(Cholesky.factor(new double[] {-1}, 1)).isZero();
        assertThat(Cholesky.factor(new double[] {1, 0, Double.NaN, 1}, 2)).isEqualTo(1);
        assertThat(Cholesky.factor(new double[0], 0)).isZero();
        assertThat(Cholesky.logDeterminant(new double[0], 0)).isZero();
    }

    @Test
    void sizesAreChecked() {
        assertThatThrownBy(() -> Cholesky.factor(new double[3], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a must hold n * n = 4 entries, got 3");
        assertThatThrownBy(() -> Cholesky.solve(new double[4], 2, new double[1]))
                .hasMessage("b.length must be >= 2, got 1");
    }
}
