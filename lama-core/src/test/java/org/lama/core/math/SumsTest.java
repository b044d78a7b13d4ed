package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SumsTest {
    @Test
    void whatCancelsIsNotLost() {
        assertThat(Sums.neumaier(new double[] {1, 1e100, 1, -1e100}, 0, 4)).isEqualTo(2);
        assertThat(Sums.neumaier(new double[] {1e100, 1, -1e100}, 0, 3)).isEqualTo(1);
    }

    @Test
    void tenMillionTenthsAreAMillion() {
        double[] tenths = new double[1_000_000];
        java.util.Arrays.fill(tenths, 0.1);
        assertThat(Sums.neumaier(tenths, 0, tenths.length)).isEqualTo(100_000);
        assertThat(Sums.mean(tenths, 0, tenths.length)).isEqualTo(0.1);
    }

    @Test
    void rangesAreHalfOpenAndMayBeEmpty() {
        double[] x = {1, 2, 4, 8};
        assertThat(Sums.neumaier(x, 1, 3)).isEqualTo(6);
        assertThat(Sums.neumaier(x, 2, 2)).isZero();
        assertThat(Sums.mean(x, 1, 3)).isEqualTo(3);
        assertThat(Sums.mean(x, 2, 2)).isNaN();
    }

    @Test
    void nanPropagates() {
        double[] x = {1, Double.NaN, 3};
        assertThat(Sums.neumaier(x, 0, 3)).isNaN();
        assertThat(Sums.mean(x, 0, 3)).isNaN();
        assertThat(Sums.dot(x, 0, x, 0, 3)).isNaN();
        assertThat(Sums.dot(x, 0, x, 2, 1)).isEqualTo(3);
    }

    @Test
    void innerProductsOfEveryLengthAgreeWithTheLoop() {
        Rng rng = Seeds.rng(1, 2);
        double[] x = new double[30];
        double[] y = new double[30];
        for (int i = 0; i < 30; i++) {
            x[i] = rng.nextGaussian();
            y[i] = rng.nextGaussian();
        }
        for (int length = 0; length <= 20; length++) {
            double plain = 0;
            for (int i = 0; i < length; i++) {
                plain += x[3 + i] * y[7 + i];
            }
            assertThat(Sums.dot(x, 3, y, 7, length)).isCloseTo(plain, within(1e-14));
        }
    }
}
