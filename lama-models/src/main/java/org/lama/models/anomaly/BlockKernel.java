package org.lama.models.anomaly;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Walks blocks of 512 rows through all trees of one feature per split: values are rank-coded once, a node is one int (rank of
 * its threshold, start of its feature in the block), and the side a row takes is the sign of a subtraction. Trees run
 * outside, levels next, rows innermost, so that one row's wait for a node is the others' work (walking four rows side by side
 * through all levels took a third longer). Where missing values have
 * a branch of their own, each feature stands in the block twice, once with missing values below all thresholds and once above
 * them, and a node reads the plane that sends them its way. Every row adds the same leaves in the same order as
 * {@link Trees#sum}, so both are equal to the last bit. Immutable and thread-safe; scratch belongs to the caller.
 */
final class BlockKernel {
    static final int BLOCK = 512;
    private static final int MOST_PLANES = 128;
    private static final int PADDED = 0xFFFF;

    private final Trees trees;
    private final RankTable[] tables;
    private final int planes;
    /** One heap per tree; lengths are powers of two, so that a mask does what a bounds check would. */
    private final int[][] heaps;

    private final double[][] leaves;

    private BlockKernel(Trees trees, RankTable[] tables, boolean branches) {
        this.trees = trees;
        this.tables = tables;
        planes = branches ? 2 * tables.length : tables.length;
        heaps = new int[trees.count][1 << trees.depth];
        leaves = new double[trees.count][];
        for (int tree = 0; tree < heaps.length; tree++) {
            int base = tree << trees.depth;
            leaves[tree] = Arrays.copyOfRange(trees.leaf, base, base + (1 << trees.depth));
            heaps[tree][0] = PADDED << 16;
            for (int node = 1; node < heaps[tree].length; node++) {
                int feature = trees.feature[base + node];
                int plane = branches && trees.missingRight[base + node] ? tables.length + feature : feature;
                heaps[tree][node] = feature < 0
                        ? PADDED << 16
                        : tables[feature].rank(trees.threshold[base + node]) << 16 | plane * BLOCK;
            }
        }
    }

    /** The kernel of a forest, or null where ranks or features do not fit into 16 bits each, or splits are slanted. */
    static @Nullable BlockKernel of(Trees trees, int features, Missing missing) {
        boolean branches = missing == Missing.BRANCH;
        if (trees.width > 1 || (branches ? 2 * features : features) > MOST_PLANES) {
            return null;
        }
        RankTable[] tables = new RankTable[features];
        for (int f = 0; f < features; f++) {
            tables[f] = new RankTable(thresholds(trees, f));
            if (tables[f].size() >= PADDED) {
                return null;
            }
        }
        return new BlockKernel(trees, tables, branches);
    }

    private static double[] thresholds(Trees trees, int feature) {
        double[] found = new double[trees.feature.length];
        int n = 0;
        int mask = (1 << trees.depth) - 1;
        for (int i = 0; i < found.length; i++) {
            if (trees.feature[i] == feature && (i & mask) != 0) {
                found[n++] = trees.threshold[i];
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** Arrays of one thread; sums belong to the caller. */
    static final class Scratch {
        final char[] ranks;
        final int[] node = new int[BLOCK];

        Scratch(int planes) {
            ranks = new char[Integer.highestOneBit(2 * planes - 1) * BLOCK]; // next power of two
        }
    }

    Scratch scratch() {
        return new Scratch(planes);
    }

    /** Sums of up to 512 rows; NaN where a row is skipped for a missing value. */
    void sums(double[][] columns, int from, int count, Imputation imputation, Scratch scratch, double[] sums) {
        char[] ranks = scratch.ranks;
        int[] node = scratch.node;
        Arrays.fill(sums, 0, count, 0);
        for (int f = 0; f < tables.length; f++) {
            code(f, columns[f], from, count, imputation, ranks, sums);
        }
        for (int tree = 0; tree < heaps.length; tree++) {
            Arrays.fill(node, 0, count, 1);
            for (int level = 0; level < trees.depth; level++) {
                step(heaps[tree], ranks, node, count);
            }
            add(leaves[tree], node, sums, count);
        }
    }

    private void code(int f, double[] column, int from, int count, Imputation imputation, char[] ranks, double[] sums) {
        RankTable table = tables[f];
        int at = f * BLOCK;
        for (int r = 0; r < count; r++) {
            double value = column[from + r];
            if (Double.isNaN(value)) {
                value = imputation.replace(f, from + r);
                if (imputation.skips()) {
                    sums[r] = Double.NaN;
                }
            }
            ranks[at + r] = (char) table.rank(value);
        }
        if (planes > tables.length) {
            int twin = (tables.length + f) * BLOCK;
            for (int r = 0; r < count; r++) {
                ranks[twin + r] = Double.isNaN(column[from + r]) ? PADDED : ranks[at + r];
            }
        }
    }

    private static void step(int[] heap, char[] ranks, int[] node, int count) {
        int heapMask = heap.length - 1;
        int rankMask = ranks.length - 1;
        for (int r = 0; r < count; r++) {
            int n = node[r];
            int key = heap[n & heapMask];
            node[r] = 2 * n + (((key >>> 16) - ranks[(key & 0xFFFF) + r & rankMask]) >>> 31);
        }
    }

    private static void add(double[] leaf, int[] node, double[] sums, int count) {
        int mask = leaf.length - 1;
        for (int r = 0; r < count; r++) {
            sums[r] += leaf[node[r] & mask];
        }
    }
}
