package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;

class SweepJudgementTest {
    private static final VerdictRule RULE = VerdictRule.standard("something is earned");

    private static SweepJudgement of(double sharpe, int raw, double effective) {
        return of(sharpe, raw, effective, Optional.empty());
    }

    private static Optional<RealityCheck> white(double p) {
        return Optional.of(new RealityCheck(300, 0, 1500, 5, 0, 0.001, 2, p, p / 2, p / 2, p, Optional.empty()));
    }

    private static SweepJudgement of(double sharpe, int raw, double effective, Optional<RealityCheck> reality) {
        return new SweepJudgement(
                RULE,
                new Verdict(Verdict.Outcome.EDGE, OptionalLong.empty(), "why", "next", Map.of()),
                new Evidence.Trials(raw, effective, 1.0 / 1499),
                new SweepJudgement.Ledger("", raw, Optional.empty()),
                Optional.of(new ProbabilisticSharpe(1500, sharpe, 0, 3)),
                Optional.empty(),
                reality,
                Optional.empty(),
                Map.of(),
                Map.of(),
                new SweepJudgement.Compared(raw, raw),
                "HISTORICAL");
    }

    @Test
    void anEdgeThatHangsOnTheCountOfDifferentTrialsSaysSo() {
        SweepJudgement judged = of(0.07, 300, 2, white(0.05)).withDisagreement();
        assertThat(judged.deflatedSharpe()).isGreaterThan(0.95);
        assertThat(judged.deflatedByAll()).isLessThan(0.5);
        assertThat(judged.verdict().why())
                .matches(
                        "why; beware: the deflated Sharpe ratio is 0\\.9\\d\\d only because 300 trials are taken for 2\\.0"
                                + " different ones; it is 0\\.\\d{3} if all were different");
    }

    @Test
    void anEdgeThatHangsOnTheCountNeedsTheRealityCheckOverAllReturns() {
        Verdict luck = of(0.07, 300, 2, white(0.059)).withDisagreement().verdict();
        assertThat(luck.outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
        assertThat(luck.why())
                .contains("only because 300 trials are taken for 2.0 different ones")
                .endsWith("the reality check over the returns of all trials gives p = 0.059");
        Verdict unknown = of(0.07, 300, 2).withDisagreement().verdict();
        assertThat(unknown.outcome()).isEqualTo(Verdict.Outcome.NO_EDGE);
        assertThat(unknown.why()).endsWith("is not available");
        assertThat(of(0.07, 300, 2, white(0.05)).withDisagreement().verdict().outcome())
                .isEqualTo(Verdict.Outcome.EDGE);
    }

    @Test
    void whereBothCountsAgreeOrAreNearNothingIsAdded() {
        for (SweepJudgement judged : List.of(of(0.2, 300, 2), of(0.01, 300, 2), of(0.09, 30, 16))) {
            assertThat(judged.withDisagreement()).isSameAs(judged);
            assertThat(judged.disagreement()).isEmpty();
        }
    }
}
