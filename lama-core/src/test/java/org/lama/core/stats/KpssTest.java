package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class KpssTest {
    private static final Kpss.LagRule AUTOMATIC = Kpss.LagRule.automatic();

    @Test
    void noiseIsKeptAndARandomWalkRejected() {
        TestResult noise = Kpss.test(Simulated.noise(Seeds.rng(1, 0), 500), Trend.CONSTANT, AUTOMATIC);
        TestResult walk = Kpss.test(Simulated.walk(Seeds.rng(1, 1), 500), Trend.CONSTANT, AUTOMATIC);
        assertThat(noise.rejects(0.05)).isFalse();
        assertThat(walk.rejects(0.05)).isTrue();
        assertThat(walk.pValue()).isEqualTo(0.01);
        assertThat(walk.note()).contains("at most 0.01");
        assertThat(noise.note().isEmpty() || noise.note().contains("at least 0.10"))
                .isTrue();
    }

    @Test
    void pValuesInterpolateTheTable() {
        assertThat(Kpss.test(stepped(1), Trend.CONSTANT, Kpss.LagRule.fixed(3)).criticalValue(0.05))
                .isEqualTo(0.463);
        assertThat(Kpss.test(stepped(1), Trend.CONSTANT_TREND, Kpss.LagRule.fixed(3))
                        .criticalValue(0.025))
                .isEqualTo(0.176);
        for (double height = 0; height < 3; height += 0.05) {
            TestResult result = Kpss.test(stepped(height), Trend.CONSTANT, Kpss.LagRule.fixed(3));
            boolean rejects = result.statistic() > result.criticalValue(0.05);
            assertThat(result.rejects(0.05)).as("height " + height).isEqualTo(rejects);
        }
    }

    private static double[] stepped(double height) {
        double[] y = Simulated.noise(Seeds.rng(1, 2), 120);
        for (int t = 60; t < 120; t++) {
            y[t] += height;
        }
        return y;
    }

    @Test
    void theKernelForAutomaticArimaGivesTheSameStatistic() {
        double[] y = Simulated.walk(Seeds.rng(1, 3), 400);
        int lags = (int) (3 * Math.sqrt(300) / 13);
        double[] part = Arrays.copyOfRange(y, 50, 350);
        TestResult whole = Kpss.test(part, Trend.CONSTANT, Kpss.LagRule.fixed(lags));
        // Two summation orders.
        assertThat(Kpss.statistic(y, 50, 350, lags)).isCloseTo(whole.statistic(), within(1e-12));
    }

    @Test
    void theKernelAnswersNaNWhereThereIsNoAnswer() {
        double[] y = {1, 1, 1, 2, Double.NaN};
        assertThat(Kpss.statistic(y, 0, 3, 0)).isNaN();
        assertThat(Kpss.statistic(y, 0, 0, 0)).isNaN();
        assertThat(Kpss.statistic(y, 0, 5, 0)).isNaN();
        assertThat(Kpss.statistic(y, 0, 4, 4)).isNaN();
        assertThat(Kpss.statistic(y, 0, 4, 1)).isPositive();
        assertThatThrownBy(() -> Kpss.statistic(y, 2, 9, 1)).hasMessage("rows [2, 9) outside of 5");
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] y = Simulated.walk(Seeds.rng(1, 4), 200);
        double plain = Kpss.test(y, Trend.CONSTANT_TREND, AUTOMATIC).statistic();
        double kernel = Kpss.statistic(y, 0, 200, 5);
        for (double factor : new double[] {1e-300, -2, 1e300}) {
            double[] scaled = Simulated.affine(y, factor, 0);
            assertThat(Kpss.test(scaled, Trend.CONSTANT_TREND, AUTOMATIC).statistic())
                    .isCloseTo(plain, within(1e-12));
            assertThat(Kpss.statistic(scaled, 0, 200, 5)).isCloseTo(kernel, within(1e-12));
        }
        // 1e6 takes six of the sixteen digits of the series.
        assertThat(Kpss.statistic(Simulated.affine(y, 1, 1e6), 0, 200, 5)).isCloseTo(kernel, within(1e-8));
    }

    @Test
    void unusableSeriesGiveNaNAndTheReason() {
        double[] line = new double[30];
        for (int t = 0; t < 30; t++) {
            line[t] = 0.1 * t;
        }
        double[] gap = Simulated.noise(Seeds.rng(1, 5), 30);
        gap[29] = Double.NaN;
        assertUndefined(Kpss.test(new double[0], Trend.CONSTANT, AUTOMATIC), "constant or empty");
        assertUndefined(Kpss.test(new double[] {3}, Trend.CONSTANT, AUTOMATIC), "constant or empty");
        assertUndefined(Kpss.test(line, Trend.CONSTANT_TREND, AUTOMATIC), "exact line");
        assertUndefined(Kpss.test(gap, Trend.CONSTANT, AUTOMATIC), "at row 29");
        assertUndefined(Kpss.test(line, Trend.CONSTANT, Kpss.LagRule.fixed(30)), "30 rows for 30 lags");
        assertThat(Kpss.test(new double[] {1, 2}, Trend.CONSTANT, Kpss.LagRule.legacy())
                        .lags())
                .isEqualTo(1);
    }

    @Test
    void onlyLevelAndLineAreAllowed() {
        assertThatThrownBy(() -> Kpss.test(new double[9], Trend.NONE, AUTOMATIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trend must be CONSTANT or CONSTANT_TREND, got NONE");
        assertThatThrownBy(() -> Kpss.LagRule.fixed(-1)).hasMessage("lags must be >= 0, got -1");
    }

    @Test
    void theSizeUnderNoiseIsFivePercent() {
        int rejected = 0;
        for (int i = 0; i < 2000; i++) {
            rejected += Kpss.statistic(Simulated.noise(Seeds.rng(13, i), 300), 0, 300, 4) > 0.463 ? 1 : 0;
        }
        // Three standard errors of a share of 0.05 in 2000 trials are 0.0146.
        assertThat(rejected / 2000.0).isCloseTo(0.05, within(0.015));
    }

    private static void assertUndefined(TestResult result, String reason) {
        assertThat(result.isDefined()).isFalse();
        assertThat(result.note()).contains(reason);
    }
}
