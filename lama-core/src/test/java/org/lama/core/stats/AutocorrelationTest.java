package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.core.stats.Autocorrelation.PacfMethod;

class AutocorrelationTest {
    @Test
    void aShortSeriesByHand() {
        // Deviations -1.5, -0.5, 0.5, 1.5: squares sum to 5, lag products to 1.25, -1.5 and -2.25.
        double[] x = {1, 2, 3, 4};
        assertThat(Autocorrelation.acf(x, 5))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(1, 0.25, -0.3, -0.45, Double.NaN, Double.NaN);
        assertThat(Autocorrelation.acfAdjusted(x, 4))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(1, 0.25 * 4 / 3, -0.3 * 4 / 2, -0.45 * 4, Double.NaN);
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] x = Simulated.garch(Seeds.rng(2, 0), 200, 0.1, 0.8, 0.5);
        double[] r = Autocorrelation.acf(x, 10);
        for (double factor : new double[] {1e-300, -1, 1e300}) {
            assertThat(Autocorrelation.acf(Simulated.affine(x, factor, 0), 10)).containsExactly(r, within(1e-13));
        }
        assertThat(Autocorrelation.acf(Simulated.affine(x, 1, 1e6), 10)).containsExactly(r, within(1e-9));
    }

    @Test
    void anAutoregressionShowsInItsPartialAutocorrelations() {
        double[] x = Simulated.garch(Seeds.rng(2, 1), 5000, 0, 0, 0.6);
        for (PacfMethod method : PacfMethod.values()) {
            double[] partial = Autocorrelation.pacf(x, 5, method);
            assertThat(partial[0]).isEqualTo(1);
            // Three standard errors of 1 / sqrt(5000).
            assertThat(partial[1]).isCloseTo(0.6, within(0.043));
            assertThat(partial[2]).isCloseTo(0, within(0.043));
        }
    }

    @Test
    void lagsAboveHalfOfTheSeriesHaveNoPartialAutocorrelation() {
        double[] partial = Autocorrelation.pacf(new double[] {1, 3, 2, 5, 4}, 4, PacfMethod.BURG);
        assertThat(partial[2]).isNotNaN();
        assertThat(partial[3]).isNaN();
        assertThat(partial[4]).isNaN();
        assertThat(Autocorrelation.pacf(new double[0], 2, PacfMethod.OLS)).containsOnly(Double.NaN);
    }

    @Test
    void gapsAreBridgedByTwoMethodsOnly() {
        double[] x = Simulated.garch(Seeds.rng(2, 2), 300, 0, 0, 0.6);
        x[0] = Double.NaN;
        x[150] = Double.NaN;
        x[299] = Double.NaN;
        assertThat(Autocorrelation.pacf(x, 3, PacfMethod.YULE_WALKER)[1]).isCloseTo(0.6, within(0.15));
        assertThat(Autocorrelation.pacf(x, 3, PacfMethod.LEVINSON_DURBIN)[1]).isCloseTo(0.6, within(0.15));
        for (PacfMethod method : new PacfMethod[] {PacfMethod.YULE_WALKER_ADJUSTED, PacfMethod.OLS, PacfMethod.BURG}) {
            double[] partial = Autocorrelation.pacf(x, 3, method);
            assertThat(partial[0]).isEqualTo(1);
            assertThat(partial[1]).isNaN();
        }
    }

    @Test
    void adjustedLagsWithoutAPairAreNaN() {
        double[] x = {1, Double.NaN, 3, Double.NaN, 2};
        double[] r = Autocorrelation.acfAdjusted(x, 3);
        assertThat(r[0]).isEqualTo(1);
        assertThat(r[1]).isNaN();
        assertThat(r[2]).isNotNaN();
        assertThat(r[3]).isNaN();
    }

    @Test
    void infiniteValuesAndOnlyMissingOnesGiveNaN() {
        assertThat(Autocorrelation.acf(new double[] {1, Double.POSITIVE_INFINITY, 2}, 1))
                .containsOnly(Double.NaN);
        assertThat(Autocorrelation.acf(new double[] {1, Double.NEGATIVE_INFINITY, 2}, 1))
                .containsOnly(Double.NaN);
        assertThat(Autocorrelation.acf(new double[] {Double.NaN, Double.NaN}, 1))
                .containsOnly(Double.NaN);
        assertThat(Autocorrelation.acf(new double[0], 0)).containsOnly(Double.NaN);
    }

    @Test
    void intervalsNeedACoverageAndData() {
        assertThat(Autocorrelation.pacfHalfWidth(100, 0.95)).isCloseTo(0.1959963984540054, within(1e-15));
        assertThatThrownBy(() -> Autocorrelation.pacfHalfWidth(0, 0.95)).hasMessage("observations must be >= 1, got 0");
        assertThatThrownBy(() -> Autocorrelation.pacfHalfWidth(10, 1))
                .hasMessage("confidence must be in (0, 1), got 1.0");
        assertThatThrownBy(() -> Autocorrelation.acf(new double[3], -1)).hasMessage("maxLag must be >= 0, got -1");
    }
}
