package org.lama.core.math;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Cholesky factor of a symmetric positive definite matrix, A = L L'. Matrices are dense, row by row in one array: entry
 * (i, j) of an n x n matrix stands at i * n + j. Only the lower triangle is read and written. NaN in the matrix counts as
 * not positive definite. Stateless, thread-safe, allocates nothing.
 *
 * <p>Golub and Van Loan (2013), Matrix Computations, 4th edition, algorithm 4.2.1 in row order.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Cholesky {
    private Cholesky() {}

    /**
     * Replaces the lower triangle by its factor. O(n^3 / 3).
     *
     * @param a the matrix, n * n entries; the lower triangle of its leading block is overwritten
     * @param n number of rows
     * @return how many leading rows could be factored: n if the matrix is positive definite, else the index of the row
     *     whose pivot is not above 0
     */
    public static int factor(double[] a, int n) {
        checkSize(a, n);
        for (int i = 0; i < n; i++) {
            int row = i * n;
            for (int j = 0; j < i; j++) {
                a[row + j] = (a[row + j] - Sums.dot(a, row, a, j * n, j)) / a[j * n + j];
            }
            double pivot = a[row + i] - Sums.dot(a, row, a, row, i);
            if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                return i;
            }
            a[row + i] = Math.sqrt(pivot);
        }
        return n;
    }

    /**
     * Solves A x = b in place with the factor of A. O(n^2).
     *
     * @param factor what {@link #factor(double[], int)} left behind
     * @param n number of rows
     * @param b the right side, n values; overwritten by the solution
     */
    public static void solve(double[] factor, int n, double[] b) {
        forward(factor, n, b);
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < n; j++) {
                sum -= factor[j * n + i] * b[j];
            }
            b[i] = sum / factor[i * n + i];
        }
    }

    /**
     * Solves L z = b in place. O(n^2).
     *
     * @param factor what {@link #factor(double[], int)} left behind
     * @param n number of rows
     * @param b the right side, n values; overwritten by the solution
     */
    public static void forward(double[] factor, int n, double[] b) {
        checkSize(factor, n);
        Check.atLeast(b.length, n, "b.length");
        for (int i = 0; i < n; i++) {
            b[i] = (b[i] - Sums.dot(factor, i * n, b, 0, i)) / factor[i * n + i];
        }
    }

    /**
     * Logarithm of the determinant of A. O(n).
     *
     * @param factor what {@link #factor(double[], int)} left behind
     * @param n number of rows
     * @return ln det A, 0 for n = 0
     */
    public static double logDeterminant(double[] factor, int n) {
        checkSize(factor, n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(factor[i * n + i]);
        }
        return 2 * sum;
    }

    private static void checkSize(double[] a, int n) {
        Check.atLeast(n, 0, "n");
        Check.that(a.length >= (long) n * n, "a must hold n * n = " + (long) n * n + " entries, got " + a.length);
    }
}
