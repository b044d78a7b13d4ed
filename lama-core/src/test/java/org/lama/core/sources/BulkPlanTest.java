package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class BulkPlanTest {
    private static List<String> shown(List<BulkPlan.Stretch> plan) {
        return plan.stream()
                .map(one -> one.way() + (one.way() == BulkPlan.Way.REST ? "" : " " + one.period()))
                .toList();
    }

    @Test
    void wholePastMonthsAreFilesAndTheRestIsNot() {
        List<BulkPlan.Stretch> plan = BulkPlan.months(
                Desk.nanos("2023-11-15T00:00:00Z"),
                Desk.nanos("2024-03-10T12:00:00Z"),
                Desk.nanos("2024-03-08T12:00:00Z"),
                false);
        assertThat(shown(plan)).containsExactly("REST", "MONTH 2023-12", "MONTH 2024-01", "MONTH 2024-02", "REST");
    }

    @Test
    void wholePastDaysAreFilesWhereThereAreSuch() {
        List<BulkPlan.Stretch> plan = BulkPlan.months(
                Desk.nanos("2024-01-30T06:00:00Z"),
                Desk.nanos("2024-03-03T00:00:00Z"),
                Desk.nanos("2024-03-02T12:00:00Z"),
                true);
        assertThat(shown(plan)).containsExactly("REST", "DAY 2024-01-31", "MONTH 2024-02", "DAY 2024-03-01", "REST");
        assertThat(shown(BulkPlan.days(
                        Desk.nanos("2024-01-30T06:00:00Z"),
                        Desk.nanos("2024-02-02T00:00:00Z"),
                        Desk.nanos("2024-02-01T00:00:00Z"))))
                .containsExactly("DAY 2024-01-30", "DAY 2024-01-31", "REST");
    }

    @Test
    void everyPlanTilesItsRange() {
        Rng rng = Seeds.rng(5, 0);
        for (int i = 0; i < 500; i++) {
            long from = Desk.nanos("2019-01-01T00:00:00Z") + rng.nextInt(2_000) * Desk.HOUR;
            long to = from + 1 + rng.nextInt(4_000) * Desk.HOUR;
            long settled = from + (rng.nextInt(6_000) - 1_000) * Desk.HOUR;
            for (List<BulkPlan.Stretch> plan : List.of(
                    BulkPlan.months(from, to, settled, true),
                    BulkPlan.months(from, to, settled, false),
                    BulkPlan.days(from, to, settled),
                    BulkPlan.rest(from, to))) {
                long at = from;
                for (BulkPlan.Stretch stretch : plan) {
                    assertThat(stretch.from()).isEqualTo(at);
                    at = stretch.to();
                    assertThat(stretch.way() == BulkPlan.Way.REST || at <= settled)
                            .isTrue();
                }
                assertThat(at).isEqualTo(to);
            }
        }
    }

    @Test
    void stretchesOfTimeJoinAndTellWhatIsMissing() {
        TimeRanges ranges =
                TimeRanges.NONE.plus(10, 20).plus(30, 40).plus(20, 25).plus(5, 5);
        assertThat(ranges.ranges()).containsExactly(new TimeRanges.Range(10, 25), new TimeRanges.Range(30, 40));
        assertThat(ranges.missing(0, 50))
                .containsExactly(
                        new TimeRanges.Range(0, 10), new TimeRanges.Range(25, 30), new TimeRanges.Range(40, 50));
        assertThat(ranges.missing(12, 24)).isEmpty();
        assertThat(ranges.plus(0, 100).ranges()).containsExactly(new TimeRanges.Range(0, 100));
    }
}
