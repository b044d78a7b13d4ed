package org.lama.core.stats;

/** Eigenvalues and vectors of a small symmetric matrix by Jacobi rotations (Golub and Van Loan 2013, section 8.5). */
final class SymmetricEigen {
    private static final int MOST_SWEEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /** Eigenvalues in falling order; the matrix, n x n row by row, is overwritten. */
    static SymmetricEigen of(double[] a, int n) {
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

    double value(int k) {
        return values[k];
    }

    /** Unit vector; the caller may overwrite it. */
    double[] vector(int k) {
        return vectors[k];
    }
}
