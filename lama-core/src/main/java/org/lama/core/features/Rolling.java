package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Causal rolling statistics of one column: row t of the result depends on rows {@code t - lengthBars + 1 .. t} alone, so
 * neither removing nor changing later rows moves a bit of it. NaN and infinite values are skipped; the result is NaN
 * while fewer than {@link RollingWindow#minimumPresent()} values are present, and where it overflows. The output array
 * may be the input array. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Rolling {
    private Rolling() {}

    /**
     * Arithmetic mean. O(1) per row; allocates arrays of one window.
     *
     * @param x values
     * @param window window and least number of values
     * @param out receives one mean per row
     */
    public static void mean(double[] x, RollingWindow window, double[] out) {
        double[] in = checked(x, out);
        BlockMoments moments = new BlockMoments(window.lengthBars());
        for (int t = 0; t < in.length; t++) {
            moments.next(in[t]);
            out[t] = moments.count >= window.minimumPresent() ? finite(moments.mean) : Double.NaN;
        }
    }

    /**
     * Sample standard deviation, divisor n - 1; NaN with fewer than two values. O(1) per row; allocates arrays of one
     * window. Exactly 0 for a constant window.
     *
     * @param x values
     * @param window window and least number of values
     * @param out receives one standard deviation per row
     */
    public static void standardDeviation(double[] x, RollingWindow window, double[] out) {
        double[] in = checked(x, out);
        BlockMoments moments = new BlockMoments(window.lengthBars());
        for (int t = 0; t < in.length; t++) {
            moments.next(in[t]);
            out[t] = moments.count >= window.minimumPresent() ? deviation(moments) : Double.NaN;
        }
    }

    /**
     * How many standard deviations the newest value lies above the mean of its own window: (x - mean) / standard
     * deviation. NaN where the newest value is missing; 0 for a constant window. At most (n - 1) / sqrt(n) in size. O(1)
     * per row; allocates arrays of one window.
     *
     * @param x values
     * @param window window and least number of values
     * @param out receives one z per row
     */
    public static void zScore(double[] x, RollingWindow window, double[] out) {
        double[] in = checked(x, out);
        BlockMoments moments = new BlockMoments(window.lengthBars());
        for (int t = 0; t < in.length; t++) {
            moments.next(in[t]);
            double deviation = moments.count >= window.minimumPresent() ? deviation(moments) : Double.NaN;
            out[t] = deviation == 0 && Double.isFinite(in[t]) ? 0 : finite((in[t] - moments.mean) / deviation);
        }
    }

    /**
     * Median; the mean of the two middle values if their number is even. O(log n) per row by an ordered count of the
     * column; allocates arrays of the column's length.
     *
     * @param x values
     * @param window window and least number of values
     * @param out receives one median per row
     */
    public static void median(double[] x, RollingWindow window, double[] out) {
        double[] in = checked(x, out);
        OrderCounts counts = new OrderCounts(in);
        for (int t = 0; t < in.length; t++) {
            counts.next(t, window.lengthBars());
            int n = counts.size();
            if (n < window.minimumPresent()) {
                out[t] = Double.NaN;
            } else {
                double upper = counts.at(n / 2 + 1);
                out[t] = n % 2 == 1 ? upper : 0.5 * counts.at(n / 2) + 0.5 * upper;
            }
        }
    }

    /**
     * A column divided by its own rolling median: 1 is usual, whatever the unit. NaN where the value is missing or the
     * median is not above 0. O(log n) per row; allocates arrays of the column's length.
     *
     * @param x values, 0 or above
     * @param window window and least number of values
     * @param out receives one ratio per row
     */
    public static void ratioToMedian(double[] x, RollingWindow window, double[] out) {
        double[] in = checked(x, out);
        double[] median = new double[in.length];
        median(in, window, median);
        for (int t = 0; t < in.length; t++) {
            out[t] = median[t] > 0 ? finite(in[t] / median[t]) : Double.NaN;
        }
    }

    private static double deviation(BlockMoments moments) {
        return moments.count < 2 ? Double.NaN : finite(Math.sqrt(moments.squares / (moments.count - 1)));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** A window reads rows behind the newest one, so a result that overwrites them needs a copy of the input. */
    static double[] checked(double[] x, double[] out) {
        sameRows(x.length, out.length);
        return x == out ? x.clone() : x;
    }

    static void sameRows(int rows, int outRows) {
        Check.that(outRows == rows, "out must have " + rows + " rows like the input, got " + outRows);
    }
}
