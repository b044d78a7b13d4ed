package org.lama.core.store;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The time that one partition holds, and its folder's name: {@code date=2024-01-31}, {@code month=2024-01},
 * {@code year=2024}. Immutable.
 *
 * @param name name of the folder
 * @param fromNanos first time, inclusive; the least possible time where the calendar goes on beyond it
 * @param toNanos end, exclusive; the greatest possible time where the calendar goes on beyond it
 */
record PartitionSpan(String name, long fromNanos, long toNanos) {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final String DAY = "date=";
    private static final String MONTH = "month=";
    private static final String YEAR = "year=";

    /** The partition that holds a time. */
    static PartitionSpan of(RecordKind.Partition length, long nanos) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(nanos, DAY_NANOS));
        return switch (length) {
            case DAY -> span(DAY + day, day, day.plusDays(1));
            case MONTH ->
                span(
                        MONTH + YearMonth.from(day),
                        day.withDayOfMonth(1),
                        day.withDayOfMonth(1).plusMonths(1));
            case YEAR ->
                span(
                        YEAR + day.getYear(),
                        day.withDayOfYear(1),
                        day.withDayOfYear(1).plusYears(1));
        };
    }

    /** The partition of a folder, if it is one of such length; other spellings of the same time are none. */
    static Optional<PartitionSpan> parse(RecordKind.Partition length, String name) {
        try {
            LocalDate first = switch (length) {
                case DAY -> LocalDate.parse(after(DAY, name));
                case MONTH -> LocalDate.parse(after(MONTH, name) + "-01");
                case YEAR -> LocalDate.parse(after(YEAR, name) + "-01-01");
            };
            // the end of the partition always lies within the times there are, its beginning may not
            LocalDate last = switch (length) {
                case DAY -> first;
                case MONTH -> first.plusMonths(1).minusDays(1);
                case YEAR -> first.plusYears(1).minusDays(1);
            };
            PartitionSpan span = of(length, nanos(first.toEpochDay() > 0 ? first : last));
            return span.name.equals(name) ? Optional.of(span) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String after(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    }

    private static PartitionSpan span(String name, LocalDate from, LocalDate to) {
        return new PartitionSpan(name, nanos(from), nanos(to));
    }

    private static long nanos(LocalDate day) {
        long days = day.toEpochDay();
        boolean fits = Math.multiplyHigh(days, DAY_NANOS) == ((days * DAY_NANOS) >> 63);
        return fits ? days * DAY_NANOS : days < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Whether it can hold a time of a range. */
    boolean touches(long from, long to) {
        return fromNanos < to && from < toNanos;
    }
}
