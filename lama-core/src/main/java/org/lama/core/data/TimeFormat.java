package org.lama.core.data;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.TimeIndex;

/**
 * How the times of text files are written where they are none of the usual forms, such as {@code dd.MM.yyyy HH:mm}: nothing is
 * guessed, so that who has such a file says it. Letters are those of {@link DateTimeFormatter}, words English in any case. A date
 * that does not exist, and a local time that a zone has twice or not at all when clocks are changed, is no time. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TimeFormat {
    /** A moment each part of which tells itself apart from all others. */
    private static final Instant SAMPLE = Instant.parse("2024-11-23T13:45:37.123456789Z");

    private static final List<Long> UNITS =
            List.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L, 86_400_000_000_000L);

    private final String pattern;
    private final ZoneId zone;
    private final DateTimeFormatter formatter;

    private TimeFormat(String pattern, ZoneId zone) {
        this.pattern = pattern;
        this.zone = zone;
        this.formatter = formatter(pattern);
    }

    /**
     * A form of times.
     *
     * @param pattern as {@link DateTimeFormatter} has it: year, month and day, and the time of the day if there is one
     * @param zone whose clock the times are of, where they do not say it
     * @return the form
     * @throws IllegalArgumentException if the pattern is none, or does not tell a moment alone
     */
    public static TimeFormat of(String pattern, ZoneId zone) {
        TimeFormat format = new TimeFormat(Check.notBlank(pattern, "time format"), Check.notNull(zone, "zone"));
        long sample = TimeIndex.nanos(SAMPLE);
        TimeFormat utc = new TimeFormat(pattern, ZoneOffset.UTC);
        long told = utc.nanos(utc.formatter.format(SAMPLE.atZone(ZoneOffset.UTC)));
        boolean whole = UNITS.stream().anyMatch(unit -> told == sample - Math.floorMod(sample, unit));
        // a pattern with a time of the day that is lost, such as hh without a, reads as its day alone
        boolean timed = plain(pattern).chars().anyMatch(letter -> "HhKkmsSAnNa".indexOf(letter) >= 0);
        boolean day = told == sample - Math.floorMod(sample, 86_400_000_000_000L);
        Check.that(
                whole && !(timed && day),
                "a time format must tell year, month and day, and the hour by HH or by hh with a, such as"
                        + " 'dd.MM.yyyy HH:mm', got '" + pattern + "'");
        return format;
    }

    /** Strict, so that no 31st of February becomes a 29th; which wants the year as such, not as that of an era. */
    private static DateTimeFormatter formatter(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(years(pattern))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "time format '" + pattern + "' is no pattern such as 'dd.MM.yyyy HH:mm': " + wrong.getMessage(),
                    wrong);
        }
    }

    private static String years(String pattern) {
        StringBuilder years = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            quoted ^= letter == '\'';
            years.append(letter == 'y' && !quoted ? 'u' : letter);
        }
        return years.toString();
    }

    private static String plain(String pattern) {
        return pattern.replaceAll("'[^']*'", "");
    }

    /**
     * The zone of times that do not say theirs.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return zone;
    }

    /** As {@link TimeText#nanos}, or in a form alone where one is said. */
    static long nanos(Optional<TimeFormat> form, byte[] text, int from, int to) {
        return form.isPresent() ? form.get().nanos(text, from, to) : TimeText.nanos(text, from, to);
    }

    /** UTC epoch nanoseconds, or {@link TimeText#NONE}. */
    long nanos(byte[] text, int from, int to) {
        return nanos(new String(text, from, to - from, StandardCharsets.UTF_8).trim());
    }

    private long nanos(String text) {
        try {
            TemporalAccessor told =
                    formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
            return instant(told)
                    .filter(time -> TimeText.isInRange(time.getEpochSecond()))
                    .map(TimeIndex::nanos)
                    .orElse(TimeText.NONE);
        } catch (DateTimeException other) {
            return TimeText.NONE;
        }
    }

    private Optional<Instant> instant(TemporalAccessor told) {
        if (told instanceof ZonedDateTime zoned) {
            return Optional.of(zoned.toInstant());
        }
        LocalDateTime local = told instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.from(told);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.size() == 1 ? Optional.of(local.toInstant(offsets.get(0))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "'" + pattern + "' in " + zone;
    }
}
