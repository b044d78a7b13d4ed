package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;

class AutoArimaSeasonalTest {
    private static final AutoArimaOptions QUARTERLY =
            AutoArimaOptions.defaults().withDifference(DifferenceRule.kpss(2)).withSeasonal(SeasonalOptions.of(4));

    /** A seasonal walk with noise. */
    private static double[] quarters(int n, long seed) {
        Rng rng = Seeds.rng(seed, 3);
        double[] y = new double[n];
        for (int t = 0; t < n; t++) {
            y[t] = rng.nextGaussian() + (t < 4 ? 5 * (t % 4) : y[t - 4]);
        }
        return y;
    }

    @Test
    void everyCandidateButTheChosenHasAReasonAndNoneIsTriedTwice() {
        AutoArimaResult result = AutoArima.select(quarters(100, 1), QUARTERLY);
        assertThat(result.fit().spec().seasonal().d()).isEqualTo(1);
        assertThat(result.candidates().stream().filter(c -> c.reason().isEmpty()))
                .singleElement()
                .satisfies(c -> assertThat(c.spec()).isEqualTo(result.fit().spec()));
        assertThat(result.candidates().stream().map(AutoArimaResult.Candidate::spec))
                .doesNotHaveDuplicates();
        assertThat(result.candidates())
                .allSatisfy(c -> assertThat(!c.reason().startsWith("AICC")
                                || c.value() >= result.fit().aicc() - 1e-6)
                        .isTrue());
    }

    @Test
    void theFullSearchHoldsAllOrdersUpToTheSum() {
        AutoArimaOptions small = QUARTERLY
                .withOrders(1, 1)
                .withSeasonal(SeasonalOptions.of(4).withOrders(1, 1))
                .withSearch(AutoArimaOptions.Search.FULL);
        double[] y = quarters(80, 2);
        AutoArimaResult full = AutoArima.select(y, small);
        assertThat(full.candidates()).hasSize(2 * 16);
        AutoArimaResult stepwise = AutoArima.select(y, small.withSearch(AutoArimaOptions.Search.STEPWISE));
        assertThat(full.fit().aicc()).isLessThanOrEqualTo(stepwise.fit().aicc() + 1e-6);
    }

    @Test
    void deadlineAndBudgetCutTheSearch() {
        double[] y = quarters(100, 3);
        AutoArimaResult cut = AutoArima.select(y, QUARTERLY.withMaxCandidates(3));
        assertThat(cut.fit().status().outcome()).isEqualTo(FitStatus.Outcome.BUDGET);
        assertThat(cut.candidates()).hasSize(3);
        ArimaOptions late = ArimaOptions.defaults().withDeadline(() -> true);
        AutoArimaResult none = AutoArima.select(y, QUARTERLY.withFit(late));
        assertThat(none.fit().status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_111);
        assertThat(none.candidates()).isEmpty();
    }

    @Test
    void rootsNearTheBorderAreRefusedWithTheReason() {
        double[] y = quarters(100, 4);
        AutoArimaResult result = AutoArima.select(
                y, QUARTERLY.withSeasonal(SeasonalOptions.of(4).withDifference(SeasonalDifferenceRule.fixed(0))));
        assertThat(result.candidates()).anySatisfy(c -> assertThat(c.reason()).contains("modulus below 1.01"));
        assertThat(result.fit().spec().seasonal().d()).isZero();
    }

    @Test
    void difficultSeriesHaveAnAnswerOrAStatus() {
        double[] constant = new double[60];
        Arrays.fill(constant, 3);
        double[] line = new double[60];
        Arrays.setAll(line, t -> 1 + 0.5 * t);
        double[] periodic = new double[60];
        Arrays.setAll(periodic, t -> t % 4);
        double[] infinite = quarters(60, 5);
        infinite[7] = Double.POSITIVE_INFINITY;
        double[] missing = new double[60];
        Arrays.fill(missing, Double.NaN);
        double[][] all = {constant, line, periodic, infinite, missing, {}, {1}, {1, 2}};
        for (SeasonalDifferenceRule rule : rules()) {
            for (double[] y : all) {
                AutoArimaResult result = AutoArima.select(
                        y, QUARTERLY.withSeasonal(SeasonalOptions.of(4).withDifference(rule)));
                FitStatus status = result.fit().status();
                assertThat(status.outcome())
                        .as("%s %s", rule, Arrays.toString(Arrays.copyOf(y, Math.min(5, y.length))))
                        .isIn(FitStatus.Outcome.FALLBACK_RW, FitStatus.Outcome.FALLBACK_111, FitStatus.Outcome.OK);
                assertThat(status.converged() || !status.reason().isBlank()).isTrue();
            }
        }
    }

    private static List<SeasonalDifferenceRule> rules() {
        return List.of(
                SeasonalDifferenceRule.strength(),
                SeasonalDifferenceRule.ocsb(),
                SeasonalDifferenceRule.canovaHansen(),
                SeasonalDifferenceRule.fixed(0),
                SeasonalDifferenceRule.fixed(1));
    }

