package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class PacfTest {
    @Test
    void inverseUndoesForward() {
        Rng rng = Seeds.rng(1, 0);
        for (int order = 0; order <= 7; order++) {
            double[] u = new double[order];
            for (int i = 0; i < order; i++) {
                u[i] = 0.6 * rng.nextGaussian();
            }
            Pacf pacf = new Pacf(order);
            pacf.forward(u, 0);
            double[] back = new double[order];
            Pacf.inverse(pacf.coefficients, 1, back, 0);
            assertThat(back).containsExactly(u, within(1e-9));
            assertThat(Pacf.rootsOutside(pacf.coefficients, 1, 1)).isTrue();
        }
    }

    @Test
    void derivativesEqualDifferences() {
        double[] u = {0.3, -0.8, 0.5, 0.2, -0.4};
        Pacf pacf = new Pacf(5);
        pacf.forward(u, 0);
        pacf.differentiate();
        double[][] derivative = new double[5][5];
        for (int i = 0; i < 5; i++) {
            for (int l = 0; l < 5; l++) {
                derivative[i][l] = pacf.derivative(i, l);
            }
        }
        for (int l = 0; l < 5; l++) {
            double[] probe = u.clone();
            probe[l] += 1e-6;
            pacf.forward(probe, 0);
            double[] up = pacf.coefficients.clone();
            probe[l] -= 2e-6;
            pacf.forward(probe, 0);
            for (int i = 0; i < 5; i++) {
                assertThat(derivative[i][l]).isCloseTo((up[i] - pacf.coefficients[i]) / 2e-6, within(1e-8));
            }
        }
    }

    @Test
    void explosiveStartsArePulledInside() {
        double[] u = new double[2];
        Pacf.inverse(new double[] {3, Double.NaN}, 1, u, 0);
        for (double value : u) {
            assertThat(Math.abs(Math.tanh(value))).isLessThanOrEqualTo(0.9851);
        }
        assertThat(Pacf.rootsOutside(new double[] {1.02}, 1, 1)).isFalse();
        assertThat(Pacf.rootsOutside(new double[] {-0.995}, -1, 1.01)).isFalse();
        assertThat(Pacf.rootsOutside(new double[] {0.98}, 1, 1.01)).isTrue();
    }
}
