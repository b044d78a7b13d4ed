package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * NIST Statistical Reference Datasets, univariate (www.itl.nist.gov/div898/strd): the sets that follow from a rule, with
 * their certified means, standard deviations and lag-1 autocorrelations.
 */
class MomentsNistOracleTest {
    @Test
    void numAcc1() {
        // Exact in binary.
        check(new double[] {10000001, 10000003, 10000002}, 10000002, 1, -0.5, 1e-15);
    }

    @Test
    void numAcc2() {
        // 1.1 and 1.3 are not binary numbers: 15 digits of values around 1, deviations of 0.1.
        check(alternating(1.2, 1.1, 1.3), 1.2, 0.1, -0.999, 1e-14);
    }

    @Test
    void numAcc3() {
        // The values carry 1e-10 of the deviations after their rounding to double.
        check(alternating(1000000.2, 1000000.1, 1000000.3), 1000000.2, 0.1, -0.999, 1e-9);
    }

    @Test
    void numAcc4() {
        // The values carry 1e-8 of the deviations after their rounding to double.
        check(alternating(10000000.2, 10000000.1, 10000000.3), 10000000.2, 0.1, -0.999, 2e-8);
    }

    private static void check(double[] x, double mean, double deviation, double autocorrelation, double tolerance) {
        Moments moments = Moments.of(x);
        assertThat(moments.mean()).isCloseTo(mean, within(1e-15 * mean));
        assertThat(moments.standardDeviation()).isCloseTo(deviation, within(tolerance * deviation));
        assertThat(Autocorrelation.acf(x, 1)[1]).isCloseTo(autocorrelation, within(tolerance));
    }

    private static double[] alternating(double first, double low, double high) {
        double[] x = new double[1001];
        x[0] = first;
        for (int t = 1; t < x.length; t++) {
            x[t] = t % 2 == 1 ? low : high;
        }
        return x;
    }
}
