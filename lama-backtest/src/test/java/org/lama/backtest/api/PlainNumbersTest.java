package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainNumbersTest {
    @Test
    void numbersAreWrittenInFullWithThousandsApart() {
        assertThat(PlainNumbers.of("1.25E9")).isEqualTo("1,250,000,000");
        assertThat(PlainNumbers.of("-1234567.125")).isEqualTo("-1,234,567.125");
        assertThat(PlainNumbers.of("5.0E-4")).isEqualTo("0.0005");
        assertThat(PlainNumbers.of("999")).isEqualTo("999");
        assertThat(PlainNumbers.of("1000.0")).isEqualTo("1,000");
        assertThat(PlainNumbers.of("0.0")).isEqualTo("0");
        assertThat(PlainNumbers.of("-0.0")).isEqualTo("0");
        assertThat(PlainNumbers.of("9007199254740993")).isEqualTo("9,007,199,254,740,993");
        assertThat(PlainNumbers.onPage("1000000.0")).isEqualTo("1\u202f000\u202f000");
        assertThat(PlainNumbers.onPage("{\"a\":1,\"b\":2}")).isEqualTo("{\"a\":1,\"b\":2}");
        assertThat(PlainNumbers.of(1e9)).isEqualTo("1,000,000,000");
    }

    @Test
    void tinyNumbersAndTextsStayAsTheyAre() {
        assertThat(PlainNumbers.of("1.0E-300")).isEqualTo("1.0E-300");
        assertThat(PlainNumbers.of("\"1.25E9\"")).isEqualTo("\"1.25E9\"");
        assertThat(PlainNumbers.of("2020-01-01")).isEqualTo("2020-01-01");
        assertThat(PlainNumbers.of("")).isEmpty();
        assertThat(PlainNumbers.of("null")).isEqualTo("null");
    }
}
