package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final long NOW = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | '' | 7",
                "0 | '' | 0",
                "999999999999 | '' | 31536000",
                "Mon, 01 Jan 2024 00:00:30 GMT | '' | 30",
                "Mon, 01 Jan 2024 00:00:30 GMT | Mon, 01 Jan 2024 00:00:20 GMT | 10",
                "Sun, 31 Dec 2023 23:00:00 GMT | '' | 0",
                "Fri, 31 Dec 9999 23:00:00 GMT | '' | 31536000",
                "soon | '' | ",
                "-5 | '' | ",
                "1.5 | '' | ",
                "'' | '' | "
            })
    void bothFormsAreUnderstood(String text, String date, Long seconds) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Retry-After", List.of(text));
        if (!date.isEmpty()) {
            headers.put("Date", List.of(date));
        }
        OptionalLong wait = RetryAfter.waitNanos(HttpReply.of(429, headers, new byte[0]), NOW);
        assertThat(wait).isEqualTo(seconds == null ? OptionalLong.empty() : OptionalLong.of(seconds * 1_000_000_000L));
    }
}
