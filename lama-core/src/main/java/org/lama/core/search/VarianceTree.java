package org.lama.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A regression tree over parameters, and the exact variance of its prediction when parameters are uniform and
 * independent: in all, and of the average over all but one (Hutter, Hoos and Leyton-Brown 2014, algorithm 1). Immutable
 * once grown.
 */
final class VarianceTree {
    private static final int SMALLEST_LEAF = 3;

    /**
     * One dimension. A number lies in [0, 1], or, where the parameter does not exist, in the middle of [-absent, 0]; a
     * choice is its index, {@code choices} where the parameter does not exist.
     */
    record Feature(int choices, double absent) {
        double low() {
            return -absent;
        }

        double width() {
            return 1 + absent;
        }

        /** Probability of a choice; the absent one weighs {@code absent} of them all together. */
        double weight(int choice) {
            return choice == choices ? absent / width() : 1 / (choices * width());
        }

        int values() {
            return choices + (absent > 0 ? 1 : 0);
        }
    }

    /** A box: an interval or a set of choices per dimension. */
    private record Leaf(double[] from, double[] to, boolean[][] allowed, double value) {}

    /** A way to cut the rows of a node; without gain it is no cut. */
    private record Split(int feature, double threshold, boolean[] left, double gain) {}

    private static final Split NONE = new Split(0, 0, new boolean[0], 0);

    private final Feature[] features;
    private final double[][] x;
    private final long[][] ranks;
    private final double[] y;
    private final List<Leaf> leaves = new ArrayList<>();
    private final double mean;
    private final double variance;

    /**
     * Grows a tree.
     *
     * @param features the dimensions
     * @param x by row, then feature
     * @param ranks by feature, then row, as {@link #ranks} makes them
     * @param y by row
     * @param rows which rows to learn from; they may repeat
     */
    VarianceTree(Feature[] features, double[][] x, long[][] ranks, double[] y, int[] rows) {
        this.features = features;
        this.x = x;
        this.ranks = ranks;
        this.y = y;
        double[] from = new double[features.length];
        double[] to = new double[features.length];
        boolean[][] allowed = new boolean[features.length][];
        for (int f = 0; f < features.length; f++) {
            from[f] = features[f].low();
            to[f] = 1;
            allowed[f] = new boolean[features[f].choices() > 0 ? features[f].values() : 0];
            Arrays.fill(allowed[f], true);
        }
        grow(rows, new Leaf(from, to, allowed, 0));
        double sum = 0;
        for (Leaf leaf : leaves) {
            sum += volume(leaf) * leaf.value;
        }
        mean = sum;
        double squares = 0;
        for (Leaf leaf : leaves) {
            squares += volume(leaf) * (leaf.value - mean) * (leaf.value - mean);
        }
        variance = squares;
    }

    /** Rows in the order of one feature: the rank stands in the upper half of a number, the row in the lower. */
    static long[][] ranks(int features, double[][] x) {
        long[][] ranks = new long[features][x.length];
        for (int f = 0; f < features; f++) {
            double[] sorted = new double[x.length];
            for (int row = 0; row < x.length; row++) {
                sorted[row] = x[row][f];
            }
            Arrays.sort(sorted);
            for (int row = 0; row < x.length; row++) {
                ranks[f][row] = ((long) Arrays.binarySearch(sorted, x[row][f]) << 32) | row;
            }
        }
        return ranks;
    }

    /** Variance of the prediction over all dimensions. */
    double variance() {
        return variance;
    }

    /** Variance, over one dimension, of the prediction averaged over all others. */
    double varianceOf(int f) {
        return features[f].choices() > 0 ? varianceOfChoice(f) : varianceOfNumber(f);
    }

    private double varianceOfChoice(int f) {
        double[] averages = new double[features[f].values()];
        for (Leaf leaf : leaves) {
            double part = volume(leaf) / share(leaf, f) * leaf.value;
            for (int c = 0; c < averages.length; c++) {
                averages[c] += leaf.allowed[f][c] ? part : 0;
            }
        }
        double sum = 0;
        for (int c = 0; c < averages.length; c++) {
            sum += features[f].weight(c) * (averages[c] - mean) * (averages[c] - mean);
        }
        return sum;
    }

    /** Leaves cover runs of the pieces between cuts, so their parts are added at the begin and taken off at the end. */
    private double varianceOfNumber(int f) {
        double[] cuts = leaves.stream()
                .flatMapToDouble(leaf -> DoubleStream.of(leaf.from[f], leaf.to[f]))
                .sorted()
                .distinct()
                .toArray();
        double[] change = new double[cuts.length];
        for (Leaf leaf : leaves) {
            double part = volume(leaf) / share(leaf, f) * leaf.value;
            change[Arrays.binarySearch(cuts, leaf.from[f])] += part;
            change[Arrays.binarySearch(cuts, leaf.to[f])] -= part;
        }
        double sum = 0;
        double average = 0;
        for (int p = 0; p < cuts.length - 1; p++) {
            average += change[p];
            sum += (cuts[p + 1] - cuts[p]) / features[f].width() * (average - mean) * (average - mean);
        }
        return sum;
    }

