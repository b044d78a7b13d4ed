package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class VarianceRatioTest {
    private static final VarianceRatio.Options DEFAULTS = VarianceRatio.Options.defaults();

    @Test
    void byHandOnFiveValues() {
        // Changes 1, -1, 2, 0; mean 0.5; deviations 0.5, -1.5, 1.5, -0.5: sum of squares 5. Two-period changes 0, 1, 2
        // less 1.
        double[] y = {0, 1, 0, 2, 2};
        VarianceRatio.Result result =
                VarianceRatio.test(y, 2, DEFAULTS.withDebiased(false).withRobust(false));
        assertThat(result.ratio()).isCloseTo((2.0 / 8) / (5.0 / 4), within(1e-14));
        assertThat(result.test().statistic()).isCloseTo(2 * (0.2 - 1), within(1e-14));
        assertThat(result.columns().get(1).name()).isEqualTo("ratio");
        assertThat(result.asText()).contains("variance ratio");
    }

    @Test
    void reversionIsNegativeAndPersistencePositive() {
        double[] noise = Simulated.noise(Seeds.rng(13, 0), 400);
        double[] twice = Simulated.walk(Seeds.rng(13, 1), 400);
        for (int t = 1; t < twice.length; t++) {
            twice[t] += twice[t - 1];
        }
        assertThat(VarianceRatio.test(noise, 4).test().statistic()).isLessThan(-5);
        assertThat(VarianceRatio.test(twice, 4).test().statistic()).isGreaterThan(5);
        assertThat(VarianceRatio.test(noise, 4).test().rejects(0.001)).isTrue();
    }

    @Test
    void itHoldsItsSizeOnWalksAndTheRobustFormOnVolatilityClusters() {
        int plain = 0;
        int robust = 0;
        int notRobust = 0;
        int walks = 2000;
        for (int i = 0; i < walks; i++) {
            double[] y = Simulated.walk(Seeds.rng(14, i), 300);
            plain += VarianceRatio.test(y, 2, DEFAULTS.withRobust(false)).test().rejects(0.05) ? 1 : 0;
            double[] x = Simulated.garch(Seeds.rng(15, i), 300, 0.15, 0.80, 0);
            for (int t = 1; t < x.length; t++) {
                x[t] += x[t - 1];
            }
            robust += VarianceRatio.test(x, 2).test().rejects(0.05) ? 1 : 0;
            notRobust +=
                    VarianceRatio.test(x, 2, DEFAULTS.withRobust(false)).test().rejects(0.05) ? 1 : 0;
        }
        // One standard error of such a share is 0.5 points.
        assertThat(plain / (double) walks).isCloseTo(0.05, within(0.015));
        assertThat(robust / (double) walks).isCloseTo(0.05, within(0.02));
        assertThat(notRobust).isGreaterThan(robust + walks / 50);
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] y = Simulated.walk(Seeds.rng(13, 2), 100);
        double plain = VarianceRatio.test(y, 5).test().statistic();
        for (double factor : new double[] {1e-300, 7, 1e150}) {
            assertThat(VarianceRatio.test(Simulated.affine(y, factor, 0), 5)
                            .test()
                            .statistic())
                    .isCloseTo(plain, within(1e-9));
        }
        assertThat(VarianceRatio.test(Simulated.affine(y, 1, 1e6), 5).test().statistic())
                .isCloseTo(plain, within(1e-7));
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        double[] line = new double[30];
        Arrays.setAll(line, t -> 0.1 * t);
        assertThat(VarianceRatio.test(line, 2).test().note()).contains("changes are equal");
        assertThat(VarianceRatio.test(new double[30], 2).test().note()).contains("constant");
        assertThat(VarianceRatio.test(new double[0], 2).test().isDefined()).isFalse();
        assertThat(VarianceRatio.test(new double[] {1, 3, 2}, 2).test().note()).contains("too short");
        assertThat(VarianceRatio.test(new double[] {1, 3, 2, 4, 3}, 3, DEFAULTS.withOverlap(false))
                        .test()
                        .note())
                .contains("6 needed");
        double[] gap = Simulated.walk(Seeds.rng(13, 3), 30);
        gap[29] = Double.NaN;
        assertThat(VarianceRatio.test(gap, 2).ratio()).isNaN();
        // One change only: no two neighbouring squares.
        double[] step = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        assertThat(VarianceRatio.test(step, 2, DEFAULTS.withDrift(false)).test().note())
                .contains("neighbouring");
    }

    @Test
    void fewerThanTwoPeriodsAreRefused() {
        assertThatThrownBy(() -> VarianceRatio.test(new double[9], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lags must be >= 2, got 1");
    }
}
