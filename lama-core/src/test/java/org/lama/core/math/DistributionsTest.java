package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DistributionsTest {
    /** Relative, against 30-digit arithmetic (mpmath): continued fractions stop at 1e-15 and run over some ten terms. */
    private static final double TAIL = 1e-12;

    private static void close(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(TAIL * expected));
    }

    @Test
    void tailsKeepTheirDigits() {
        close(Distributions.chiSquaredTail(1.5, 3), 0.6822703303362125);
        close(Distributions.chiSquaredTail(18.307, 10), 0.0500005890913981);
        close(Distributions.chiSquaredTail(192.6, 20), 3.25406993093596e-30);
        close(Distributions.chiSquaredTail(900, 5), 2.661414733018511e-192);
        close(Distributions.chiSquaredTail(400, 80), 4.626465961509817e-44);
        close(Distributions.fTail(2.5, 3, 40), 0.0732543520179499);
        close(Distributions.fTail(30, 2, 100), 6.223015277861142e-11);
        close(Distributions.fTail(500, 4, 200), 6.669448979672573e-103);
        close(Distributions.studentTail(0.5, 4), 0.32166498159093165);
        close(Distributions.studentTail(2.0, 9.5), 0.03744317887399471);
        close(Distributions.studentTail(15, 30), 8.766648278742424e-16);
        close(Distributions.studentTail(60, 80), 1.3878729504517991e-68);
        close(Distributions.normalTail(1.0), 0.15865525393145705);
        close(Distributions.normalTail(5.5), 1.8989562465887718e-08);
        close(Distributions.normalTail(12), 1.776482112077679e-33);
        close(Distributions.normalTail(37), 5.725571222524577e-300);
    }

    /** Relative far out; near 0 the tail has an absolute error of some 1e-14, from terms that cancel. */
    private static Offset<Double> quantile(double expected) {
        return within(1e-11 * Math.max(expected, 1));
    }

    @Test
    void studentQuantilesAgreeWithTheirClosedForms() {
        for (double tail = 0.499; tail > 1e-150; tail *= tail > 1e-3 ? 0.7 : 1e-9) {
            // nu = 1: cotangent of pi times the tail; nu = 2: (1 - 2 q) / sqrt(2 q (1 - q)).
            assertThat(-Distributions.studentQuantile(tail, 1))
                    .as("tail %s", tail)
                    .isCloseTo(1 / Math.tan(Math.PI * tail), quantile(1 / Math.tan(Math.PI * tail)));
            double two = (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail));
            assertThat(-Distributions.studentQuantile(tail, 2)).isCloseTo(two, quantile(two));
        }
        // Printed tables.
        assertThat(Distributions.studentQuantile(0.975, 4)).isCloseTo(2.776445, within(5e-7));
        assertThat(Distributions.studentQuantile(0.995, 10)).isCloseTo(3.169273, within(5e-7));
        assertThat(Distributions.studentQuantile(0.5, 7.3)).isZero();
        assertThat(Distributions.studentQuantile(0, 5)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Distributions.studentQuantile(1, 5)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Distributions.studentQuantile(Double.NaN, 5)).isNaN();
        assertThat(Distributions.studentQuantile(1e-300, 0.1)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void studentQuantilesUndoTheTailForAnyDegreesOfFreedom() {
        for (double nu : new double[] {0.3, 2.05, 3.3, 4.7, 30, 500, 1e5}) {
            for (double tail = 0.45; tail > 1e-40; tail *= tail > 0.01 ? 0.8 : 1e-3) {
                double x = -Distributions.studentQuantile(tail, nu);
                double back = Distributions.studentTail(x, nu);
                assertThat(back).as("nu %s, tail %s", nu, tail).isCloseTo(tail, within(1e-9 * tail));
            }
        }
    }

    @Test
    void studentDensityIsTheSlopeOfItsDistribution() {
        for (double x : new double[] {-7, -1.2, 0.3, 4}) {
            double slope = (Distributions.studentCdf(x + 1e-5, 3.7) - Distributions.studentCdf(x - 1e-5, 3.7)) / 2e-5;
            assertThat(Distributions.studentDensity(x, 3.7)).isCloseTo(slope, within(1e-8));
        }
        close(Distributions.studentDensity(0, 1), 1 / Math.PI);
        assertThat(Distributions.studentDensity(1e300, 3)).isZero();
        assertThat(Distributions.studentDensity(Double.POSITIVE_INFINITY, 3)).isZero();
        assertThat(Distributions.studentDensity(Double.NaN, 3)).isNaN();
    }

    @Test
    void chiSquaredAndFAgreeWhereTheyAreTheSame() {
        for (double x = 0.1; x < 60; x *= 1.7) {
            // Two degrees of freedom: exp(-x / 2).
            close(Distributions.chiSquaredTail(x, 2), Math.exp(-x / 2));
            // F with one degree of freedom is the square of Student's t.
            close(Distributions.fTail(x, 1, 7), 2 * Distributions.studentTail(Math.sqrt(x), 7));
            close(Distributions.chiSquaredTail(x, 1), 2 * Distributions.normalTail(Math.sqrt(x)));
        }
    }

    @Test
    void bothTailsAddUpToOne() {
        for (double x = -6; x <= 6; x += 0.5) {
            assertThat(Distributions.normalCdf(x) + Distributions.normalTail(x)).isCloseTo(1, within(1e-15));
            assertThat(Distributions.studentCdf(x, 3) + Distributions.studentTail(x, 3))
                    .isCloseTo(1, within(1e-15));
            assertThat(Distributions.studentCdf(-x, 3)).isEqualTo(Distributions.studentTail(x, 3));
        }
    }

    @Test
    void endsOfTheLine() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(Distributions.chiSquaredTail(0, 3)).isEqualTo(1);
        assertThat(Distributions.chiSquaredTail(-1, 3)).isEqualTo(1);
        assertThat(Distributions.chiSquaredTail(infinity, 3)).isZero();
        assertThat(Distributions.chiSquaredTail(1e5, 3)).isZero();
        assertThat(Distributions.fTail(0, 2, 3)).isEqualTo(1);
        assertThat(Distributions.fTail(infinity, 2, 3)).isZero();
        assertThat(Distributions.studentTail(infinity, 4)).isZero();
        assertThat(Distributions.studentTail(-infinity, 4)).isEqualTo(1);
        assertThat(Distributions.normalTail(50)).isZero();
        assertThat(Distributions.normalCdf(infinity)).isEqualTo(1);
        assertThat(Distributions.normalQuantile(0)).isEqualTo(-infinity);
        assertThat(Distributions.normalQuantile(1)).isEqualTo(infinity);
    }

    @Test
    void quantilesInvertTheDistribution() {
        assertThat(Distributions.normalQuantile(0.975)).isCloseTo(1.959963984540054, within(1e-15));
        for (double p = 0.001; p < 1; p += 0.037) {
            assertThat(Distributions.normalCdf(Distributions.normalQuantile(p))).isCloseTo(p, within(1e-14));
        }
    }

    @Test
    void nanGivesNaN() {
        assertThat(Distributions.normalCdf(Double.NaN)).isNaN();
        assertThat(Distributions.normalTail(Double.NaN)).isNaN();
        assertThat(Distributions.normalQuantile(Double.NaN)).isNaN();
        assertThat(Distributions.chiSquaredTail(Double.NaN, 1)).isNaN();
        assertThat(Distributions.studentTail(Double.NaN, 1)).isNaN();
        assertThat(Distributions.studentCdf(Double.NaN, 1)).isNaN();
        assertThat(Distributions.fTail(Double.NaN, 1, 1)).isNaN();
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> Distributions.chiSquaredTail(1, 0))
                .hasMessage("degreesOfFreedom must be finite and > 0, got 0");
        assertThatThrownBy(() -> Distributions.studentTail(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Distributions.fTail(1, 1, Double.NaN))
                .hasMessage("denominator must be finite and > 0, got NaN");
        assertThatThrownBy(() -> Distributions.normalQuantile(1.1)).hasMessage("p must be in [0, 1], got 1.1");
    }
}
