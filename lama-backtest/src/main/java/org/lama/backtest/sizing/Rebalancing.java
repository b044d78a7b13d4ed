package org.lama.backtest.sizing;

import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * When a portfolio is brought back to its targets, and which differences are worth a trade. A pure function of times and
 * weights; immutable and thread-safe.
 *
 * <p>Calendars count in UTC. A decision is due at the first bar close in a new period: the close at midnight of the first
 * of February, which ends the last bar of January, is the first moment at which all of January is known, and it is in
 * February. Weeks begin on Monday.
 *
 * <p>A difference {@code |target − current|} is inside the band if it is smaller than {@code max(absoluteBand, relativeBand
 * · |target|)}; going flat is always worth a trade.
 *
 * @param calendar when decisions are due
 * @param everyBars for {@link Calendar#BARS}: a decision every so many bars, at least 1
 * @param absoluteBand half-width of the band in weight, at least 0
 * @param relativeBand half-width of the band as a share of the target, at least 0
 * @param reach what is traded when a weight leaves its band
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Rebalancing(Calendar calendar, int everyBars, double absoluteBand, double relativeBand, Reach reach) {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    /** 1970-01-01 was a Thursday. */
    private static final int EPOCH_WEEKDAY = 3;

    /** Every bar, no band. */
    public static final Rebalancing EVERY_BAR = everyBars(1);

    /** When decisions are due. */
    public enum Calendar {
        /** Every so many bars. */
        BARS,
        /** Once a day. */
        DAILY,
        /** Once a week, from Monday. */
        WEEKLY,
        /** Once a month. */
        MONTHLY,
        /** Once a quarter. */
        QUARTERLY
    }

    /** What is traded when a weight leaves its band. */
    public enum Reach {
        /** This weight, to its target. */
        TARGET,
        /** This weight, to the nearer edge of its band, which trades less (Davis and Norman 1990). */
        EDGE,
        /** All weights, to their targets, as soon as one is outside: threshold rebalancing. */
        ALL
    }

    /**
     * Checks ranges.
     *
     * @param calendar when decisions are due
     * @param everyBars for {@link Calendar#BARS}: a decision every so many bars, at least 1
     * @param absoluteBand half-width of the band in weight, at least 0
     * @param relativeBand half-width of the band as a share of the target, at least 0
     * @param reach what is traded when a weight leaves its band
     */
    public Rebalancing {
        Check.notNull(calendar, "calendar");
        Check.atLeast(everyBars, 1, "everyBars");
        Check.notNegative(absoluteBand, "absoluteBand");
        Check.notNegative(relativeBand, "relativeBand");
        Check.notNull(reach, "reach");
    }

    /**
     * Every so many bars, without a band.
     *
     * @param bars at least 1
     * @return the rule
     */
    public static Rebalancing everyBars(int bars) {
        return new Rebalancing(Calendar.BARS, bars, 0, 0, Reach.TARGET);
    }

    /**
     * By the calendar, without a band.
     *
     * @param calendar when decisions are due
     * @return the rule
     */
    public static Rebalancing by(Calendar calendar) {
        return new Rebalancing(calendar, 1, 0, 0, Reach.TARGET);
    }

    /**
     * Reads {@code daily}, {@code weekly}, {@code monthly}, {@code quarterly}, {@code every-bar} or a number of bars.
     *
     * @param text the rule
     * @return the rule, without a band
     * @throws IllegalArgumentException if it is none of these, naming those that exist
     */
    public static Rebalancing parse(String text) {
        String word = Check.notBlank(text, "rebalancing").toLowerCase(Locale.ROOT);
        if (word.chars().allMatch(c -> c >= '0' && c <= '9') && word.length() <= 9) {
            return everyBars(Integer.parseInt(word));
        }
        return switch (word) {
            case "every-bar" -> EVERY_BAR;
            case "daily" -> by(Calendar.DAILY);
            case "weekly" -> by(Calendar.WEEKLY);
            case "monthly" -> by(Calendar.MONTHLY);
            case "quarterly" -> by(Calendar.QUARTERLY);
            default -> {
                List<String> names = List.of("every-bar", "daily", "weekly", "monthly", "quarterly");
                throw new IllegalArgumentException("no rebalancing is called '" + text + "'; found: " + names
                        + " or a number of bars" + Suggestion.alike(word, names));
            }
        };
    }

    /**
     * The same rule with a band.
     *
     * @param absolute half-width in weight, at least 0
     * @param relative half-width as a share of the target, at least 0
     * @param what what is traded when a weight leaves its band
     * @return a new rule
     */
    public Rebalancing withBand(double absolute, double relative, Reach what) {
        return new Rebalancing(calendar, everyBars, absolute, relative, what);
    }

    /**
     * Whether a decision is due. O(1), allocates nothing but for months and quarters.
     *
     * @param lastNanos time of the last decision, UTC epoch nanoseconds
     * @param nowNanos close of this bar
     * @param barsSince bars closed since the last decision, 1 for the next bar
     * @return true if {@code barsSince} has reached {@link #everyBars}, or now is in a later period than the last decision
     */
    public boolean isDue(long lastNanos, long nowNanos, long barsSince) {
        return calendar == Calendar.BARS ? barsSince >= everyBars : period(nowNanos) > period(lastNanos);
    }

    /** Number of the period in which a moment lies. */
    private long period(long nanos) {
        long day = Math.floorDiv(nanos, DAY_NANOS);
        return switch (calendar) {
            case BARS -> throw new IllegalStateException("bars have no periods");
            case DAILY -> day;
            case WEEKLY -> Math.floorDiv(day + EPOCH_WEEKDAY, 7);
            case MONTHLY -> month(day);
            case QUARTERLY -> Math.floorDiv(month(day), 3);
        };
    }

    private static long month(long day) {
        return LocalDate.ofEpochDay(day).getLong(ChronoField.PROLEPTIC_MONTH);
    }

    /**
     * Whether a difference is worth a trade.
     *
     * @param current weight held
     * @param target weight wanted
     * @return true outside of the band, and for going flat
     */
    public boolean worthTrading(double current, double target) {
        return current != target && (target == 0 || Math.abs(target - current) >= band(target));
    }

    private double band(double target) {
        return Math.max(absoluteBand, relativeBand * Math.abs(target));
    }

    /**
     * Replaces targets that are not worth a trade by NaN, which means no wish. O(instruments), allocates nothing.
     *
     * @param current weights held
     * @param targets weights wanted, NaN for no wish; replaced
     * @return how many wishes are left
     */
    public int filter(double[] current, double[] targets) {
        Check.that(
                current.length == targets.length,
                "current and targets must have the same length, got " + current.length + " and " + targets.length);
        int left = 0;
        boolean whole = false;
        for (int i = 0; i < targets.length; i++) {
            whole |= reach == Reach.ALL && !Double.isNaN(targets[i]) && worthTrading(current[i], targets[i]);
        }
        for (int i = 0; i < targets.length; i++) {
            if (Double.isNaN(targets[i])) {
                continue;
            }
            if (whole ? current[i] == targets[i] : !worthTrading(current[i], targets[i])) {
                targets[i] = Double.NaN;
                continue;
            }
            if (reach == Reach.EDGE && targets[i] != 0) {
                targets[i] += Math.copySign(band(targets[i]), current[i] - targets[i]);
            }
            left++;
        }
        return left;
    }
}
