package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class ArchLmTest {
    @Test
    void itFindsVolatilityClustersAndKeepsItsSizeOnNoise() {
        int found = 0;
        int falseAlarms = 0;
        int series = 1000;
        for (int i = 0; i < series; i++) {
            found += ArchLm.test(Simulated.garch(Seeds.rng(16, i), 500, 0.2, 0.7, 0), 5)
                            .test()
                            .rejects(0.05)
                    ? 1
                    : 0;
            falseAlarms += ArchLm.test(Simulated.noise(Seeds.rng(17, i), 500), 5)
                            .test()
                            .rejects(0.05)
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThan(900);
        // One standard error is 0.7 points; the test is a little timid for squares of normal values.
        assertThat(falseAlarms / (double) series).isBetween(0.025, 0.07);
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] x = Simulated.garch(Seeds.rng(16, 5000), 200, 0.2, 0.7, 0);
        ArchLm.Result plain = ArchLm.test(x, 3);
        ArchLm.Result moved = ArchLm.test(Simulated.affine(x, -1e-150, 1e-147), 3);
        assertThat(moved.test().statistic()).isCloseTo(plain.test().statistic(), within(1e-8));
        assertThat(moved.f()).isCloseTo(plain.f(), within(1e-8));
        assertThat(plain.asText()).contains("F p-value");
    }

    @Test
    void fittedParametersTakeRowsFromTheStatisticOnly() {
        double[] x = Simulated.noise(Seeds.rng(16, 5001), 50);
        ArchLm.Result none = ArchLm.test(x, 2);
        ArchLm.Result two = ArchLm.test(x, 2, 2);
        assertThat(two.test().statistic()).isCloseTo(none.test().statistic() * 46 / 48, within(1e-12));
        assertThat(two.f()).isEqualTo(none.f());
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        assertThat(ArchLm.test(new double[20], 2).test().note()).contains("constant");
        assertThat(ArchLm.test(new double[0], 2).test().isDefined()).isFalse();
        assertThat(ArchLm.test(new double[] {1, 2, 4, 3, 1}, 3).test().note()).contains("too short");
        double[] alternating = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
        assertThat(ArchLm.test(alternating, 2).test().note()).contains("do not vary");
        assertThat(ArchLm.test(new double[] {1, 2, 4, 3, 1, 7, 2, 4}, 2, 9)
                        .test()
                        .note())
                .contains("9 parameters");
        assertThat(ArchLm.test(new double[] {1, 2, Double.NaN, 3, 1, 7, 2, 4}, 2)
                        .f())
                .isNaN();
        assertThatThrownBy(() -> ArchLm.test(new double[20], 0)).hasMessage("lags must be >= 1, got 0");
    }

    @Test
    void durbinWatsonRunsFromZeroToFour() {
        assertThat(DurbinWatson.statistic(new double[] {1, -1, 1, -1})).isEqualTo(3);
        assertThat(DurbinWatson.statistic(new double[] {1e-300, 1e-300, 1e-300}))
                .isZero();
        assertThat(DurbinWatson.statistic(Simulated.noise(Seeds.rng(16, 5002), 2000)))
                .isCloseTo(2, within(0.15));
        assertThat(DurbinWatson.statistic(new double[] {1})).isNaN();
        assertThat(DurbinWatson.statistic(new double[0])).isNaN();
        assertThat(DurbinWatson.statistic(new double[5])).isNaN();
        assertThat(DurbinWatson.statistic(new double[] {1, Double.NaN, 2})).isNaN();
        assertThat(DurbinWatson.statistic(new double[] {1, Double.POSITIVE_INFINITY, 2}))
                .isNaN();
    }
}
