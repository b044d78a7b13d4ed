package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class CombinerTrackerTest {
    private static final List<String> NAMES = List.of("held", "challenger");

    private static double[] scores(Rng rng, double lead) {
        double common = rng.nextGaussian();
        return new double[] {common, common + lead + 0.1 * rng.nextGaussian()};
    }

    @Test
    void aChallengerTakesOverAfterItsPatienceAndNotBefore() {
        CombinerTracker tracker = new CombinerTracker(NAMES);
        Rng rng = Seeds.rng(1, 1);
        int taken = -1;
        for (int t = 0; t < 100 && taken < 0; t++) {
            tracker.observe(t, scores(rng, 0.2));
            taken = tracker.choice() == 1 ? t : -1;
        }
        // comparing begins with the 20th period, and the lead must hold for 20
        assertThat(taken).isEqualTo(19 + CombinerTracking.PATIENCE - 1);
        CombinerTracking result = tracker.result(false);
        assertThat(result.switches()).hasSize(1);
        assertThat(result.switches().get(0).from()).isEqualTo("held");
        assertThat(result.switches().get(0).to()).isEqualTo("challenger");
        assertThat(result.switches().get(0).timeNanos()).isEqualTo(taken);
        assertThat(result.switches().get(0).leadStandardErrors()).isGreaterThan(CombinerTracking.LEAD);
    }

    @Test
    void aLeadOfLessThanHalfAStandardErrorChangesNothing() {
        CombinerTracker tracker = new CombinerTracker(NAMES);
        for (int t = 0; t < 300; t++) {
            // differences +1 and -1 in turn with a mean of 0.02: about 0.19 standard errors over 90 periods
            tracker.observe(t, new double[] {0, (t % 2 == 0 ? 1 : -1) + 0.02});
        }
        assertThat(tracker.choice()).isZero();
        CombinerTracking result = tracker.result(false);
        assertThat(result.switches()).isEmpty();
        assertThat(result.combiners().get(0).chosenShare()).isEqualTo(1);
        assertThat(result.combiners().get(1).mean()).isCloseTo(0.02, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void aLeadThatBreaksOffStartsItsPatienceAnew() {
        CombinerTracker tracker = new CombinerTracker(NAMES);
        for (int t = 0; t < 38; t++) {
            tracker.observe(t, new double[] {0, t % 2 == 0 ? 0.3 : 0.1});
        }
        assertThat(tracker.choice()).isZero();
        // one period so bad that the lead is gone, in what would have been the last period of patience
        tracker.observe(38, new double[] {0, -100});
        assertThat(tracker.choice()).isZero();
        assertThat(tracker.result(false).switches()).isEmpty();
    }

    @Test
    void equalScoresNeverChangeTheCombinerAndNoPeriodGivesNoFigure() {
        CombinerTracker tracker = new CombinerTracker(NAMES);
        CombinerTracking empty = tracker.result(true);
        assertThat(empty.active()).isTrue();
        assertThat(empty.combiners())
                .allSatisfy(score -> assertThat(score.mean()).isNaN());
        for (int t = 0; t < 200; t++) {
            tracker.observe(t, new double[] {0.5, 0.5});
        }
        assertThat(tracker.result(false).switches()).isEmpty();
    }

    @Test
    void aChoiceFollowsFromTheScoresBeforeItOnly() {
        Rng first = Seeds.rng(2, 1);
        Rng second = Seeds.rng(2, 1);
        CombinerTracker one = new CombinerTracker(NAMES);
        CombinerTracker other = new CombinerTracker(NAMES);
        for (int t = 0; t < 150; t++) {
            one.observe(t, scores(first, 0.01));
            other.observe(t, scores(second, 0.01));
            assertThat(other.choice()).isEqualTo(one.choice());
        }
        int before = one.choice();
        other.observe(150, new double[] {0, 1e9});
        assertThat(one.choice()).isEqualTo(before);
    }

    @Test
    void pointsAreThinnedAndTheLastIsKept() {
        CombinerTracker tracker = new CombinerTracker(NAMES);
        Rng rng = Seeds.rng(3, 1);
        for (int t = 0; t < 1_001; t++) {
            tracker.observe(t, scores(rng, 0));
        }
        List<CombinerTracking.Point> points = tracker.result(false).points();
        assertThat(points).hasSizeBetween(300, 400);
        assertThat(points.get(points.size() - 1).timeNanos()).isEqualTo(1_000);
    }
}
