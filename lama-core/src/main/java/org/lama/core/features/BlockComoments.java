package org.lama.core.features;

import java.util.Arrays;

/**
 * Means, squares and products of pairs over a sliding window, in the manner of {@link BlockMoments}: blocks whose suffix
 * and prefix are merged, so nothing is ever subtracted. A pair with a missing part is skipped as a whole. O(1) per row,
 * seven arrays of one window. Mutable, single-threaded.
 */
final class BlockComoments {
    private static final int SUMS = 5;
    private static final int COUNT = 0;
    private static final int MEAN_X = 1;
    private static final int MEAN_Y = 2;
    private static final int SQUARES_X = 3;
    private static final int PRODUCTS = 4;

    private final double[][] suffix;
    private final double[] prefix = new double[SUMS];
    private final double[] blockX;
    private final double[] blockY;
    private final int length;
    private int offset;
    private boolean full;

    /** Present pairs in the window after the last {@link #next}. */
    double count;
    /** Mean of the first parts; meaningless if the count is 0. */
    double meanX;
    /** Mean of the second parts; meaningless if the count is 0. */
    double meanY;
    /** Sum of squared deviations of the first parts. */
    double squaresX;
    /** Sum of products of deviations. */
    double products;

    BlockComoments(int length) {
        this.length = length;
        suffix = new double[length + 1][SUMS];
        blockX = new double[length];
        blockY = new double[length];
    }

    /** Moves the window on by one row. */
    void next(double x, double y) {
        if (offset == 0) {
            if (full) {
                closeBlock();
            }
            Arrays.fill(prefix, 0);
        }
        blockX[offset] = x;
        blockY[offset] = y;
        add(prefix, x, y);
        merge(suffix[offset + 1]);
        offset++;
        if (offset == length) {
            offset = 0;
            full = true;
        }
    }

    private void merge(double[] older) {
        count = prefix[COUNT] + older[COUNT];
        if (count == 0) {
            return;
        }
        double share = older[COUNT] / count;
        double deltaX = older[MEAN_X] - prefix[MEAN_X];
        double deltaY = older[MEAN_Y] - prefix[MEAN_Y];
        double weight = prefix[COUNT] * share;
        meanX = prefix[MEAN_X] + deltaX * share;
        meanY = prefix[MEAN_Y] + deltaY * share;
        squaresX = prefix[SQUARES_X] + older[SQUARES_X] + deltaX * deltaX * weight;
        products = prefix[PRODUCTS] + older[PRODUCTS] + deltaX * deltaY * weight;
    }

    private void closeBlock() {
        Arrays.fill(prefix, 0);
        for (int k = length - 1; k >= 0; k--) {
            add(prefix, blockX[k], blockY[k]);
            System.arraycopy(prefix, 0, suffix[k], 0, SUMS);
        }
    }

    private static void add(double[] sums, double x, double y) {
        if (Math.abs(x) < Double.POSITIVE_INFINITY && Math.abs(y) < Double.POSITIVE_INFINITY) {
            sums[COUNT]++;
            double deltaX = x - sums[MEAN_X];
            double deltaY = y - sums[MEAN_Y];
            sums[MEAN_X] += deltaX / sums[COUNT];
            sums[MEAN_Y] += deltaY / sums[COUNT];
            sums[SQUARES_X] += deltaX * (x - sums[MEAN_X]);
            sums[PRODUCTS] += deltaX * (y - sums[MEAN_Y]);
        }
    }
}
