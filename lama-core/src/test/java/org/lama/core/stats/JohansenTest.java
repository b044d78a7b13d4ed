package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class JohansenTest {
    @Test
    void thePlantedRankIsFound() {
        double[] a = Simulated.walk(Seeds.rng(20, 0), 500);
        double[] b = Simulated.walk(Seeds.rng(20, 1), 500);
        double[] noise = Simulated.noise(Seeds.rng(20, 2), 500);
        double[] c = new double[500];
        Arrays.setAll(c, t -> 0.5 * a[t] - 2 * b[t] + noise[t]);
        Johansen result = Johansen.test(new double[][] {a, b, c}, 0, 1);
        assertThat(result.rank(0.05)).isEqualTo(1);
        assertThat(result.rankByMaxEigen(0.05)).isEqualTo(1);
        double[] v = result.eigenvector(0);
        assertThat(v[0] / v[2]).isCloseTo(-0.5, within(0.05));
        assertThat(v[1] / v[2]).isCloseTo(2, within(0.05));
        assertThat(v[0]).isPositive();
        assertThat(result.observations()).isEqualTo(498);
        assertThat(result.lags()).isEqualTo(1);
        assertThat(result.asText()).contains("rank <= 2").contains("trace critical 5 %");
        assertThat(Johansen.test(new double[][] {a, b}, 0, 1).rank(0.01)).isZero();
    }

    @Test
    void stationarySeriesHaveFullRank() {
        double[][] noise = {Simulated.noise(Seeds.rng(20, 3), 300), Simulated.noise(Seeds.rng(20, 4), 300)};
        assertThat(Johansen.test(noise, 0, 0).rank(0.01)).isEqualTo(2);
    }

    @Test
    void withOneSeriesTheStatisticIsALikelihoodRatioOfTheDickeyFullerRegression() {
        double[] y = Simulated.walk(Seeds.rng(20, 5), 200);
        double t = Adf.test(y, Trend.CONSTANT, Adf.LagRule.fixed(2)).statistic();
        Johansen one = Johansen.test(new double[][] {y}, 0, 2);
        int df = one.observations() - 4;
        // The squared partial correlation behind a t value.
        assertThat(one.eigenvalues()[0]).isCloseTo(t * t / (t * t + df), within(1e-12));
    }

    @Test
    void scaleAndShiftChangeNoEigenvalue() {
        double[] a = Simulated.walk(Seeds.rng(20, 6), 150);
        double[] b = Simulated.walk(Seeds.rng(20, 7), 150);
        double[] plain = Johansen.test(new double[][] {a, b}, 1, 2).eigenvalues();
        double[][] moved = {Simulated.affine(a, 1e-200, 0), Simulated.affine(b, -1e150, 1e151)};
        double[] found = Johansen.test(moved, 1, 2).eigenvalues();
        for (int i = 0; i < 2; i++) {
            assertThat(found[i]).isCloseTo(plain[i], within(1e-10));
        }
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        double[] a = Simulated.walk(Seeds.rng(20, 8), 60);
        double[] gap = a.clone();
        gap[30] = Double.NaN;
        Johansen missing = Johansen.test(new double[][] {a, gap}, 0, 1);
        assertThat(missing.isDefined()).isFalse();
        assertThat(missing.note()).contains("row 30");
        assertThat(missing.trace()).containsOnly(Double.NaN);
        assertThat(missing.maxEigen()).containsOnly(Double.NaN);
        assertThat(missing.eigenvector(1)).containsOnly(Double.NaN);
        assertThat(missing.asText()).contains("row 30");
        assertThatThrownBy(() -> missing.rank(0.05))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("row 30");
        assertThat(Johansen.test(new double[][] {a, Simulated.affine(a, 2, 1)}, 0, 1)
                        .note())
                .contains("depend");
        assertThat(Johansen.test(new double[][] {a, new double[60]}, 0, 1).note())
                .contains("constant");
        double[] line = new double[60];
        Arrays.setAll(line, t -> 0.1 * t);
        assertThat(Johansen.test(new double[][] {a, line}, 1, 1).isDefined()).isFalse();
        double[][] eight = {{1, 2, 4, 3, 5, 2, 7, 3}, {2, 1, 3, 5, 4, 4, 6, 5}};
        assertThat(Johansen.test(eight, 0, 1).note()).contains("too short");
        assertThat(Johansen.test(new double[][] {{}, {}}, 0, 1).isDefined()).isFalse();
    }

    @Test
    void wrongArgumentsAreRefused() {
        double[][] two = {new double[9], new double[9]};
        assertThatThrownBy(() -> Johansen.test(new double[0][], 0, 1)).hasMessageContaining("1 to 12 series, got 0");
        assertThatThrownBy(() -> Johansen.test(new double[13][9], 0, 1)).hasMessageContaining("got 13");
        assertThatThrownBy(() -> Johansen.test(two, 2, 1)).hasMessageContaining("-1, 0 or 1, got 2");
        assertThatThrownBy(() -> Johansen.test(two, 0, -1)).hasMessage("lags must be >= 0, got -1");
        assertThatThrownBy(() -> Johansen.test(new double[][] {{1, 2}, {1}}, 0, 1))
                .hasMessageContaining("got 1");
        assertThatThrownBy(() -> Johansen.test(two, 0, 1).rank(0.2)).hasMessageContaining("got 0.2");
    }
}
