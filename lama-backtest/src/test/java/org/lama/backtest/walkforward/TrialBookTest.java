package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.ProbabilisticSharpe;

class TrialBookTest {
    @Test
    void varianceIsUnbiasedAndSkipsUndefinedTrials() {
        assertThat(ProbabilisticSharpe.trialVariance(new double[] {1, Double.NaN, 2, 4}))
                .isCloseTo(7.0 / 3, within(1e-15));
        assertThat(ProbabilisticSharpe.trialVariance(new double[] {1})).isZero();
        assertThat(ProbabilisticSharpe.trialVariance(new double[0])).isZero();
    }

    @Test
    void withoutALedgerOnlyThisStudyCounts() {
        TrialBook.Count count = TrialBook.ofThisStudyOnly()
                .count(
                        new TrialBook.Tried(
                                List.of(new TrialBook.Entry("a", 0.1), new TrialBook.Entry("b", 0.3)), 500, 1.8),
                        0,
                        1);
        assertThat(count.raw()).isEqualTo(2);
        assertThat(count.effective()).isCloseTo(1.8, within(1e-15));
        assertThat(count.variance()).isCloseTo(0.02, within(1e-15));
        assertThat(count.ledgerStarted()).isEmpty();
    }
}
