package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class VolatilityTest {
    private static double[] walk(int n, double sigma) {
        Rng rng = Seeds.rng(3, 0);
        double[] close = new double[n];
        double log = 0;
        for (int i = 0; i < n; i++) {
            close[i] = 100 * StrictMath.exp(log);
            log += sigma * rng.nextGaussian();
        }
        return close;
    }

    @Test
    void bothFindTheVolatilityOfAWalk() {
        double[] close = walk(20_000, 0.02);
        double[] out = new double[close.length];
        double truth = 0.02 * Math.sqrt(365);
        Volatility.rollingAnnual(close, 10_000, 365, out);
        assertThat(out[19_999]).isCloseTo(truth, within(0.03 * truth)); // 4 standard errors of 1/sqrt(2n)
        Volatility.ewmaAnnual(close, 0.999, 10, 365, out);
        assertThat(out[19_999]).isCloseTo(truth, within(0.1 * truth)); // about 2,000 effective returns
    }

    @Test
    void twoReturnsByHand() {
        double[] close = {100, 110, 99};
        double[] out = new double[3];
        Volatility.ewmaAnnual(close, 0.5, 2, 1, out);
        double a = Math.log(1.1);
        double b = Math.log(0.9);
        assertThat(out[0]).isNaN();
        assertThat(out[1]).isNaN();
        assertThat(out[2])
                .isCloseTo(Math.sqrt((0.5 * a * a + b * b) / 1.5), within(1e-14)); // logs of ratio vs difference
        Volatility.rollingAnnual(close, 2, 1, out);
        assertThat(out[1]).isNaN();
        assertThat(out[2]).isCloseTo(Math.abs(a - b) / Math.sqrt(2), within(1e-14)); // same
    }

    @Test
    void theFutureIsNotLookedAt() {
        double[] close = walk(200, 0.05);
        close[20] = Double.NaN;
        close[60] = 0;
        double[] full = new double[200];
        double[] part = new double[120];
        Volatility.ewmaAnnual(close, 0.94, 5, 365, full);
        Volatility.ewmaAnnual(Arrays.copyOf(close, 120), 0.94, 5, 365, part);
        assertThat(part).containsExactly(Arrays.copyOf(full, 120));
        Volatility.rollingAnnual(close, 30, 365, full);
        Volatility.rollingAnnual(Arrays.copyOf(close, 120), 30, 365, part);
        assertThat(part).containsExactly(Arrays.copyOf(full, 120));
    }

    @Test
    void missingPricesAreSkippedAndTooFewReturnsGiveNaN() {
        double[] close = {Double.NaN, 1, Double.POSITIVE_INFINITY, 0, 1e-300, 1e300, -1, 5};
        double[] out = new double[8];
        Volatility.ewmaAnnual(close, 0.9, 1, 1, out);
        assertThat(out[4]).isNaN();
        assertThat(out[7]).isFinite();
        Volatility.rollingAnnual(close, 4, 1, out);
        assertThat(out).containsOnly(Double.NaN);
        Volatility.rollingAnnual(new double[] {2, 2, 2}, 2, 1, out);
        assertThat(out[2]).isZero();
    }

    @Test
    void settingsAreChecked() {
        double[] none = new double[0];
        assertThatThrownBy(() -> Volatility.ewmaAnnual(none, 1, 1, 1, none)).hasMessageContaining("lambda");
        assertThatThrownBy(() -> Volatility.ewmaAnnual(none, 0.5, 0, 1, none)).hasMessageContaining("minimum");
        assertThatThrownBy(() -> Volatility.rollingAnnual(none, 1, 1, none)).hasMessageContaining("windowBars");
        assertThatThrownBy(() -> Volatility.rollingAnnual(none, 2, 0, none)).hasMessageContaining("barsPerYear");
    }
}
