package org.lama.models.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * A fitted isolation forest. The score of a row is
 *
 * <pre>s = 2^(-E[h] / c(ψ)),   c(n) = 2 (ln(n - 1) + 0.5772156649) - 2 (n - 1) / n</pre>
 *
 * <p>with E[h] the mean path length over the trees and ψ the sample size (Liu et al. 2008, equations 1 and 2): in (0, 1),
 * about 0.5 for usual rows, towards 1 for rows that are cut off early. One row and a batch of rows, on any number of
 * threads, give equal bits. A NaN is treated as the options say; an infinite value lies beyond every threshold. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class IsolationForestModel {
    private static final int ROWS_PER_TASK = 16 * BlockKernel.BLOCK;

    private final Trees trees;
    private final int features;
    private final int sampleSize;
    private final double usualPath;
    private final Imputation imputation;
    private final @Nullable BlockKernel kernel;

    IsolationForestModel(Trees trees, int features, int sampleSize, Imputation imputation) {
        this.trees = trees;
        this.features = features;
        this.sampleSize = sampleSize;
        this.imputation = imputation;
        usualPath = Trees.averagePath(sampleSize);
        kernel = BlockKernel.of(trees, features);
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
     * The number of trees.
     *
     * @return at least 1
     */
    public int trees() {
        return trees.count();
    }

    /**
     * The score of one row. O(trees · log ψ); allocates only if a value is missing.
     *
     * @param row one value per feature
     * @return the score in (0, 1), or NaN if a value is missing and rows with missing values are skipped
     */
    public double score(double[] row) {
        Check.that(row.length == features, "row must have " + features + " values, got " + row.length);
        double[] values = row;
        for (int f = 0; f < features; f++) {
            if (Double.isNaN(row[f])) {
                if (values == row) {
                    values = row.clone();
                }
                values[f] = imputation.replace(f, 0);
                if (imputation.missing() == Missing.SKIP) {
                    return Double.NaN;
                }
            }
        }
        return scoreOf(trees.pathSum(values));
    }

    /**
     * The scores of rows {@code [from, to)} on the calling thread. O(rows · trees · log ψ); allocates scratch of one
     * block.
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
     * The scores of rows {@code [from, to)} on the threads of a pool, equal in every bit to those of one thread. The pool
     * stays the caller's; on the first failure the rest is cancelled.
     *
     * @param columns one array per feature
     * @param from first row
     * @param to row after the last
     * @param out receives the score of row r at r - from
     * @param pool runs the parts; must not be the pool whose thread is calling, if all of its threads may be waiting
     * @throws InterruptedException if the calling thread is interrupted while waiting
     */
    public void score(double[][] columns, int from, int to, double[] out, ExecutorService pool)
            throws InterruptedException {
        checkShape(columns, from, to, out);
        List<Future<?>> parts = new ArrayList<>();
        try {
            for (int start = from; start < to; start += ROWS_PER_TASK) {
                int first = start;
                int last = Math.min(to, first + ROWS_PER_TASK);
                parts.add(pool.submit(() -> scoreRange(columns, first, last, out, first - from)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IllegalArgumentException bug) {
                throw new IllegalArgumentException(bug.getMessage(), bug);
            }
            throw new IllegalStateException("scoring failed in a worker thread", failure.getCause());
        } finally {
            parts.forEach(part -> part.cancel(true));
        }
    }

    private void scoreRange(double[][] columns, int from, int to, double[] out, int at) {
        if (kernel == null) {
            scoreRows(columns, from, to, out, at);
            return;
        }
        BlockKernel.Scratch scratch = new BlockKernel.Scratch(features);
        for (int start = from; start < to; start += BlockKernel.BLOCK) {
            int count = Math.min(BlockKernel.BLOCK, to - start);
            kernel.pathSums(columns, start, count, imputation, scratch);
            for (int r = 0; r < count; r++) {
                out[at + start - from + r] = scoreOf(scratch.sum[r]);
            }
        }
    }

    /** For forests that do not fit into the packed nodes of the block kernel. */
    private void scoreRows(double[][] columns, int from, int to, double[] out, int at) {
        double[] row = new double[features];
        for (int r = from; r < to; r++) {
            boolean skipped = false;
            for (int f = 0; f < features; f++) {
                row[f] = columns[f][r];
                if (Double.isNaN(row[f])) {
                    row[f] = imputation.replace(f, r);
                    skipped |= imputation.missing() == Missing.SKIP;
                }
            }
            out[at + r - from] = skipped ? Double.NaN : scoreOf(trees.pathSum(row));
        }
    }

    private double scoreOf(double pathSum) {
        return usualPath == 0 ? 0.5 : StrictMath.pow(2, -(pathSum / trees.count()) / usualPath);
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
