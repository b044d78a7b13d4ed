package org.lama.core.math;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Ordinary least squares of one response on the first k of K columns, for every k at once: residual sums of squares and
 * the t statistic of the last column of each model. With Q the orthonormal basis of the columns and z = Q'y,
 * RSS(k) = RSS(K) + z(k+1)^2 + ... + z(K)^2 and t(k) = z(k) / sqrt(RSS(k) / (rows - k)).
 *
 * <p>Two ways to z: from a Gram matrix by one Cholesky factor (fast; squares the condition number) and from the columns
 * by Householder reflections (exact to the condition number itself). Columns that depend on those before them add no
 * rank and have a NaN t statistic. Immutable and thread-safe.
 *
 * <p>Golub and Van Loan (2013), Matrix Computations, 4th edition, sections 5.2 and 5.3.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class NestedLeastSquares {
    /** A column whose part outside of the columns before it is smaller, relative to its length, counts as dependent. */
    private static final double DEPENDENT = 1e-11;

    private final int rows;
    private final double[] z;
    private final double[] rss;
    private final int[] ranks;
    private final double smallestPivot;

    private NestedLeastSquares(int rows, double[] z, double[] rss, int[] ranks, double smallestPivot) {
        this.rows = rows;
        this.z = z;
        this.rss = rss;
        this.ranks = ranks;
        this.smallestPivot = smallestPivot;
    }

    /**
     * From the inner products of the columns, the response last. O(K^3 / 3).
     *
     * @param gram (K + 1) x (K + 1) inner products, row by row, lower triangle; overwritten
     * @param columns K, at least 0
     * @param rows number of rows behind the inner products
     * @return the fits; {@link #smallestPivot()} is 0 when the matrix could not be factored, and then nothing else may
     *     be used
     */
    public static NestedLeastSquares ofGram(double[] gram, int columns, int rows) {
        int n = Check.atLeast(columns, 0, "columns") + 1;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = Math.sqrt(gram[i * n + i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i * n + j] /= scale[i] * scale[j];
            }
        }
        if (Cholesky.factor(gram, n) < n) {
            return new NestedLeastSquares(rows, new double[columns], new double[n], new int[n], 0);
        }
        double smallest = 1;
        double[] z = new double[columns];
        for (int i = 0; i < n; i++) {
            smallest = Math.min(smallest, gram[i * n + i] * gram[i * n + i]);
        }
        int[] ranks = new int[n];
        for (int k = 0; k < columns; k++) {
            z[k] = gram[columns * n + k] * scale[columns];
            ranks[k + 1] = k + 1;
        }
        double last = gram[columns * n + columns] * scale[columns];
        return new NestedLeastSquares(rows, z, tails(z, last * last), ranks, smallest);
    }

    /**
     * From the columns themselves. O(rows · K^2).
     *
     * @param columns K columns of equal length; overwritten
     * @param response as many values; overwritten by its coordinates in the orthonormal basis
     * @return the fits
     */
    public static NestedLeastSquares ofColumns(double[][] columns, double[] response) {
        int rows = response.length;
        double[] z = new double[columns.length];
        int[] ranks = new int[columns.length + 1];
        double smallest = 1;
        int rank = 0;
        for (int k = 0; k < columns.length; k++) {
            double share = rank < rows ? Householder.reflect(columns, k, rank, response) : 0;
            smallest = Math.min(smallest, share * share);
            if (share > DEPENDENT) {
                // The reflection may have turned the basis vector against its column.
                z[k] = Math.copySign(1, columns[k][rank]) * response[rank];
                rank++;
            } else {
                z[k] = Double.NaN;
            }
            ranks[k + 1] = rank;
        }
        double rest = Sums.dot(response, rank, response, rank, rows - rank);
        return new NestedLeastSquares(rows, z, tails(z, rest), ranks, smallest);
    }

    private static double[] tails(double[] z, double rest) {
        double[] rss = new double[z.length + 1];
        rss[z.length] = rest;
        for (int k = z.length - 1; k >= 0; k--) {
            rss[k] = rss[k + 1] + (Double.isNaN(z[k]) ? 0 : z[k] * z[k]);
        }
        return rss;
    }

    /**
     * Number of columns.
     *
     * @return K
     */
    public int columns() {
        return z.length;
    }

    /**
     * Residual sum of squares of the model of the first k columns.
     *
     * @param k 0 to {@link #columns()}
     * @return the sum, at least 0
     */
    public double residualSumOfSquares(int k) {
        return rss[k];
    }

    /**
     * Rank of the first k columns.
     *
     * @param k 0 to {@link #columns()}
     * @return at most k
     */
    public int rank(int k) {
        return ranks[k];
    }

    /**
     * Residual degrees of freedom of the model of the first k columns.
     *
     * @param k 0 to {@link #columns()}
     * @return rows minus rank, may be 0
     */
    public int degreesOfFreedom(int k) {
        return rows - ranks[k];
    }

    /**
     * The t statistic of column k in the model of the first k columns.
     *
     * @param k 1 to {@link #columns()}
     * @return estimate over standard error; NaN if the column depends on those before it or no degree of freedom is left
     */
    public double tStatistic(int k) {
        int df = degreesOfFreedom(k);
        return df > 0 ? z[k - 1] / Math.sqrt(rss[k] / df) : Double.NaN;
    }

    /**
     * The smallest share of a column's (or, from a Gram matrix, also the response's) squared length that lies outside of
     * the columns before it: an inverse condition number of the squared problem. Results from a Gram matrix lose about as
     * many digits as this has zeros behind the point.
     *
     * @return 0 (singular) to 1 (orthogonal)
     */
    public double smallestPivot() {
        return smallestPivot;
    }
}
