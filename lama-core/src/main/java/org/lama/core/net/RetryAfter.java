package org.lama.core.net;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** Reads Retry-After in both of its forms. Stateless. */
final class RetryAfter {
    private static final long MOST_SECONDS = 365L * 24 * 3600;

    private RetryAfter() {}

    /**
     * How long to wait, nanoseconds, not negative; empty if the header is not there or says nothing. A date is held against
     * the reply's own Date where there is one, so that a wrong clock of this machine does no harm.
     */
    static OptionalLong waitNanos(HttpReply reply, long nowNanos) {
        String text = reply.header("Retry-After").orElse("").strip();
        if (text.matches("\\d{1,12}")) {
            return OptionalLong.of(Math.min(Long.parseLong(text), MOST_SECONDS) * 1_000_000_000L);
        }
        OptionalLong date = seconds(text);
        if (date.isEmpty()) {
            return OptionalLong.empty();
        }
        long now = seconds(reply.header("Date").orElse("")).orElse(Math.floorDiv(nowNanos, 1_000_000_000L));
        long wait = Math.max(0, Math.min(date.getAsLong() - now, MOST_SECONDS));
        return OptionalLong.of(wait * 1_000_000_000L);
    }

    private static OptionalLong seconds(String text) {
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return OptionalLong.of(at.getEpochSecond());
        } catch (DateTimeParseException e) {
            return OptionalLong.empty();
        }
    }
}
