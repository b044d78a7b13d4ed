package org.lama.backtest.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * Compound returns per calendar month and year in UTC, the table behind a heat map. A return belongs to the month in which
 * its bar opened. Months without a row are NaN. Immutable and thread-safe. O(n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class MonthlyReturns implements Tabular {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private final int firstYear;
    private final double[][] cells;

    private MonthlyReturns(int firstYear, double[][] cells) {
        this.firstYear = firstYear;
        this.cells = cells;
    }

    /**
     * The table of a series of returns.
     *
     * @param openNanos ascending opens of the bars, UTC epoch nanoseconds
     * @param returns fractions per bar, finite, as many as opens
     * @return the table; without rows if there are no returns
     */
    public static MonthlyReturns of(long[] openNanos, double[] returns) {
        Moments.requireFinite(returns, "returns");
        Check.that(
                openNanos.length == returns.length,
                "openNanos must have as many rows as returns=" + returns.length + ", got " + openNanos.length);
        if (returns.length == 0) {
            return new MonthlyReturns(0, new double[0][]);
        }
        int firstYear = date(openNanos[0]).getYear();
        int years = date(openNanos[openNanos.length - 1]).getYear() - firstYear + 1;
        double[][] growth = new double[Check.atLeast(years, 1, "number of years")][MONTHS.size() + 1];
        for (double[] year : growth) {
            Arrays.fill(year, Double.NaN);
        }
        for (int t = 0; t < returns.length; t++) {
            LocalDate day = date(openNanos[t]);
            double[] year = growth[day.getYear() - firstYear];
            compound(year, day.getMonthValue() - 1, returns[t]);
            compound(year, MONTHS.size(), returns[t]);
        }
        return new MonthlyReturns(firstYear, growth);
    }

    /**
     * The first year of the table.
     *
     * @return a calendar year, 0 if there are no rows
     */
    public int firstYear() {
        return firstYear;
    }

    /**
     * The number of years.
     *
     * @return at least 0
     */
    public int years() {
        return cells.length;
    }

    /**
     * The return of one month.
     *
     * @param year calendar year inside the table
     * @param month 1 to 12
     * @return a fraction, NaN if there was no row
     */
    public double month(int year, int month) {
        return cells[row(year)][(int) Check.inRange(month, 1, 12, "month") - 1] - 1;
    }

    /**
     * The return of one year.
     *
     * @param year calendar year inside the table
     * @return a fraction, NaN if there was no row
     */
    public double year(int year) {
        return cells[row(year)][MONTHS.size()] - 1;
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                "year",
                IntStream.range(0, cells.length)
                        .mapToObj(i -> (long) firstYear + i)
                        .toList()));
        for (int m = 0; m <= MONTHS.size(); m++) {
            int column = m;
            String name = m < MONTHS.size() ? MONTHS.get(m) : "total";
            columns.add(new Column(
                    name, Arrays.stream(cells).map(year -> year[column] - 1).toList()));
        }
        return columns;
    }

    private int row(int year) {
        return (int) Check.inRange(year, firstYear, firstYear + cells.length - 1.0, "year") - firstYear;
    }

    private static void compound(double[] year, int month, double fraction) {
        year[month] = (Double.isNaN(year[month]) ? 1 : year[month]) * (1 + fraction);
    }

    private static LocalDate date(long nanos) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)), ZoneOffset.UTC);
    }
}
