package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;

class AutoArimaTest {
    private static final AutoArimaOptions D1 = AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(1));

    @Test
    void everyCandidateButTheChosenHasAReason() {
        AutoArimaResult result = AutoArima.select(ArimaTest.walk(300, 3), D1);
        assertThat(result.candidates().stream().filter(c -> c.reason().isEmpty()))
                .singleElement()
                .satisfies(c -> assertThat(c.spec()).isEqualTo(result.fit().spec()));
        assertThat(result.candidates())
                .allSatisfy(c -> assertThat(c.value())
                        .isGreaterThanOrEqualTo(
                                c.reason().startsWith("AICC") ? result.fit().aicc() - 1e-6 : Double.NEGATIVE_INFINITY));
        assertThat(result.asText()).contains("AICC");
    }

    @Test
    void theFullSearchIsNotWorseOnASmallGrid() {
        double[] y = ArimaTest.walk(200, 13);
        AutoArimaOptions small = D1.withOrders(2, 2);
        AutoArimaResult full = AutoArima.select(y, small.withSearch(AutoArimaOptions.Search.FULL));
        AutoArimaResult stepwise = AutoArima.select(y, small);
        assertThat(full.fit().aicc()).isLessThanOrEqualTo(stepwise.fit().aicc() + 1e-3);
        assertThat(full.candidates()).hasSizeGreaterThan(stepwise.candidates().size() / 2);
        for (Criterion criterion : Criterion.values()) {
            assertThat(AutoArima.select(y, small.withCriterion(criterion)).criterion())
                    .isEqualTo(criterion);
        }
    }

    @Test
    void rootsNearTheBorderAreRefusedWithTheReason() {
        double[] e = DenseLikelihood.simulate(Seeds.rng(7, 7), new double[0], new double[0], 201);
        double[] overDifferenced = new double[200];
        for (int t = 0; t < 200; t++) {
            overDifferenced[t] = e[t + 1] - e[t];
        }
        AutoArimaResult result =
                AutoArima.select(overDifferenced, AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(0)));
        assertThat(result.candidates()).anySatisfy(c -> assertThat(c.reason()).contains("modulus below 1.01"));
        assertThat(result.fit().smallestRootModulus()).isGreaterThanOrEqualTo(1.01);
    }

    @Test
    void constantShortAndInfiniteSeriesFallBack() {
        double[] constant = new double[60];
        Arrays.fill(constant, 2);
        double[] infinite = ArimaTest.walk(60, 1);
        infinite[3] = Double.NEGATIVE_INFINITY;
        for (double[] y : new double[][] {constant, infinite, {}, {1}, {1, 2}}) {
            assertThat(AutoArima.select(y).fit().status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        }
    }

    @Test
    void deadlineAndBudgetCutTheSearch() {
        double[] y = ArimaTest.walk(200, 23);
        AutoArimaResult cut = AutoArima.select(y, D1.withMaxCandidates(2));
        assertThat(cut.fit().status().outcome()).isEqualTo(FitStatus.Outcome.BUDGET);
        assertThat(cut.candidates()).hasSize(2);
        ArimaOptions late = ArimaOptions.defaults().withDeadline(() -> true);
        AutoArimaResult none = AutoArima.select(y, D1.withFit(late));
        assertThat(none.fit().status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_111);
        assertThat(none.fit().spec()).isEqualTo(new ArimaSpec(1, 1, 1, false));
        assertThat(none.candidates()).isEmpty();
    }

    @Test
    void theRulesForDFindTheDifferencesOfSimulatedSeries() {
        double[] stationary = DenseLikelihood.simulate(Seeds.rng(9, 1), new double[] {0.4}, new double[0], 400);
        double[] walk = ArimaTest.walk(400, 33);
        double[] twice = walk.clone();
        for (int t = 1; t < 400; t++) {
            twice[t] += twice[t - 1];
        }
        for (DifferenceRule rule : new DifferenceRule[] {DifferenceRule.adf(2), DifferenceRule.kpss(2)}) {
            assertThat(rule.choose(stationary)).as("%s", rule).isZero();
            assertThat(rule.choose(walk)).as("%s", rule).isEqualTo(1);
            assertThat(rule.choose(twice)).as("%s", rule).isEqualTo(2);
            assertThat(rule.choose(new double[0])).isZero();
        }
        assertThat(DifferenceRule.fixed(1).choose(stationary)).isEqualTo(1);
        assertThatThrownBy(() -> DifferenceRule.fixed(9)).hasMessageContaining("d must be in");
        assertThatThrownBy(() -> AutoArimaOptions.defaults().withOrders(-1, 2)).hasMessageContaining("maxP");
    }

    @Test
    void aUnitRootThatTheTestMissedIsDifferencedAway() {
        int missed = 0;
        for (int seed = 1; seed <= 80; seed++) {
            double[] walk = ArimaTest.walk(200, 1_000 + seed);
            missed += DifferenceRule.adf(2).choose(walk) == 0 ? 1 : 0;
            double squares = 0;
            for (int t = 1; t < walk.length; t++) {
                squares += (walk[t] - walk[t - 1]) * (walk[t] - walk[t - 1]) / (walk.length - 1);
            }
            AutoArimaOptions options = AutoArimaOptions.defaults().withDifference(DifferenceRule.adf(2));
            AutoArimaResult result = AutoArima.select(walk, options);
            assertThat(result.fit().sigma2())
                    .as("seed %d, %s", seed, result.fit().spec())
                    .isLessThan(1.5 * squares);
        }
        assertThat(missed)
                .as("walks in which ADF rejects the unit root by chance")
                .isPositive();
    }

    @Test
    void criteriaFollowTheirFormulas() {
        assertThat(Criterion.AIC.of(-10, 3, 20)).isEqualTo(26);
        assertThat(Criterion.AICC.of(-10, 3, 20)).isEqualTo(26 + 24.0 / 16);
        assertThat(Criterion.AICC.of(-10, 3, 4)).isInfinite();
        assertThat(Criterion.BIC.of(-10, 3, 20)).isEqualTo(20 + 3 * Math.log(20));
    }
}
