package org.lama.backtest.analytics;

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
        CalendarReturns months = CalendarReturns.of(openNanos, returns, CalendarReturns.Unit.MONTH);
        if (months.size() == 0) {
            return new MonthlyReturns(0, new double[0][]);
        }
        int firstYear = months.start(0).getYear();
        int years = months.start(months.size() - 1).getYear() - firstYear + 1;
        double[][] growth = new double[Check.atLeast(years, 1, "number of years")][MONTHS.size() + 1];
        for (double[] year : growth) {
            Arrays.fill(year, Double.NaN);
        }
        double[] values = months.values();
        for (int m = 0; m < values.length; m++) {
            double[] year = growth[months.start(m).getYear() - firstYear];
            year[months.start(m).getMonthValue() - 1] = 1 + values[m];
            year[MONTHS.size()] = (Double.isNaN(year[MONTHS.size()]) ? 1 : year[MONTHS.size()]) * (1 + values[m]);
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
}
