package org.lama.core.data;

/**
 * Times as files write them, in UTC: epoch seconds, milliseconds, microseconds or nanoseconds told apart by size,
 * {@code 20190704} with an hour, minutes and seconds or without, and {@code 2019-07-04[T ]01[:02[:03[.5]]]} with {@code AM}/{@code PM}, {@code Z}, {@code UTC} or an
 * offset. Stateless.
 */
final class TimeText {
    /** Says that a text is no time. */
    static final long NONE = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_DATE = 19_900_101;
    private static final long LAST_DATE = 21_001_231;
    private static final long DAY_SECONDS = 86_400;
    private static final long MIN_SECONDS = 0;
    private static final long MAX_SECONDS = 7_258_118_400L;

    private final byte[] text;
    private final int end;
    private int at;

    private TimeText(byte[] text, int from, int to) {
        this.text = text;
        this.at = from;
        this.end = to;
    }

    /** UTC epoch nanoseconds, or {@link #NONE}. */
    static long nanos(byte[] text, int from, int to) {
        int first = from;
        int last = to;
        while (first < last && Decimals.isBlank(text[first])) {
            first++;
        }
        while (last > first && Decimals.isBlank(text[last - 1])) {
            last--;
        }
        return isNumber(text, first, last) ? numeric(text, first, last) : new TimeText(text, first, last).calendar();
    }

