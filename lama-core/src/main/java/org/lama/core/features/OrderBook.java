package org.lama.core.features;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Measures of order-book snapshots, free of any unit. A crossed or locked book, a missing or non-positive price and a
 * missing or negative size are errors of the data: they give NaN, never a number. Causal, stateless and thread-safe;
 * each method is O(n) and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class OrderBook {
    private static final double MEAN_LOG = (StrictMath.log(10) + StrictMath.log(25) + StrictMath.log(50)) / 3;
    private static final double X10 = StrictMath.log(10) - MEAN_LOG;
    private static final double X25 = StrictMath.log(25) - MEAN_LOG;
    private static final double X50 = StrictMath.log(50) - MEAN_LOG;

    private OrderBook() {}

    /**
     * Relative spread (ask - bid) / mid, above 0.
     *
     * @param bid best bid prices
     * @param ask best ask prices
     * @param out receives one spread per row
     */
    public static void relativeSpread(double[] bid, double[] ask, double[] out) {
        Rolling.sameRows(bid.length, out.length);
        Rolling.sameRows(ask.length, out.length);
        for (int t = 0; t < out.length; t++) {
            out[t] = relativeSpread(bid[t], ask[t]);
        }
    }

    static double relativeSpread(double bid, double ask) {
        return (ask - bid) / mid(bid, ask);
    }

    /**
     * Mid price (bid + ask) / 2 of each row.
     *
     * @param bid best bid prices
     * @param ask best ask prices
     * @param out receives one mid per row
     */
    public static void mid(double[] bid, double[] ask, double[] out) {
        Rolling.sameRows(bid.length, out.length);
        Rolling.sameRows(ask.length, out.length);
        for (int t = 0; t < out.length; t++) {
            out[t] = mid(bid[t], ask[t]);
        }
    }

    /**
     * Imbalance (bidSize - askSize) / (bidSize + askSize), in [-1, 1]; above 0 where more is bid. NaN where both are 0.
     *
     * @param bidSize sizes on the bid
     * @param askSize sizes on the ask
     * @param out receives one imbalance per row
     */
    public static void imbalance(double[] bidSize, double[] askSize, double[] out) {
        Rolling.sameRows(bidSize.length, out.length);
        Rolling.sameRows(askSize.length, out.length);
        for (int t = 0; t < out.length; t++) {
            out[t] = imbalance(bidSize[t], askSize[t]);
        }
    }

    /**
     * How far the size-weighted price lies from the mid, (microprice - mid) / mid with the microprice
     * (ask · bidSize + bid · askSize) / (bidSize + askSize). It equals imbalance times half of the relative spread, which
     * is how it is computed.
     *
     * @param bid best bid prices
     * @param ask best ask prices
     * @param imbalance imbalances of the best level
     * @param out receives one offset per row
     */
    public static void micropriceOffset(double[] bid, double[] ask, double[] imbalance, double[] out) {
        relativeSpread(bid, ask, out);
        Rolling.sameRows(imbalance.length, out.length);
        for (int t = 0; t < out.length; t++) {
            out[t] = 0.5 * imbalance[t] * out[t];
        }
    }

    /**
     * Order-flow imbalance between two snapshots (Cont, Kukanov and Stoikov 2014, doi:10.1093/jjfinec/nbt003, equation
     * 4), divided by the mean of the four best sizes involved: what came to the bid and left the ask. It sees the ends of a
     * bar only, not the events between them. NaN in row 0 and where either snapshot is unusable.
     *
     * @param prices best bid prices and best ask prices, one array each
     * @param sizes best bid sizes and best ask sizes, one array each
     * @param out receives one value per row, in [-4, 4]
     */
    public static void flowImbalance(double[][] prices, double[][] sizes, double[] out) {
        Check.that(prices.length == 2 && sizes.length == 2, "prices and sizes must be bid and ask");
        double lastMid = Double.NaN;
        for (int t = 0; t < out.length; t++) {
            double now = mid(prices[0][t], prices[1][t]) + imbalance(sizes[0][t], sizes[1][t]);
            out[t] = Double.isNaN(now) || Double.isNaN(lastMid) ? Double.NaN : flow(prices, sizes, t);
            lastMid = now;
        }
    }

    /**
     * Slope of depth: the least-squares slope of ln depth on ln distance over 10, 25 and 50 basis points from the mid. 1
     * means that depth grows in proportion to distance, less that it lies close to the mid. NaN where a depth is missing or
     * 0.
     *
     * @param within10 depth within 10 basis points
     * @param within25 depth within 25 basis points
     * @param within50 depth within 50 basis points
     * @param out receives one slope per row
     */
    public static void depthSlope(double[] within10, double[] within25, double[] within50, double[] out) {
        Rolling.sameRows(within10.length, out.length);
        Rolling.sameRows(within25.length, out.length);
        Rolling.sameRows(within50.length, out.length);
        for (int t = 0; t < out.length; t++) {
            out[t] = depthSlope(within10[t], within25[t], within50[t]);
        }
    }

    static double depthSlope(double within10, double within25, double within50) {
        return (X10 * Returns.logOrMissing(within10)
                        + X25 * Returns.logOrMissing(within25)
                        + X50 * Returns.logOrMissing(within50))
                / (X10 * X10 + X25 * X25 + X50 * X50);
    }

    static double mid(double bid, double ask) {
        return bid > 0 && ask > bid && ask < Double.POSITIVE_INFINITY ? 0.5 * bid + 0.5 * ask : Double.NaN;
    }

    static double imbalance(double bidSize, double askSize) {
        double total = bidSize + askSize;
        boolean sound = bidSize >= 0 && askSize >= 0 && total > 0 && total < Double.POSITIVE_INFINITY;
        return sound ? (bidSize - askSize) / total : Double.NaN;
    }

    static double flow(double[][] prices, double[][] sizes, int t) {
        double bid = prices[0][t];
        double lastBid = prices[0][t - 1];
        double ask = prices[1][t];
        double lastAsk = prices[1][t - 1];
        double flow = (bid >= lastBid ? sizes[0][t] : 0)
                - (bid <= lastBid ? sizes[0][t - 1] : 0)
                - (ask <= lastAsk ? sizes[1][t] : 0)
                + (ask >= lastAsk ? sizes[1][t - 1] : 0);
        return flow / (0.25 * (sizes[0][t] + sizes[0][t - 1] + sizes[1][t] + sizes[1][t - 1]));
    }
}
