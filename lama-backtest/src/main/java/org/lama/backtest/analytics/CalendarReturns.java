package org.lama.backtest.analytics;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Quantiles;

/**
 * Compound returns per calendar day, week, month, quarter or year in UTC. A return belongs to the period in which its bar
 * opened. Periods without a row are left out; the first and last may be incomplete. Arrays are copied on the way out.
 * Immutable and thread-safe. O(n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CalendarReturns implements Tabular {
    private static final double[] QUANTILES = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final LocalDate[] starts;
    private final double[] values;

    private CalendarReturns(LocalDate[] starts, double[] values) {
        this.starts = starts;
        this.values = values;
    }

    /** Length of a period. */
    public enum Unit {
        /** Midnight to midnight. */
        DAY,
        /** Monday to Sunday. */
        WEEK,
        /** Calendar month. */
        MONTH,
        /** Calendar quarter. */
        QUARTER,
        /** Calendar year. */
        YEAR;

        LocalDate start(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
                case YEAR -> day.withDayOfYear(1);
            };
        }
    }

    /**
     * The returns of the periods.
     *
     * @param openNanos ascending opens of the bars, UTC epoch nanoseconds
     * @param returns fractions per bar, finite, as many as opens
     * @param unit length of a period
     * @return one return per period that holds a row
     */
    public static CalendarReturns of(long[] openNanos, double[] returns, Unit unit) {
        Moments.requireFinite(returns, "returns");
        Check.notNull(unit, "unit");
        Check.that(
                openNanos.length == returns.length,
                "openNanos must have as many rows as returns=" + returns.length + ", got " + openNanos.length);
        LocalDate[] starts = new LocalDate[returns.length];
        double[] growth = new double[returns.length];
        int count = 0;
        long day = Long.MIN_VALUE;
        for (int t = 0; t < returns.length; t++) {
            long today = Math.floorDiv(openNanos[t], DAY_NANOS);
            if (count == 0 || today != day) {
                day = today;
                LocalDate start = unit.start(LocalDate.ofEpochDay(today));
                if (count == 0 || !start.equals(starts[count - 1])) {
                    starts[count] = start;
                    growth[count] = 1;
                    count++;
                }
            }
            growth[count - 1] *= 1 + returns[t];
        }
        double[] values = Arrays.stream(growth, 0, count).map(g -> g - 1).toArray();
        return new CalendarReturns(Arrays.copyOf(starts, count), values);
    }

    /**
     * Number of periods.
     *
     * @return at least 0
     */
    public int size() {
        return values.length;
    }

    /**
     * The first day of a period in UTC.
     *
     * @param period 0 up to, not including, {@link #size()}
     * @return the day
     */
    public LocalDate start(int period) {
        return starts[period];
    }

    /**
     * The compound returns.
     *
     * @return one fraction per period, a copy
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * Geometric mean of the periods: what one of them is expected to bring.
     *
     * @return a fraction, -1 after ruin, NaN without periods
     */
    public double expected() {
        double growth = 1;
        for (double value : values) {
            growth *= 1 + value;
        }
        return values.length == 0 ? Double.NaN : growth > 0 ? Math.pow(growth, 1.0 / values.length) - 1 : -1;
    }

    /**
     * A quantile of the returns with linear interpolation; 0 is the worst period, 1 the best.
     *
     * @param p from 0 to 1
     * @return a fraction, NaN without periods
     */
    public double quantile(double p) {
        return Quantiles.of(values, p);
    }

    /**
     * Share of gains among the periods whose return is not 0.
     *
     * @return a fraction, NaN without such periods
     */
    public double winRate() {
        long wins = Arrays.stream(values).filter(v -> v > 0).count();
        long active = Arrays.stream(values).filter(v -> v != 0).count();
        return Ratios.of(wins, active);
    }

    /**
     * The quantiles of the returns of days, weeks, months, quarters and years side by side, with expected return and win
     * rate.
     *
     * @param openNanos ascending opens of the bars, UTC epoch nanoseconds
     * @param returns fractions per bar, finite, as many as opens
     * @return one row per unit; columns unit, periods, worst, q05, q25, median, q75, q95, best, expected, winRate
     */
    public static Tabular quantiles(long[] openNanos, double[] returns) {
        List<CalendarReturns> all =
                Arrays.stream(Unit.values()).map(u -> of(openNanos, returns, u)).toList();
        List<String> names = List.of("worst", "q05", "q25", "median", "q75", "q95", "best");
        List<Column> columns = IntStream.range(0, QUANTILES.length)
                .mapToObj(k -> new Column(
                        names.get(k), all.stream().map(c -> c.quantile(QUANTILES[k])).toList()))
                .collect(Collectors.toList());
        columns.add(
                0, new Column("periods", all.stream().map(c -> (long) c.size()).toList()));
        columns.add(
                0,
                new Column(
                        "unit",
                        Arrays.stream(Unit.values())
                                .map(u -> u.name().toLowerCase(java.util.Locale.ROOT))
                                .toList()));
        columns.add(
                new Column("expected", all.stream().map(CalendarReturns::expected).toList()));
        columns.add(new Column("winRate", all.stream().map(CalendarReturns::winRate).toList()));
        List<Column> done = List.copyOf(columns);
        return () -> done;
    }

    @Override
    public List<Column> columns() {
        List<Instant> days = Arrays.stream(starts)
                .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC))
                .toList();
        return List.of(
                new Column("start", days),
                new Column("return", Arrays.stream(values).boxed().toList()));
    }
}