    /** Whether the text is a plain number, so an epoch time and not a calendar date. */
    static boolean isNumber(byte[] text, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            int c = text[i];
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c != '.' && c != 'e' && c != 'E' && c != '+') {
                return false;
            }
        }
        return digits > 0;
    }

    private static long numeric(byte[] text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int c = text[i] - '0';
            if (c < 0 || c > 9) {
                return fromDouble(Decimals.parse(text, from, to));
            }
            if (value > (Long.MAX_VALUE - 9) / 10) {
                return NONE;
            }
            value = value * 10 + c;
        }
        return fromLong(value);
    }

    /** An epoch time in a unit told by its size. */
    static long fromLong(long value) {
        if (value >= FIRST_DATE && value <= LAST_DATE) {
            return compact(value, 0);
        }
        // read as epochs these are 1976, the years from 2033 to 2036, and 2600: no date among them is no time either
        for (long unit = 100; unit <= 1_000_000; unit *= 100) {
            long day = value / unit;
            if (day >= FIRST_DATE && day <= LAST_DATE) {
                long hour = value % unit / (unit / 100);
                long minute = unit >= 10_000 ? value % (unit / 100) / (unit / 10_000) : 0;
                long second = unit >= 1_000_000 ? value % 100 : 0;
                boolean clock = hour < 24 && minute < 60 && second < 60;
                return clock ? compact(day, hour * 3_600 + minute * 60 + second) : NONE;
            }
        }
        long perSecond = perSecond(value);
        return inRange(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (SECOND / perSecond));
    }

    /** An epoch time with a fraction; kept to the microsecond, which is all a double of seconds holds. */
    static long fromDouble(double value) {
        if (!(value >= 0 && value < 9e18)) {
            return NONE;
        }
        if (value == Math.rint(value)) {
            return fromLong((long) value);
        }
        long perSecond = perSecond((long) value);
        long micros = Math.round(value / perSecond * 1e6);
        return inRange(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static long compact(long day, long secondsOfDay) {
        return date((int) (day / 10_000), (int) (day / 100 % 100), (int) (day % 100), secondsOfDay);
    }

    private static long perSecond(long value) {
        if (value < 100_000_000_000L) {
            return 1;
        }
        if (value < 100_000_000_000_000L) {
            return 1_000;
        }
        return value < 100_000_000_000_000_000L ? 1_000_000 : SECOND;
    }

    /** Whether a time lies after 1970 began and before 2200. */
    static boolean isInRange(long seconds) {
        return seconds > MIN_SECONDS && seconds < MAX_SECONDS;
    }

    private static long inRange(long seconds, long nanos) {
        return isInRange(seconds) ? seconds * SECOND + nanos : NONE;
    }

    private static long date(int year, int month, int day, long secondsOfDay) {
        if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) {
            return NONE;
        }
        return inRange(epochDay(year, month, day) * DAY_SECONDS + secondsOfDay, 0);
    }

    private static int monthLength(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days since 1970-01-01 in the Gregorian calendar, by counting years from March. */
    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        int m = month <= 2 ? month + 9 : month - 3;
        return 365 * y + y / 4 - y / 100 + y / 400 + (153L * m + 2) / 5 + day - 1 - 719_468;
    }

    private long calendar() {
        int year = digits(4);
        int separator = next();
        int month = digits(2);
        int again = next();
        int day = digits(2);
        if (year < 0 || month < 0 || day < 0 || separator != again || (separator != '-' && separator != '/')) {
            return NONE;
        }
        if (at == end) {
            return date(year, month, day, 0);
        }
        int between = next();
        return between == 'T' || between == ' ' ? clock(year, month, day) : NONE;
    }

    private long clock(int year, int month, int day) {
        int[] parts = {digits(2), 0, 0};
        for (int i = 1; i < 3 && at < end && text[at] == ':'; i++) {
            at++;
            parts[i] = digits(2);
        }
        long fraction = fraction();
        int hour = halfDay(parts[0]);
        long offset = offset();
        if (hour < 0 || hour > 23 || parts[1] < 0 || parts[1] > 59 || parts[2] < 0 || parts[2] > 59) {
            return NONE;
        }
        long midnight = date(year, month, day, 0);
        if (midnight == NONE || fraction < 0 || offset == NONE || at != end) {
            return NONE;
        }
        long seconds = hour * 3_600L + parts[1] * 60L + parts[2] - offset;
        return midnight + seconds * SECOND + fraction;
    }

    private long fraction() {
        if (at >= end || text[at] != '.') {
            return 0;
        }
        at++;
        long nanos = 0;
        long unit = SECOND / 10;
        int start = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            nanos += (text[at] - '0') * unit;
            unit /= 10;
            at++;
        }
        return at == start ? -1 : nanos;
    }

    /** The hour of the day from an hour with or without AM or PM. */
    private int halfDay(int hour) {
        int from = at < end && (text[at] == '-' || text[at] == ' ') ? at + 1 : at;
        if (end - from < 2 || (text[from + 1] | 0x20) != 'm') {
            return hour;
        }
        int half = text[from] | 0x20;
        if ((half != 'a' && half != 'p') || hour < 1 || hour > 12) {
            return -1;
        }
        at = from + 2;
        return hour % 12 + (half == 'p' ? 12 : 0);
    }

    /** Seconds east of UTC, or NONE if the rest is no zone. */
    private long offset() {
        int from = at < end && text[at] == ' ' ? at + 1 : at;
        int length = end - from;
        if ((length == 1 && text[from] == 'Z') || (length == 3 && isUtc(from))) {
            at = end;
            return 0;
        }
        if (length == 0) {
            return 0;
        }
        int sign = text[from] == '+' ? 1 : text[from] == '-' ? -1 : 0;
        at = from + 1;
        int hours = digits(2);
        if (at < end && text[at] == ':') {
            at++;
        }
        int minutes = at < end ? digits(2) : 0;
        return sign == 0 || hours < 0 || hours > 18 || minutes < 0 || minutes > 59
                ? NONE
                : sign * (hours * 3_600L + minutes * 60L);
    }

    private boolean isUtc(int from) {
        String zone = new String(text, from, 3, java.nio.charset.StandardCharsets.US_ASCII);
        return zone.equals("UTC") || zone.equals("GMT");
    }

    private int next() {
        return at < end ? text[at++] : -1;
    }

    private int digits(int count) {
        if (end - at < count) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = text[at + i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        at += count;
        return value;
    }
}
