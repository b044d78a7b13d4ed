package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void zeroNeverHasASign() {
        assertThat(Numbers.fixed(-0.0, 0)).isEqualTo("0");
        assertThat(Numbers.fixed(-0.004, 2)).isEqualTo("0.00");
        assertThat(Numbers.percent(-0.0004, 1)).isEqualTo("0.0%");
        assertThat(Numbers.pixel(-0.01)).isEqualTo("0").doesNotStartWith("-");
        assertThat(Numbers.fixed(-0.2, 0)).isEqualTo("0");
    }

    @Test
    void missingAndInfiniteNumbersAreSigns() {
        assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("–");
        assertThat(Numbers.percent(Double.NaN, 1)).isEqualTo("–");
        assertThat(Numbers.fixed(Double.POSITIVE_INFINITY, 2)).isEqualTo("∞");
        assertThat(Numbers.fixed(Double.NEGATIVE_INFINITY, 2)).isEqualTo("−∞");
        assertThat(Numbers.significant(Double.NaN, 3)).isEqualTo("–");
        assertThat(Numbers.fixed(Double.NaN, 0)).isEqualTo("–");
    }

    @Test
    void significantDigitsCutTrailingZeros() {
        assertThat(Numbers.significant(0.5, 3)).isEqualTo("0.5");
        assertThat(Numbers.significant(1234.5678, 4)).isEqualTo("1\u202f235");
        assertThat(Numbers.significant(-0.00123456, 3)).isEqualTo("−0.00123");
        assertThat(Numbers.significant(1e-300, 3)).isEqualTo("1.00e−300");
        assertThat(Numbers.significant(2.5e300, 2)).isEqualTo("2.5e300");
        assertThat(Numbers.significant(100, 4)).isEqualTo("100");
        assertThat(Numbers.significant(0, 4)).isEqualTo("0");
    }

    @Test
    void thousandsStandApart() {
        assertThat(Numbers.fixed(1234567.89, 1)).isEqualTo("1\u202f234\u202f567.9");
        assertThat(Numbers.fixed(-123456, 0)).isEqualTo("−123\u202f456");
        assertThat(Numbers.fixed(999, 0)).isEqualTo("999");
        assertThat(Numbers.percent(12.345, 1)).isEqualTo("1\u202f234.5%");
        assertThat(Numbers.percent(-1234.5, 0)).isEqualTo("−123\u202f450%");
        assertThat(ReportTable.text(1.25e9, ReportTable.Format.PLAIN)).isEqualTo("1\u202f250\u202f000\u202f000");
        assertThat(ReportTable.text(12_345.678, ReportTable.Format.PLAIN)).isEqualTo("12\u202f346");
    }

    @Test
    void compactNumbersCarryTheirUnit() {
        assertThat(Numbers.compact(950)).isEqualTo("950");
        assertThat(Numbers.compact(42_500)).isEqualTo("42.5k");
        assertThat(Numbers.compact(-3.4e6)).isEqualTo("−3.4M");
        assertThat(Numbers.compact(5e9)).isEqualTo("5B");
        assertThat(Numbers.compact(5e13)).isEqualTo("5.00e13");
    }

    @Test
    void pixelsHaveAtMostOneDecimal() {
        assertThat(Numbers.pixel(12.34)).isEqualTo("12.3");
        assertThat(Numbers.pixel(-0.26)).isEqualTo("-0.3");
        assertThat(Numbers.pixel(7)).isEqualTo("7");
    }

    @Test
    void commonDecimalsFollowTheLargestValue() {
        assertThat(Numbers.decimalsFor(0.82, -0.6)).isEqualTo(3);
        assertThat(Numbers.decimalsFor(1.82, -0.6)).isEqualTo(2);
        assertThat(Numbers.decimalsFor(182, 6)).isZero();
        assertThat(Numbers.decimalsFor(Double.NaN, 0)).isZero();
        assertThat(Numbers.decimalsFor(1e-9)).isEqualTo(4);
    }
}
