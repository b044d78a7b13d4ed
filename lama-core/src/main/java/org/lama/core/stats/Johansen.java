package org.lama.core.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Cholesky;
import org.lama.core.math.Sums;
import org.lama.core.math.SymmetricEigen;

/**
 * Johansen's (1988, Journal of Economic Dynamics and Control 12, 231-254; 1991, Econometrica 59, 1551-1580) likelihood
 * ratio tests of the cointegration rank r of m series: with R0 and R1 the residuals of differences and lagged levels after
 * regression on lagged differences, the eigenvalues e(1) &gt;= ... &gt;= e(m) are the squared canonical correlations of R0
 * and R1 over T rows.
 *
 * <pre>
 * trace(r)    = -T (ln(1 - e(r+1)) + ... + ln(1 - e(m)))    null: at most r relations
 * maxEigen(r) = -T ln(1 - e(r+1))                           null: r relations, against r + 1
 * </pre>
 *
 * <p><b>Large values reject (right tail).</b> No p-values; critical values at 90, 95 and 99 % of MacKinnon, Haug and Michelis
 * (1996) for up to twelve series. Deterministic order -1: none; 0: a constant in the relations and in the differences; 1: a
 * line as well (the series are detrended before, then everything is centred, as statsmodels' coint_johansen does).
 *
 * <p>The critical values of order 0 hold for series that drift, those of order 1 for series with a parabola: on two walks without
 * drift, order 0 finds a relation in 12 % of the cases at 5 %, on two with drift, order 1 does in 21 %.
 *
 * <p>Series with a missing or infinite value, constant ones, ones that depend on each other exactly and ones that are too
 * short give NaN and a note. Eigenvalues do not change when a series is multiplied or, unless the order is -1, shifted.
 * O(T (m lags)^2); immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Johansen implements Tabular {
    /** Levels of the critical values. */
    private static final double[] LEVELS = {0.10, 0.05, 0.01};

    private static final int MOST_SERIES = JohansenTables.TRACE[0].length;
    /** Below this pivot a column has less than half of its digits left beside the others. */
    private static final double DEPENDENT = 1e-14;
    /** Rounding of one value of a series scaled into [0.5, 2). */
    private static final double NOISE = 4e-15;

    private final int order;
    private final int lags;
    private final int observations;
    private final double[] eigenvalues;
    private final double[][] eigenvectors;
    private final double[] trace;
    private final double[] maxEigen;
    private final String note;

    private Johansen(Shape shape, double[] eigenvalues, double[][] eigenvectors, String note) {
        order = shape.order();
        lags = shape.lags();
        observations = shape.rows();
        this.eigenvalues = eigenvalues;
        this.eigenvectors = eigenvectors;
        this.note = note;
        int m = eigenvalues.length;
        trace = new double[m];
        maxEigen = new double[m];
        double sum = 0;
        for (int r = m - 1; r >= 0; r--) {
            maxEigen[r] = -observations * Math.log1p(-eigenvalues[r]);
            sum += maxEigen[r];
            trace[r] = sum;
        }
    }

    /** What was asked, and the rows that it leaves. */
    private record Shape(int order, int lags, int rows, int series) {}

    /**
     * Runs the tests.
     *
     * @param columns one array per series, 1 to 12 of equal length, oldest value first; not changed
     * @param deterministicOrder -1 none, 0 constant, 1 line
     * @param lags number of lagged differences, at least 0
     * @return the result
     */
    public static Johansen test(double[][] columns, int deterministicOrder, int lags) {
        int m = columns.length;
        Check.that(m >= 1 && m <= MOST_SERIES, "columns must hold 1 to " + MOST_SERIES + " series, got " + m);
        Check.that(
                deterministicOrder >= -1 && deterministicOrder <= 1,
                "deterministicOrder must be -1, 0 or 1, got " + deterministicOrder);
        Check.atLeast(lags, 0, "lags");
        int n = columns[0].length;
        String complaint = "";
        for (double[] column : columns) {
            Check.that(
                    column.length == n, "every series must have " + n + " rows as the first has, got " + column.length);
            complaint = complaint.isEmpty() ? Samples.complaint(column, 0, n) : complaint;
        }
        Shape shape = new Shape(deterministicOrder, lags, Math.max(0, n - 1 - lags), m);
        // With fewer rows the residuals of levels and changes share a direction, and an eigenvalue is 1.
        long needed = (long) m * lags + deterministicOrder + 1 + 2L * m + 1;
        if (complaint.isEmpty() && shape.rows() < needed) {
            complaint = "the series are too short: " + n + " rows for " + m + " series and " + lags + " lags";
        }
        return complaint.isEmpty() ? solve(columns, shape) : undefined(shape, complaint);
    }

    private static Johansen undefined(Shape shape, String note) {
        int m = shape.series();
        double[] eigenvalues = new double[m];
        double[][] eigenvectors = new double[m][m];
        for (int i = 0; i < m; i++) {
            eigenvalues[i] = Double.NaN;
            Arrays.fill(eigenvectors[i], Double.NaN);
        }
        return new Johansen(shape, eigenvalues, eigenvectors, note);
    }

    private static Johansen solve(double[][] columns, Shape shape) {
        int m = shape.series();
        double[] scale = new double[m];
        double[][] changes = new double[m][];
        double[][] levels = new double[m][];
        partialOut(columns, shape, changes, levels);
        for (int i = 0; i < m; i++) {
            scale[i] = normalise(levels[i]) / Samples.scale(columns[i], 0, columns[i].length);
            normalise(changes[i]);
        }
        double[] left = gram(levels);
        double[] right = gram(changes);
        if (!independent(left, m) || !independent(right, m)) {
            return undefined(shape, "the series depend on each other or on their lags");
        }
        return ordered(shape, correlations(levels, changes, left, right), left, scale);
    }

    /** A A' of A = L^-1 (levels' changes) M^-T, whose eigenvalues are the squared canonical correlations. */
    private static double[] correlations(double[][] levels, double[][] changes, double[] left, double[] right) {
        int m = levels.length;
        int rows = levels[0].length;
        double[] a = new double[m * m];
        double[] column = new double[m];
        for (int j = 0; j < m; j++) {
            for (int i = 0; i < m; i++) {
                column[i] = Sums.dot(levels[i], 0, changes[j], 0, rows);
            }
            Cholesky.forward(left, m, column);
            for (int i = 0; i < m; i++) {
                a[i * m + j] = column[i];
            }
        }
        for (int i = 0; i < m; i++) {
            System.arraycopy(a, i * m, column, 0, m);
            Cholesky.forward(right, m, column);
            System.arraycopy(column, 0, a, i * m, m);
        }
        double[] square = new double[m * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                square[i * m + j] = Sums.dot(a, i * m, a, j * m, m);
            }
        }
        return square;
    }

    private static Johansen ordered(Shape shape, double[] square, double[] left, double[] scale) {
        int m = shape.series();
        SymmetricEigen eigen = SymmetricEigen.of(square, m);
        double[] eigenvalues = new double[m];
        double[][] eigenvectors = new double[m][m];
        for (int k = 0; k < m; k++) {
            // Rounding may leave [0, 1) by a digit.
            eigenvalues[k] = Math.min(Math.max(eigen.value(k), 0), Math.nextDown(1.0));
            double[] v = eigen.vector(k);
            backward(left, m, v);
            double sign = 0;
            for (int i = 0; i < m; i++) {
                v[i] *= Math.sqrt(shape.rows()) / scale[i];
                sign = sign == 0 ? Math.signum(v[i]) : sign;
            }
            for (int i = 0; i < m; i++) {
                eigenvectors[k][i] = sign < 0 ? -v[i] : v[i];
            }
        }
        return new Johansen(shape, eigenvalues, eigenvectors, "");
    }

    /** Solves L' x = b in place. */
    private static void backward(double[] factor, int n, double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < n; j++) {
                sum -= factor[j * n + i] * b[j];
            }
            b[i] = sum / factor[i * n + i];
        }
    }

    private static double[] gram(double[][] columns) {
        int m = columns.length;
        double[] gram = new double[m * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i * m + j] = Sums.dot(columns[i], 0, columns[j], 0, columns[i].length);
            }
        }
        return gram;
    }

    /** Factors a Gram matrix of unit columns; false if one of them has nearly no part of its own. */
    private static boolean independent(double[] gram, int m) {
        if (Cholesky.factor(gram, m) < m) {
            return false;
        }
        for (int i = 0; i < m; i++) {
            double pivot = gram[i * m + i];
            if (!(pivot * pivot > DEPENDENT)) {
                return false;
            }
        }
        return true;
    }

    /** Brings a column to length 1 and returns its length; a column of rounding errors becomes zeros. */
    private static double normalise(double[] column) {
        double length = Math.sqrt(Sums.dot(column, 0, column, 0, column.length));
        boolean noise = !(length > NOISE * Math.sqrt(column.length));
        for (int t = 0; t < column.length; t++) {
            column[t] = noise ? 0 : column[t] / length;
        }
        return length;
    }

    /** Residuals of changes and lagged levels after the lagged differences, deterministic terms as the reference has them. */
    private static void partialOut(double[][] columns, Shape shape, double[][] changes, double[][] levels) {
        int m = shape.series();
        int rows = shape.rows();
        int lags = shape.lags();
        int centre = shape.order() >= 0 ? 1 : 0;
        double[][] change = new double[m][];
        double[][] level = new double[m][];
        for (int i = 0; i < m; i++) {
            level[i] = Samples.scaled(columns[i]);
            Samples.detrend(level[i], shape.order() + 1);
            change[i] = new double[level[i].length - 1];
            for (int t = 0; t < change[i].length; t++) {
                change[i][t] = level[i][t + 1] - level[i][t];
            }
        }
        Basis basis = Basis.ofTrend(centre, rows, m * lags);
        for (int j = 1; j <= lags; j++) {
            for (int i = 0; i < m; i++) {
                basis.add(Arrays.copyOfRange(change[i], lags - j, lags - j + rows));
            }
        }
        for (int i = 0; i < m; i++) {
            changes[i] = Arrays.copyOfRange(change[i], lags, lags + rows);
            levels[i] = Arrays.copyOfRange(level[i], lags, lags + rows);
            basis.residual(changes[i]);
            basis.residual(levels[i]);
        }
    }

    /**
     * Whether the tests could be carried out.
     *
     * @return true if the eigenvalues are numbers
     */
    public boolean isDefined() {
        return note.isEmpty();
    }

    /**
     * Why there is no answer.
     *
     * @return empty if there is one
     */
    public String note() {
        return note;
    }

    /**
     * The number of lagged differences.
     *
     * @return at least 0
     */
    public int lags() {
        return lags;
    }

    /**
     * T, the rows of the regressions.
     *
     * @return rows of the series - lags - 1, at least 0
     */
    public int observations() {
        return observations;
    }

    /**
     * The squared canonical correlations, largest first.
     *
     * @return a copy, one per series in [0, 1); NaN if undefined
     */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /**
     * The weights of the series in one relation, scaled so that its residual has variance 1 (after the lagged differences);
     * the first weight that is not zero is positive.
     *
     * @param relation 0 for the largest eigenvalue
     * @return a copy, one weight per series; NaN if undefined
     */
    public double[] eigenvector(int relation) {
        return eigenvectors[relation].clone();
    }

    /**
     * The trace statistics; entry r has the null of at most r relations.
     *
     * @return a copy, one per series; NaN if undefined
     */
    public double[] trace() {
        return trace.clone();
    }

    /**
     * The largest-eigenvalue statistics; entry r has the null of r relations against r + 1.
     *
     * @return a copy, one per series; NaN if undefined
     */
    public double[] maxEigen() {
        return maxEigen.clone();
    }

    /**
     * Critical values of the trace statistics.
     *
     * @return a new array, per null rank the values at 90, 95 and 99 %
     */
    public double[][] traceCriticalValues() {
        return critical(JohansenTables.TRACE);
    }

    /**
     * Critical values of the largest-eigenvalue statistics.
     *
     * @return a new array, per null rank the values at 90, 95 and 99 %
     */
    public double[][] maxEigenCriticalValues() {
        return critical(JohansenTables.MAX_EIGEN);
    }

    /**
     * The rank by the trace tests: the first r whose null is not rejected.
     *
     * @param level size of each test: 0.10, 0.05 or 0.01
     * @return 0 to the number of series (all of them: the series are stationary by themselves)
     * @throws IllegalStateException if the tests could not be carried out
     */
    public int rank(double level) {
        return rank(level, trace, JohansenTables.TRACE);
    }

    /**
     * The rank by the largest-eigenvalue tests: the first r whose null is not rejected.
     *
     * @param level size of each test: 0.10, 0.05 or 0.01
     * @return 0 to the number of series
     * @throws IllegalStateException if the tests could not be carried out
     */
    public int rankByMaxEigen(double level) {
        return rank(level, maxEigen, JohansenTables.MAX_EIGEN);
    }

    private int rank(double level, double[] statistics, double[][][] table) {
        int column = 0;
        while (column < LEVELS.length && LEVELS[column] != level) {
            column++;
        }
        Check.that(column < LEVELS.length, "level must be 0.10, 0.05 or 0.01, got " + level);
        if (!isDefined()) {
            throw new IllegalStateException("no rank: " + note);
        }
        double[][] critical = critical(table);
        int rank = 0;
        while (rank < statistics.length && statistics[rank] > critical[rank][column]) {
            rank++;
        }
        return rank;
    }

    private double[][] critical(double[][][] table) {
        int m = eigenvalues.length;
        double[][] critical = new double[m][];
        for (int r = 0; r < m; r++) {
            critical[r] = table[order + 1][m - r - 1].clone();
        }
        return critical;
    }

    /** One row per null rank: eigenvalue, both statistics and their critical values at 5 %, note. */
    @Override
    public List<Column> columns() {
        int m = eigenvalues.length;
        List<String> nulls = new ArrayList<>();
        for (int r = 0; r < m; r++) {
            nulls.add("rank <= " + r);
        }
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("null hypothesis", nulls));
        columns.add(new Column("eigenvalue", boxed(eigenvalues)));
        columns.add(new Column("trace", boxed(trace)));
        add(columns, "trace", critical(JohansenTables.TRACE));
        columns.add(new Column("max eigenvalue", boxed(maxEigen)));
        add(columns, "max", critical(JohansenTables.MAX_EIGEN));
        columns.add(new Column("note", Collections.nCopies(m, note)));
        return List.copyOf(columns);
    }

    private static void add(List<Column> columns, String name, double[][] critical) {
        for (int level = 0; level < LEVELS.length; level++) {
            List<Double> cells = new ArrayList<>();
            for (double[] row : critical) {
                cells.add(row[level]);
            }
            columns.add(new Column(name + " critical " + Math.round(100 * LEVELS[level]) + " %", cells));
        }
    }

    private static List<Double> boxed(double[] values) {
        List<Double> boxed = new ArrayList<>();
        for (double value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}
