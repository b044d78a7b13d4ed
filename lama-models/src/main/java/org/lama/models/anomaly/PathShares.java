package org.lama.models.anomaly;

/** Puts the change of a node's expectation down to the features of its split. */
final class PathShares {
    private static final double LARGEST = 1e300;

    private PathShares() {}

    /** Mean over the trees of the expectation at the root. */
    static double baseline(Trees trees) {
        double sum = 0;
        for (int tree = 0; tree < trees.count; tree++) {
            sum += trees.value(tree << trees.depth, 1);
        }
        return sum / trees.count;
    }

    /** What each feature took away along the path of a row, as a mean over the trees. */
    static double[] contributions(Trees trees, double[] row) {
        double[] sums = new double[row.length];
        double[] part = new double[trees.width];
        for (int tree = 0; tree < trees.count; tree++) {
            int base = tree << trees.depth;
            int node = 1;
            for (int level = 0; level < trees.depth && trees.feature[(base + node) * trees.width] >= 0; level++) {
                int child = 2 * node + (trees.goesRight(base + node, row) ? 1 : 0);
                double change = trees.value(base, node) - trees.value(base, child);
                share(trees, (base + node) * trees.width, row, part);
                for (int k = 0; k < trees.width; k++) {
                    sums[trees.feature[(base + node) * trees.width + k]] += part[k] * change;
                }
                node = child;
            }
        }
        for (int f = 0; f < sums.length; f++) {
            sums[f] /= trees.count;
        }
        return sums;
    }

    /** Shares of the features of one split; they add up to 1. */
    private static void share(Trees trees, int at, double[] row, double[] part) {
        if (trees.width == 1) {
            part[0] = 1;
            return;
        }
        double total = 0;
        for (int k = 0; k < part.length; k++) {
            double x = Trees.finite(row[trees.feature[at + k]]);
            double distance = Math.abs(trees.weight[at + k] * (x - trees.centre[at + k]));
            part[k] = Double.isNaN(distance) ? 0 : Math.min(LARGEST, distance);
            total += part[k];
        }
        if (total == 0) { // all in the middle or missing: by weight alone
            for (int k = 0; k < part.length; k++) {
                part[k] = Math.min(LARGEST, Math.abs(trees.weight[at + k]));
                total += part[k];
            }
        }
        for (int k = 0; k < part.length; k++) {
            part[k] /= total;
        }
    }
}
