package org.lama.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Laws of folds over 200 random plans and calendars with gaps; the seed of a failing case is in the message. */
final class WalkForwardPropertyTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final int CASES = 200;

    private static final class Case {
        private final WalkForward plan;
        private final long[] times;
        private final long bar;

        Case(WalkForward plan, long[] times, long bar) {
            this.plan = plan;
            this.times = times;
            this.bar = bar;
        }

        static Case of(long seed) {
            Rng rng = Seeds.rng(4711, seed);
            WalkForward plan = new WalkForward(
                    5 + rng.nextInt(40), 1 + rng.nextInt(20), rng.nextInt(4), rng.nextInt(3), rng.nextInt(2) == 1);
            long bar = new long[] {HOUR, 4 * HOUR, DAY}[rng.nextInt(3)];
            long[] times = new long[1 + rng.nextInt(900)];
            long t = rng.nextInt(1000) * HOUR;
            for (int i = 0; i < times.length; i++) {
                times[i] = t;
                t += bar * (rng.nextInt(20) == 0 ? 1 + rng.nextInt(60) : 1);
            }
            return new Case(plan, times, bar);
        }

        List<Fold> folds() {
            return plan.folds(times, bar);
        }
    }

    @Test
    void noTestRowAndNoLabelOfATrainingRowReachesTheOther() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            for (Fold fold : c.folds()) {
                assertThat(fold.testFrom() - fold.trainTo())
                        .as("seed %d", seed)
                        .isEqualTo(c.plan.purgeBars() + c.plan.embargoBars());
                int lastLabel = fold.trainTo() - 1 + c.plan.purgeBars();
                assertThat(lastLabel).as("seed %d", seed).isLessThan(fold.testFrom());
            }
        }
    }

    @Test
    void trainingRowsLieInTheWindowAndAreKnownAtTheRetrain() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            long last = c.times[c.times.length - 1] + c.bar;
            for (long retrain : c.plan.retrainTimes(c.times[0], last)) {
                Optional<Fold> fold = c.plan.fold(c.times, c.bar, retrain);
                if (fold.isEmpty()) {
                    continue;
                }
                Fold f = fold.get();
                long opens = c.times[f.trainFrom()];
                assertThat(c.times[f.trainTo() - 1] + c.bar).as("seed %d", seed).isLessThanOrEqualTo(retrain);
                assertThat(c.times[f.testFrom()] + c.bar).as("seed %d", seed).isGreaterThan(retrain);
                assertThat(c.times[f.testTo() - 1] + c.bar)
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(retrain + c.plan.stepDays() * DAY);
                if (c.plan.anchored()) {
                    assertThat(f.trainFrom()).isZero();
                } else {
                    assertThat(opens).as("seed %d", seed).isGreaterThanOrEqualTo(retrain - c.plan.trainDays() * DAY);
                }
                assertThat(c.times[0]).isLessThanOrEqualTo(retrain - c.plan.trainDays() * DAY);
            }
        }
    }

    @Test
    void everyRowAfterTheFirstFoldIsTestedAtMostOnceAndInOrder() {
        for (int seed = 0; seed < CASES; seed++) {
            int end = 0;
            for (Fold fold : Case.of(seed).folds()) {
                assertThat(fold.testFrom()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
                end = fold.testTo();
            }
        }
    }

    @Test
    void onlyTheLastFoldCanBeIncomplete() {
        for (int seed = 0; seed < CASES; seed++) {
            List<Fold> folds = Case.of(seed).folds();
            for (int k = 0; k < folds.size() - 1; k++) {
                assertThat(folds.get(k).complete())
                        .as("seed %d, fold %d", seed, k)
                        .isTrue();
            }
        }
    }

    @Test
    void cuttingOffTheFutureChangesNoEarlierFold() {
        for (int seed = 0; seed < CASES; seed++) {
            Case c = Case.of(seed);
            List<Fold> whole = c.folds();
            Rng rng = Seeds.rng(99, seed);
            for (int k = 0; k < 20; k++) {
                int cut = 1 + rng.nextInt(c.times.length);
                List<Fold> past = c.plan.folds(Arrays.copyOf(c.times, cut), c.bar);
                for (int i = 0; i < past.size(); i++) {
                    Fold f = past.get(i);
                    Fold g = whole.get(i);
                    assertThat(f)
                            .as("seed %d, cut %d", seed, cut)
                            .isEqualTo(new Fold(
                                    g.trainFrom(), g.trainTo(), g.testFrom(), Math.min(g.testTo(), cut), f.complete()));
                    assertThat(f.complete() && f.testTo() < g.testTo())
                            .as("seed %d, cut %d: a complete fold is final", seed, cut)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void shiftingAllTimesByWholeDaysShiftsNothingElse() {
        for (int seed = 0; seed < 50; seed++) {
            Case c = Case.of(seed);
            long[] moved = Arrays.stream(c.times).map(t -> t + 777 * DAY).toArray();
            assertThat(c.plan.folds(moved, c.bar)).as("seed %d", seed).isEqualTo(c.folds());
        }
    }
}
