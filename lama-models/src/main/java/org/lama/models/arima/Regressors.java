package org.lama.models.arima;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * Explanatory columns of a regression with ARIMA errors: names and one value per row of the series. Values must be finite;
 * a row without them has no place in a model (take it out of the series as missing and put any finite value here).
 * Whether the columns can be told apart depends on the model too (differencing removes constants) and is checked when
 * it is fitted. Immutable and thread-safe; copies at the door.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Regressors implements Tabular {
    private static final Set<String> RESERVED = Set.of("intercept", "drift");
    private static final Regressors NONE = new Regressors(List.of(), new double[0][], 0, new int[0], new int[0]);

    private final List<String> names;
    private final double[][] columns;
    private final int rows;
    /** Period and harmonics of each Fourier block, in the order of the columns; empty if other columns are there. */
    private final int[] periods;

    private final int[] harmonics;

    private Regressors(List<String> names, double[][] columns, int rows, int[] periods, int[] harmonics) {
        this.names = names;
        this.columns = columns;
        this.rows = rows;
        this.periods = periods;
        this.harmonics = harmonics;
    }

    /**
     * No columns.
     *
     * @return the empty set
     */
    public static Regressors none() {
        return NONE;
    }

    /**
     * Takes columns.
     *
     * @param names their names, all different, none of them {@code intercept} or {@code drift}
     * @param columns one array per name, all of the same length
     * @return the regressors
     * @throws IllegalArgumentException for a wrong shape, a value that is not finite (naming column and row) or a name
     *     that is blank, reserved or given twice
     */
    public static Regressors of(List<String> names, double[][] columns) {
        Check.that(
                names.size() == columns.length,
                "columns must be as many as names, got " + columns.length + " for " + names.size());
        Set<String> seen = new HashSet<>();
        double[][] copy = new double[columns.length][];
        int rows = columns.length == 0 ? 0 : Check.notNull(columns[0], "columns[0]").length;
        for (int j = 0; j < columns.length; j++) {
            String name = Check.notBlank(names.get(j), "name");
            Check.that(!RESERVED.contains(name), "name must not be 'intercept' or 'drift', got '" + name + "'");
            Check.that(seen.add(name), "names must be different, got '" + name + "' twice");
            copy[j] = Check.notNull(columns[j], name).clone();
            Check.that(
                    copy[j].length == rows,
                    "columns must have equal lengths, got " + copy[j].length + " rows in '" + name + "' and " + rows
                            + " in '" + names.get(0) + "'");
            for (int t = 0; t < rows; t++) {
                Check.that(
                        Double.isFinite(copy[j][t]),
                        "column '" + name + "' must be finite, got " + copy[j][t] + " in row " + (t + 1));
            }
        }
        return new Regressors(List.copyOf(names), copy, rows, new int[0], new int[0]);
    }

    /**
     * Takes one column.
     *
     * @param name its name
     * @param column its values
     * @return the regressors
     */
    public static Regressors of(String name, double[] column) {
        return of(List.of(name), new double[][] {column});
    }

    /**
     * Sines and cosines of a season: for long periods they do what seasonal terms of an ARIMA model do, at a fraction of the
     * cost (Hyndman and Athanasopoulos 2021, section 10.5). Columns s1-m, c1-m, s2-m, ...; sin and cos of 2 pi k t / m for t = 1,
     * 2, ...; the sine of k = m/2, which is zero everywhere, is left out.
     *
     * @param rows rows, at least 1
     * @param period rows per season m, at least 2
     * @param harmonics how many, 1 to m / 2
     * @return the regressors, which know their own future ({@link #ahead})
     */
    public static Regressors fourier(int rows, int period, int harmonics) {
        Check.atLeast(rows, 1, "rows");
        Check.atLeast(period, 2, "period");
        int most = period / 2;
        Check.inRange(harmonics, 1, most, "harmonics");
        return fourier(0, rows, period, harmonics);
    }

    private static Regressors fourier(int from, int rows, int period, int harmonics) {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (int k = 1; k <= harmonics; k++) {
            double[] sine = new double[rows];
            double[] cosine = new double[rows];
            for (int t = 0; t < rows; t++) {
                // the phase is reduced in whole numbers, so that late rows are as exact as early ones
                double angle = 2 * Math.PI * ((long) k * (from + t + 1) % period) / period;
                sine[t] = StrictMath.sin(angle);
                cosine[t] = StrictMath.cos(angle);
            }
            if (2 * k < period) {
                names.add("s" + k + "-" + period);
                columns.add(sine);
            }
            names.add("c" + k + "-" + period);
            columns.add(cosine);
        }
        return new Regressors(
                List.copyOf(names), columns.toArray(new double[0][]), rows, new int[] {period}, new int[] {harmonics});
    }

    /**
     * The rows that follow, for columns that are functions of time.
     *
     * @param horizon how many, at least 1
     * @return the rows after the last one
     * @throws IllegalArgumentException if these are not Fourier columns only
     */
    public Regressors ahead(int horizon) {
        Check.atLeast(horizon, 1, "horizon");
        Check.that(
                periods.length > 0,
                "ahead knows the future of Fourier columns only, got " + names + "; give the future rows yourself");
        Regressors result = fourier(rows, horizon, periods[0], harmonics[0]);
        for (int i = 1; i < periods.length; i++) {
            result = result.and(fourier(rows, horizon, periods[i], harmonics[i]));
        }
        return result;
    }

    /**
     * These columns and others.
     *
     * @param other as many rows, other names
     * @return both
     */
    public Regressors and(Regressors other) {
        if (count() == 0 || other.count() == 0) {
            return count() == 0 ? other : this;
        }
        List<String> both = new ArrayList<>(names);
        both.addAll(other.names);
        double[][] all = new double[both.size()][];
        System.arraycopy(columns, 0, all, 0, columns.length);
        System.arraycopy(other.columns, 0, all, columns.length, other.columns.length);
        Regressors checked = of(both, all);
        boolean known = periods.length > 0 && other.periods.length > 0;
        return new Regressors(
                checked.names,
                checked.columns,
                rows,
                known ? joined(periods, other.periods) : new int[0],
                known ? joined(harmonics, other.harmonics) : new int[0]);
    }

    private static int[] joined(int[] a, int[] b) {
        int[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /**
     * The names.
     *
     * @return one per column
     */
    public List<String> names() {
        return names;
    }

    /**
     * How many columns.
     *
     * @return at least 0
     */
    public int count() {
        return columns.length;
    }

    /**
     * How many rows.
     *
     * @return at least 0
     */
    public int rows() {
        return rows;
    }

    /**
     * One column.
     *
     * @param index from 0
     * @return a new array
     */
    public double[] column(int index) {
        return columns[index].clone();
    }

    /**
     * One row.
     *
     * @param t from 0
     * @return a new array, one value per column
     */
    public double[] row(int t) {
        double[] row = new double[columns.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = columns[j][t];
        }
        return row;
    }

    /**
     * Some of the rows.
     *
     * @param from first row
     * @param to row after the last
     * @return those rows; their future is no longer known
     */
    public Regressors slice(int from, int to) {
        Check.that(
                from >= 0 && from <= to && to <= rows,
                "rows must satisfy 0 <= from <= to <= " + rows + ", got " + from + " to " + to);
        double[][] part = new double[columns.length][];
        for (int j = 0; j < part.length; j++) {
            part[j] = java.util.Arrays.copyOfRange(columns[j], from, to);
        }
        return new Regressors(names, part, to - from, new int[0], new int[0]);
    }

    /** A value without a copy. */
    double at(int column, int t) {
        return columns[column][t];
    }

    @Override
    public List<Column> columns() {
        List<Column> list = new ArrayList<>();
        for (int j = 0; j < columns.length; j++) {
            list.add(new Column(
                    names.get(j), java.util.Arrays.stream(columns[j]).boxed().toList()));
        }
        return list;
    }

    @Override
    public String toString() {
        return rows + " rows of " + names;
    }
}
