package org.lama.core.features;

import java.time.Duration;
import org.lama.core.base.Api;

/**
 * Causal rolling percentile rank: where the newest value stands among all values of its own window, from 0 (lowest) to 1
 * (highest), as a mid-rank
 *
 * <pre>rank[t] = (number below x[t] + half of the number equal to x[t], itself included) / number present</pre>
 *
 * <p>It lies strictly between 0 and 1, is 0.5 in a constant window, and the rank of -x is 1 - rank of x. It does not
 * change under any increasing transformation. NaN and infinite values are skipped; the rank is NaN where the newest
 * value is missing or fewer than {@link RollingWindow#minimumPresent()} values are present. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class RollingRank {
    /** Default window. */
    public static final Duration DEFAULT_WINDOW = Duration.ofDays(365);
    /** Default least span of present values. */
    public static final Duration DEFAULT_MINIMUM = Duration.ofDays(90);

    private RollingRank() {}

    /**
     * The default window, 365 days with at least 90 days present, in bars.
     *
     * @param barNanos length of one bar in nanoseconds, above 0
     * @return the window
     */
    public static RollingWindow defaultWindow(long barNanos) {
        return RollingWindow.ofSpan(DEFAULT_WINDOW, DEFAULT_MINIMUM, barNanos);
    }

    /**
     * Ranks each row within its window. O(log n) per row by an ordered count of the column, for any window; allocates
     * arrays of the column's length. The output array may be the input array.
     *
     * @param x values
     * @param window window and least number of values
     * @param out receives one rank per row
     */
    public static void rank(double[] x, RollingWindow window, double[] out) {
        double[] in = Rolling.checked(x, out);
        OrderCounts counts = new OrderCounts(in);
        for (int t = 0; t < in.length; t++) {
            counts.next(t, window.lengthBars());
            int code = counts.code(t);
            out[t] = code == OrderCounts.MISSING || counts.size() < window.minimumPresent()
                    ? Double.NaN
                    : (counts.below(code) + 0.5 * counts.equalTo(code)) / counts.size();
        }
    }
}
