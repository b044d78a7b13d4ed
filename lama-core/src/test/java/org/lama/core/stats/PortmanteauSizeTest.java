package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

/**
 * How often the tests reject a true null: 5,000 seeded GARCH(1,1) series of 365 values, 10 lags, size 5 %. One standard
 * error of such a share is 0.3 points; the gate allows 1.5.
 */
class PortmanteauSizeTest {
    private static final int SERIES = 5000;
    private static final int ROWS = 365;
    private static final int LAGS = 10;

    @Test
    void theRobustTestHoldsItsSizeOnGarchSeriesAndLjungBoxDoesNot() {
        int robust = 0;
        int ljungBox = 0;
        for (int i = 0; i < SERIES; i++) {
            double[] x = Simulated.garch(Seeds.rng(42, i), ROWS, 0.10, 0.85, 0);
            robust += Portmanteau.lobatoNankervisSavin(x, LAGS, 0).rejects(0.05) ? 1 : 0;
            ljungBox += Portmanteau.ljungBox(x, LAGS, 0).rejects(0.05) ? 1 : 0;
        }
        assertThat(robust / (double) SERIES).isCloseTo(0.05, within(0.015));
        assertThat(ljungBox / (double) SERIES).isGreaterThan(0.10);
    }

    @Test
    void itHoldsItsSizeOnStrongerClusters() {
        assertThat(size(0.10, 0.88, 0)).isCloseTo(0.05, within(0.015));
        assertThat(size(0.15, 0.80, 0)).isCloseTo(0.05, within(0.015));
    }

    @Test
    void itHoldsItsSizeOnResidualsOfAFittedAutoregression() {
        assertThat(size(0.10, 0.85, 0.3)).isCloseTo(0.05, within(0.015));
        assertThat(size(0.10, 0.85, -0.05)).isCloseTo(0.05, within(0.015));
    }

    @Test
    void onIndependentSeriesBothHoldTheirSize() {
        int ljungBox = 0;
        for (int i = 0; i < SERIES; i++) {
            double[] x = Simulated.noise(Seeds.rng(43, i), ROWS);
            ljungBox += Portmanteau.ljungBox(x, LAGS, 0).rejects(0.05) ? 1 : 0;
        }
        assertThat(ljungBox / (double) SERIES).isCloseTo(0.05, within(0.015));
        assertThat(size(0, 0, 0)).isCloseTo(0.05, within(0.015));
    }

    private static double size(double alpha, double beta, double phi) {
        int rejected = 0;
        for (int i = 0; i < SERIES; i++) {
            double[] x = Simulated.garch(Seeds.rng(42, i), ROWS, alpha, beta, phi);
            double[] tested = phi == 0 ? x : residuals(x);
            rejected += Portmanteau.lobatoNankervisSavin(tested, LAGS, phi == 0 ? 0 : 1)
                            .rejects(0.05)
                    ? 1
                    : 0;
        }
        return rejected / (double) SERIES;
    }

    /** Residuals of a first-order autoregression fitted by least squares. */
    private static double[] residuals(double[] x) {
        double mean = Moments.of(x).mean();
        double phi = Autocorrelation.pacf(x, 1, Autocorrelation.PacfMethod.OLS)[1];
        double[] e = new double[x.length - 1];
        for (int t = 1; t < x.length; t++) {
            e[t - 1] = x[t] - mean - phi * (x[t - 1] - mean);
        }
        return e;
    }
}
