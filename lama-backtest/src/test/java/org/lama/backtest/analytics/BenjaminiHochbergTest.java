package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class BenjaminiHochbergTest {
    @Test
    void theExampleOfThePaperRejectsFour() {
        // Benjamini and Hochberg 1995, section 4.1: 15 tests at 5 %; the fourth smallest is the last rejected.
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000
        };
        BenjaminiHochberg tests = BenjaminiHochberg.of(p, 0.05);
        assertThat(tests.rejections()).isEqualTo(4);
        assertThat(tests.isRejected(3)).isTrue();
        assertThat(tests.isRejected(4)).isFalse();
        assertThat(tests.adjusted(3)).isCloseTo(0.0095 * 15 / 4, within(1e-15));
    }

    @Test
    void aLaterSmallerRatioCarriesTheEarlierOnes() {
        BenjaminiHochberg tests = BenjaminiHochberg.of(new double[] {0.09, 0.08, 0.095}, 0.10);
        assertThat(tests.rejections()).isEqualTo(3);
        assertThat(tests.adjusted(1)).isCloseTo(0.095, within(1e-15));
    }

    @Test
    void testsThatWereNotMadeDoNotCount() {
        BenjaminiHochberg tests = BenjaminiHochberg.of(new double[] {Double.NaN, 0.09, Double.NaN}, 0.10);
        assertThat(tests.isRejected(0)).isFalse();
        assertThat(tests.isRejected(1)).isTrue();
        assertThat(tests.adjusted(0)).isNaN();
        assertThat(BenjaminiHochberg.of(new double[0], 0.1).rejections()).isZero();
        assertThat(tests.columns().get(2).cells().get(1)).isEqualTo(true);
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> BenjaminiHochberg.of(new double[] {1.5}, 0.1)).hasMessageContaining("pValues[0]");
        assertThatThrownBy(() -> BenjaminiHochberg.of(new double[] {0.5}, 1)).hasMessageContaining("rate must be in");
    }
}
