package org.lama.models.arima;

/**
 * LU factorisation and solutions for the systems of a seasonal likelihood (some ten to two hundred unknowns, as many right
 * hand sides), row-major and row by row, so that the inner loops run over neighbouring numbers. In place,
 * allocation-free.
 */
final class DenseLinear {
    private DenseLinear() {}

    /**
     * Factorises a in place.
     *
     * @return log |det a|; NaN if the matrix is singular or its determinant negative
     */
    static double factor(double[] a, int n, int[] pivot) {
        double logs = 0;
        boolean negative = false;
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) {
                    best = i;
                }
            }
            pivot[k] = best;
            if (best != k) {
                swap(a, k, best, n);
                negative = !negative;
            }
            double diagonal = a[k * n + k];
            if (!(Math.abs(diagonal) > 0)) {
                return Double.NaN;
            }
            negative ^= diagonal < 0;
            logs += Math.log(Math.abs(diagonal));
            double inverse = 1 / diagonal;
            for (int i = k + 1; i < n; i++) {
                double factor = a[i * n + k] * inverse;
                a[i * n + k] = factor;
                if (factor != 0) {
                    subtract(a, i * n + k + 1, factor, a, k * n + k + 1, n - k - 1);
                }
            }
        }
        return negative ? Double.NaN : logs;
    }

    private static void swap(double[] a, int i, int k, int columns) {
        for (int j = 0; j < columns; j++) {
            double keep = a[i * columns + j];
            a[i * columns + j] = a[k * columns + j];
            a[k * columns + j] = keep;
        }
    }

    /** x -= factor y on parts of two arrays. */
    private static void subtract(double[] x, int at, double factor, double[] y, int from, int length) {
        for (int j = 0; j < length; j++) {
            x[at + j] -= factor * y[from + j];
        }
    }

    private static void scale(double[] x, int at, double factor, int length) {
        for (int j = 0; j < length; j++) {
            x[at + j] *= factor;
        }
    }

    /** Solves A X = B in place; B has n rows of the given number of columns. */
    static void solve(double[] lu, int n, int[] pivot, double[] b, int columns) {
        for (int k = 0; k < n; k++) {
            if (pivot[k] != k) {
                swap(b, k, pivot[k], columns);
            }
        }
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                subtract(b, i * columns, lu[i * n + j], b, j * columns, columns);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                subtract(b, i * columns, lu[i * n + j], b, j * columns, columns);
            }
            scale(b, i * columns, 1 / lu[i * n + i], columns);
        }
    }

    /** Solves A' X = B in place; B has n rows of the given number of columns. */
    static void solveTransposed(double[] lu, int n, int[] pivot, double[] b, int columns) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                subtract(b, i * columns, lu[j * n + i], b, j * columns, columns);
            }
            scale(b, i * columns, 1 / lu[i * n + i], columns);
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                subtract(b, i * columns, lu[j * n + i], b, j * columns, columns);
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            if (pivot[k] != k) {
                swap(b, k, pivot[k], columns);
            }
        }
    }

    /** out = a b for square matrices. */
    static void multiply(double[] a, double[] b, double[] out, int n) {
        java.util.Arrays.fill(out, 0, n * n, 0);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i * n + k];
                if (factor != 0) {
                    subtract(out, i * n, -factor, b, k * n, n);
                }
            }
        }
    }
}
