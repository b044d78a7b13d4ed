package org.lama.core.features;

/**
 * Mean and sum of squared deviations over a sliding window without ever subtracting a value that leaves: the rows are
 * cut into blocks of one window length, and each window is a suffix of one block merged with a prefix of the next (van
 * Herk 1992 for the cut, Chan et al. 1983 for the merge). There is no drift, and the trace of an outlier or a missing
 * value ends exactly where its row leaves the window. O(1) per row, four arrays of one window. Mutable, single-threaded.
 */
final class BlockMoments {
    private final double[] suffixCount;
    private final double[] suffixMean;
    private final double[] suffixSquares;
    private final double[] block;
    private final int length;
    private double prefixCount;
    private double prefixMean;
    private double prefixSquares;
    private int offset;
    private boolean full;

    /** Present values in the window after the last {@link #next}. */
    double count;
    /** Their mean; meaningless if the count is 0. */
    double mean;
    /** Their sum of squared deviations from the mean. */
    double squares;

    BlockMoments(int length) {
        this.length = length;
        suffixCount = new double[length + 1];
        suffixMean = new double[length + 1];
        suffixSquares = new double[length + 1];
        block = new double[length];
    }

    /** Moves the window on by one row. */
    void next(double value) {
        if (offset == 0) {
            if (full) {
                closeBlock();
            }
            prefixCount = 0;
            prefixMean = 0;
            prefixSquares = 0;
        }
        block[offset] = value;
        if (Math.abs(value) < Double.POSITIVE_INFINITY) {
            prefixCount++;
            double delta = value - prefixMean;
            prefixMean += delta / prefixCount;
            prefixSquares += delta * (value - prefixMean);
        }
        merge(offset + 1);
        offset++;
        if (offset == length) {
            offset = 0;
            full = true;
        }
    }

    private void merge(int k) {
        double older = suffixCount[k];
        count = prefixCount + older;
        if (older == 0) {
            mean = prefixMean;
            squares = prefixSquares;
        } else if (prefixCount == 0) {
            mean = suffixMean[k];
            squares = suffixSquares[k];
        } else {
            double delta = suffixMean[k] - prefixMean;
            double share = older / count;
            mean = prefixMean + delta * share;
            squares = prefixSquares + suffixSquares[k] + delta * delta * prefixCount * share;
        }
    }

    private void closeBlock() {
        double n = 0;
        double m = 0;
        double q = 0;
        for (int k = length - 1; k >= 0; k--) {
            double value = block[k];
            if (Math.abs(value) < Double.POSITIVE_INFINITY) {
                n++;
                double delta = value - m;
                m += delta / n;
                q += delta * (value - m);
            }
            suffixCount[k] = n;
            suffixMean[k] = m;
            suffixSquares[k] = q;
        }
    }
}
