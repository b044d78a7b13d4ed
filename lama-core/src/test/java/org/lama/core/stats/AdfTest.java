package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.math.LeastSquares;

class AdfTest {
    private static final Adf.LagRule AIC = Adf.LagRule.aic();

    @Test
    void aRandomWalkIsNotRejectedAndItsDifferencesAre() {
        double[] walk = Simulated.walk(Seeds.rng(7, 0), 500);
        double[] steps = new double[499];
        for (int t = 0; t < steps.length; t++) {
            steps[t] = walk[t + 1] - walk[t];
        }
        assertThat(Adf.test(walk, Trend.CONSTANT, AIC).rejects(0.05)).isFalse();
        TestResult result = Adf.test(steps, Trend.CONSTANT, AIC);
        assertThat(result.rejects(0.05)).isTrue();
        assertThat(result.statistic()).isLessThan(result.criticalValue(0.01));
        assertThat(result.criticalValues()).hasSize(3);
        assertThat(result.note()).isEmpty();
    }

    @Test
    void theStatisticIsTheTValueOfAPlainRegression() {
        double[] y = Simulated.walk(Seeds.rng(3, 1), 60);
        int lags = 2;
        int rows = y.length - 1 - lags;
        double[][] columns = new double[3 + lags][rows];
        double[] response = new double[rows];
        for (int i = 0; i < rows; i++) {
            int t = i + lags + 1;
            response[i] = y[t] - y[t - 1];
            columns[0][i] = 1;
            columns[1][i] = t;
            columns[2][i] = y[t - 1];
            columns[3][i] = y[t - 1] - y[t - 2];
            columns[4][i] = y[t - 2] - y[t - 3];
        }
        double expected = LeastSquares.fit(columns, response).tStatistic(2);
        TestResult result = Adf.test(y, Trend.CONSTANT_TREND, Adf.LagRule.fixed(lags));
        // Rounding of two orthogonalisations in different order.
        assertThat(result.statistic()).isCloseTo(expected, within(1e-11));
        assertThat(result.observations()).isEqualTo(rows);
        assertThat(result.lags()).isEqualTo(lags);
    }

