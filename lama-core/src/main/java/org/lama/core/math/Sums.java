package org.lama.core.math;

import org.lama.core.base.Api;

/**
 * Sums in a fixed order. NaN propagates. Stateless, thread-safe, allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Sums {
    private Sums() {}

    /**
     * Compensated sum (Neumaier 1974): error independent of the number of terms. O(n).
     *
     * @param x values
     * @param from first row
     * @param to row after the last
     * @return the sum, 0 for an empty range
     */
    public static double neumaier(double[] x, int from, int to) {
        double sum = 0;
        double compensation = 0;
        for (int i = from; i < to; i++) {
            double next = sum + x[i];
            if (Math.abs(sum) >= Math.abs(x[i])) {
                compensation += (sum - next) + x[i];
            } else {
                compensation += (x[i] - next) + sum;
            }
            sum = next;
        }
        return sum + compensation;
    }

    /**
     * Arithmetic mean by compensated sum. O(n).
     *
     * @param x values
     * @param from first row
     * @param to row after the last
     * @return the mean, NaN for an empty range
     */
    public static double mean(double[] x, int from, int to) {
        return to > from ? neumaier(x, from, to) / (to - from) : Double.NaN;
    }

    /**
     * Plain sum with four accumulators in a fixed order: for terms of similar size whose last digits do not matter. O(n).
     *
     * @param x values
     * @param from first row
     * @param to row after the last
     * @return the sum, 0 for an empty range
     */
    public static double plain(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Inner product with four accumulators, summed in a fixed order. O(n).
     *
     * @param x values
     * @param xFrom first row in x
     * @param y values
     * @param yFrom first row in y
     * @param length number of terms
     * @return the inner product
     */
    public static double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += x[xFrom + i] * y[yFrom + i];
            s1 += x[xFrom + i + 1] * y[yFrom + i + 1];
            s2 += x[xFrom + i + 2] * y[yFrom + i + 2];
            s3 += x[xFrom + i + 3] * y[yFrom + i + 3];
        }
        for (; i < length; i++) {
            s0 += x[xFrom + i] * y[yFrom + i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
