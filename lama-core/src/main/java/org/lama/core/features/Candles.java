package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Shape of single bars, free of any unit. A bar with a missing price, a price not above 0, or high below low gives NaN.
 * Each method is O(n) and allocates nothing. Causal, stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Candles {
    private Candles() {}

    /**
     * Range ln(high / low), at least 0.
     *
     * @param high highest prices
     * @param low lowest prices
     * @param out receives one range per row
     */
    public static void range(double[] high, double[] low, double[] out) {
        Rolling.sameRows(high.length, low.length);
        Rolling.sameRows(high.length, out.length);
        for (int t = 0; t < high.length; t++) {
            out[t] = high[t] >= low[t] ? Returns.logOrMissing(high[t]) - Returns.logOrMissing(low[t]) : Double.NaN;
        }
    }

    /**
     * Body (close - open) / (high - low), in [-1, 1]; 0 for a bar without range.
     *
     * @param bars open, high, low and close, in that order, one array each
     * @param out receives one ratio per row
     */
    public static void body(double[][] bars, double[] out) {
        sameRows(bars, out);
        for (int t = 0; t < out.length; t++) {
            out[t] = ratio(bars, t, bars[3][t] - bars[0][t]);
        }
    }

    /**
     * Upper wick (high - max(open, close)) / (high - low), in [0, 1]; 0 for a bar without range.
     *
     * @param bars open, high, low and close, in that order, one array each
     * @param out receives one ratio per row
     */
    public static void upperWick(double[][] bars, double[] out) {
        sameRows(bars, out);
        for (int t = 0; t < out.length; t++) {
            out[t] = ratio(bars, t, bars[1][t] - Math.max(bars[0][t], bars[3][t]));
        }
    }

    /**
     * Lower wick (min(open, close) - low) / (high - low), in [0, 1]; 0 for a bar without range.
     *
     * @param bars open, high, low and close, in that order, one array each
     * @param out receives one ratio per row
     */
    public static void lowerWick(double[][] bars, double[] out) {
        sameRows(bars, out);
        for (int t = 0; t < out.length; t++) {
            out[t] = ratio(bars, t, Math.min(bars[0][t], bars[3][t]) - bars[2][t]);
        }
    }

    /**
     * Gap ln(open[t] / close[t-1]); NaN in row 0.
     *
     * @param open first prices
     * @param close last prices
     * @param out receives one gap per row
     */
    public static void gap(double[] open, double[] close, double[] out) {
        Rolling.sameRows(open.length, close.length);
        Rolling.sameRows(open.length, out.length);
        for (int t = out.length - 1; t > 0; t--) {
            out[t] = Returns.logOrMissing(open[t]) - Returns.logOrMissing(close[t - 1]);
        }
        if (out.length > 0) {
            out[0] = Double.NaN;
        }
    }

    private static void sameRows(double[][] bars, double[] out) {
        Check.that(bars.length == 4, "bars must be open, high, low and close, got " + bars.length + " columns");
        for (double[] column : bars) {
            Rolling.sameRows(column.length, out.length);
        }
    }

    private static double ratio(double[][] bars, int t, double part) {
        double open = bars[0][t];
        double high = bars[1][t];
        double low = bars[2][t];
        double close = bars[3][t];
        boolean sound = low > 0
                && high < Double.POSITIVE_INFINITY
                && open >= low
                && open <= high
                && close >= low
                && close <= high;
        if (!sound) {
            return Double.NaN;
        }
        return high == low ? 0 : part / (high - low);
    }
}
