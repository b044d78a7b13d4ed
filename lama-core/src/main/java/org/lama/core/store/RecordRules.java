package org.lama.core.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.internal.RawColumn;

/**
 * What a row must fulfil to be stored, by kind and column. A row that breaks a rule is refused, and the rule names its
 * first place and how often it was broken. Used for one table; not thread-safe.
 */
final class RecordRules {
    private static final Set<String> PRICES =
            Set.of("open", "high", "low", "close", "price", "mark_price", "underlying", "interval_hours");
    private static final Set<String> SIGNED = Set.of("rate", "delta", "gamma", "vega", "theta", "rho", "tick");
    private static final Set<String> QUOTES = Set.of("bid", "ask");

    private final RecordKind kind;
    private final long[] time;
    private final boolean[] refused;
    private final List<Issue> issues = new ArrayList<>();
    private int refusals;

    RecordRules(RecordKind kind, long[] time) {
        this.kind = kind;
        this.time = time;
        this.refused = new boolean[time.length];
    }

    /** Which numbers a column may hold. */
    private enum Range {
        POSITIVE("above 0", 0, false),
        NOT_NEGATIVE("at least 0", 0, true),
        FINITE("finite", -Double.MAX_VALUE, true);

        private final String words;
        private final double low;
        private final boolean inclusive;

        Range(String words, double low, boolean inclusive) {
            this.words = words;
            this.low = low;
            this.inclusive = inclusive;
        }

        boolean holds(double value) {
            return (inclusive ? value >= low : value > low) && value <= Double.MAX_VALUE;
        }
    }

    /** Rows that no rule refused. */
    int accepted() {
        return refused.length - refusals;
    }

    boolean isRefused(int row) {
        return refused[row];
    }

    /** One for each rule and column. */
    List<Issue> issues() {
        return List.copyOf(issues);
    }

    /** A row must have a time whose end is one too. */
    void times(long lagNanos) {
        Tally missing = new Tally(RecordKind.TIME, "must be there");
        for (int i = 0; i < time.length; i++) {
            if (time[i] == Long.MIN_VALUE || time[i] > Long.MAX_VALUE - lagNanos - 1) {
                missing.add(Issue.Reason.BROKEN_RECORD, i, "none");
            }
        }
        missing.close();
    }

    /**
     * When each row could be known. A bar cannot be known before its close: such a bar was not finished. Other rows that
     * came before their time, because a clock was wrong, count as known at their time.
     */
    long[] available(long lagNanos, long[] given) {
        boolean bars = kind == RecordKind.BARS;
        Tally early = new Tally(
                RecordKind.AVAILABLE,
                bars ? "must not lie before the bar's close" : "must not lie before the time, where it was put");
        long[] out = given;
        for (int i = 0; i < time.length; i++) {
            long usual = time[i] + lagNanos;
            boolean none = given[i] == Long.MIN_VALUE;
            if (!none && given[i] < usual && !refused[i]) {
                early.note(
                        Issue.Reason.BROKEN_RECORD,
                        i,
                        TimeIndex.instant(given[i]).toString(),
                        bars);
            }
            if (none || given[i] < usual) {
                out = out == given ? given.clone() : out;
                out[i] = usual;
            }
        }
        early.close();
        return out;
    }

    /** The values of a column. */
    void column(RawColumn column, Map<String, RecordKind.Field> fields) {
        RecordKind.Field field = fields.get(column.name());
        if (column.kind() == RawColumn.Kind.DOUBLE) {
            numbers(column.name(), column.doubles(), field != null && field.required(), range(column.name(), field));
        } else if (field != null) {
            whole(column.name(), column.longs(), field.required());
        }
    }

    private Range range(String name, RecordKind.@org.jspecify.annotations.Nullable Field field) {
        if (field == null || SIGNED.contains(name)) {
            return Range.FINITE;
        }
        return PRICES.contains(name) || (kind == RecordKind.QUOTES && QUOTES.contains(name))
                ? Range.POSITIVE
                : Range.NOT_NEGATIVE;
    }

    private void numbers(String name, double[] values, boolean required, Range range) {
        Tally tally = new Tally(name, "must be " + range.words + (required ? "" : " or missing (NaN)"));
        double low = range.low;
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            // the first comparison lets nearly every row pass
            if (!(value > low && value <= Double.MAX_VALUE)
                    && !range.holds(value)
                    && (required || !Double.isNaN(value))) {
                boolean finite = Math.abs(value) <= Double.MAX_VALUE;
                tally.add(finite ? Issue.Reason.NON_POSITIVE : Issue.Reason.NON_FINITE, i, Double.toString(value));
            }
        }
        tally.close();
    }

    private void whole(String name, long[] values, boolean required) {
        boolean side = name.equals("side");
        long low = side && kind == RecordKind.TRADES ? -1 : 0;
        long high = side ? 1 : Long.MAX_VALUE;
        Tally tally = new Tally(
                name,
                side ? "must be one of " + low + " to 1" : "must be at least 0" + (required ? "" : " or missing"));
        for (int i = 0; i < values.length; i++) {
            boolean right = values[i] >= low && values[i] <= high;
            if (!right && (required || values[i] != RecordKind.MISSING)) {
                tally.add(
                        Issue.Reason.BROKEN_RECORD,
                        i,
                        values[i] == RecordKind.MISSING ? "none" : Long.toString(values[i]));
            }
        }
        tally.close();
    }

    /** Counts how often a rule of a column is broken, by reason. */
    private final class Tally {
        private final String column;
        private final String rule;
        private boolean kept;
        private final Map<Issue.Reason, Integer> counts = new EnumMap<>(Issue.Reason.class);
        private final Map<Issue.Reason, String> firsts = new EnumMap<>(Issue.Reason.class);
        private final Map<Issue.Reason, String> places = new EnumMap<>(Issue.Reason.class);

        Tally(String column, String rule) {
            this.column = column;
            this.rule = rule;
        }

        void add(Issue.Reason reason, int row, String found) {
            note(reason, row, found, true);
        }

        void note(Issue.Reason reason, int row, String found, boolean refuse) {
            kept = !refuse;
            if (refuse && !refused[row]) {
                refused[row] = true;
                refusals++;
            }
            if (counts.merge(reason, 1, Integer::sum) == 1) {
                boolean timed = time[row] != Long.MIN_VALUE;
                places.put(reason, "row " + row + (timed ? ", " + TimeIndex.instant(time[row]) : "") + ", " + column);
                firsts.put(reason, found);
            }
        }

        void close() {
            counts.forEach((reason, count) -> issues.add(new Issue(
                    reason,
                    Check.notNull(places.get(reason), "place"),
                    column + " " + rule + ", got " + firsts.get(reason) + "; " + count
                            + (count == 1 ? " row was" : " rows were") + (kept ? " moved" : " not stored"))));
        }
    }
}