    @Test
    void shortSeriesAndGapsGetAModelWithFiniteForecasts() {
        for (int n = 3; n <= 20; n++) {
            for (SeasonalDifferenceRule rule : rules()) {
                double[] y = quarters(n, n);
                AutoArimaOptions options =
                        QUARTERLY.withSeasonal(SeasonalOptions.of(4).withDifference(rule));
                assertThat(AutoArima.select(y, options).fit().forecast(6))
                        .as("n = %d, %s", n, rule)
                        .allSatisfy(step -> assertThat(step.mean()).isFinite());
            }
        }
        double[] gaps = quarters(100, 6);
        for (int t : new int[] {0, 1, 30, 31, 55, 98}) {
            gaps[t] = Double.NaN;
        }
        for (SeasonalDifferenceRule rule : rules()) {
            ArimaFit fit = AutoArima.select(
                            gaps, QUARTERLY.withSeasonal(SeasonalOptions.of(4).withDifference(rule)))
                    .fit();
            assertThat(fit.status().converged()).as("%s", rule).isTrue();
            assertThat(fit.forecast(8))
                    .allSatisfy(step -> assertThat(step.mean()).isFinite());
        }
    }

    @Test
    void theScaleOfTheSeriesChangesNothing() {
        double[] y = quarters(80, 8);
        AutoArimaResult plain = AutoArima.select(y, QUARTERLY);
        for (double factor : new double[] {1e-6, 1e6, 1e120}) {
            double[] scaled = Arrays.stream(y).map(v -> v * factor).toArray();
            assertThat(AutoArima.select(scaled, QUARTERLY).fit().spec())
                    .as("factor %s", factor)
                    .isEqualTo(plain.fit().spec());
        }
    }

    @Test
    void aPeriodThatTheSeriesCannotCarryLeavesTheSearchWithoutASeason() {
        double[] y = ArimaTest.walk(60, 9);
        AutoArimaOptions plain = AutoArimaOptions.defaults().withDifference(DifferenceRule.kpss(2));
        AutoArimaResult yearly = AutoArima.select(y, plain.withSeasonal(SeasonalOptions.of(52)));
        assertThat(yearly.fit().spec())
                .isEqualTo(AutoArima.select(y, plain).fit().spec());
        assertThat(AutoArima.select(y, Regressors.none(), plain).fit().spec())
                .isEqualTo(yearly.fit().spec());
    }

    @Test
    void aDifferenceThatWouldFlattenARegressorIsNotTaken() {
        int n = 80;
        double[] y = quarters(n, 10);
        double[] trend = new double[n];
        Arrays.setAll(trend, t -> t + 1.0);
        AutoArimaResult result = AutoArima.select(y, Regressors.of("trend", trend), QUARTERLY);
        assertThat(result.fit().spec().seasonal().d()).isZero();
        double[] step = new double[n];
        Arrays.setAll(step, t -> t >= 40 ? 1.0 : 0.0);
        assertThat(AutoArima.select(y, Regressors.of("step", step), QUARTERLY)
                        .fit()
                        .spec()
                        .seasonal()
                        .d())
                .isEqualTo(1);
    }

    @Test
    void aConstantAmongTheRegressorsRefusesTheOrdersWithAMean() {
        double[] y = DenseLikelihood.simulate(Seeds.rng(4, 4), new double[] {0.5}, new double[0], 100);
        double[] ones = new double[100];
        Arrays.fill(ones, 1);
        AutoArimaOptions options = AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(0));
        AutoArimaResult result = AutoArima.select(y, Regressors.of("level", ones), options);
        assertThat(result.fit().spec().mean()).isFalse();
        assertThat(result.candidates())
                .filteredOn(c -> c.spec().mean())
                .allSatisfy(c -> assertThat(c.reason()).contains("level"));
        double[] twice = new double[100];
        Arrays.fill(twice, 2);
        Regressors dependent = Regressors.of(List.of("a", "b"), new double[][] {ones, twice});
        assertThatThrownBy(() -> AutoArima.select(y, dependent, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b");
        assertThatThrownBy(() -> AutoArima.select(y, Regressors.of("x", new double[99]), options))
                .hasMessageContaining("got 99 for 100");
    }

    @Test
    void theSameSeriesGivesTheSameBits() {
        double[] y = quarters(90, 12);
        AutoArimaResult one = AutoArima.select(y, QUARTERLY);
        AutoArimaResult two = AutoArima.select(y, QUARTERLY);
        assertThat(one.candidates()).isEqualTo(two.candidates());
        assertThat(one.fit().ma()).containsExactly(two.fit().ma());
    }

    @Test
    void seasonalRulesFollowTheirRange() {
        assertThatThrownBy(() -> SeasonalDifferenceRule.fixed(3)).hasMessageContaining("D must be in");
        assertThatThrownBy(() -> SeasonalOptions.of(0)).hasMessageContaining("period");
        assertThatThrownBy(() -> SeasonalOptions.of(4).withOrders(6, 0)).hasMessageContaining("maxSeasonalP");
        assertThat(SeasonalOptions.of(1)).isEqualTo(SeasonalOptions.NONE);
        assertThat(SeasonalDifferenceRule.fixed(1).choose(quarters(40, 1), 1)).isZero();
        SeasonalDifferenceRule twice = new SeasonalDifferenceRule(SeasonalDifferenceRule.Kind.STRENGTH, 2);
        double[] y = quarters(80, 3);
        for (int t = 4; t < 80; t++) {
            y[t] += y[t - 4];
        }
        assertThat(twice.choose(y, 4)).isEqualTo(2);
        assertThat(Objects.requireNonNull(AutoArimaOptions.defaults()).seasonal())
                .isEqualTo(SeasonalOptions.NONE);
    }
}
