package org.lama.core.math;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Sample quantiles with linear interpolation between order statistics (Hyndman and Fan 1996, type 7; numpy's default).
 * Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Quantiles {
    private Quantiles() {}

    /**
     * A quantile of values in any order; NaN values are skipped. O(n log n), copies.
     *
     * @param values the sample
     * @param p probability in [0, 1]
     * @return the quantile, NaN if no value is left
     */
    public static double of(double[] values, double p) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        Arrays.sort(sorted);
        return ofSorted(sorted, sorted.length, p);
    }

    /**
     * A quantile of ascending values without NaN; O(1), allocates nothing.
     *
     * @param sorted ascending values
     * @param length how many of them count
     * @param p probability in [0, 1]
     * @return the quantile, NaN if length is 0
     */
    public static double ofSorted(double[] sorted, int length, double p) {
        Check.inRange(p, 0, 1, "p");
        if (length == 0) {
            return Double.NaN;
        }
        double position = p * (length - 1);
        int low = (int) position;
        if (low + 1 >= length) {
            return sorted[length - 1];
        }
        return sorted[low] + (position - low) * (sorted[low + 1] - sorted[low]);
    }
}
