package org.lama.models.anomaly;

import java.util.Arrays;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Grows one tree after the other from its own generator, so that a tree depends on nothing but seed and number. */
final class TreeGrower {
    private final double[][] columns;
    private final int rows;
    private final Trees trees;
    private final int[] sample;
    private final int[] hash;
    private final int[] features;
    private double low;
    private double high;

    TreeGrower(double[][] columns, int rows, int sampleSize, Trees trees) {
        this.columns = columns;
        this.rows = rows;
        this.trees = trees;
        this.sample = new int[sampleSize];
        this.hash = new int[Integer.highestOneBit(Math.max(1, sampleSize)) << 2];
        this.features = new int[columns.length];
    }

    void grow(long seed, int tree) {
        Rng rng = Seeds.rng(seed, tree);
        draw(rng);
        split(rng, tree << trees.depth(), 1, 0, sample.length);
    }

    /** Draws distinct rows (Floyd's algorithm, Bentley and Floyd 1987): O(sample) whatever the number of rows. */
    int[] draw(Rng rng) {
        Arrays.fill(hash, -1);
        int filled = 0;
        for (int j = rows - sample.length; j < rows; j++) {
            int candidate = rng.nextInt(j + 1);
            int chosen = insert(candidate) ? candidate : j;
            if (chosen == j && candidate != j) {
                insert(j);
            }
            sample[filled++] = chosen;
        }
        return sample;
    }

    private boolean insert(int row) {
        int mask = hash.length - 1;
        int slot = (row * 0x9E3779B9) >>> 7 & mask;
        while (hash[slot] >= 0) {
            if (hash[slot] == row) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        hash[slot] = row;
        return true;
    }

    private void split(Rng rng, int base, int node, int from, int to) {
        int level = 31 - Integer.numberOfLeadingZeros(node);
        int feature = level < trees.depth() && to - from > 1 ? pickFeature(rng, from, to) : -1;
        if (feature < 0) {
            pad(base, node, level, level + Trees.averagePath(to - from));
            return;
        }
        double u = rng.nextDouble();
        double threshold = low * (1 - u) + high * u;
        if (!(threshold >= low && threshold < high)) { // rounding must leave rows on both sides
            threshold = low;
        }
        trees.feature()[base + node] = feature;
        trees.threshold()[base + node] = threshold;
        int middle = partition(columns[feature], threshold, from, to);
        split(rng, base, 2 * node, from, middle);
        split(rng, base, 2 * node + 1, middle, to);
    }

    /** A feature drawn uniformly from those that vary in the node, its range left in low and high; -1 if none varies. */
    private int pickFeature(Rng rng, int from, int to) {
        for (int f = 0; f < features.length; f++) {
            features[f] = f;
        }
        for (int left = features.length; left > 0; left--) {
            int pick = rng.nextInt(left);
            int feature = features[pick];
            features[pick] = features[left - 1];
            range(columns[feature], from, to);
            if (high > low) {
                return feature;
            }
        }
        return -1;
    }

    private void range(double[] column, int from, int to) {
        low = column[sample[from]];
        high = low;
        for (int i = from + 1; i < to; i++) {
            double value = column[sample[i]];
            if (value < low) {
                low = value;
            } else if (value > high) {
                high = value;
            }
        }
    }

    private int partition(double[] column, double threshold, int from, int to) {
        int middle = from;
        for (int i = from; i < to; i++) {
            int row = sample[i];
            if (column[row] <= threshold) {
                sample[i] = sample[middle];
                sample[middle++] = row;
            }
        }
        return middle;
    }

    private void pad(int base, int node, int level, double path) {
        int first = node;
        int width = 1;
        for (int l = level; l < trees.depth(); l++) {
            Arrays.fill(trees.feature(), base + first, base + first + width, -1);
            first *= 2;
            width *= 2;
        }
        int leaf = base + first - (1 << trees.depth());
        Arrays.fill(trees.path(), leaf, leaf + width, path);
    }
}
