package org.lama.core.math;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Ordinary least squares by Householder reflections with columns scaled to length 1: y = X b + e. Standard errors are
 * those of homoskedastic errors, s^2 (X'X)^-1 with s^2 = RSS / (rows - columns). NaN in the data makes every result NaN.
 * Immutable and thread-safe; O(rows · columns^2), copies the data once.
 *
 * <p>Golub and Van Loan (2013), Matrix Computations, 4th edition, section 5.3; checked against NIST's Longley and
 * Wampler problems.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LeastSquares {
    private static final double DEPENDENT = 1e-13;

    private final int rows;
    private final double[] coefficients;
    private final double[] standardErrors;
    private final double rss;
    private final boolean fullRank;

    private LeastSquares(int rows, double[] coefficients, double[] standardErrors, double rss, boolean fullRank) {
        this.rows = rows;
        this.coefficients = coefficients;
        this.standardErrors = standardErrors;
        this.rss = rss;
        this.fullRank = fullRank;
    }

    /**
     * Fits the response on the columns.
     *
     * @param columns one array per regressor, all of one length
     * @param response as many values
     * @return the fit; coefficients are NaN unless {@link #fullRank()}
     */
    public static LeastSquares fit(double[][] columns, double[] response) {
        int rows = response.length;
        int k = columns.length;
        double[][] q = new double[k][];
        double[] scale = new double[k];
        for (int j = 0; j < k; j++) {
            Check.that(
                    columns[j].length == rows,
                    "column " + j + " must have " + rows + " rows, got " + columns[j].length);
            q[j] = columns[j].clone();
            scale[j] = scaleToUnitLength(q[j]);
        }
        double[] w = response.clone();
        for (int j = 0; j < k; j++) {
            if (j >= rows || !(Householder.reflect(q, j, j, w) > DEPENDENT)) {
                return new LeastSquares(rows, nan(k), nan(k), Double.NaN, false);
            }
        }
        double rss = Sums.dot(w, k, w, k, rows - k);
        double variance = rows > k ? rss / (rows - k) : Double.NaN;
        return new LeastSquares(rows, solve(q, scale, w), errors(q, scale, variance), rss, true);
    }

    private static double[] nan(int k) {
        double[] values = new double[k];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static double scaleToUnitLength(double[] v) {
        double length = Math.sqrt(Sums.dot(v, 0, v, 0, v.length));
        if (length > 0) {
            for (int i = 0; i < v.length; i++) {
                v[i] /= length;
            }
        }
        return length;
    }

    private static double[] solve(double[][] q, double[] scale, double[] w) {
        double[] b = Arrays.copyOf(w, q.length);
        for (int i = q.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < q.length; j++) {
                b[i] -= q[j][i] * b[j];
            }
            b[i] /= q[i][i];
        }
        for (int i = 0; i < b.length; i++) {
            b[i] /= scale[i];
        }
        return b;
    }

    /** Row lengths of R^-1, column by column of the inverse. */
    private static double[] errors(double[][] q, double[] scale, double variance) {
        int k = q.length;
        double[] squares = new double[k];
        double[] x = new double[k];
        for (int c = 0; c < k; c++) {
            Arrays.fill(x, 0);
            x[c] = 1;
            for (int i = c; i >= 0; i--) {
                for (int j = i + 1; j <= c; j++) {
                    x[i] -= q[j][i] * x[j];
                }
                x[i] /= q[i][i];
                squares[i] += x[i] * x[i];
            }
        }
        for (int i = 0; i < k; i++) {
            squares[i] = Math.sqrt(squares[i] * variance) / scale[i];
        }
        return squares;
    }

    /**
     * One coefficient.
     *
     * @param column 0 up to the number of columns
     * @return the estimate, NaN without full rank
     */
    public double coefficient(int column) {
        return coefficients[column];
    }

    /**
     * The standard error of one coefficient.
     *
     * @param column 0 up to the number of columns
     * @return at least 0; NaN without full rank or without a degree of freedom
     */
    public double standardError(int column) {
        return standardErrors[column];
    }

    /**
     * The t statistic of one coefficient against 0.
     *
     * @param column 0 up to the number of columns
     * @return estimate over standard error
     */
    public double tStatistic(int column) {
        return coefficients[column] / standardErrors[column];
    }

    /**
     * Residual sum of squares.
     *
     * @return at least 0, NaN without full rank
     */
    public double residualSumOfSquares() {
        return rss;
    }

    /**
     * Residual degrees of freedom.
     *
     * @return rows minus columns
     */
    public int degreesOfFreedom() {
        return rows - coefficients.length;
    }

    /**
     * Whether the columns are independent.
     *
     * @return false if one of them depends on those before it or there are fewer rows than columns
     */
    public boolean fullRank() {
        return fullRank;
    }
}
