package org.lama.core.features;

import org.lama.core.base.Api;

/**
 * Measures of illiquidity from bars alone. Causal, stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Illiquidity {
    private Illiquidity() {}

    /**
     * Price impact of single bars |close[t] / close[t-1] - 1| / (close[t] · volume[t]), per unit of quote currency
     * (Amihud 2002, doi:10.1016/S1386-4181(01)00024-6, before averaging). NaN where a price is missing or not above 0, or
     * the volume is missing or 0. O(n), allocates one small object; the output may not be an input.
     *
     * @param close last prices
     * @param volume traded quantities in base currency
     * @param out receives one impact per row
     */
    public static void amihud(double[] close, double[] volume, double[] out) {
        Rolling.sameRows(close.length, volume.length);
        Rolling.sameRows(close.length, out.length);
        BarPair bar = new BarPair();
        for (int t = 0; t < close.length; t++) {
            bar.next(Double.NaN, Double.NaN, Double.NaN, close[t], volume[t]);
            out[t] = BarTerms.amihud(bar);
        }
    }

    /**
     * Bid-ask spread as a fraction of the price, from the highs and lows of this and the last bar (Corwin and Schultz
     * 2012, doi:10.1111/j.1540-6261.2012.01729.x, equations 14 and 18): β is the sum of both squared log ranges, γ the
     * squared log range of the two bars together, α = (√(2β) - √β) / (3 - 2√2) - √(γ / (3 - 2√2)) and the spread is
     * 2(e^α - 1) / (1 + e^α), in [0, 2); negative estimates become 0. The paper's correction for the night is left
     * out, since these markets never close. NaN in row 0 and where either bar has a missing, non-positive or inconsistent
     * price. A single value is noisy: average it. O(n), allocates one small object; the output may not be an input.
     *
     * @param high highest prices
     * @param low lowest prices
     * @param out receives one spread per row
     */
    public static void corwinSchultz(double[] high, double[] low, double[] out) {
        Rolling.sameRows(high.length, low.length);
        Rolling.sameRows(high.length, out.length);
        BarPair bar = new BarPair();
        for (int t = 0; t < out.length; t++) {
            bar.next(Double.NaN, high[t], low[t], Double.NaN, Double.NaN);
            out[t] = BarTerms.corwinSchultzOrZero(bar);
        }
    }
}
