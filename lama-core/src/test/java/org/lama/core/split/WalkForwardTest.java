package org.lama.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WalkForwardTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    @Test
    void defaultsAreOneYearThirtyDaysAndOneHorizonEach() {
        assertThat(WalkForward.ofHorizon(3)).isEqualTo(new WalkForward(365, 30, 3, 3, false));
        assertThat(WalkForward.ofHorizon(1).withTrainDays(10).withStepDays(5).withAnchor())
                .isEqualTo(new WalkForward(10, 5, 1, 1, true));
    }

    @Test
    void retrainDatesFollowTheFirstFullYearEveryThirtyDays() {
        long[] times = WalkForward.ofHorizon(1).retrainTimes(START, START + 4 * 365 * DAY);
        assertThat(times).hasSize(37);
        assertThat(Instant.ofEpochSecond(times[0] / 1_000_000_000L)).hasToString("2020-12-31T00:00:00Z");
        assertThat(Instant.ofEpochSecond(times[1] / 1_000_000_000L)).hasToString("2021-01-30T00:00:00Z");
        for (int k = 1; k < times.length; k++) {
            assertThat(times[k] - times[k - 1]).isEqualTo(30 * DAY);
        }
    }

    @Test
    void thereIsNoRetrainWithoutADecisionAfterIt() {
        WalkForward plan = new WalkForward(10, 5, 0, 0, false);
        assertThat(plan.retrainTimes(START, START + 10 * DAY)).isEmpty();
        assertThat(plan.retrainTimes(START, START + 10 * DAY + 1)).containsExactly(START + 10 * DAY);
        assertThat(plan.retrainTimes(START, START + 15 * DAY)).hasSize(1);
        assertThat(plan.retrainTimes(START, START)).isEmpty();
        assertThat(plan.retrainTimes(START, START - DAY)).isEmpty();
    }

    @Test
    void dailyFoldsHaveTheRowsCountedByHand() {
        List<Fold> folds = new WalkForward(10, 5, 2, 1, false).folds(days(23), DAY);
        assertThat(folds)
                .containsExactly(
                        new Fold(0, 7, 10, 15, true), new Fold(5, 12, 15, 20, true), new Fold(10, 17, 20, 23, false));
    }

    @Test
    void anAnchoredWindowKeepsItsFirstRow() {
        List<Fold> folds = new WalkForward(10, 5, 0, 0, true).folds(days(20), DAY);
        assertThat(folds).containsExactly(new Fold(0, 10, 10, 15, true), new Fold(0, 15, 15, 20, true));
    }

    @Test
    void aLastFoldThatEndsWithItsStepIsComplete() {
        WalkForward plan = new WalkForward(10, 5, 0, 0, false);
        assertThat(plan.folds(days(15), DAY)).containsExactly(new Fold(0, 10, 10, 15, true));
        assertThat(plan.folds(days(14), DAY)).containsExactly(new Fold(0, 10, 10, 14, false));
    }

    @Test
    void windowsAreCalendarDaysAndNotBars() {
        long[] times = new long[40];
        for (int i = 0; i < times.length; i++) {
            times[i] = START + (i < 8 ? i : i + 4) * DAY;
        }
        Fold first = new WalkForward(10, 5, 0, 0, false).folds(times, DAY).get(0);
        assertThat(first).isEqualTo(new Fold(0, 8, 8, 11, true));
    }

    @Test
    void aStepInsideAGapIsLeftOut() {
        long[] times = new long[20];
        for (int i = 0; i < times.length; i++) {
            times[i] = START + (i < 12 ? i : i + 10) * DAY;
        }
        List<Fold> folds = new WalkForward(10, 5, 0, 0, false).folds(times, DAY);
        assertThat(folds).extracting(Fold::testFrom).containsExactly(10, 12, 15);
    }

    @Test
    void anAssetEntersOnceItHasAFullWindow() {
        WalkForward plan = new WalkForward(10, 5, 0, 0, false);
        long[] calendar = plan.retrainTimes(START, START + 40 * DAY);
        long[] listedLater = new long[30];
        for (int i = 0; i < listedLater.length; i++) {
            listedLater[i] = START + (7 + i) * DAY;
        }
        assertThat(plan.fold(listedLater, DAY, calendar[0])).isEmpty();
        assertThat(plan.fold(listedLater, DAY, calendar[1])).isEmpty();
        assertThat(plan.fold(listedLater, DAY, calendar[2])).contains(new Fold(3, 13, 13, 18, true));
    }

    @Test
    void aSegmentStartCountsLikeAListing() {
        WalkForward plan = new WalkForward(10, 5, 0, 0, false);
        long[] times = days(40);
        long retrain = START + 25 * DAY;
        assertThat(plan.fold(times, DAY, retrain, 16)).isEmpty();
        assertThat(plan.fold(times, DAY, retrain, 15)).contains(new Fold(15, 25, 25, 30, true));
        assertThat(plan.fold(times, DAY, retrain, 40)).isEmpty();
        assertThat(plan.withAnchor().fold(times, DAY, retrain, 7)).contains(new Fold(7, 25, 25, 30, true));
    }

    @Test
    void aDelistedAssetHasNoFold() {
        WalkForward plan = new WalkForward(10, 5, 0, 0, false);
        assertThat(plan.fold(days(12), DAY, START + 15 * DAY)).isEmpty();
    }

    @Test
    void aWindowThatPurgeEatsUpGivesNoFold() {
        assertThat(new WalkForward(10, 5, 8, 2, false).folds(days(20), DAY)).isEmpty();
        assertThat(new WalkForward(10, 5, 8, 1, false).folds(days(20), DAY)).hasSize(2);
    }

    @Test
    void noRowsAndOneRowGiveNoFold() {
        assertThat(WalkForward.ofHorizon(1).folds(new long[0], DAY)).isEmpty();
        assertThat(WalkForward.ofHorizon(1).folds(days(1), DAY)).isEmpty();
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new WalkForward(0, 30, 0, 0, false))
                .hasMessage("trainDays must be in [1, 36500], got 0");
        assertThatThrownBy(() -> new WalkForward(365, 0, 0, 0, false)).hasMessageContaining("stepDays");
        assertThatThrownBy(() -> new WalkForward(365, 30, -1, 0, false)).hasMessage("purgeBars must be >= 0, got -1");
        assertThatThrownBy(() -> new WalkForward(365, 30, 0, -1, false)).hasMessage("embargoBars must be >= 0, got -1");
        assertThatThrownBy(() -> WalkForward.ofHorizon(1).folds(days(3), 0)).hasMessage("barNanos must be > 0, got 0");
        assertThatThrownBy(() -> WalkForward.ofHorizon(1).fold(days(3), DAY, START, 4))
                .hasMessageContaining("segmentRow");
    }

    @Test
    void rowsOfAFoldMustBeInOrder() {
        assertThatThrownBy(() -> new Fold(0, 5, 4, 6, true)).hasMessageContaining("trainTo <= testFrom");
        assertThatThrownBy(() -> new Fold(2, 2, 4, 6, true)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] days(int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = START + i * DAY;
        }
        return times;
    }
}
