package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * The baseline of the isolation forest, as the paper's pseudo-code reads (Liu, Ting and Zhou 2008): nodes are objects,
 * samples are lists of rows, and every row is walked down one tree after the other.
 */
final class NaiveForest {
    private static final int TREES = 100;
    private static final int SAMPLE = 256;
    private static final int DEPTH = 8;

    private final List<Node> trees = new ArrayList<>();
    private final double usualPath;

    private interface Node {
        double path(double[] row, int depth);
    }

    private record Leaf(int size) implements Node {
        @Override
        public double path(double[] row, int depth) {
            return depth + averagePath(size);
        }
    }

    private record Split(int feature, double threshold, Node left, Node right) implements Node {
        @Override
        public double path(double[] row, int depth) {
            return (row[feature] > threshold ? right : left).path(row, depth + 1);
        }
    }

    private NaiveForest(int sample) {
        usualPath = averagePath(sample);
    }

    /** Grows 100 trees on up to 256 rows each, drawn with replacement. */
    static NaiveForest fit(double[][] rows) {
        int sample = Math.min(SAMPLE, rows.length);
        NaiveForest forest = new NaiveForest(sample);
        for (int tree = 0; tree < TREES; tree++) {
            Rng rng = Seeds.rng(BenchmarkData.SEED, tree);
            List<double[]> drawn = new ArrayList<>();
            for (int i = 0; i < sample; i++) {
                drawn.add(rows[rng.nextInt(rows.length)]);
            }
            forest.trees.add(grow(drawn, 0, rng));
        }
        return forest;
    }

    private static Node grow(List<double[]> rows, int depth, Rng rng) {
        if (depth == DEPTH || rows.size() <= 1) {
            return new Leaf(rows.size());
        }
        int feature = rng.nextInt(rows.get(0).length);
        double low = rows.stream().mapToDouble(row -> row[feature]).min().orElseThrow();
        double high = rows.stream().mapToDouble(row -> row[feature]).max().orElseThrow();
        if (low == high) {
            return new Leaf(rows.size());
        }
        double threshold = low + (high - low) * rng.nextDouble();
        List<double[]> left =
                rows.stream().filter(row -> row[feature] <= threshold).toList();
        List<double[]> right =
                rows.stream().filter(row -> row[feature] > threshold).toList();
        return new Split(feature, threshold, grow(left, depth + 1, rng), grow(right, depth + 1, rng));
    }

    /** The score of one row in (0, 1). */
    double score(double[] row) {
        double sum = 0;
        for (Node tree : trees) {
            sum += tree.path(row, 0);
        }
        return Math.pow(2, -sum / trees.size() / usualPath);
    }

    private static double averagePath(int n) {
        if (n <= 2) {
            return n == 2 ? 1 : 0;
        }
        return 2 * (Math.log(n - 1.0) + 0.5772156649015329) - 2 * (n - 1.0) / n;
    }
}
