package org.lama.core.sources;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Cuts a range into whole past months and days, for which there are files, and the rest. Stateless. */
final class BulkPlan {
    private static final long DAY = 86_400_000_000_000L;

    private BulkPlan() {}

    /** How a stretch is fetched. */
    enum Way {
        /** One monthly file. */
        MONTH,
        /** One daily file. */
        DAY,
        /** The REST interface. */
        REST
    }

    /**
     * A stretch of a range.
     *
     * @param way how it is fetched
     * @param from first time, inclusive
     * @param to end, exclusive
     */
    record Stretch(Way way, long from, long to) {
        /** Month or day as it stands in names of files. */
        String period() {
            LocalDate date = date(from);
            return way == Way.MONTH ? YearMonth.from(date).toString() : date.toString();
        }
    }

    /** REST for everything. */
    static List<Stretch> rest(long from, long to) {
        return List.of(new Stretch(Way.REST, from, to));
    }

    /**
     * Whole months that ended some time ago as monthly files, whole days as daily files if there are such, the rest by REST.
     * The stretches follow each other without holes.
     *
     * @param settledNanos files exist for what ended before
     * @param days whether there are daily files
     */
    static List<Stretch> months(long from, long to, long settledNanos, boolean days) {
        List<Stretch> plan = new ArrayList<>();
        long at = from;
        while (at < to) {
            LocalDate date = date(at);
            long month = nanos(date.withDayOfMonth(1));
            long nextMonth = nanos(date.withDayOfMonth(1).plus(1, ChronoUnit.MONTHS));
            long nextDay = nanos(date.plusDays(1));
            if (at == month && nextMonth <= Math.min(to, settledNanos)) {
                plan.add(new Stretch(Way.MONTH, at, nextMonth));
                at = nextMonth;
            } else if (days && at == nanos(date) && nextDay <= Math.min(to, settledNanos)) {
                plan.add(new Stretch(Way.DAY, at, nextDay));
                at = nextDay;
            } else {
                long end = Math.min(to, days ? nextDay : nextMonth);
                append(plan, at, end);
                at = end;
            }
        }
        return List.copyOf(plan);
    }

    /** Daily files for every day that is touched and ended some time ago, the rest by REST. */
    static List<Stretch> days(long from, long to, long settledNanos) {
        List<Stretch> plan = new ArrayList<>();
        long at = from;
        while (at < to) {
            long nextDay = nanos(date(at).plusDays(1));
            long end = Math.min(to, nextDay);
            if (nextDay <= settledNanos) {
                plan.add(new Stretch(Way.DAY, at, end));
            } else {
                append(plan, at, end);
            }
            at = end;
        }
        return List.copyOf(plan);
    }

    /** Stretches of REST that follow each other are one. */
    private static void append(List<Stretch> plan, long from, long to) {
        int last = plan.size() - 1;
        if (last >= 0 && plan.get(last).way() == Way.REST) {
            plan.set(last, new Stretch(Way.REST, plan.get(last).from(), to));
        } else {
            plan.add(new Stretch(Way.REST, from, to));
        }
    }

    private static LocalDate date(long nanos) {
        return LocalDate.ofEpochDay(Math.floorDiv(nanos, DAY));
    }

    private static long nanos(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000_000L;
    }
}