    @Test
    void bothWaysToTheRegressionAgree() {
        double[] y = Simulated.walk(Seeds.rng(3, 2), 300);
        for (Trend trend : Trend.values()) {
            AdfRegression regression = new AdfRegression(y, trend);
            var fast = regression.last(6);
            var careful = regression.careful(6);
            int columns = fast.columns();
            // The Gram matrix squares a condition number that is below 1e3 here.
            assertThat(fast.tStatistic(columns)).isCloseTo(careful.tStatistic(columns), within(1e-10));
            assertThat(fast.residualSumOfSquares(columns) / careful.residualSumOfSquares(columns))
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void nearlyDependentColumnsGoTheCarefulWay() {
        // A smooth sine: four lags explain it up to 1e-7, where a Gram matrix has no digit left.
        double[] y = new double[200];
        Rng rng = Seeds.rng(5, 5);
        for (int t = 0; t < y.length; t++) {
            y[t] = StrictMath.sin(0.05 * t) + 1e-7 * rng.nextGaussian();
        }
        AdfRegression regression = new AdfRegression(y, Trend.CONSTANT);
        var fit = regression.last(4);
        assertThat(fit.tStatistic(fit.columns()))
                .isEqualTo(regression.careful(4).tStatistic(fit.columns()));
        assertThat(Adf.test(y, Trend.CONSTANT, Adf.LagRule.fixed(4)).isDefined())
                .isTrue();
    }

    @Test
    void shiftAndScaleChangeNothing() {
        double[] y = Simulated.walk(Seeds.rng(3, 3), 250);
        TestResult plain = Adf.test(y, Trend.CONSTANT, AIC);
        for (double factor : new double[] {1e-300, 1e-6, -3, 1e6, 1e300}) {
            TestResult scaled = Adf.test(Simulated.affine(y, factor, 0), Trend.CONSTANT, AIC);
            assertThat(scaled.lags()).isEqualTo(plain.lags());
            assertThat(scaled.statistic()).isCloseTo(plain.statistic(), within(1e-10));
        }
        // 1e6 takes six of the sixteen digits of the series.
        assertThat(Adf.test(Simulated.affine(y, 1, 1e6), Trend.CONSTANT, AIC).statistic())
                .isCloseTo(plain.statistic(), within(1e-7));
    }

    @Test
    void theSizeUnderARandomWalkIsFivePercent() {
        int rejected = 0;
        for (int i = 0; i < 2000; i++) {
            double[] walk = Simulated.walk(Seeds.rng(11, i), 200);
            rejected += Adf.test(walk, Trend.CONSTANT, Adf.LagRule.fixed(1)).rejects(0.05) ? 1 : 0;
        }
        // Three standard errors of a share of 0.05 in 2000 trials are 0.0146.
        assertThat(rejected / 2000.0).isCloseTo(0.05, within(0.015));
    }

    @Test
    void unusableSeriesGiveNaNAndTheReason() {
        double[] y = Simulated.walk(Seeds.rng(3, 4), 40);
        double[] constant = new double[40];
        Arrays.fill(constant, 0.1);
        assertUndefined(Adf.test(new double[0], Trend.CONSTANT, AIC), "constant or empty");
        assertUndefined(Adf.test(new double[] {1}, Trend.CONSTANT, AIC), "constant or empty");
        assertUndefined(Adf.test(new double[] {1, 2}, Trend.CONSTANT, AIC), "too short: 2 rows for a regression");
        assertUndefined(Adf.test(new double[] {1, 2}, Trend.NONE, AIC), "no degree of freedom");
        assertUndefined(Adf.test(constant, Trend.CONSTANT, AIC), "constant");
        assertUndefined(Adf.test(y, Trend.CONSTANT, Adf.LagRule.fixed(19)), "40 rows allow at most 18 lags");
        for (int row : new int[] {0, 20, 39}) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                double[] broken = y.clone();
                broken[row] = bad;
                assertUndefined(Adf.test(broken, Trend.CONSTANT, AIC), "at row " + row);
            }
        }
    }

    @Test
    void anExactLineAndAPeriodicSeriesHaveNoAnswer() {
        double[] line = new double[50];
        double[] saw = new double[50];
        for (int t = 0; t < 50; t++) {
            line[t] = 0.3 + 0.7 * t;
            saw[t] = t % 2;
        }
        assertThat(Adf.test(line, Trend.CONSTANT, Adf.LagRule.fixed(0)).isDefined())
                .isFalse();
        assertThat(Adf.test(line, Trend.CONSTANT, AIC).isDefined()).isFalse();
        assertUndefined(Adf.test(saw, Trend.CONSTANT, Adf.LagRule.fixed(0)), "without residual");
        assertUndefined(Adf.test(saw, Trend.CONSTANT, Adf.LagRule.fixed(3)), "depend on each other");
    }

    @Test
    void rulesCheckTheirNumbers() {
        assertThatThrownBy(() -> Adf.LagRule.fixed(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxLags must be >= 0 for FIXED, got -1");
        assertThatThrownBy(() -> AIC.withMax(-2)).hasMessage("lags must be >= 0, got -2");
        assertThat(Adf.LagRule.bic().withMax(3)).isEqualTo(new Adf.LagRule(Adf.LagRule.Kind.BIC, 3));
        assertThat(Adf.LagRule.tStatistic().maxLags()).isEqualTo(Adf.LagRule.SCHWERT);
    }

    @Test
    void theInputIsNotChanged() {
        double[] y = Simulated.walk(Seeds.rng(3, 6), 100);
        double[] copy = y.clone();
        Adf.test(y, Trend.CONSTANT_TREND, Adf.LagRule.tStatistic());
        assertThat(y).containsExactly(copy);
    }

    private static void assertUndefined(TestResult result, String reason) {
        assertThat(result.statistic()).isNaN();
        assertThat(result.pValue()).isNaN();
        assertThat(result.rejects(0.05)).isFalse();
        assertThat(result.note()).contains(reason);
    }
}
