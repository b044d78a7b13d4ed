package org.lama.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Issue.Reason;
import org.lama.core.series.QualityReport.Finding;

class QualityReportTest {
    private static QualityReport report(Finding... findings) {
        return new QualityReport("ABC", "abc.csv", 10, 12, 10, 2, 1, 60, List.of(findings));
    }

    @Test
    void findingsAreCountedByRule() {
        QualityReport report = report(
                new Finding(Reason.SPIKE, 2, "row 1", "row 5"), new Finding(Reason.MISSING_BARS, 2, "row 7", "row 7"));
        assertThat(report.count(Reason.SPIKE)).isEqualTo(2);
        assertThat(report.count(Reason.CUT_LINE)).isZero();
        assertThat(report.hasErrors()).isTrue();
        assertThat(report.asText()).contains("ERROR", "WARNING", "MISSING_BARS", "row 5");
    }

    @Test
    void warningsAloneAreNoErrors() {
        assertThat(report(new Finding(Reason.ZERO_VOLUME, 1, "row 1", "row 1")).hasErrors())
                .isFalse();
        assertThat(report().hasErrors()).isFalse();
        assertThat(report().columns()).hasSize(5);
        assertThatThrownBy(() -> new QualityReport("", "s", 0, 0, 0, 0, 0, 0, List.of()))
                .hasMessage("symbol must not be blank");
    }
}
