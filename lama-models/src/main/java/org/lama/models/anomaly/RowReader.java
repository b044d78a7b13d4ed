package org.lama.models.anomaly;

/** Walks one row of columns through the trees, with missing values replaced: the way that the block kernels must equal. */
final class RowReader {
    private RowReader() {}

    /** The sum of the leaves of one row; NaN where the row is skipped. The row is left in the scratch. */
    static double sum(Trees trees, double[][] columns, int r, Imputation imputation, double[] row) {
        for (int f = 0; f < row.length; f++) {
            row[f] = columns[f][r];
        }
        return fill(row, r, imputation) ? trees.sum(row) : Double.NaN;
    }

    /** Replaces what is missing; false where the row is to be skipped. */
    static boolean fill(double[] row, int r, Imputation imputation) {
        boolean complete = true;
        for (int f = 0; f < row.length; f++) {
            if (Double.isNaN(row[f])) {
                row[f] = imputation.replace(f, r);
                complete = false;
            }
        }
        return complete || !imputation.skips();
    }
}
