package org.lama.core.math;

/** Householder reflections on columns: the one step that all orthogonal regressions of this package share. */
final class Householder {
    private Householder() {}

    /**
     * Reflects column k so that nothing stays below row pivot, and every later column and the response alike. The
     * column holds its part of R in rows 0..pivot afterwards.
     *
     * @return the length of the column below the pivot rows relative to its whole length, 0 for a column of zeros; if
     *     that is tiny the caller must not count the column
     */
    static double reflect(double[][] columns, int k, int pivot, double[] response) {
        double[] v = columns[k];
        double whole = norm(v, 0);
        double below = norm(v, pivot);
        if (!(below > 1e-14 * whole)) {
            return 0;
        }
        double alpha = v[pivot] > 0 ? -below : below;
        double head = v[pivot] - alpha;
        double beta = -1 / (alpha * head);
        v[pivot] = head;
        for (int j = k + 1; j < columns.length; j++) {
            apply(v, pivot, beta, columns[j]);
        }
        apply(v, pivot, beta, response);
        v[pivot] = alpha;
        return below / whole;
    }

    private static void apply(double[] v, int pivot, double beta, double[] target) {
        int length = v.length - pivot;
        double factor = beta * Sums.dot(v, pivot, target, pivot, length);
        for (int i = pivot; i < v.length; i++) {
            target[i] -= factor * v[i];
        }
    }

    private static double norm(double[] v, int from) {
        return Math.sqrt(Sums.dot(v, from, v, from, v.length - from));
    }
}
