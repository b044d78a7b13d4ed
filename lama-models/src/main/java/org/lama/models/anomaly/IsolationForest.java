package org.lama.models.anomaly;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Deadline;
import org.lama.core.math.Quantiles;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.TaskExecutor;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Isolation forest (Liu, Ting and Zhou 2008, doi:10.1109/ICDM.2008.17): each tree splits a small sample at a uniformly
 * drawn threshold of a uniformly drawn feature among those that vary, down to depth ⌈log2 ψ⌉. Points that are few and
 * different are cut off early. With more than one feature per split the forest is extended: a node draws that many varying
 * features, gives each a standard normal weight divided by the feature's standard deviation in the node, and splits at a
 * uniformly drawn threshold of the range of the weighted sum. (Hariri, Kind and Brunner 2019 draw a point of the node's box
 * instead, where a side can stay empty.) Either way the result does not depend on the unit or the offset of a feature, apart
 * from rounding. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class IsolationForest {
    private static final int TREES_PER_TASK = 8;

    private IsolationForest() {}

    /**
     * Fits a forest on the calling thread. Equal arguments give equal bits. O(trees · ψ · log ψ · features per split) beside
     * one pass over the data for missing values; the data are copied only where a value is missing and not branched. A forest
     * of fewer than two rows, or of columns that do not vary, knows nothing and scores 0.5 (to rounding) everywhere.
     *
     * @param columns one array per feature, finite or NaN; read only
     * @param rows rows used, at least 1, at most the length of each column
     * @param options settings
     * @return the frozen forest
     * @throws IllegalArgumentException for an infinite value, for a NaN unless the options allow it, or if no row is left,
     *     naming column and row
     */
    public static IsolationForestModel fit(double[][] columns, int rows, IsolationForestOptions options) {
        return fit(columns, rows, options, Deadline.none(), SequentialTaskExecutor.create());
    }

    /**
     * Fits a forest on the threads of an executor and within a deadline. Every tree depends on seed and number alone, so any
     * number of threads gives equal bits as long as the deadline does not come. When it comes, the trees before the first one
     * that was not grown make the forest, at least one: {@link IsolationForestModel#trees()} tells.
     *
     * @param columns one array per feature, finite or NaN; read only
     * @param rows rows used, at least 1, at most the length of each column
     * @param options settings
     * @param deadline polled before each tree but the first; {@link Deadline#none()} in backtests
     * @param executor runs the trees
     * @return the frozen forest
     * @throws IllegalArgumentException for an infinite value, for a NaN unless the options allow it, or if no row is left,
     *     naming column and row
     */
    public static IsolationForestModel fit(
            double[][] columns, int rows, IsolationForestOptions options, Deadline deadline, TaskExecutor executor) {
        Check.that(columns.length > 0, "columns must hold at least one feature");
        Check.atLeast(rows, 1, "rows");
        int missing = 0;
        for (int f = 0; f < columns.length; f++) {
            missing += countMissing(columns[f], f, rows, options.missing());
        }
        Imputation imputation = new Imputation(options.missing(), medians(columns, rows, options.missing()));
        boolean asTheyAre = missing == 0 || options.missing() == Missing.BRANCH;
        double[][] complete = asTheyAre ? columns : complete(columns, rows, imputation);
        int left = asTheyAre ? rows : complete[0].length;
        Check.that(left > 0, "no row is without NaN, so there is nothing to fit; " + rows + " rows were given");
        int sampleSize = Math.min(options.sampleSize(), left);
        int usual = 32 - Integer.numberOfLeadingZeros(sampleSize - 1);
        int depth = options.depthLimit() == 0 ? usual : options.depthLimit();
        Trees trees = new Trees(options.trees(), depth, Math.min(options.featuresPerSplit(), columns.length));
        int grown = grow(new Plot(complete, left, sampleSize, options, trees), deadline, executor);
        Trees kept = grown == trees.count ? trees : trees.head(grown);
        return new IsolationForestModel(kept, options, columns.length, sampleSize, imputation);
    }

    /** What every task grows on. */
    @SuppressWarnings("ArrayRecordComponent") // shared between the tasks of one fit, never compared
    private record Plot(double[][] columns, int rows, int sampleSize, IsolationForestOptions options, Trees trees) {}

    /** Grows all trees and returns the number of those before the first one that the deadline cut off. */
    private static int grow(Plot plot, Deadline deadline, TaskExecutor executor) {
        int count = plot.trees().count;
        int tasks = (count + TREES_PER_TASK - 1) / TREES_PER_TASK;
        List<Integer> done = executor.map(tasks, task -> {
            TreeGrower grower =
                    new TreeGrower(plot.columns(), plot.rows(), plot.sampleSize(), plot.options(), plot.trees());
            int tree = task * TREES_PER_TASK;
            int end = Math.min(count, tree + TREES_PER_TASK);
            while (tree < end && (tree == 0 || !deadline.expired())) {
                grower.grow(tree++);
            }
            return tree;
        });
        for (int task = 0; task < tasks; task++) {
            if (done.get(task) < Math.min(count, (task + 1) * TREES_PER_TASK)) {
                return done.get(task);
            }
        }
        return count;
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
                Check.that(policy != Missing.REFUSE, Imputation.refusal(feature, r));
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
        boolean skip = imputation.skips();
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