    private double volume(Leaf leaf) {
        double volume = 1;
        for (int f = 0; f < features.length; f++) {
            volume *= share(leaf, f);
        }
        return volume;
    }

    private double share(Leaf leaf, int f) {
        Feature feature = features[f];
        if (feature.choices() == 0) {
            return (leaf.to[f] - leaf.from[f]) / feature.width();
        }
        double share = 0;
        for (int c = 0; c < leaf.allowed[f].length; c++) {
            share += leaf.allowed[f][c] ? feature.weight(c) : 0;
        }
        return share;
    }

    private void grow(int[] rows, Leaf box) {
        Split best = bestSplit(rows);
        if (best.gain <= 0) {
            double sum = 0;
            for (int row : rows) {
                sum += y[row];
            }
            leaves.add(new Leaf(box.from, box.to, box.allowed, sum / rows.length));
            return;
        }
        int[] left = Arrays.stream(rows).filter(row -> goesLeft(best, row)).toArray();
        int[] right = Arrays.stream(rows).filter(row -> !goesLeft(best, row)).toArray();
        grow(left, half(box, best, true));
        grow(right, half(box, best, false));
    }

    private static Leaf half(Leaf box, Split split, boolean isLeft) {
        double[] from = box.from.clone();
        double[] to = box.to.clone();
        boolean[][] allowed = box.allowed.clone();
        int f = split.feature;
        if (split.left.length == 0) {
            (isLeft ? to : from)[f] = split.threshold;
        } else {
            allowed[f] = new boolean[split.left.length];
            for (int c = 0; c < split.left.length; c++) {
                allowed[f][c] = box.allowed[f][c] && split.left[c] == isLeft;
            }
        }
        return new Leaf(from, to, allowed, 0);
    }

    private boolean goesLeft(Split split, int row) {
        double value = x[row][split.feature];
        return split.left.length == 0 ? value < split.threshold : split.left[(int) value];
    }

    private Split bestSplit(int[] rows) {
        Split best = NONE;
        for (int f = 0; f < features.length && rows.length >= 2 * SMALLEST_LEAF; f++) {
            Split split = features[f].choices() > 0 ? choiceSplit(f, rows) : numberSplit(f, rows);
            best = split.gain > best.gain ? split : best;
        }
        return best;
    }

    private Split numberSplit(int f, int[] rows) {
        long[] order = new long[rows.length];
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            order[i] = ranks[f][rows[i]];
            total += y[rows[i]];
        }
        Arrays.sort(order);
        double base = total * total / rows.length;
        double bestGain = 1e-12 * Math.abs(base);
        double threshold = Double.NaN;
        double sum = 0;
        for (int i = 1; i < order.length; i++) {
            int previous = (int) order[i - 1];
            sum += y[previous];
            double low = x[previous][f];
            double high = x[(int) order[i]][f];
            if (low == high || i < SMALLEST_LEAF || order.length - i < SMALLEST_LEAF) {
                continue;
            }
            double rest = total - sum;
            double gain = sum * sum / i + rest * rest / (order.length - i) - base;
            if (gain > bestGain) {
                bestGain = gain;
                // What does not exist is cut off exactly where the range begins.
                threshold = low < 0 && high >= 0 ? 0 : (low + high) / 2;
            }
        }
        return Double.isNaN(threshold) ? NONE : new Split(f, threshold, new boolean[0], bestGain);
    }

    /** Choices in the order of their means: the best cut of them is a cut of that order (Fisher 1958). */
    private Split choiceSplit(int f, int[] rows) {
        int values = features[f].values();
        double[] sums = new double[values];
        int[] counts = new int[values];
        double total = 0;
        for (int row : rows) {
            int c = (int) x[row][f];
            sums[c] += y[row];
            counts[c]++;
            total += y[row];
        }
        int[] order = IntStream.range(0, values)
                .filter(c -> counts[c] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> sums[c] / counts[c]))
                .mapToInt(Integer::intValue)
                .toArray();
        double base = total * total / rows.length;
        double bestGain = 1e-12 * Math.abs(base);
        int cut = 0;
        double sum = 0;
        int count = 0;
        for (int i = 0; i + 1 < order.length; i++) {
            sum += sums[order[i]];
            count += counts[order[i]];
            int others = rows.length - count;
            double rest = total - sum;
            double gain = sum * sum / count + rest * rest / others - base;
            if (count >= SMALLEST_LEAF && others >= SMALLEST_LEAF && gain > bestGain) {
                bestGain = gain;
                cut = i + 1;
            }
        }
        boolean[] left = new boolean[values];
        for (int i = 0; i < cut; i++) {
            left[order[i]] = true;
        }
        return cut == 0 ? NONE : new Split(f, 0, left, bestGain);
    }
}
