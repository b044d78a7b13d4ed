package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonLineTest {
    @Test
    void textsNumbersNullAndObjectsAreRead() {
        Map<String, Object> read = JsonLine.parse(
                "{ \"a\" : \"x\\n\\\"\\u00e4\\/\\t\\r\\b\\f\" , \"b\":-1.5e-3,\"c\":{\"d\":null},\"e\":{}}");
        assertThat(read)
                .containsEntry("a", "x\n\"ä/\t\r\b\f")
                .containsEntry("b", -0.0015)
                .containsEntry("c", Map.of("d", Double.NaN))
                .containsEntry("e", Map.of());
    }

    @Test
    void writtenTextReadsBack() {
        String odd = "quote \" back \\ bell \u0007 line \n umlaut ä pair \uD83D\uDE00 lone \uD83D";
        StringBuilder out = new StringBuilder("{\"k\":");
        JsonLine.appendText(out, odd);
        assertThat(JsonLine.parse(out.append('}').toString())).containsEntry("k", odd);
    }

    @Test
    void writtenNumbersReadBackToTheSameBits() {
        for (double value : new double[] {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-300, Double.NaN}) {
            StringBuilder out = new StringBuilder("{\"k\":");
            JsonLine.appendNumber(out, value);
            assertThat(JsonLine.parse(out.append('}').toString())).containsEntry("k", value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1e999}",
                "{\"a\":NaN}",
                "{\"a\":true}",
                "{\"a\":[1]}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
                "[]"
            })
    void anythingElseIsRefusedWithItsColumn(String text) {
        assertThatThrownBy(() -> JsonLine.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("column \\d+: expected .*, got .*");
    }
}
