package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.math.Distributions;

class NormalMassTest {
    @Test
    void tailsAreThoseOfTheSlowKernel() {
        for (double z = -8; z <= 30; z += 0.0625) {
            double expected = Distributions.normalTail(z);
            // Relative: both are approximations of about fifteen digits, and far out the slow one has a few fewer.
            assertThat(NormalMass.tail(z)).isCloseTo(expected, within(1e-12 * expected));
        }
    }

    @Test
    void massesBetweenAreDifferencesOfTails() {
        for (double[] bounds : new double[][] {{-1, 2}, {0, 0.1}, {0.2, 0.3}, {3, 4}, {-5, -4.5}, {-0.1, 0}}) {
            double expected = Distributions.normalCdf(bounds[1]) - Distributions.normalCdf(bounds[0]);
            assertThat(NormalMass.between(bounds[0], bounds[1])).isCloseTo(expected, within(1e-14));
        }
        assertThat(NormalMass.between(9, 10)).isGreaterThan(1e-20).isLessThan(2e-19);
        assertThat(NormalMass.between(-10, -9)).isEqualTo(NormalMass.between(9, 10));
    }
}
