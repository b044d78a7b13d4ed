package org.lama.models.anomaly;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Walks blocks of 512 rows through all trees: values are rank-coded once, a node is one int (rank of its threshold, start
 * of its feature in the block), trees run outside, levels next, rows innermost, and the side a row takes is the sign of a
 * subtraction. Every row adds the same path lengths in the same order as {@link Trees#pathSum}, so both are equal to the
 * last bit. Immutable and thread-safe; scratch belongs to the caller.
 */
final class BlockKernel {
    static final int BLOCK = 512;
    private static final int MOST_FEATURES = 128;
    private static final int PADDED = 0xFFFF;

    private final Trees trees;
    private final RankTable[] tables;
    /** One heap per tree; lengths are powers of two, so that a mask does what a bounds check would. */
    private final int[][] heaps;

    private BlockKernel(Trees trees, RankTable[] tables) {
        this.trees = trees;
        this.tables = tables;
        heaps = new int[trees.count()][1 << trees.depth()];
        for (int tree = 0; tree < heaps.length; tree++) {
            heaps[tree][0] = PADDED << 16;
            for (int node = 1; node < heaps[tree].length; node++) {
                int slot = (tree << trees.depth()) + node;
                int feature = trees.feature()[slot];
                heaps[tree][node] = feature < 0
                        ? PADDED << 16
                        : tables[feature].rank(trees.threshold()[slot]) << 16 | feature * BLOCK;
            }
        }
    }

    /** The kernel of a forest, or null where ranks or features do not fit into 16 bits each. */
    static @Nullable BlockKernel of(Trees trees, int features) {
        if (features > MOST_FEATURES) {
            return null;
        }
        RankTable[] tables = new RankTable[features];
        for (int f = 0; f < features; f++) {
            tables[f] = new RankTable(thresholds(trees, f));
            if (tables[f].size() >= PADDED) {
                return null;
            }
        }
        return new BlockKernel(trees, tables);
    }

    private static double[] thresholds(Trees trees, int feature) {
        double[] found = new double[trees.feature().length];
        int n = 0;
        int mask = (1 << trees.depth()) - 1;
        for (int i = 0; i < found.length; i++) {
            if (trees.feature()[i] == feature && (i & mask) != 0) {
                found[n++] = trees.threshold()[i];
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** Arrays of one thread. */
    static final class Scratch {
        final char[] ranks;
        final int[] node = new int[BLOCK];
        final double[] sum = new double[BLOCK];

        Scratch(int features) {
            ranks = new char[Integer.highestOneBit(2 * features - 1) * BLOCK]; // next power of two
        }
    }

    /** Path sums of up to 512 rows into scratch.sum; NaN where a row is skipped for a missing value. */
    void pathSums(double[][] columns, int from, int count, Imputation imputation, Scratch scratch) {
        Arrays.fill(scratch.sum, 0, count, 0);
        for (int f = 0; f < tables.length; f++) {
            code(f, columns[f], from, count, imputation, scratch);
        }
        int depth = trees.depth();
        for (int tree = 0; tree < trees.count(); tree++) {
            int base = tree << depth;
            Arrays.fill(scratch.node, 0, count, 1);
            for (int level = 0; level < depth; level++) {
                step(heaps[tree], scratch.ranks, scratch.node, count);
            }
            add(trees.path(), base - (1 << depth), scratch.node, scratch.sum, count);
        }
    }

    private void code(int f, double[] column, int from, int count, Imputation imputation, Scratch scratch) {
        RankTable table = tables[f];
        int at = f * BLOCK;
        for (int r = 0; r < count; r++) {
            double value = column[from + r];
            if (Double.isNaN(value)) {
                value = imputation.replace(f, from + r);
                if (imputation.missing() == Missing.SKIP) {
                    scratch.sum[r] = Double.NaN;
                }
            }
            scratch.ranks[at + r] = (char) table.rank(value);
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

    private static void add(double[] path, int base, int[] node, double[] sum, int count) {
        for (int r = 0; r < count; r++) {
            sum[r] += path[base + node[r]];
        }
    }
}
