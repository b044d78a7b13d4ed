package org.lama.models.arima;

/**
 * LU with partial pivoting and Cholesky for the tiny systems of an ARMA likelihood; row-major with a given stride, in
 * place, allocation-free.
 */
final class SmallLinear {
    private SmallLinear() {}

    /**
     * Factorises a in place.
     *
     * @return the determinant; 0 or NaN if the matrix is singular
     */
    static double factor(double[] a, int n, int[] pivot) {
        double determinant = 1;
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) {
                    best = i;
                }
            }
            pivot[k] = best;
            if (best != k) {
                swapRows(a, n, k, best);
                determinant = -determinant;
            }
            double diagonal = a[k * n + k];
            determinant *= diagonal;
            if (!(Math.abs(diagonal) > 0)) {
                return determinant;
            }
            eliminate(a, n, k, 1 / diagonal);
        }
        return determinant;
    }

    private static void swapRows(double[] a, int n, int i, int k) {
        for (int j = 0; j < n; j++) {
            double keep = a[i * n + j];
            a[i * n + j] = a[k * n + j];
            a[k * n + j] = keep;
        }
    }

    private static void eliminate(double[] a, int n, int k, double inverse) {
        for (int i = k + 1; i < n; i++) {
            double factor = a[i * n + k] * inverse;
            a[i * n + k] = factor;
            for (int j = k + 1; j < n; j++) {
                a[i * n + j] -= factor * a[k * n + j];
            }
        }
    }

    /** Solves A x = b in place; b has the given number of columns (row-major). */
    static void solve(double[] lu, int n, int[] pivot, double[] b, int columns) {
        for (int k = 0; k < n; k++) {
            int other = pivot[k];
            if (other != k) {
                for (int c = 0; c < columns; c++) {
                    double keep = b[k * columns + c];
                    b[k * columns + c] = b[other * columns + c];
                    b[other * columns + c] = keep;
                }
            }
        }
        for (int c = 0; c < columns; c++) {
            for (int i = 1; i < n; i++) {
                double sum = b[i * columns + c];
                for (int j = 0; j < i; j++) {
                    sum -= lu[i * n + j] * b[j * columns + c];
                }
                b[i * columns + c] = sum;
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = b[i * columns + c];
                for (int j = i + 1; j < n; j++) {
                    sum -= lu[i * n + j] * b[j * columns + c];
                }
                b[i * columns + c] = sum / lu[i * n + i];
            }
        }
    }

    /** Solves A' x = b in place. */
    static void solveTransposed(double[] lu, int n, int[] pivot, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= lu[j * n + i] * b[j];
            }
            b[i] = sum / lu[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int j = i + 1; j < n; j++) {
                sum -= lu[j * n + i] * b[j];
            }
            b[i] = sum;
        }
        for (int k = n - 1; k >= 0; k--) {
            int other = pivot[k];
            double keep = b[k];
            b[k] = b[other];
            b[other] = keep;
        }
    }

    /**
     * Replaces the lower triangle of a symmetric matrix by its Cholesky factor.
     *
     * @return whether every pivot exceeded the floor times its diagonal element
     */
    static boolean cholesky(double[] a, int n, double floor) {
        for (int j = 0; j < n; j++) {
            double diagonal = a[j * n + j];
            double pivot = diagonal;
            for (int k = 0; k < j; k++) {
                pivot -= a[j * n + k] * a[j * n + k];
            }
            if (!(pivot > floor * diagonal && pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                return false;
            }
            double root = Math.sqrt(pivot);
            a[j * n + j] = root;
            for (int i = j + 1; i < n; i++) {
                double sum = a[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i * n + k] * a[j * n + k];
                }
                a[i * n + j] = sum / root;
            }
        }
        return true;
    }

    /** Solves L L' x = b in place. */
    static void solveCholesky(double[] l, int n, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i * n + k] * b[k];
            }
            b[i] = sum / l[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) {
                sum -= l[k * n + i] * b[k];
            }
            b[i] = sum / l[i * n + i];
        }
    }

    /** The inverse from a Cholesky factor, as a new row-major matrix. */
    static double[] inverseFromCholesky(double[] l, int n) {
        double[] inverse = new double[n * n];
        inverseFromCholesky(l, n, inverse, new double[n]);
        return inverse;
    }

    /** The same into a given matrix, with a work array of n numbers. */
    static void inverseFromCholesky(double[] l, int n, double[] inverse, double[] column) {
        for (int j = 0; j < n; j++) {
            java.util.Arrays.fill(column, 0, n, 0);
            column[j] = 1;
            solveCholesky(l, n, column);
            for (int i = 0; i < n; i++) {
                inverse[i * n + j] = column[i];
            }
        }
    }
}
