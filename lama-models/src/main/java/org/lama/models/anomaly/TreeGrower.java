package org.lama.models.anomaly;

import java.util.Arrays;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

/** Grows one tree after the other from its own generator, so that a tree depends on nothing but seed and number. */
final class TreeGrower {
    private static final double LN_2 = StrictMath.log(2);
    private static final double LEAST_SHARE = 0x1p-20;

    private final int rows;
    private final long seed;
    private final Trees trees;
    private final boolean gaps;
    private final Scoring scoring;
    /** The box that the splits above a node leave of the sample's. */
    private final double[] lower;

    private final double[] upper;
    private final SplitDraw draw;
    private final int[] sample;
    private final int[] hash;
    private int base;

    TreeGrower(double[][] columns, int rows, int sampleSize, IsolationForestOptions options, Trees trees) {
        this.rows = rows;
        this.seed = options.seed();
        this.trees = trees;
        this.gaps = options.missing() == Missing.BRANCH;
        this.sample = new int[sampleSize];
        this.hash = new int[Integer.highestOneBit(Math.max(1, sampleSize)) << 2];
        this.draw = new SplitDraw(columns, sample, trees);
        this.scoring = options.scoring();
        this.lower = new double[columns.length];
        this.upper = new double[columns.length];
    }

    void grow(int tree) {
        Rng rng = Seeds.rng(seed, tree);
        draw(rng);
        base = tree << trees.depth;
        if (scoring == Scoring.BOXED_DENSITY) {
            draw.box(lower, upper);
        }
        split(rng, 1, 0, sample.length, 0);
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

    /** Grows the tree below a node and returns the sum over its rows of what their leaves say. */
    private double split(Rng rng, int node, int from, int to, double density) {
        int level = 31 - Integer.numberOfLeadingZeros(node);
        int slot = base + node;
        if (level == trees.depth || to - from < 2 || !draw.pick(rng, slot, from, to)) {
            double value = leafValue(level, to - from, density);
            trees.pad(base, node, level, value);
            return value * (to - from);
        }
        double low = draw.low();
        double high = draw.high();
        double u = rng.nextDouble();
        double threshold = low * (1 - u) + high * u;
        if (!(threshold >= low && threshold < high)) { // rounding must leave rows on both sides
            threshold = low;
        }
        trees.threshold[slot] = threshold;
        trees.missingRight[slot] = gaps && draw.moreAbove(threshold, from, to);
        int middle = draw.partition(threshold, trees.missingRight[slot], from, to);
        double part = (double) (middle - from) / (to - from);
        int feature = trees.feature[slot * trees.width];
        double share = share(feature, low, high, threshold);
        double top = upper[feature];
        upper[feature] = threshold;
        double left = split(rng, 2 * node, from, middle, density + gain(part, share));
        upper[feature] = top;
        double bottom = lower[feature];
        lower[feature] = threshold;
        double right = split(rng, 2 * node + 1, middle, to, density + gain(1 - part, 1 - share));
        lower[feature] = bottom;
        trees.expected[slot] = (left + right) / (to - from);
        return left + right;
    }

    private double leafValue(int level, int left, double density) {
        return scoring == Scoring.DEPTH ? level + Trees.averagePath(left) : density;
    }

    /** Share of the range that lies left of the threshold, kept off 0 and 1, where a logarithm ends. */
    private double share(int feature, double low, double high, double threshold) {
        boolean boxed = scoring == Scoring.BOXED_DENSITY;
        double from = boxed ? lower[feature] : low;
        double to = boxed ? upper[feature] : high;
        double scale = to - from < Double.POSITIVE_INFINITY ? 1 : 0.5; // halves cannot overflow
        double share = (scale * threshold - scale * from) / (scale * to - scale * from);
        return Math.max(LEAST_SHARE, Math.min(1 - LEAST_SHARE, share));
    }

    private double gain(double points, double range) {
        return scoring == Scoring.DEPTH ? 0 : StrictMath.log(points / range) / LN_2;
    }
}
