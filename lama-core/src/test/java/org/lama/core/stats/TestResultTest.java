package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.stats.TestResult.CriticalValue;

class TestResultTest {
    private static final TestResult RESULT =
            new TestResult("some test", "nothing", -3.2, 0.02, 4, 95, List.of(new CriticalValue(0.05, -2.9)), "");

    @Test
    void itPrintsAsOneRow() {
        String text = RESULT.asText();
        assertThat(text.lines()).hasSize(2);
        assertThat(text).contains("some test", "-3.2", "critical 5.00 %", "-2.9", "nothing");
    }

    @Test
    void itAnswersBySizeAndLevel() {
        assertThat(RESULT.rejects(0.05)).isTrue();
        assertThat(RESULT.rejects(0.01)).isFalse();
        assertThat(RESULT.isDefined()).isTrue();
        assertThat(RESULT.criticalValue(0.05)).isEqualTo(-2.9);
        assertThat(RESULT.criticalValue(0.01)).isNaN();
        TestResult undefined = TestResult.undefined("some test", "nothing", 0, 3, "too short");
        assertThat(undefined.isDefined()).isFalse();
        assertThat(undefined.rejects(0.99)).isFalse();
        assertThat(undefined.asText()).contains("NaN", "too short");
    }

    @Test
    void impossiblePartsAreRefused() {
        assertThatThrownBy(() -> new TestResult("t", "n", 1, 1.5, 0, 1, List.of(), ""))
                .hasMessage("pValue must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> new TestResult(" ", "n", 1, 0.5, 0, 1, List.of(), ""))
                .hasMessage("test must not be blank");
        assertThatThrownBy(() -> new CriticalValue(1, 2)).hasMessage("level must be in (0, 1), got 1.0");
    }

    @Test
    void mackinnonIsCertainOutsideOfItsRange() {
        assertThat(MacKinnon.pValue(3, Trend.CONSTANT)).isEqualTo(1);
        assertThat(MacKinnon.pValue(-30, Trend.CONSTANT)).isEqualTo(0);
        assertThat(MacKinnon.pValue(Double.NaN, Trend.CONSTANT)).isNaN();
        // The published 5 % critical value at infinite size.
        assertThat(MacKinnon.pValue(-2.86154, Trend.CONSTANT)).isBetween(0.0495, 0.0505);
    }
}
