package org.lama.models.anomaly;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Walks blocks of 512 rows through all trees of one feature per split: values are rank-coded once, a node is one int (rank of
 * its threshold, start of its feature in the block), and the side a row takes is the sign of a subtraction. Trees run
 * outside; four rows go down side by side, so that one row's wait for a node is the others' work. Where missing values have
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

    /** Ranks of one thread; sums belong to the caller. */
    char[] scratch() {
        return new char[Integer.highestOneBit(2 * planes - 1) * BLOCK]; // next power of two
    }

    /** Sums of up to 512 rows; NaN where a row is skipped for a missing value. */
    void sums(double[][] columns, int from, int count, Imputation imputation, char[] ranks, double[] sums) {
        Arrays.fill(sums, 0, count, 0);
        for (int f = 0; f < tables.length; f++) {
            code(f, columns[f], from, count, imputation, ranks, sums);
        }
        for (int tree = 0; tree < heaps.length; tree++) {
            walk(heaps[tree], leaves[tree], ranks, sums, count, trees.depth);
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

    private static void walk(int[] heap, double[] leaf, char[] ranks, double[] sums, int count, int depth) {
        int h = heap.length - 1;
        int m = ranks.length - 1;
        int r = 0;
        for (; r + 3 < count; r += 4) {
            int a = 1;
            int b = 1;
            int c = 1;
            int d = 1;
            for (int level = 0; level < depth; level++) {
                int ka = heap[a & h];
                int kb = heap[b & h];
                int kc = heap[c & h];
                int kd = heap[d & h];
                a = 2 * a + (((ka >>> 16) - ranks[(ka & 0xFFFF) + r & m]) >>> 31);
                b = 2 * b + (((kb >>> 16) - ranks[(kb & 0xFFFF) + r + 1 & m]) >>> 31);
                c = 2 * c + (((kc >>> 16) - ranks[(kc & 0xFFFF) + r + 2 & m]) >>> 31);
                d = 2 * d + (((kd >>> 16) - ranks[(kd & 0xFFFF) + r + 3 & m]) >>> 31);
            }
            sums[r] += leaf[a & h];
            sums[r + 1] += leaf[b & h];
            sums[r + 2] += leaf[c & h];
            sums[r + 3] += leaf[d & h];
        }
        for (; r < count; r++) {
            int a = 1;
            for (int level = 0; level < depth; level++) {
                int key = heap[a & h];
                a = 2 * a + (((key >>> 16) - ranks[(key & 0xFFFF) + r & m]) >>> 31);
            }
            sums[r] += leaf[a & h];
        }
    }
}
