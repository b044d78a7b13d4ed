package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.honesty.CheckReport;

class CheckPageTest {
    private static CheckReport report(int warnings) {
        List<CheckReport.Line> lines =
                new ArrayList<>(List.of(new CheckReport.Line("POISON", CheckReport.Outcome.PASSED, 3, "nothing")));
        for (int i = 0; i < warnings; i++) {
            lines.add(new CheckReport.Line("DELAY" + i, CheckReport.Outcome.WARNING, 1, "loses half"));
        }
        return new CheckReport("x", lines, List.of(), 100);
    }

    private static String page(CheckReport report) {
        return CheckPage.of(report, Map.of(), false).html();
    }

    @Test
    void warningsStandInTheHeadlineAndAreNotGreen() {
        assertThat(page(report(0))).contains("NOTHING FOUND").contains("none differed. This is no proof");
        assertThat(page(report(1))).contains("NO CHEAT FOUND, 1 WARNING<").contains("1 check warns: read on.");
        assertThat(page(report(2)))
                .contains("NO CHEAT FOUND, 2 WARNINGS")
                .contains("2 checks warn: read on.")
                .doesNotContain("NOTHING FOUND");
        assertThat(page(report(2)).replace("NO CHEAT FOUND, 2 WARNINGS", ""))
                .as("another mood, too")
                .doesNotContain("verdict good");
        assertThat(report(2).passed()).isTrue();
        assertThat(report(2).warnings()).isEqualTo(2);
    }
}
