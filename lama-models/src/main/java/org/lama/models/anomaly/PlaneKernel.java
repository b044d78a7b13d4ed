package org.lama.models.anomaly;

import java.util.Arrays;

/**
 * Walks blocks of 512 rows through all trees of an extended forest, level by level: the side a row takes is the sign bit of
 * threshold minus weighted sum. Rows with a missing value, or with one so large that a weighted sum could overflow, are
 * walked one by one instead, where NaN has its rules. Weighted sums are added in the order of {@link Trees#sum}, so both are
 * equal to the last bit. Immutable and thread-safe; scratch belongs to the caller.
 */
final class PlaneKernel {
    private static final double LARGEST_PART = 1e300;

    private final Trees trees;
    private final int features;
    /** Start of a feature in the block; a padded node has weights 0 and threshold 0 and leads left. */
    private final int[] start;

    private final double[] threshold;
    private final double[] limit;

    PlaneKernel(Trees trees, int features) {
        this.trees = trees;
        this.features = features;
        start = new int[trees.feature.length];
        threshold = trees.threshold.clone();
        for (int i = 0; i < threshold.length; i++) {
            threshold[i] += 0.0; // -0 becomes +0, whose difference to any zero is +0
        }
        limit = new double[features];
        for (int i = 0; i < start.length; i++) {
            int feature = Math.max(0, trees.feature[i]);
            start[i] = feature * BlockKernel.BLOCK;
            limit[feature] = Math.max(limit[feature], Math.abs(trees.weight[i]));
        }
        for (int f = 0; f < features; f++) {
            limit[f] = LARGEST_PART / Math.max(1, limit[f]);
        }
    }

    /** Arrays of one thread. */
    static final class Scratch {
        final double[] values;
        final double[] row;
        final int[] node = new int[BlockKernel.BLOCK];
        final boolean[] alone = new boolean[BlockKernel.BLOCK];

        Scratch(int features) {
            values = new double[features * BlockKernel.BLOCK];
            row = new double[features];
        }
    }

    Scratch scratch() {
        return new Scratch(features);
    }

    /** Sums of up to 512 rows; NaN where a row is skipped for a missing value. */
    void sums(double[][] columns, int from, int count, Imputation imputation, Scratch scratch, double[] sums) {
        Arrays.fill(sums, 0, count, 0);
        Arrays.fill(scratch.alone, false);
        for (int f = 0; f < features; f++) {
            load(f, columns[f], from, count, scratch);
        }
        for (int tree = 0; tree < trees.count; tree++) {
            int base = tree << trees.depth;
            Arrays.fill(scratch.node, 0, count, base + 1);
            for (int level = 0; level < trees.depth; level++) {
                if (trees.width == 2) {
                    stepTwo(scratch.values, scratch.node, count, base);
                } else {
                    step(scratch.values, scratch.node, count, base);
                }
            }
            for (int r = 0; r < count; r++) {
                sums[r] += trees.leaf[scratch.node[r] - (1 << trees.depth)];
            }
        }
        for (int r = 0; r < count; r++) {
            if (scratch.alone[r]) {
                sums[r] = RowReader.sum(trees, columns, from + r, imputation, scratch.row);
            }
        }
    }

    private void load(int f, double[] column, int from, int count, Scratch scratch) {
        int at = f * BlockKernel.BLOCK;
        for (int r = 0; r < count; r++) {
            double value = column[from + r];
            boolean ordinary = Math.abs(value) <= limit[f];
            scratch.alone[r] |= !ordinary;
            scratch.values[at + r] = ordinary ? value : 0;
        }
    }

    private void stepTwo(double[] values, int[] node, int count, int base) {
        double[] weight = trees.weight;
        for (int r = 0; r < count; r++) {
            int n = node[r];
            double sum = weight[2 * n] * values[start[2 * n] + r];
            sum += weight[2 * n + 1] * values[start[2 * n + 1] + r];
            node[r] = 2 * n - base + (int) (Double.doubleToRawLongBits(threshold[n] - sum) >>> 63);
        }
    }

    private void step(double[] values, int[] node, int count, int base) {
        double[] weight = trees.weight;
        int width = trees.width;
        for (int r = 0; r < count; r++) {
            int n = node[r];
            int at = n * width;
            double sum = weight[at] * values[start[at] + r];
            for (int k = 1; k < width; k++) {
                sum += weight[at + k] * values[start[at + k] + r];
            }
            node[r] = 2 * n - base + (int) (Double.doubleToRawLongBits(threshold[n] - sum) >>> 63);
        }
    }
}
