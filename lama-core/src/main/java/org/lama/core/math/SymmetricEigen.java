package org.lama.core.math;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Eigenvalues and vectors of a small symmetric matrix by Jacobi rotations (Golub and Van Loan 2013, section 8.5).
 * Matrices stand row by row in one array. NaN in the matrix comes out as NaN. O(n^3) per sweep, about six sweeps.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SymmetricEigen {
    private static final int MOST_SWEEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param a the matrix, n * n entries; overwritten
     * @param n number of rows, at least 1
     * @return eigenvalues in falling order with their vectors
     */
    public static SymmetricEigen of(double[] a, int n) {
        Check.atLeast(n, 1, "n");
        Check.that(a.length == n * n, "a must have " + n * n + " entries, got " + a.length);
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= rotate(a, n, v, p, q);
                }
            }
        }
        return sorted(a, n, v);
    }

    /** Makes entry (p, q) zero; false if it is nothing beside the diagonal. */
    private static boolean rotate(double[] a, int n, double[][] v, int p, int q) {
        double off = a[p * n + q];
        if (!(Math.abs(off) > 1e-17 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q])))) {
            return false;
        }
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double c = 1 / Math.sqrt(1 + t * t);
        double s = t * c;
        for (int i = 0; i < n; i++) {
            double ip = a[i * n + p];
            double iq = a[i * n + q];
            a[i * n + p] = c * ip - s * iq;
            a[i * n + q] = s * ip + c * iq;
        }
        for (int i = 0; i < n; i++) {
            double pi = a[p * n + i];
            double qi = a[q * n + i];
            a[p * n + i] = c * pi - s * qi;
            a[q * n + i] = s * pi + c * qi;
            double vp = v[p][i];
            double vq = v[q][i];
            v[p][i] = c * vp - s * vq;
            v[q][i] = s * vp + c * vq;
        }
        return true;
    }

    private static SymmetricEigen sorted(double[] a, int n, double[][] v) {
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        boolean[] taken = new boolean[n];
        for (int k = 0; k < n; k++) {
            int best = -1;
            for (int i = 0; i < n; i++) {
                if (!taken[i] && (best < 0 || a[i * n + i] > a[best * n + best])) {
                    best = i;
                }
            }
            taken[best] = true;
            values[k] = a[best * n + best];
            vectors[k] = v[best];
        }
        return new SymmetricEigen(values, vectors);
    }

    /**
     * An eigenvalue.
     *
     * @param k its rank, 0 for the largest
     * @return the value
     */
    public double value(int k) {
        return values[k];
    }

    /**
     * An eigenvector.
     *
     * @param k rank of its eigenvalue
     * @return a vector of length 1, lent; the caller may overwrite it
     */
    public double[] vector(int k) {
        return vectors[k];
    }
}
