package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class MomentsTest {
    @Test
    void aSmallSampleByHand() {
        // Deviations -2, -1, 0, 3: m2 = 14 / 4, m3 = 18 / 4, m4 = 98 / 4.
        Moments moments = Moments.of(new double[] {8, 9, 10, 13});
        assertThat(moments.count()).isEqualTo(4);
        assertThat(moments.mean()).isEqualTo(10);
        assertThat(moments.populationVariance()).isCloseTo(3.5, within(1e-15));
        assertThat(moments.variance()).isCloseTo(14 / 3.0, within(1e-15));
        assertThat(moments.standardDeviation()).isCloseTo(Math.sqrt(14 / 3.0), within(1e-15));
        double skewness = 4.5 / Math.pow(3.5, 1.5);
        assertThat(moments.skewness()).isCloseTo(skewness, within(1e-15));
        assertThat(moments.sampleSkewness()).isCloseTo(skewness * Math.sqrt(12) / 2, within(1e-15));
        assertThat(moments.kurtosis()).isCloseTo(24.5 / 12.25, within(1e-15));
        assertThat(moments.excessKurtosis()).isCloseTo(-1, within(1e-15));
        // G2 = (n - 1) ((n + 1) (b - 3) + 6) / ((n - 2) (n - 3)) = 3 (5 (-1) + 6) / 2.
        assertThat(moments.sampleExcessKurtosis()).isCloseTo(1.5, within(1e-14));
    }

    @Test
    void missingValuesAreSkippedWhereverTheyStand() {
        double[] gaps = {Double.NaN, 8, 9, Double.NaN, 10, 13, Double.NaN};
        assertThat(Moments.of(gaps)).isEqualTo(Moments.of(new double[] {8, 9, 10, 13}));
        assertThat(Moments.of(gaps, 1, 6)).isEqualTo(Moments.of(gaps));
    }

    @Test
    void tooFewValuesGiveNaN() {
        assertThat(Moments.of(new double[0]).mean()).isNaN();
        assertThat(Moments.of(new double[] {Double.NaN}).count()).isZero();
        Moments one = Moments.of(new double[] {5});
        assertThat(one.mean()).isEqualTo(5);
        assertThat(one.populationVariance()).isZero();
        assertThat(one.variance()).isNaN();
        assertThat(one.skewness()).isNaN();
        assertThat(Moments.of(new double[] {1, 2}).sampleSkewness()).isNaN();
        assertThat(Moments.of(new double[] {1, 2, 4}).sampleExcessKurtosis()).isNaN();
    }

    @Test
    void constantsHaveNoShapeAndInfinitiesNothing() {
        Moments constant = Moments.of(new double[] {0.1, 0.1, 0.1});
        assertThat(constant.mean()).isEqualTo(0.1);
        assertThat(constant.variance()).isZero();
        assertThat(constant.kurtosis()).isNaN();
        assertThat(Moments.of(new double[] {1, Double.POSITIVE_INFINITY}).mean())
                .isNaN();
        assertThat(Moments.of(new double[] {1, Double.NEGATIVE_INFINITY}).variance())
                .isNaN();
    }

    @Test
    void shapeSurvivesExtremeScales() {
        double[] x = Simulated.noise(Seeds.rng(9, 9), 100);
        Moments plain = Moments.of(x);
        for (double factor : new double[] {1e-300, 1e-200, 1e200, 1e300}) {
            Moments scaled = Moments.of(Simulated.affine(x, factor, 0));
            assertThat(scaled.skewness()).isCloseTo(plain.skewness(), within(1e-13));
            assertThat(scaled.kurtosis()).isCloseTo(plain.kurtosis(), within(1e-13));
            assertThat(scaled.mean() / factor).isCloseTo(plain.mean(), within(1e-13));
        }
    }

    @Test
    void jarqueBeraTakesSkewnessAndKurtosis() {
        TestResult result = JarqueBera.test(new double[] {8, 9, 10, 13});
        double skewness = 4.5 / Math.pow(3.5, 1.5);
        assertThat(result.statistic()).isCloseTo(4 / 6.0 * (skewness * skewness + 0.25), within(1e-15));
        assertThat(result.pValue()).isEqualTo(Math.exp(-0.5 * result.statistic()));
        assertThat(JarqueBera.test(new double[] {1, 1}).note()).contains("constant");
        assertThat(JarqueBera.test(new double[0]).isDefined()).isFalse();
        assertThat(JarqueBera.test(Simulated.noise(Seeds.rng(9, 1), 2000)).rejects(0.01))
                .isFalse();
        assertThat(JarqueBera.test(Simulated.garch(Seeds.rng(9, 2), 2000, 0.2, 0.75, 0))
                        .rejects(0.01))
                .isTrue();
    }
}
