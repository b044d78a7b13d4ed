package org.lama.backtest.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.walkforward.AssetRates;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class VerdictRuleTest {
    private static final VerdictRule RULE = VerdictRule.standard("The three signals together earn more than cash.");

    @Test
    void theCanonicalTextHasOneFormAndAKnownHash() {
        assertThat(RULE.canonicalText())
                .isEqualTo("{\"boundConfidence\":0.95,\"costMultiple\":1.0,\"falseDiscoveryRate\":0.1,"
                        + "\"hypothesis\":\"The three signals together earn more than cash.\","
                        + "\"metric\":\"mean net return per period over cash\",\"minimumDeflatedSharpe\":0.95,"
                        + "\"minimumRoundTrips\":30,\"rule\":\"lama-verdict-1\",\"trackRecordConfidence\":0.95}");
        assertThat(RULE.hash())
                .matches("[0-9a-f]{64}")
                .isEqualTo(VerdictRule.standard(RULE.hypothesis()).hash());
        assertThat(VerdictRule.standard("another \"claim\" \\ \n").canonicalText())
                .contains("another \\\"claim\\\" \\\\ \\u000a");
    }

    @Test
    void aReaderGetsOneSentence() {
        assertThat(RULE.sentence())
                .isEqualTo("EDGE if the mean net return per period over cash after costs is above 0 by its 95 % lower"
                        + " bound, the deflated Sharpe ratio is at least 0.95, and there are 30 round trips and as many returns"
                        + " as 95 % need; assets by themselves at 10 % false discoveries.");
    }

    @Test
    void anyChangeOfTheRuleChangesItsHash() {
        List<VerdictRule> others = List.of(
                VerdictRule.standard("x"),
                new VerdictRule(RULE.hypothesis(), "m", 0.95, 0.95, 0.95, 30, 1, 0.1),
                new VerdictRule(RULE.hypothesis(), RULE.metric(), 0.9, 0.95, 0.95, 30, 1, 0.1),
                new VerdictRule(RULE.hypothesis(), RULE.metric(), 0.95, 0.9, 0.95, 30, 1, 0.1),
                new VerdictRule(RULE.hypothesis(), RULE.metric(), 0.95, 0.95, 0.9, 30, 1, 0.1),
                new VerdictRule(RULE.hypothesis(), RULE.metric(), 0.95, 0.95, 0.95, 10, 1, 0.1),
                new VerdictRule(RULE.hypothesis(), RULE.metric(), 0.95, 0.95, 0.95, 30, 2, 0.1),
                new VerdictRule(RULE.hypothesis(), RULE.metric(), 0.95, 0.95, 0.95, 30, 1, 0.2));
        assertThat(others.stream().map(VerdictRule::hash))
                .doesNotHaveDuplicates()
                .doesNotContain(RULE.hash());
    }

    @Test
    void aStrongLongRecordIsAnEdge() {
        Verdict verdict = RULE.judge(evidence(1000, 0.12, 0.0004, 200));
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.EDGE);
        assertThat(verdict.closingLines())
                .containsExactly("Verdict: EDGE", "Why: " + verdict.why(), "Next: ./lama rerun result.json");
        assertThat(verdict.figures().get("deflatedSharpe")).isGreaterThan(0.95);
        assertThat(verdict.why()).contains("deflated Sharpe ratio").contains("after 4.0 effective trials");
    }

    @Test
    void eitherMissedBarIsNoEdge() {
        assertThat(RULE.judge(evidence(1000, 0.12, -1e-9, 200)).outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
        assertThat(RULE.judge(evidence(1000, 0.12, Double.NaN, 200)).outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
        Evidence manyTrials = new Evidence(
                new ProbabilisticSharpe(1000, 0.12, 0, 3), 0.0004, 200, 1, new Evidence.Trials(5000, 5000, 0.01), true);
        assertThat(RULE.judge(manyTrials).outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
    }

    @Test
    void aShortRecordLacksTheDaysUpToTheMinimumTrackRecord() {
        Verdict verdict = RULE.judge(evidence(100, 0.10, 0.0004, 200));
        // 1 + (1 + 0.005) · (1.64485 / 0.1)² = 272.9 returns
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.NOT_ENOUGH_DATA);
        assertThat(verdict.missingDays()).hasValue(173);
        assertThat(verdict.headline()).isEqualTo("NOT ENOUGH DATA (173 more days)");
        Evidence hourly =
                new Evidence(new ProbabilisticSharpe(100, 0.10, 0, 3), 0.0004, 200, 24, Evidence.Trials.single(), true);
        assertThat(RULE.judge(hourly).missingDays()).hasValue(8);
    }

    @Test
    void aLossIsNoEdgeAndNotAMatterOfLength() {
        Verdict verdict = RULE.judge(evidence(100, -0.1, -0.001, 200));
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
        assertThat(verdict.figures().get("minimumTrackRecord")).isInfinite();
        assertThat(RULE.judge(evidence(100, 0, -0.001, 200)).outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
        assertThat(RULE.judge(evidence(100, Double.NaN, Double.NaN, 200)).outcome())
                .isEqualTo(Verdict.Outcome.NO_EDGE);
    }

    @Test
    void fewRoundTripsAreNotEnoughWhateverTheSharpeRatio() {
        Verdict verdict = RULE.judge(evidence(1000, 0.12, 0.0004, 20));
        assertThat(verdict.headline()).isEqualTo("NOT ENOUGH DATA (500 more days)");
        assertThat(verdict.why()).isEqualTo("20 round trips, and the rule asks for 30");
        assertThat(RULE.judge(evidence(1000, -0.12, 0.0004, 29)).missingDays()).hasValue(35);
        assertThat(RULE.judge(evidence(1000, Double.NaN, Double.NaN, 0)).missingDays())
                .hasValue(30_000);
        assertThat(evidence(1000, 0.1, 0, 30).daysUntilRoundTrips(30)).isZero();
        Verdict long100 = RULE.judge(evidence(1000, Double.NaN, Double.NaN, 0));
        assertThat(long100.headline()).isEqualTo("NOT ENOUGH DATA (30,000 more days)");
    }

    @Test
    void daysBeyondACenturyAreCountedButNotQuoted() {
        Verdict verdict = RULE.judge(evidence(1461, 0.0003, 0.0004, 200));
        assertThat(verdict.missingDays().orElseThrow()).isGreaterThan(20_000_000);
        assertThat(verdict.headline()).isEqualTo("NOT ENOUGH DATA (more than a century of such days is missing)");
        assertThat(RULE.judge(evidence(29, 0.1, 0.1, 29)).headline()).isEqualTo("NOT ENOUGH DATA (1 more day)");
    }

    @Test
    void barsThatDisagreeInSignCannotDecide() {
        Verdict verdict = RULE.judge(evidence(1000, 0.12, 0.0004, 200).withDisagreementInsideBars());
        assertThat(verdict.headline()).isEqualTo("NOT DECIDABLE ON BARS");
        assertThat(verdict.missingDays()).isEmpty();
    }

    @Test
    void figuresAndTheNextCommandCanBeCompleted() {
        Verdict verdict = RULE.judge(evidence(1000, 0.12, 0.0004, 200))
                .withNext("./lama study --data new.csv")
                .withFigure("breakEvenCostBps", 12.5);
        assertThat(verdict.closingLines().get(2)).isEqualTo("Next: ./lama study --data new.csv");
        assertThat(verdict.asText()).contains("breakEvenCostBps", "effectiveTrials");
    }

    @Test
    void realReturnsWithADriftAreFoundAndWithoutOneAreNot() {
        StationaryBootstrap bootstrap = StationaryBootstrap.of(500, 1);
        Evidence.Trials trials = Evidence.Trials.of(new double[] {0.1, 0.12, Double.NaN, 0.08}, 2);
        assertThat(trials.raw()).isEqualTo(4);
        assertThat(trials.variance()).isCloseTo(0.0004, within(1e-15));
        Evidence drift = Evidence.of(noise(1000, 0.002, 3), 100, 1, trials, bootstrap);
        assertThat(RULE.judge(drift).outcome()).isEqualTo(Verdict.Outcome.EDGE);
        Evidence loss = Evidence.of(noise(1000, -0.001, 3), 100, 1, trials, bootstrap);
        assertThat(RULE.judge(loss).outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
    }

    @Test
    void theRatesOfTheListOfAssetsAreThoseOfTheRule() {
        assertThat(RULE.assetRates()).isEqualTo(AssetRates.STANDARD).isEqualTo(new AssetRates(0.10, 30));
        assertThat(new VerdictRule("h", "m", 0.9, 0.95, 0.95, 12, 1, 0.2).assetRates())
                .isEqualTo(new AssetRates(0.2, 12));
        assertThatThrownBy(() -> new AssetRates(1, 30)).hasMessage("falseDiscoveryRate must be in (0, 1), got 1.0");
        assertThatThrownBy(() -> new AssetRates(0.1, 0)).hasMessageContaining("minimumRoundTrips");
    }

    @Test
    void trialsWithKnownSharpeRatiosHaveTheirVariance() {
        Evidence.Trials trials = Evidence.Trials.of(new double[] {0.1, Double.NaN, 0.3}, 2);
        assertThat(trials.raw()).isEqualTo(3);
        assertThat(trials.variance()).isCloseTo(0.02, within(1e-15));
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> VerdictRule.standard(" ")).hasMessage("hypothesis must not be blank");
        assertThatThrownBy(() -> new VerdictRule("h", "m", 1, 0.95, 0.95, 30, 1, 0.1))
                .hasMessage("minimumDeflatedSharpe must be in (0.0, 1), got 1.0");
        assertThatThrownBy(() -> new VerdictRule("h", "m", 0.9, 0.5, 0.95, 30, 1, 0.1))
                .hasMessageContaining("boundConfidence");
        assertThatThrownBy(() -> new Evidence.Trials(3, 4, 0)).hasMessageContaining("effective must be in");
        assertThatThrownBy(() -> new Verdict(Verdict.Outcome.EDGE, OptionalLong.of(3), "why", "next", Map.of()))
                .hasMessageContaining("missingDays must be present exactly for NOT_ENOUGH_DATA");
    }

    private static Evidence evidence(int rows, double sharpe, double bound, int roundTrips) {
        return new Evidence(
                new ProbabilisticSharpe(rows, sharpe, 0, 3),
                bound,
                roundTrips,
                1,
                new Evidence.Trials(4, 4, 0.0001),
                true);
    }

    private static double[] noise(int rows, double mean, long seed) {
        Rng rng = Seeds.rng(9, seed);
        double[] x = new double[rows];
        for (int t = 0; t < rows; t++) {
            x[t] = mean + 0.01 * rng.nextGaussian();
        }
        return x;
    }
}
