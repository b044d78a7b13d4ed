package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.series.TimeIndex;

class TicksTest {
    private static List<String> labels(List<Ticks.Tick> ticks) {
        return ticks.stream().map(Ticks.Tick::label).toList();
    }

    private static List<String> time(String from, String to, int most) {
        return labels(Ticks.time(TimeIndex.nanos(Instant.parse(from)), TimeIndex.nanos(Instant.parse(to)), most));
    }

    @Test
    void drawdownAxisEndsAtZeroWithoutASign() {
        assertThat(labels(Ticks.linear(-0.16, 0, 4, Ticks.Unit.PERCENT))).containsExactly("−15%", "−10%", "−5%", "0%");
        assertThat(labels(Ticks.linear(-0.0149, -0.0, 3, Ticks.Unit.PERCENT)))
                .containsExactly("−1.0%", "−0.5%", "0.0%");
    }

    @Test
    void ticksOfOneAxisShareTheirDecimals() {
        assertThat(labels(Ticks.linear(0, 1, 5, Ticks.Unit.NUMBER)))
                .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(Ticks.linear(0, 0.1, 2, Ticks.Unit.NUMBER))).containsExactly("0.00", "0.05", "0.10");
        assertThat(labels(Ticks.linear(-2.2, 6.1, 5, Ticks.Unit.NUMBER))).containsExactly("−2", "0", "2", "4", "6");
    }

    @Test
    void largeNumbersAreShort() {
        assertThat(labels(Ticks.linear(38_000, 46_500, 5, Ticks.Unit.COMPACT)))
                .containsExactly("38k", "40k", "42k", "44k", "46k");
        assertThat(labels(Ticks.linear(0, 3e9, 3, Ticks.Unit.NUMBER))).last().isEqualTo("3e9".replace("3e9", "3.00e9"));
    }

    @Test
    void degenerateRangesHaveOneTick() {
        assertThat(Ticks.linear(5, 5, 4, Ticks.Unit.NUMBER)).hasSize(1);
        assertThat(labels(Ticks.linear(0.1, 0.1, 4, Ticks.Unit.PERCENT))).containsExactly("10%");
        assertThat(labels(Ticks.linear(5e4, 5e4, 4, Ticks.Unit.COMPACT))).containsExactly("50k");
        assertThat(Ticks.linear(1e300, 1e300, 4, Ticks.Unit.NUMBER)).hasSize(1);
        assertThat(Ticks.linear(Double.NaN, 1, 4, Ticks.Unit.NUMBER)).hasSize(1);
    }

    @Test
    void tinyStepsFallBackToSignificantDigits() {
        assertThat(labels(Ticks.linear(0, 3e-9, 3, Ticks.Unit.NUMBER)))
                .containsExactly("0", "1.00e−9", "2.00e−9", "3.00e−9");
    }

    @Test
    void logAxisReadsOneTwoFive() {
        assertThat(labels(Ticks.logarithmic(0.17, 14, 8))).containsExactly("0.20", "0.50", "1.0", "2.0", "5.0", "10");
    }

    @Test
    void wideLogAxisShowsDecadesOnly() {
        assertThat(labels(Ticks.logarithmic(0.5, 2e5, 7))).containsExactly("1.0", "10", "100", "1\u202f000", "10k", "100k");
        assertThat(Ticks.logarithmic(1e-20, 1e20, 6)).hasSizeLessThanOrEqualTo(9);
        assertThat(labels(Ticks.logarithmic(1e-7, 1e-5, 3))).contains("1e−6");
    }

    @Test
    void narrowLogAxisFallsBackToEvenSteps() {
        assertThat(labels(Ticks.logarithmic(0.93, 1.27, 4))).containsExactly("1.0", "1.1", "1.2");
    }

    @Test
    void timeAxisChoosesYearsMonthsDaysOrHours() {
        assertThat(time("2015-01-01T00:00:00Z", "2024-12-28T00:00:00Z", 14))
                .containsExactly("2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023", "2024");
        assertThat(time("2015-01-01T00:00:00Z", "2024-12-28T00:00:00Z", 5))
                .containsExactly("2016", "2018", "2020", "2022", "2024");
        assertThat(time("2020-11-15T00:00:00Z", "2021-04-02T00:00:00Z", 7))
                .containsExactly("Dec 2020", "2021", "Feb", "Mar", "Apr");
        assertThat(time("2021-03-01T00:00:00Z", "2021-03-05T00:00:00Z", 6))
                .containsExactly("1 Mar", "2 Mar", "3 Mar", "4 Mar", "5 Mar");
        assertThat(time("2021-03-01T20:00:00Z", "2021-03-02T09:00:00Z", 5))
                .containsExactly("21:00", "2 Mar", "03:00", "06:00", "09:00");
    }

    @Test
    void timeBeforeTheEpochIsReadableToo() {
        assertThat(time("1960-01-01T00:00:00Z", "1964-06-01T00:00:00Z", 6))
                .containsExactly("1960", "1961", "1962", "1963", "1964");
    }
}
