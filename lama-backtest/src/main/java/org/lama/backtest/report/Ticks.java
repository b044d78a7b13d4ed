package org.lama.backtest.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.series.TimeIndex;

/**
 * Places and labels of ticks on an axis: steps of 1, 2 and 5 times a power of ten, decades on a log axis, whole years,
 * months, days or hours on a time axis. All ticks of one axis carry the same decimals, and zero never has a sign.
 */
final class Ticks {
    /** How the numbers of an axis read. */
    enum Unit {
        NUMBER,
        PERCENT,
        COMPACT
    }

    /** One tick: a place on the axis and its label. */
    record Tick(double at, String label) {}

    private static final double NANOS_PER_HOUR = 3.6e12;

    private Ticks() {}

    /** The smallest step of 1, 2 or 5 times a power of ten that cuts the span into at most the given pieces. */
    static double step(double span, int pieces) {
        double raw = span / Math.max(1, pieces);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double mantissa : new double[] {1, 2, 5}) {
            if (mantissa * power >= raw * (1 - 1e-12)) {
                return mantissa * power;
            }
        }
        return 10 * power;
    }

    /** Round values inside the closed interval; a degenerate interval has one tick. */
    static List<Tick> linear(double low, double high, int pieces, Unit unit) {
        if (!(high > low) || !(high - low > Math.ulp(Math.max(Math.abs(low), Math.abs(high))) * 16)) {
            return List.of(new Tick(low, plain(low, 3, unit)));
        }
        double step = step(high - low, pieces);
        List<Tick> ticks = new ArrayList<>();
        double first = Math.ceil(low / step - 1e-9);
        double last = Math.floor(high / step + 1e-9);
        for (double k = first; k <= last; k++) {
            ticks.add(new Tick(k * step, label(k * step, step, unit)));
        }
        boolean bare = ticks.isEmpty() || (ticks.size() == 1 && pieces >= 4);
        return bare ? linear(low, high, (int) Math.ceil((high - low) / step * 2) + pieces, unit) : ticks;
    }

    private static String label(double value, double step, Unit unit) {
        if (unit == Unit.COMPACT && Math.abs(value) >= 1e4) {
            return Numbers.compact(value);
        }
        double shown = unit == Unit.PERCENT ? step * 100 : step;
        if (shown < 1e-6 || Math.abs(value) >= 1e9) {
            int digits = value == 0 ? 3 : (int) Math.ceil(Math.log10(Math.abs(value) / step)) + 1;
            return plain(value, Math.max(3, Math.min(16, digits)), unit);
        }
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(shown) + 1e-9));
        return unit == Unit.PERCENT ? Numbers.percent(value, decimals) : Numbers.fixed(value, decimals);
    }

    private static String plain(double value, int digits, Unit unit) {
        return unit == Unit.PERCENT
                ? Numbers.significant(value * 100, digits) + "%"
                : unit == Unit.COMPACT ? Numbers.compact(value) : Numbers.significant(value, digits);
    }

    /** Values 1, 2, 5 per decade, thinned to decades when there are many; linear ticks when the span is small. */
    static List<Tick> logarithmic(double low, double high, int pieces) {
        if (!(low > 0 && high > low && high < Double.POSITIVE_INFINITY)) {
            return List.of();
        }
        int from = (int) Math.floor(Math.log10(low));
        int to = (int) Math.ceil(Math.log10(high));
        for (int[] mantissas : new int[][] {{1, 2, 5}, {1, 3}, {1}}) {
            List<Tick> ticks = decades(low, high, new Decades(from, to, 1, mantissas));
            if (ticks.size() < 3 && mantissas.length == 3) {
                return linear(low, high, pieces, Unit.NUMBER);
            }
            if (ticks.size() <= pieces + 1) {
                return ticks;
            }
        }
        int every = Math.max(1, (to - from) / Math.max(1, pieces) + 1);
        return decades(low, high, new Decades(from, to, every, new int[] {1}));
    }

    @SuppressWarnings("ArrayRecordComponent") // a private argument that is never compared
    private record Decades(int from, int to, int every, int[] mantissas) {}

    private static List<Tick> decades(double low, double high, Decades choice) {
        List<Tick> ticks = new ArrayList<>();
        for (int decade = choice.from; decade <= choice.to; decade++) {
            for (int mantissa : choice.mantissas) {
                double value = mantissa * Math.pow(10, decade);
                boolean inside = value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
                if (inside && Math.floorMod(decade, choice.every) == 0) {
                    ticks.add(new Tick(value, logLabel(value, decade)));
                }
            }
        }
        return ticks;
    }

    private static String logLabel(double value, int decade) {
        if (decade >= 1) {
            return Numbers.compact(value);
        }
        return decade < -4 ? Numbers.significant(value, 1) : Numbers.fixed(value, 1 - decade);
    }

    /** Whole years, months, days or hours in UTC, at most the given number of ticks; times are epoch nanoseconds. */
    static List<Tick> time(long fromNanos, long toNanos, int most) {
        for (ChronoUnit unit : List.of(ChronoUnit.HOURS, ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS)) {
            for (int every : everies(unit)) {
                if ((double) (toNanos - fromNanos) / NANOS_PER_HOUR / hours(unit) / every > most) {
                    continue;
                }
                List<Tick> ticks = calendar(fromNanos, toNanos, unit, every);
                if (ticks.size() <= most) {
                    return ticks;
                }
            }
        }
        return List.of();
    }

    private static int[] everies(ChronoUnit unit) {
        return switch (unit) {
            case HOURS -> new int[] {1, 3, 6, 12};
            case DAYS -> new int[] {1, 2, 5, 10};
            case MONTHS -> new int[] {1, 2, 3, 6};
            default -> new int[] {1, 2, 5, 10, 20, 50, 100};
        };
    }

    private static double hours(ChronoUnit unit) {
        return switch (unit) {
            case HOURS -> 1;
            case DAYS -> 24;
            case MONTHS -> 24 * 31;
            default -> 24 * 366;
        };
    }

    private static List<Tick> calendar(long fromNanos, long toNanos, ChronoUnit unit, int every) {
        List<Tick> ticks = new ArrayList<>();
        LocalDateTime from = dateTime(fromNanos);
        LocalDateTime at = floor(from, unit);
        int lastYear = -1;
        while (nanos(at) <= toNanos) {
            if (nanos(at) >= fromNanos && onGrid(at, unit, every)) {
                ticks.add(new Tick(nanos(at), timeLabel(at, unit, at.getYear() != lastYear)));
                lastYear = at.getYear();
            }
            at = at.plus(1, unit);
        }
        return ticks;
    }

    private static LocalDateTime floor(LocalDateTime time, ChronoUnit unit) {
        return switch (unit) {
            case HOURS -> time.truncatedTo(ChronoUnit.HOURS);
            case DAYS -> time.truncatedTo(ChronoUnit.DAYS);
            case MONTHS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            default -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        };
    }

    private static boolean onGrid(LocalDateTime at, ChronoUnit unit, int every) {
        return switch (unit) {
            case HOURS -> at.getHour() % every == 0;
            case DAYS -> (at.getDayOfMonth() - 1) % every == 0 && (every == 1 || at.getDayOfMonth() <= 31 - every / 2);
            case MONTHS -> (at.getMonthValue() - 1) % every == 0;
            default -> Math.floorMod(at.getYear(), every) == 0;
        };
    }

    private static String timeLabel(LocalDateTime at, ChronoUnit unit, boolean newYear) {
        String year = String.valueOf(at.getYear());
        String month = MONTHS[at.getMonthValue() - 1];
        return switch (unit) {
            case HOURS -> at.getHour() == 0 ? at.getDayOfMonth() + " " + month : two(at.getHour()) + ":00";
            case DAYS -> at.getDayOfMonth() + " " + month;
            case MONTHS -> newYear ? at.getMonthValue() == 1 ? year : month + " " + year : month;
            default -> year;
        };
    }

    /** English month names, so that the text does not hang on the machine's locale. */
    static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    static LocalDateTime dateTime(long nanos) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static long nanos(LocalDateTime time) {
        return TimeIndex.nanos(time.toInstant(ZoneOffset.UTC));
    }
}
