package org.lama.models.anomaly;

import java.util.Arrays;

/**
 * The trees of a forest as complete heaps of equal depth: tree i owns slots {@code i << depth} up to the next tree's.
 * Inner node n (root 1, children 2n and 2n + 1) sends a row to its right child where the value of its feature, or the
 * weighted sum of its features, lies above its threshold. A leaf that lies higher is padded downwards: its inner nodes have
 * feature -1 and lead left, and all leaves below it say the same. Features, weights and centres of a slot stand at
 * {@code slot * width}; weights and centres are empty at width 1. Never changed after the fit.
 */
final class Trees {
    final int count;
    final int depth;
    /** Features per split. */
    final int width;

    final int[] feature;
    final double[] weight;
    /** Mean of a feature in a node: where its part of a weighted sum is measured from. */
    final double[] centre;

    final double[] threshold;
    /** Whether a missing value goes right, at width 1. */
    final boolean[] missingRight;

    final double[] leaf;
    /** Mean of the leaves below a node over the rows of the fit. */
    final double[] expected;

    Trees(int count, int depth, int width) {
        int slots = count << depth;
        this.count = count;
        this.depth = depth;
        this.width = width;
        feature = new int[slots * width];
        weight = new double[width == 1 ? 0 : slots * width];
        centre = new double[weight.length];
        threshold = new double[slots];
        missingRight = new boolean[slots];
        leaf = new double[slots];
        expected = new double[slots];
    }

    /** The first trees alone. */
    Trees head(int trees) {
        Trees head = new Trees(trees, depth, width);
        System.arraycopy(feature, 0, head.feature, 0, head.feature.length);
        System.arraycopy(weight, 0, head.weight, 0, head.weight.length);
        System.arraycopy(centre, 0, head.centre, 0, head.centre.length);
        System.arraycopy(threshold, 0, head.threshold, 0, head.threshold.length);
        System.arraycopy(missingRight, 0, head.missingRight, 0, head.missingRight.length);
        System.arraycopy(leaf, 0, head.leaf, 0, head.leaf.length);
        System.arraycopy(expected, 0, head.expected, 0, head.expected.length);
        return head;
    }

    /** Makes everything below a node say one value. */
    void pad(int base, int node, int level, double value) {
        int first = node;
        int length = 1;
        for (int l = level; l < depth; l++) {
            Arrays.fill(feature, (base + first) * width, (base + first + length) * width, -1);
            Arrays.fill(expected, base + first, base + first + length, value);
            first *= 2;
            length *= 2;
        }
        int at = base + first - (1 << depth);
        Arrays.fill(leaf, at, at + length, value);
    }

    /** What the leaves of a row say, summed over all trees in their order, one node after the other. */
    double sum(double[] row) {
        double sum = 0;
        for (int tree = 0; tree < count; tree++) {
            int base = tree << depth;
            int node = 1;
            for (int level = 0; level < depth; level++) {
                node = 2 * node + (goesRight(base + node, row) ? 1 : 0);
            }
            sum += leaf[base + node - (1 << depth)];
        }
        return sum;
    }

    /** Mean of the leaves below a node; node may be a leaf. */
    double value(int base, int node) {
        return node < 1 << depth ? expected[base + node] : leaf[base + node - (1 << depth)];
    }

    boolean goesRight(int slot, double[] row) {
        int first = feature[slot * width];
        if (first < 0) {
            return false;
        }
        if (width > 1) {
            return project(slot, row) > threshold[slot];
        }
        double value = row[first];
        return value > threshold[slot] || missingRight[slot] && Double.isNaN(value);
    }

    /** The weighted sum of a node's features, a missing one standing at its mean in the node. */
    private double project(int slot, double[] row) {
        int at = slot * width;
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double value = row[feature[at + k]];
            double part = weight[at + k] * (Double.isNaN(value) ? centre[at + k] : finite(value));
            sum = k == 0 ? part : sum + part;
        }
        return sum;
    }

    /** An infinite value as the largest finite one; NaN as it is. */
    static double finite(double value) {
        return value > Double.MAX_VALUE ? Double.MAX_VALUE : value < -Double.MAX_VALUE ? -Double.MAX_VALUE : value;
    }

    /**
     * Mean path length of an unsuccessful search in a binary search tree of n keys, c(n) of Liu et al. 2008, equation 1,
     * with the harmonic number taken as ln(i) + 0.5772156649; c(2) = 1 and c(n) = 0 below.
     */
    static double averagePath(int n) {
        if (n <= 2) {
            return n == 2 ? 1 : 0;
        }
        return 2 * (StrictMath.log(n - 1.0) + 0.5772156649015329) - 2 * (n - 1.0) / n;
    }
}
