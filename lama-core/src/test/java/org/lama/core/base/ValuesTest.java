package org.lama.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void everyReasonHasASeverityAndOnlyBrokenDataAreErrors() {
        for (Issue.Reason reason : Issue.Reason.values()) {
            assertThat(reason.severity()).as(reason.name()).isNotNull();
        }
        assertThat(Issue.Reason.MISSING_BARS.severity()).isEqualTo(Issue.Severity.ERROR);
        assertThat(Issue.Reason.SPIKE.severity()).isEqualTo(Issue.Severity.WARNING);
        assertThat(Issue.Reason.REVERSED.severity()).isEqualTo(Issue.Severity.INFO);
    }

    @Test
    void aResultKeepsItsOwnListOfIssues() {
        Issue issue = new Issue(Issue.Reason.NON_FINITE, "row 3", "close is NaN; drop the row");
        List<Issue> issues = new ArrayList<>(List.of(issue));
        Result<String> result = new Result<>("value", issues);
        issues.clear();
        assertThat(result.issues()).containsExactly(issue);
        assertThat(result.value()).isEqualTo("value");
        assertThat(issue.where()).isEqualTo("row 3");
        assertThat(issue.detail()).contains("drop");
    }

    @Test
    void aDeadlineExpiresWithItsClockAndNoneNever() {
        long[] now = {10};
        Deadline deadline = Deadline.at(() -> now[0], 12);
        assertThat(deadline.expired()).isFalse();
        now[0] = 12;
        assertThat(deadline.expired()).isTrue();
        assertThat(Deadline.none().expired()).isFalse();
    }

    @Test
    void clocksGiveNanoseconds() {
        assertThat(TimeSource.fixed(42).nowNanos()).isEqualTo(42);
        // After 2020 and before 2200.
        assertThat(TimeSource.system().nowNanos()).isBetween(1_577_836_800_000_000_000L, 7_258_118_400_000_000_000L);
    }

    @Test
    void statusesCanBeReadAtRunTime() {
        Api api = Check.class.getAnnotation(Api.class);
        assertThat(api).isNotNull();
        assertThat(api.value()).isEqualTo(Api.Status.STABLE);
        assertThat(Api.Status.values()).hasSize(3);
    }
}
