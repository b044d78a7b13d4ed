package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class EngleGrangerTest {
    private static final Adf.LagRule AIC = Adf.LagRule.aic();

    @Test
    void aPlantedRelationIsFoundInBothDirections() {
        double[] x = Simulated.walk(Seeds.rng(18, 0), 400);
        double[] noise = Simulated.noise(Seeds.rng(18, 1), 400);
        double[] y = new double[400];
        Arrays.setAll(y, t -> 5 + 0.7 * x[t] + 0.3 * noise[t]);
        List<EngleGranger.Result> both = EngleGranger.bothDirections(y, x, Trend.CONSTANT, AIC);
        assertThat(both.get(0).test().rejects(0.01)).isTrue();
        assertThat(both.get(1).test().rejects(0.01)).isTrue();
        assertThat(both.get(0).hedgeRatios()[0]).isCloseTo(0.7, within(0.02));
        assertThat(both.get(0).deterministic()[0]).isCloseTo(5, within(0.2));
        assertThat(both.get(1).hedgeRatios()[0]).isCloseTo(1 / 0.7, within(0.1));
        assertThat(both.get(0).asText()).contains("hedge ratio 1");
    }

    @Test
    void theSpreadIsWhatTheCoefficientsLeave() {
        double[] x = Simulated.walk(Seeds.rng(18, 2), 100);
        double[] z = Simulated.walk(Seeds.rng(18, 3), 100);
        double[] y = Simulated.affine(Simulated.walk(Seeds.rng(18, 4), 100), 1e3, 1e5);
        EngleGranger.Result result = EngleGranger.test(y, List.of(x, z), Trend.CONSTANT_TREND_SQUARED, AIC);
        double[] b = result.hedgeRatios();
        double[] d = result.deterministic();
        for (int t = 0; t < y.length; t++) {
            double time = t + 1.0;
            double fitted = b[0] * x[t] + b[1] * z[t] + d[0] + d[1] * time + d[2] * time * time;
            assertThat(result.spread()[t]).isCloseTo(y[t] - fitted, within(1e-6));
        }
    }

    @Test
    void scaleAndShiftChangeNothing() {
        double[] x = Simulated.walk(Seeds.rng(18, 5), 120);
        double[] y = Simulated.walk(Seeds.rng(18, 6), 120);
        double plain = EngleGranger.test(y, x, Trend.CONSTANT, AIC).test().statistic();
        double moved = EngleGranger.test(
                        Simulated.affine(y, 1e-200, 0), Simulated.affine(x, 1e150, 3e150), Trend.CONSTANT, AIC)
                .test()
                .statistic();
        assertThat(moved).isCloseTo(plain, within(1e-9));
    }

    @Test
    void moreSeriesThanTheTablesHaveNoPValue() {
        List<double[]> x = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            x.add(Simulated.walk(Seeds.rng(19, i), 200));
        }
        TestResult seven = EngleGranger.test(Simulated.walk(Seeds.rng(19, 9), 200), x, Trend.CONSTANT, AIC)
                .test();
        assertThat(seven.statistic()).isNegative();
        assertThat(seven.pValue()).isNaN();
        assertThat(seven.criticalValues()).hasSize(3);
        assertThat(seven.note()).contains("six series");
    }

    @Test
    void whatCannotBeTestedSaysWhy() {
        double[] x = Simulated.walk(Seeds.rng(18, 7), 50);
        double[] gap = x.clone();
        gap[0] = Double.NaN;
        assertThat(EngleGranger.test(x, gap, Trend.CONSTANT, AIC).test().note()).contains("row 0");
        assertThat(EngleGranger.test(gap, x, Trend.CONSTANT, AIC).spread()).isEmpty();
        assertThat(EngleGranger.test(x, new double[50], Trend.CONSTANT, AIC)
                        .test()
                        .note())
                .contains("constant");
        double[] twice = Simulated.affine(x, 2, 1);
        assertThat(EngleGranger.test(twice, x, Trend.CONSTANT, AIC).test().note())
                .contains("exact linear relation");
        assertThat(EngleGranger.test(Simulated.walk(Seeds.rng(18, 8), 50), List.of(x, twice), Trend.CONSTANT, AIC)
                        .test()
                        .note())
                .contains("depend on each other");
        double[] six = {1, 2, 4, 3, 5, 2};
        double[] other = {2, 1, 3, 5, 4, 4};
        assertThat(EngleGranger.test(six, other, Trend.CONSTANT_TREND, AIC)
                        .test()
                        .note())
                .contains("too short");
        assertThat(EngleGranger.test(six, other, Trend.CONSTANT, Adf.LagRule.fixed(4))
                        .test()
                        .note())
                .contains("too short");
        assertThat(EngleGranger.test(new double[0], new double[0], Trend.CONSTANT, AIC)
                        .test()
                        .isDefined())
                .isFalse();
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> EngleGranger.test(new double[9], List.of(), Trend.CONSTANT, AIC))
                .hasMessage("x must hold at least one series");
        assertThatThrownBy(() -> EngleGranger.test(new double[9], new double[8], Trend.CONSTANT, AIC))
                .hasMessageContaining("9 rows as the first has, got 8");
    }
}
