package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.core.math.Distributions;

class PortmanteauTest {
    @Test
    void theRobustStatisticByHand() {
        // The mean is 0, so that the values are their own deviations.
        double[] x = {1, 2, -1, 2, -2, -2};
        double product = 1 * 2 + 2 * -1 + -1 * 2 + 2 * -2 + -2 * -2;
        double squares = 4 + 4 + 4 + 16 + 16;
        TestResult result = Portmanteau.lobatoNankervisSavin(x, 1, 0);
        assertThat(result.statistic()).isCloseTo(product * product / squares, within(1e-15));
        assertThat(result.pValue()).isEqualTo(Distributions.chiSquaredTail(result.statistic(), 1));
        assertThat(result.observations()).isEqualTo(6);
        assertThat(result.lags()).isEqualTo(1);
    }

    @Test
    void withGapsTheWeightsCountPairs() {
        double[] x = Simulated.noise(Seeds.rng(4, 0), 400);
        double[] ends = Arrays.copyOf(x, 403);
        Arrays.fill(ends, 400, 403, Double.NaN);
        // Missing values at the end change neither products nor pairs.
        assertThat(Portmanteau.ljungBox(ends, 5, 0).statistic())
                .isCloseTo(Portmanteau.ljungBox(x, 5, 0).statistic(), within(1e-12));
        assertThat(Portmanteau.lobatoNankervisSavin(ends, 5, 0).statistic())
                .isCloseTo(Portmanteau.lobatoNankervisSavin(x, 5, 0).statistic(), within(1e-12));
        assertThat(Portmanteau.boxPierce(ends, 5, 0).observations()).isEqualTo(400);
    }

    @Test
    void everySecondValueMissingLeavesNoPairAtLagOne() {
        double[] x = Simulated.noise(Seeds.rng(4, 1), 20);
        for (int t = 0; t < 20; t += 2) {
            x[t] = Double.NaN;
        }
        TestResult result = Portmanteau.ljungBox(x, 2, 0);
        assertThat(result.isDefined()).isFalse();
        assertThat(result.note()).isEqualTo("no two values lie 1 apart");
    }

    @Test
    void aSizeUnderGapsOfFivePercent() {
        int ljungBox = 0;
        int robust = 0;
        for (int i = 0; i < 1000; i++) {
            double[] x = Simulated.noise(Seeds.rng(19, i), 365);
            for (int t = 0; t < 365; t += 20) {
                x[t] = Double.NaN;
            }
            ljungBox += Portmanteau.ljungBox(x, 10, 0).rejects(0.05) ? 1 : 0;
            robust += Portmanteau.lobatoNankervisSavin(x, 10, 0).rejects(0.05) ? 1 : 0;
        }
        // Three standard errors of a share of 0.05 in 1000 trials are 0.021.
        assertThat(ljungBox / 1000.0).isCloseTo(0.05, within(0.021));
        assertThat(robust / 1000.0).isCloseTo(0.05, within(0.021));
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] x = Simulated.garch(Seeds.rng(4, 2), 365, 0.1, 0.85, 0.1);
        for (double factor : new double[] {1e-300, -1, 1e300}) {
            double[] scaled = Simulated.affine(x, factor, 0);
            assertThat(Portmanteau.lobatoNankervisSavin(scaled, 10, 0).statistic())
                    .isCloseTo(Portmanteau.lobatoNankervisSavin(x, 10, 0).statistic(), within(1e-11));
            assertThat(Portmanteau.ljungBox(scaled, 10, 0).statistic())
                    .isCloseTo(Portmanteau.ljungBox(x, 10, 0).statistic(), within(1e-11));
        }
    }

    @Test
    void autocorrelationIsFoundByAllThree() {
        double[] x = Simulated.garch(Seeds.rng(4, 3), 1000, 0.1, 0.85, 0.3);
        assertThat(Portmanteau.ljungBox(x, 10, 0).rejects(0.01)).isTrue();
        assertThat(Portmanteau.boxPierce(x, 10, 0).rejects(0.01)).isTrue();
        assertThat(Portmanteau.lobatoNankervisSavin(x, 10, 0).rejects(0.01)).isTrue();
    }

    @Test
    void unusableSeriesGiveNaNAndTheReason() {
        assertThat(Portmanteau.ljungBox(new double[0], 1, 0).note()).contains("empty");
        assertThat(Portmanteau.ljungBox(new double[] {2}, 1, 0).note()).contains("constant");
        assertThat(Portmanteau.ljungBox(new double[] {2, 2, 2}, 1, 0).statistic())
                .isNaN();
        assertThat(Portmanteau.ljungBox(new double[] {1, 2, 3}, 3, 0).note()).contains("3 rows for 3 lags");
        assertThat(Portmanteau.boxPierce(new double[] {1, Double.POSITIVE_INFINITY, 3}, 1, 0)
                        .note())
                .contains("infinite");
        assertThat(Portmanteau.boxPierce(new double[] {1, 2, 4, 3}, 2, 2).note())
                .isEqualTo("no degree of freedom is left: 2 lags, 2 parameters");
        // Products of zero: a zero statistic, not 0 / 0.
        assertThat(Portmanteau.lobatoNankervisSavin(new double[] {1, 0, -1, 0, 0}, 1, 0)
                        .statistic())
                .isZero();
    }

    @Test
    void argumentsAreChecked() {
        assertThatThrownBy(() -> Portmanteau.ljungBox(new double[9], 0, 0)).hasMessage("lags must be >= 1, got 0");
        assertThatThrownBy(() -> Portmanteau.ljungBox(new double[9], 1, -1))
                .hasMessage("fittedParameters must be >= 0, got -1");
    }

    @Test
    void theUsualNumberOfLagsDependsOnTheLength() {
        assertThat(Portmanteau.defaultLags(0)).isEqualTo(1);
        assertThat(Portmanteau.defaultLags(30)).isEqualTo(6);
        assertThat(Portmanteau.defaultLags(365)).isEqualTo(10);
    }
}
