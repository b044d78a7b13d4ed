package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class DfGlsTest {
    private static final Adf.LagRule AIC = Adf.LagRule.aic();

    @Test
    void itFindsSlowReversionMoreOftenThanTheAugmentedDickeyFullerTest() {
        int gls = 0;
        int adf = 0;
        for (int i = 0; i < 200; i++) {
            Rng rng = Seeds.rng(12, i);
            double[] y = new double[200];
            for (int t = 1; t < y.length; t++) {
                y[t] = 0.92 * y[t - 1] + rng.nextGaussian();
            }
            gls += DfGls.test(y, Trend.CONSTANT, Adf.LagRule.fixed(1)).rejects(0.05) ? 1 : 0;
            adf += Adf.test(y, Trend.CONSTANT, Adf.LagRule.fixed(1)).rejects(0.05) ? 1 : 0;
        }
        assertThat(gls).isGreaterThan(adf + 20);
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] y = Simulated.walk(Seeds.rng(12, 1000), 150);
        for (Trend trend : new Trend[] {Trend.CONSTANT, Trend.CONSTANT_TREND}) {
            double plain = DfGls.test(y, trend, AIC).statistic();
            assertThat(DfGls.test(Simulated.affine(y, 1e-300, 0), trend, AIC).statistic())
                    .isCloseTo(plain, within(1e-9));
            assertThat(DfGls.test(Simulated.affine(y, -1e150, 0), trend, AIC).statistic())
                    .isCloseTo(plain, within(1e-9));
            // A shift by a million costs six of the sixteen digits.
            assertThat(DfGls.test(Simulated.affine(y, 1, 1e6), trend, AIC).statistic())
                    .isCloseTo(plain, within(1e-6));
        }
    }

    @Test
    void everyLagRuleStaysBelowItsMaximum() {
        double[] y = Simulated.walk(Seeds.rng(12, 1001), 120);
        for (Adf.LagRule rule : new Adf.LagRule[] {AIC, Adf.LagRule.bic(), Adf.LagRule.tStatistic()}) {
            TestResult result = DfGls.test(y, Trend.CONSTANT_TREND, rule.withMax(5));
            assertThat(result.lags()).isBetween(0, 5);
            assertThat(result.observations()).isEqualTo(y.length - 1 - result.lags());
        }
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        double[] y = Simulated.walk(Seeds.rng(12, 1002), 40);
        y[20] = Double.NEGATIVE_INFINITY;
        assertThat(DfGls.test(y, Trend.CONSTANT, AIC).note()).contains("row 20");
        double[] line = new double[40];
        Arrays.setAll(line, t -> 3 - 0.1 * t);
        assertThat(DfGls.test(line, Trend.CONSTANT_TREND, AIC).note()).contains("exact line");
        assertThat(DfGls.test(new double[40], Trend.CONSTANT, AIC).note()).contains("constant");
        assertThat(DfGls.test(new double[0], Trend.CONSTANT, AIC).isDefined()).isFalse();
        assertThat(DfGls.test(new double[] {1, 2, 4}, Trend.CONSTANT, AIC).note())
                .contains("too short");
        assertThat(DfGls.test(new double[] {1, 2, 4, 3, 5, 2}, Trend.CONSTANT, Adf.LagRule.fixed(2))
                        .note())
                .contains("too short");
        assertThat(DfGls.test(new double[] {1, 2, 4, 3, 5, 2}, Trend.CONSTANT, AIC)
                        .isDefined())
                .isTrue();
        assertThat(MacKinnon.pValueGls(Double.NaN, Trend.CONSTANT)).isNaN();
        assertThat(MacKinnon.pValueGls(20, Trend.CONSTANT)).isEqualTo(1);
        assertThat(MacKinnon.pValueGls(-20, Trend.CONSTANT)).isEqualTo(0);
    }

    @Test
    void aLineAroundALevelIsAnswered() {
        double[] line = new double[40];
        Arrays.setAll(line, t -> 3 - 0.1 * t);
        TestResult result = DfGls.test(line, Trend.CONSTANT, AIC);
        assertThat(result.isDefined() || !result.note().isEmpty()).isTrue();
        assertThat(result.rejects(0.05)).isFalse();
    }

    @Test
    void otherTrendsAreRefused() {
        assertThatThrownBy(() -> DfGls.test(new double[9], Trend.NONE, AIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trend must be CONSTANT or CONSTANT_TREND, got NONE");
    }
}
