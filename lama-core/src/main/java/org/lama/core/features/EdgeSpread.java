package org.lama.core.features;

import org.lama.core.base.Api;

/**
 * The efficient estimator of the bid-ask spread from open, high, low and close over a sliding window (EDGE; Ardia, Guidotti
 * and Kroencke 2024, doi:10.1016/j.jfineco.2024.103916). Two moment conditions, one from the open and one from the close of
 * the bar before against mid-ranges, are combined by the inverse of their variances; bars in which nothing traded are
 * corrected for. What it estimates is the <b>square</b> of the relative spread, without bias and of any sign: noise gives
 * negative squares too, so averages and tests should use {@link #squared} with {@link #standardError} and take the root
 * last.
 *
 * <p>A pair of bars with a missing, non-positive or contradicting price is skipped. Adding a bar is O(1), estimating O(window);
 * neither allocates. Mutable, single-threaded: one object per instrument.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class EdgeSpread {
    private final RollingWindow window;
    private final BarPair bar = new BarPair();
    /** Mid-range less open, open less last mid-range, mid-range less last close, last close less last mid-range. */
    private final double[] r1;

    private final double[] r2;
    private final double[] r3;
    private final double[] r4;
    private final double[] r5;
    /** 1 where something traded between two closes, 0 where nothing did, NaN for a pair that is skipped. */
    private final double[] traded;
    /** How many of high and low the open (and the last close) differs from: 0, 1 or 2. */
    private final double[] openInside;

    private final double[] closeInside;
    private int at;
    private int filled;
    private double squared = Double.NaN;
    private double standardError = Double.NaN;

    /**
     * Starts without bars.
     *
     * @param window pairs of successive bars to look at, and how many must be present; at least 3 are needed
     */
    public EdgeSpread(RollingWindow window) {
        this.window = window;
        int n = window.lengthBars();
        r1 = new double[n];
        r2 = new double[n];
        r3 = new double[n];
        r4 = new double[n];
        r5 = new double[n];
        traded = new double[n];
        openInside = new double[n];
        closeInside = new double[n];
    }

    /**
     * Takes the next bar; nothing is estimated yet.
     *
     * @param open first price
     * @param high highest price
     * @param low lowest price
     * @param close last price
     */
    public void add(double open, double high, double low, double close) {
        bar.next(open, high, low, close, Double.NaN);
        double middle = 0.5 * (bar.high + bar.low);
        double lastMiddle = 0.5 * (bar.lastHigh + bar.lastLow);
        r1[at] = middle - bar.open;
        r2[at] = bar.open - lastMiddle;
        r3[at] = middle - bar.lastClose;
        r4[at] = bar.lastClose - lastMiddle;
        r5[at] = bar.open - bar.lastClose;
        boolean whole = !Double.isNaN(r1[at] + r2[at] + r3[at] + r4[at]);
        boolean moved = bar.high != bar.low || bar.low != bar.lastClose;
        traded[at] = whole ? (moved ? 1 : 0) : Double.NaN;
        openInside[at] = moved ? different(bar.open, bar.high) + different(bar.open, bar.low) : 0;
        closeInside[at] = moved ? different(bar.lastClose, bar.lastHigh) + different(bar.lastClose, bar.lastLow) : 0;
        at = at + 1 == traded.length ? 0 : at + 1;
        filled = Math.min(filled + 1, traded.length);
    }

    /**
     * Estimates over the bars of the window.
     *
     * @return whether there is an estimate: enough pairs present, at least two of them with trades, and opens and closes
     *     that are not all at the highs and lows; if not, square and error are NaN
     */
    public boolean estimate() {
        squared = Double.NaN;
        standardError = Double.NaN;
        double n = 0;
        double trades = 0;
        double inOpen = 0;
        double inClose = 0;
        double sum1 = 0;
        double sum3 = 0;
        double sum5 = 0;
        for (int i = 0; i < filled; i++) {
            if (traded[i] >= 0) {
                n++;
                trades += traded[i];
                inOpen += openInside[i];
                inClose += closeInside[i];
                sum1 += r1[i];
                sum3 += r3[i];
                sum5 += r5[i];
            }
        }
        if (n < Math.max(3, window.minimumPresent()) || trades < 2 || inOpen == 0 || inClose == 0) {
            return false;
        }
        // the mean of a return over the share of bars that traded, as the paper removes drift
        combine(n, -4 * n / inOpen, -4 * n / inClose, new Drift(sum1 / trades, sum3 / trades, sum5 / trades));
        return !Double.isNaN(squared);
    }

    private record Drift(double first, double third, double fifth) {}

    private void combine(double n, double weightOpen, double weightClose, Drift drift) {
        double mean1 = 0;
        double mean2 = 0;
        double squares1 = 0;
        double squares2 = 0;
        double products = 0;
        double count = 0;
        for (int i = 0; i < filled; i++) {
            if (traded[i] >= 0) {
                double d1 = r1[i] - drift.first * traded[i];
                double d3 = r3[i] - drift.third * traded[i];
                double d5 = r5[i] - drift.fifth * traded[i];
                double x1 = weightOpen * d1 * r2[i] + weightClose * d3 * r4[i];
                double x2 = weightOpen * d1 * r5[i] + weightClose * d5 * r4[i];
                count++;
                double delta1 = x1 - mean1;
                double delta2 = x2 - mean2;
                mean1 += delta1 / count;
                mean2 += delta2 / count;
                squares1 += delta1 * (x1 - mean1);
                squares2 += delta2 * (x2 - mean2);
                products += delta1 * (x2 - mean2);
            }
        }
        double total = squares1 + squares2;
        double share1 = total > 0 ? squares2 / total : 0.5;
        double share2 = 1 - share1;
        double result = share1 * mean1 + share2 * mean2;
        double variance = share1 * share1 * squares1 + share2 * share2 * squares2 + 2 * share1 * share2 * products;
        if (Math.abs(result) < Double.POSITIVE_INFINITY && variance < Double.POSITIVE_INFINITY) {
            squared = result;
            standardError = Math.sqrt(Math.max(0, variance) / (n * (n - 1)));
        }
    }

    /**
     * The squared relative spread of the last {@link #estimate}.
     *
     * @return any sign; NaN without an estimate
     */
    public double squared() {
        return squared;
    }

    /**
     * The standard error of the squared spread, taking the bars' contributions as uncorrelated.
     *
     * @return at least 0; NaN without an estimate
     */
    public double standardError() {
        return standardError;
    }

    /**
     * The spread as the paper takes it from its square: the root of the absolute value.
     *
     * @return at least 0; NaN without an estimate
     */
    public double absolute() {
        return Math.sqrt(Math.abs(squared));
    }

    private static double different(double a, double b) {
        return a == b ? 0 : 1;
    }
}
