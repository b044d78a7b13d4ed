package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.TimeIndex;

class TextParsingPropertyTest {
    private static double number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Decimals.parse(bytes, 0, bytes.length);
    }

    private static long time(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return TimeText.nanos(bytes, 0, bytes.length);
    }

    @Test
    void numbersEqualThoseOfTheJdkByBits() {
        Rng rng = Seeds.rng(3, 3);
        for (int i = 0; i < 100_000; i++) {
            double any = Double.longBitsToDouble(rng.nextLong());
            double price = rng.nextDouble() * StrictMath.pow(10, rng.nextInt(14) - 6);
            for (String text : List.of(
                    Double.toString(any),
                    Double.toString(price),
                    String.format(Locale.ROOT, "%.8f", price),
                    String.format(Locale.ROOT, "%.2f", price))) {
                if (Double.isFinite(Double.parseDouble(text))) {
                    assertThat(Double.doubleToLongBits(number(text)))
                            .as(text)
                            .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
                }
            }
        }
        for (String text :
                List.of("-0", "+5", ".5", "5.", "000.1", "123456789012345", "1234567890123456", "1e5", " 7 ")) {
            assertThat(Double.doubleToLongBits(number(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
        }
    }

    @Test
    void wordsForNothingAreMissingAndOtherTextIsBroken() {
        for (String text : List.of("", " ", "nan", "NaN", "null", "None", "-", "N/A")) {
            assertThat(number(text)).isNaN();
            assertThat(Decimals.isBroken(number(text))).as(text).isFalse();
        }
        for (String text : List.of("abc", "1,5", "1.2.3", "0x1p3", "1d", "--1", "1e", "é", ".", "+")) {
            assertThat(Decimals.isBroken(number(text))).as(text).isTrue();
        }
        assertThat(number("inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(number("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource({
        "1704067200,2024-01-01T00:00:00Z",
        "1704067200.5,2024-01-01T00:00:00.5Z",
        "1704067200000,2024-01-01T00:00:00Z",
        "1704067200000000,2024-01-01T00:00:00Z",
        "1704067200000000001,2024-01-01T00:00:00.000000001Z",
        "1.7040672E9,2024-01-01T00:00:00Z",
        "20240229,2024-02-29T00:00:00Z",
        "2024022923,2024-02-29T23:00:00Z",
        "202402292359,2024-02-29T23:59:00Z",
        "20240229235958,2024-02-29T23:59:58Z",
        "202401020000,2024-01-02T00:00:00Z",
        "2024-02-29,2024-02-29T00:00:00Z",
        "2024/02/29,2024-02-29T00:00:00Z",
        "2019-07-04 01:00,2019-07-04T01:00:00Z",
        "2019-10-17 09-AM,2019-10-17T09:00:00Z",
        "2019-10-17 12-AM,2019-10-17T00:00:00Z",
        "2019-10-17 12-PM,2019-10-17T12:00:00Z",
        "2019-10-17 11:30 pm,2019-10-17T23:30:00Z",
        "2024-01-01T00:00:00Z,2024-01-01T00:00:00Z",
        "2024-01-01T02:30:00+02:30,2024-01-01T00:00:00Z",
        "2023-12-31 19:00:00-0500,2024-01-01T00:00:00Z",
        "2024-01-01 00:00:00.123456 UTC,2024-01-01T00:00:00.123456Z",
        "1970-01-02,1970-01-02T00:00:00Z",
        "2100-03-01,2100-03-01T00:00:00Z"
    })
    void timesAreUnderstood(String text, Instant expected) {
        assertThat(TimeIndex.instant(time(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-5",
                "0",
                "2023-02-29",
                "2024-13-01",
                "2024-01-32",
                "2024-01-01 25:00",
                "2024-01-01 10:61",
                "2024-01-01 13-PM",
                "2024-01-01X10:00",
                "2024-01/01",
                "01/02/2024",
                "2024-01-01 10:00:00 CET",
                "2024-01-01 10:00:00.",
                "99999999999999999999",
                "2024-1-1",
                "2024010224",
                "2023022901",
                "202413010000",
                "202401010060",
                "20240101000060",
                "1e400",
                "2024-01-01T10:00:00+99:00"
            })
    void otherTextIsNoTime(String text) {
        assertThat(time(text)).isEqualTo(TimeText.NONE);
    }

    @Test
    void everyDayOfTwoCenturiesIsTheOneOfTheJdk() {
        for (long day = 1; day < 84_000; day += 13) {
            java.time.LocalDate date = java.time.LocalDate.ofEpochDay(day);
            assertThat(time(date.toString())).isEqualTo(day * 86_400_000_000_000L);
        }
    }
}
