package org.lama.models.anomaly;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.TaskExecutor;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

/**
 * A fitted isolation forest. With depth scoring the score of a row is
 *
 * <pre>s = 2^(-E[h] / c(ψ)),   c(n) = 2 (ln(n - 1) + 0.5772156649) - 2 (n - 1) / n</pre>
 *
 * <p>with E[h] the mean path length over the trees and ψ the sample size (Liu et al. 2008, equations 1 and 2): in (0, 1),
 * about 0.5 for usual rows, towards 1 for rows that are cut off early. With density scoring and L the mean over the trees of
 * log2(density of the leaf / density of an even spread),
 *
 * <pre>s = 1 / (1 + 2^L)</pre>
 *
 * <p>in (0, 1) as well, 0.5 where points lie as dense as an even spread would. One row and a batch of rows, on any number of
 * threads, give equal bits. A NaN is treated as the options say; an infinite value lies beyond every threshold (in a weighted
 * sum it counts as the largest finite value, and a sum that is not a number leads left). Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class IsolationForestModel {
    private static final int ROWS_PER_TASK = 16 * BlockKernel.BLOCK;

    private final Trees trees;
    private final IsolationForestOptions options;
    private final int features;
    private final int sampleSize;
    private final double usualPath;
    private final Imputation imputation;
    private final @Nullable BlockKernel ranks;
    private final @Nullable PlaneKernel planes;

    IsolationForestModel(
            Trees trees, IsolationForestOptions options, int features, int sampleSize, Imputation imputation) {
        this.trees = trees;
        this.options = options;
        this.features = features;
        this.sampleSize = sampleSize;
        this.imputation = imputation;
        usualPath = Trees.averagePath(sampleSize);
        ranks = BlockKernel.of(trees, features, options.missing());
        planes = trees.width > 1 ? new PlaneKernel(trees, features) : null;
    }

    /**
     * The number of features of a row.
     *
     * @return at least 1
     */
    public int features() {
        return features;
    }

    /**
     * The rows that each tree has seen.
     *
     * @return at least 1
     */
    public int sampleSize() {
        return sampleSize;
    }

    /**
     * The number of trees; less than the options say if a deadline came.
     *
     * @return at least 1
     */
    public int trees() {
        return trees.count;
    }

    /**
     * The settings of the fit.
     *
     * @return the options as they were given
     */
    public IsolationForestOptions options() {
        return options;
    }

    Trees grown() {
        return trees;
    }

    double[] medians() {
        return imputation.medians();
    }

    /**
     * The score of one row. O(trees · log ψ · features per split); allocates only if a value is missing and not branched.
     *
     * @param row one value per feature
     * @return the score in (0, 1), or NaN if a value is missing and rows with missing values are skipped
     */
    public double score(double[] row) {
        double[] values = filled(row);
        return values.length == 0 ? Double.NaN : scoreOf(trees.sum(values));
    }

    /**
     * Why a row is as unusual as it is, by feature. O(trees · log ψ · features per split).
     *
     * @param row one value per feature
     * @return contributions that add up to what sets the row apart from the average
     */
    public Attribution explain(double[] row) {
        double baseline = PathShares.baseline(trees);
        double[] values = filled(row);
        if (values.length == 0) {
            double[] nothing = new double[features];
            Arrays.fill(nothing, Double.NaN);
            return new Attribution(baseline, Double.NaN, Double.NaN, nothing);
        }
        double sum = trees.sum(values);
        return new Attribution(baseline, sum / trees.count, scoreOf(sum), PathShares.contributions(trees, values));
    }

    /** The row with missing values replaced, itself if it has none; empty if it is skipped. */
    private double[] filled(double[] row) {
        if (row.length != features) { // not by Check.that, whose message would be built for every row
            throw new IllegalArgumentException("row must have " + features + " values, got " + row.length);
        }
        boolean gap = false;
        for (double value : row) {
            gap |= Double.isNaN(value);
        }
        if (!gap) {
            return row;
        }
        double[] copy = row.clone();
        return RowReader.fill(copy, 0, imputation) ? copy : new double[0];
    }

    /**
     * The scores of rows {@code [from, to)} on the calling thread. O(rows · trees · log ψ · features per split); allocates
     * scratch of one block.
     *
     * @param columns one array per feature
     * @param from first row
     * @param to row after the last
     * @param out receives the score of row r at r - from
     */
    public void score(double[][] columns, int from, int to, double[] out) {
        checkShape(columns, from, to, out);
        scoreRange(columns, from, to, out, 0);
    }

    /**
     * The scores of rows {@code [from, to)} in parts of 8,192 rows on an executor, equal in every bit to those of one thread.
     *
     * @param columns one array per feature
     * @param from first row
     * @param to row after the last
     * @param out receives the score of row r at r - from
     * @param executor runs the parts
     */
    public void score(double[][] columns, int from, int to, double[] out, TaskExecutor executor) {
        checkShape(columns, from, to, out);
        int tasks = (to - from + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
        executor.map(tasks, task -> {
            int first = from + task * ROWS_PER_TASK;
            scoreRange(columns, first, Math.min(to, first + ROWS_PER_TASK), out, first - from);
            return task;
        });
    }

    private void scoreRange(double[][] columns, int from, int to, double[] out, int at) {
        BlockKernel.@Nullable Scratch codes = ranks == null ? null : ranks.scratch();
        PlaneKernel.@Nullable Scratch scratch = planes == null ? null : planes.scratch();
        double[] sums = new double[BlockKernel.BLOCK];
        double[] row = new double[features];
        for (int start = from; start < to; start += BlockKernel.BLOCK) {
            int count = Math.min(BlockKernel.BLOCK, to - start);
            if (ranks != null && codes != null) {
                ranks.sums(columns, start, count, imputation, codes, sums);
            } else if (planes != null && scratch != null) {
                planes.sums(columns, start, count, imputation, scratch, sums);
            } else { // too many features or thresholds for the packed nodes
                for (int r = 0; r < count; r++) {
                    sums[r] = RowReader.sum(trees, columns, start + r, imputation, row);
                }
            }
            for (int r = 0; r < count; r++) {
                out[at + start - from + r] = scoreOf(sums[r]);
            }
        }
    }

    private double scoreOf(double sum) {
        if (options.scoring() != Scoring.DEPTH) {
            return 1 / (1 + Exp2.of(sum / trees.count));
        }
        return usualPath == 0 ? 0.5 : Exp2.of(-(sum / trees.count) / usualPath);
    }

    private void checkShape(double[][] columns, int from, int to, double[] out) {
        Check.that(columns.length == features, "columns must hold " + features + " features, got " + columns.length);
        Check.that(0 <= from && from <= to, "rows must be a range, got [" + from + ", " + to + ")");
        for (double[] column : columns) {
            Check.that(column.length >= to, "each column must have at least " + to + " rows, got " + column.length);
        }
        Check.that(out.length >= to - from, "out must have " + (to - from) + " rows, got " + out.length);
    }
}
