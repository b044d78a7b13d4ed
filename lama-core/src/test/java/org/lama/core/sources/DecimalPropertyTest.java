package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class DecimalPropertyTest {
    @Test
    void everyNumberIsTheDoubleNearestToItsText() {
        Rng rng = Seeds.rng(31, 0);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(rng.nextInt(4) == 0 ? "-" : "");
            int whole = 1 + rng.nextInt(20);
            for (int d = 0; d < whole; d++) {
                text.append((char) ('0' + rng.nextInt(10)));
            }
            if (rng.nextInt(3) > 0) {
                text.append('.');
                int fraction = 1 + rng.nextInt(20);
                for (int d = 0; d < fraction; d++) {
                    text.append((char) ('0' + rng.nextInt(10)));
                }
            }
            if (rng.nextInt(5) == 0) {
                text.append(rng.nextInt(2) == 0 ? "e-" : "E").append(rng.nextInt(300));
            }
            assertThat(Decimal.isNumber(text.toString())).as(text.toString()).isTrue();
            assertThat(Double.doubleToLongBits(Math.abs(Decimal.parse(text.toString()))))
                    .as(text.toString())
                    .isEqualTo(Double.doubleToLongBits(Math.abs(new BigDecimal(text.toString()).doubleValue())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x1p3",
                "1d",
                "1f",
                " 1",
                "1 ",
                "1,5",
                "1e",
                "e5",
                ".",
                "-",
                "--1",
                "1.2.3",
                "Infinity",
                "1e99999",
                "١"
            })
    void whatOnlyJavaReadsIsNoNumber(String text) {
        assertThat(Decimal.isNumber(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "+1", "1.", ".5", "1e5", "1E-5", "007"})
    void plainFormsAreNumbers(String text) {
        assertThat(Decimal.isNumber(text)).isTrue();
        assertThat(Decimal.isNothing(text)).isFalse();
        assertThat(Decimal.parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "null"})
    void wordsForNothingAreNaN(String text) {
        assertThat(Decimal.isNothing(text)).isTrue();
        assertThat(Decimal.parse(text)).isNaN();
    }
}
