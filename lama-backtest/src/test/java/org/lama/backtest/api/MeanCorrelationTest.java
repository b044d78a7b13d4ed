package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class MeanCorrelationTest {
    @Test
    void itIsTheMeanOverAllPairs() {
        Rng rng = Seeds.rng(3, 0);
        double[][] series = new double[7][50];
        double[] common = new double[50];
        for (int t = 0; t < 50; t++) {
            common[t] = rng.nextGaussian();
            for (double[] each : series) {
                each[t] = common[t] + rng.nextGaussian() + 5;
            }
        }
        double sum = 0;
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < i; j++) {
                sum += correlation(series[i], series[j]);
            }
        }
        assertThat(MeanCorrelation.of(series)).isCloseTo(sum / 21, within(1e-12));
    }

    private static double correlation(double[] x, double[] y) {
        double mx = 0;
        double my = 0;
        for (int t = 0; t < x.length; t++) {
            mx += x[t] / x.length;
            my += y[t] / y.length;
        }
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int t = 0; t < x.length; t++) {
            xy += (x[t] - mx) * (y[t] - my);
            xx += (x[t] - mx) * (x[t] - mx);
            yy += (y[t] - my) * (y[t] - my);
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void constantSeriesAreLeftOut() {
        double[] up = {1, 2, 3, 4};
        double[] down = {4, 3, 2, 1};
        double[] flat = {1, 1, 1, 1};
        assertThat(MeanCorrelation.of(new double[][] {up, up, flat})).isCloseTo(1, within(1e-12));
        assertThat(MeanCorrelation.of(new double[][] {up, down})).isCloseTo(-1, within(1e-12));
        assertThat(MeanCorrelation.of(new double[][] {up, flat})).isZero();
        assertThat(MeanCorrelation.of(new double[0][])).isZero();
    }
}
