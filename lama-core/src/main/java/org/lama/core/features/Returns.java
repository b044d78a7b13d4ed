package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Returns of a price column. Causal, stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Returns {
    private Returns() {}

    /**
     * Log return r[t] = ln p[t] - ln p[t-1], dimensionless. Row 0 and returns that touch a price that is missing or not
     * above 0 are NaN. O(n); allocates one column if the output array is the input array.
     *
     * @param price prices
     * @param out receives one return per row
     */
    public static void log(double[] price, double[] out) {
        log(price, 1, out);
    }

    /**
     * Log return over several bars, ln p[t] - ln p[t-lag]. The first {@code lag} rows and returns that touch a price that
     * is missing or not above 0 are NaN. O(n); allocates one column if the output array is the input array.
     *
     * @param price prices
     * @param lagBars bars between the two prices, at least 1
     * @param out receives one return per row
     */
    public static void log(double[] price, int lagBars, double[] out) {
        Check.atLeast(lagBars, 1, "lagBars");
        double[] in = Rolling.checked(price, out);
        for (int t = 0; t < in.length; t++) {
            out[t] = t < lagBars ? Double.NaN : logOrMissing(in[t]) - logOrMissing(in[t - lagBars]);
        }
    }

    static double logOrMissing(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY ? Math.log(value) : Double.NaN;
    }
}
