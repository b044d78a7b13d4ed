package org.lama.models.anomaly;

/**
 * The trees of a forest as complete heaps of equal depth: tree i owns slots {@code i << depth} up to the next tree's.
 * Inner node n (root 1, children 2n and 2n + 1) sends a row to its right child where the value of its feature lies above
 * its threshold. A leaf that lies higher is padded downwards: its inner nodes have feature -1 and lead left, and all
 * leaves below it hold the same path length.
 */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never compared, never changed after the fit
record Trees(int count, int depth, int[] feature, double[] threshold, double[] path) {
    static Trees empty(int count, int depth) {
        int slots = count << depth;
        return new Trees(count, depth, new int[slots], new double[slots], new double[slots]);
    }

    /** Path length of a row summed over all trees, by comparing doubles one node after the other. */
    double pathSum(double[] row) {
        double sum = 0;
        for (int tree = 0; tree < count; tree++) {
            int base = tree << depth;
            int node = 1;
            for (int level = 0; level < depth; level++) {
                int f = feature[base + node];
                node = 2 * node + (f >= 0 && row[f] > threshold[base + node] ? 1 : 0);
            }
            sum += path[base + node - (1 << depth)];
        }
        return sum;
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
