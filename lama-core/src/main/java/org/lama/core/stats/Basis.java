package org.lama.core.stats;

import org.lama.core.math.Sums;

/**
 * An orthonormal basis that grows column by column (Gram-Schmidt, each column twice, so that orthogonality holds to
 * rounding), for residuals of regressions. O(rows · columns) per column.
 */
final class Basis {
    /** A column whose part outside of the others is smaller, relative to its length, counts as dependent. */
    private static final double DEPENDENT = 1e-11;

    private final double[][] vectors;
    private int rank;

    Basis(int most) {
        vectors = new double[most][];
    }

    /** The polynomial with so many terms, 0 to 3. */
    static Basis ofTrend(int terms, int rows, int more) {
        Basis basis = new Basis(terms + more);
        for (int degree = 0; degree < terms; degree++) {
            double[] column = new double[rows];
            for (int t = 0; t < rows; t++) {
                column[t] = Samples.polynomial(degree, t, rows);
            }
            basis.add(column);
        }
        return basis;
    }

    /** Takes a column over, overwriting it; false if it depends on those before it. */
    boolean add(double[] column) {
        double whole = length(column);
        residual(column);
        double rest = length(column);
        if (!(rest > DEPENDENT * whole)) {
            return false;
        }
        for (int t = 0; t < column.length; t++) {
            column[t] /= rest;
        }
        // Once more: the first pass left an error of the size of rounding over rest / whole.
        residual(column);
        double unit = length(column);
        for (int t = 0; t < column.length; t++) {
            column[t] /= unit;
        }
        vectors[rank++] = column;
        return true;
    }

    /** Replaces values by what the columns leave of them. */
    void residual(double[] values) {
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < rank; k++) {
                double[] v = vectors[k];
                double share = Sums.dot(v, 0, values, 0, values.length);
                for (int t = 0; t < values.length; t++) {
                    values[t] -= share * v[t];
                }
            }
        }
    }

    int rank() {
        return rank;
    }

    private static double length(double[] v) {
        return Math.sqrt(Sums.dot(v, 0, v, 0, v.length));
    }
}
