package org.lama.models.anomaly;

import org.lama.core.base.Rng;

/** Draws what a node splits by, a feature or a weighted sum of features, and orders the node's rows by the threshold. */
final class SplitDraw {
    private final double[][] columns;
    private final int[] sample;
    private final Trees trees;
    private final int[] features;
    /** What the drawn feature or sum is worth at each row of the sample. */
    private final double[] value;

    private final double[] sum;
    private double low;
    private double high;

    SplitDraw(double[][] columns, int[] sample, Trees trees) {
        this.columns = columns;
        this.sample = sample;
        this.trees = trees;
        features = new int[columns.length];
        value = new double[sample.length];
        sum = new double[trees.width == 1 ? 0 : sample.length];
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The ranges of the sample's known values. */
    void box(double[] lower, double[] upper) {
        for (int f = 0; f < columns.length; f++) {
            gather(columns[f], 0, sample.length);
            range(0, sample.length);
            lower[f] = low;
            upper[f] = high;
        }
    }

    /**
     * Draws features uniformly from those that vary in the node, writes them into the slot and leaves values and range here.
     *
     * @return false if nothing varies
     */
    boolean pick(Rng rng, int slot, int from, int to) {
        for (int f = 0; f < features.length; f++) {
            features[f] = f;
        }
        int found = 0;
        for (int left = features.length; left > 0 && found < trees.width; left--) {
            int pick = rng.nextInt(left);
            int feature = features[pick];
            features[pick] = features[left - 1];
            gather(columns[feature], from, to);
            range(from, to);
            if (high > low && (trees.width == 1 || weigh(rng, slot, found, feature, from, to))) {
                trees.feature[slot * trees.width + found] = feature;
                found++;
            }
        }
        return trees.width == 1 || found == 0 ? found > 0 : combine(slot, found, from, to);
    }

    private void gather(double[] column, int from, int to) {
        for (int i = from; i < to; i++) {
            value[i] = column[sample[i]];
        }
    }

    /** The range of the known values; low = high where fewer than two are known. */
    private void range(int from, int to) {
        int first = from;
        while (first < to - 1 && Double.isNaN(value[first])) {
            first++;
        }
        low = value[first];
        high = low;
        for (int i = first + 1; i < to; i++) {
            double v = value[i];
            if (v < low) {
                low = v;
            } else if (v > high) {
                high = v;
            }
        }
    }

    /** Gives a feature a normal weight over its standard deviation in the node; false where that cannot be measured. */
    private boolean weigh(Rng rng, int slot, int k, int feature, int from, int to) {
        double mean = 0;
        double squares = 0;
        int n = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(value[i])) {
                double delta = value[i] - mean;
                mean += delta / ++n;
                squares += delta * (value[i] - mean);
            }
        }
        double weight = rng.nextGaussian() / Math.sqrt(squares / n);
        if (!(Math.abs(weight) > 0 && Math.abs(weight) < Double.POSITIVE_INFINITY)) {
            return false; // squares over- or underflow
        }
        trees.weight[slot * trees.width + k] = weight;
        trees.centre[slot * trees.width + k] = mean;
        for (int i = from; i < to; i++) {
            double part = weight * (Double.isNaN(value[i]) ? mean : value[i]);
            sum[i] = k == 0 ? part : sum[i] + part;
        }
        return true;
    }

    /** Makes the weighted sum the node's value; a place without a feature gets weight 0 of the first one. */
    private boolean combine(int slot, int found, int from, int to) {
        int at = slot * trees.width;
        for (int k = found; k < trees.width; k++) {
            trees.feature[at + k] = trees.feature[at];
            trees.weight[at + k] = 0;
            trees.centre[at + k] = 0;
        }
        System.arraycopy(sum, from, value, from, to - from);
        range(from, to);
        return high > low && high - low < Double.POSITIVE_INFINITY;
    }

    /** Whether more of the known values lie above the threshold than below. */
    boolean moreAbove(double threshold, int from, int to) {
        int above = 0;
        for (int i = from; i < to; i++) {
            above += value[i] > threshold ? 1 : value[i] <= threshold ? -1 : 0;
        }
        return above > 0;
    }

    /** Brings the rows of the left child to the front and returns where those of the right one start. */
    int partition(double threshold, boolean missingRight, int from, int to) {
        int middle = from;
        for (int i = from; i < to; i++) {
            double v = value[i];
            if (v <= threshold || !missingRight && Double.isNaN(v)) {
                int row = sample[i];
                sample[i] = sample[middle];
                value[i] = value[middle];
                sample[middle++] = row;
            }
        }
        return middle;
    }
}
