package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a swap costs in a constant-product pool (Angeris et al. 2019, arXiv:1911.03380), without its fee. Stateless and
 * thread-safe; allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ConstantProduct {
    private ConstantProduct() {}

    /**
     * Slippage of buying base currency for a notional q out of a pool with quote reserve Q: the mean price paid lies q / Q
     * above the price before the swap (with base · quote = k the mean price is (Q + q) / base). Selling for the same
     * notional costs q / (Q + q), which is less. NaN if the reserve is missing or not above 0.
     *
     * @param reserveQuote quote reserve of the pool
     * @param notional size of the swap in quote currency, 0 or above
     * @return a fraction, 0 or above
     */
    public static double slippage(double reserveQuote, double notional) {
        return reserveQuote > 0 && reserveQuote < Double.POSITIVE_INFINITY ? notional / reserveQuote : Double.NaN;
    }

    /**
     * Slippage of one notional at each row. O(n).
     *
     * @param reserveQuote quote reserves of the pool
     * @param notional size of the swap in quote currency, above 0
     * @param out receives one fraction per row; may be the input array
     */
    public static void slippage(double[] reserveQuote, double notional, double[] out) {
        Check.positive(notional, "notional");
        Rolling.sameRows(reserveQuote.length, out.length);
        for (int t = 0; t < out.length; t++) {
            out[t] = slippage(reserveQuote[t], notional);
        }
    }

    /**
     * The largest swap whose slippage stays within a bound.
     *
     * @param reserveQuote quote reserve of the pool
     * @param slippage the bound, a fraction, 0 or above
     * @return notional in quote currency; NaN if the reserve is missing or not above 0
     */
    public static double notional(double reserveQuote, double slippage) {
        return reserveQuote > 0 && reserveQuote < Double.POSITIVE_INFINITY ? reserveQuote * slippage : Double.NaN;
    }
}
