package org.lama.models.anomaly;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Quantiles;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Isolation forest (Liu, Ting and Zhou 2008, doi:10.1109/ICDM.2008.17): each tree splits a small sample at a uniformly
 * drawn threshold of a uniformly drawn feature among those that vary, down to depth ⌈log2 ψ⌉. Points that are few and
 * different are cut off early. The result does not depend on the unit or the offset of a feature, apart from rounding.
 * Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class IsolationForest {
    private IsolationForest() {}

    /**
     * Fits a forest. Equal arguments give equal bits. O(trees · ψ · log ψ) beside one pass over the data for missing
     * values; the data are copied only where a value is missing. A forest of fewer than two rows, or of columns that do
     * not vary, knows nothing and scores 0.5 (to rounding) everywhere.
     *
     * @param columns one array per feature, finite or NaN; read only
     * @param rows rows used, at least 1, at most the length of each column
     * @param options settings
     * @return the frozen forest
     * @throws IllegalArgumentException for an infinite value, for a NaN unless the options allow it, or if no row is left,
     *     naming column and row
     */
    public static IsolationForestModel fit(double[][] columns, int rows, IsolationForestOptions options) {
        Check.that(columns.length > 0, "columns must hold at least one feature");
        Check.atLeast(rows, 1, "rows");
        int missing = 0;
        for (int f = 0; f < columns.length; f++) {
            missing += countMissing(columns[f], f, rows, options.missing());
        }
        Imputation imputation = new Imputation(options.missing(), medians(columns, rows, options.missing()));
        double[][] complete = missing == 0 ? columns : complete(columns, rows, imputation);
        int left = missing == 0 ? rows : complete[0].length;
        Check.that(left > 0, "no row is without NaN, so there is nothing to fit; " + rows + " rows were given");
        int sampleSize = Math.min(options.sampleSize(), left);
        int depth = 32 - Integer.numberOfLeadingZeros(sampleSize - 1);
        Trees trees = Trees.empty(options.trees(), depth);
        TreeGrower grower = new TreeGrower(complete, left, sampleSize, trees);
        for (int tree = 0; tree < options.trees(); tree++) {
            grower.grow(options.seed(), tree);
        }
        return new IsolationForestModel(trees, columns.length, sampleSize, imputation);
    }

    private static int countMissing(double[] column, int feature, int rows, Missing policy) {
        Check.that(
                column.length >= rows,
                "column " + feature + " must have at least " + rows + " rows, got " + column.length);
        int missing = 0;
        for (int r = 0; r < rows; r++) {
            if (!Double.isFinite(column[r])) {
                Check.that(
                        Double.isNaN(column[r]),
                        "values must be finite, got " + column[r] + " in column " + feature + ", row " + r);
                Check.that(
                        policy != Missing.REFUSE,
                        "values must not be NaN, got NaN in column " + feature + ", row " + r
                                + "; drop the row or choose the option SKIP or MEDIAN");
                missing++;
            }
        }
        return missing;
    }

    /** The median of each column, only where the policy asks for it: 0 stands for a row that is skipped anyway. */
    private static double[] medians(double[][] columns, int rows, Missing policy) {
        double[] medians = new double[columns.length];
        for (int f = 0; policy == Missing.MEDIAN && f < medians.length; f++) {
            double median = Quantiles.of(Arrays.copyOf(columns[f], rows), 0.5);
            medians[f] = Double.isNaN(median) ? 0 : median;
        }
        return medians;
    }

    private static double[][] complete(double[][] columns, int rows, Imputation imputation) {
        boolean skip = imputation.missing() == Missing.SKIP;
        double[][] out = new double[columns.length][rows];
        int left = 0;
        for (int r = 0; r < rows; r++) {
            boolean gap = false;
            for (int f = 0; f < columns.length; f++) {
                double value = columns[f][r];
                gap |= Double.isNaN(value);
                out[f][left] = Double.isNaN(value) ? imputation.medians()[f] : value;
            }
            left += skip && gap ? 0 : 1;
        }
        for (int f = 0; f < out.length; f++) {
            out[f] = Arrays.copyOf(out[f], left);
        }
        return out;
    }
}
