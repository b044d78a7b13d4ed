package org.lama.core.features;

import java.time.Duration;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Adds features of order-book snapshots to a frame: the last snapshot known at each bar's close. Each feature is causal,
 * free of any unit or made so by its own past, and NaN where the book is crossed, locked or missing. A feature is added
 * where the columns it reads exist. Immutable and thread-safe; O(n log n) for a frame of n rows.
 *
 * @param medianSpan window of the rolling medians that depths are divided by; at least 20 bars are used
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookFeatures(Duration medianSpan) {
    /** Relative spread (ask - bid) / mid. */
    public static final String RELATIVE_SPREAD = "feature.relativeSpread";
    /** Log return of the mid price. */
    public static final String MID_RETURN = "feature.midReturn";
    /** (microprice - mid) / mid. */
    public static final String MICROPRICE_OFFSET = "feature.micropriceOffset";
    /** Imbalance of the best 1, 5 or 10 levels: append 1, 5 or 10. */
    public static final String IMBALANCE = "feature.imbalance";
    /** Order-flow imbalance between this snapshot and the last. */
    public static final String FLOW_IMBALANCE = "feature.flowImbalance";
    /** Bid depth within 10, 25 or 50 basis points over its rolling median: append 10, 25 or 50. */
    public static final String BID_DEPTH_RATIO = "feature.bidDepthRatio";
    /** Ask depth within 10, 25 or 50 basis points over its rolling median: append 10, 25 or 50. */
    public static final String ASK_DEPTH_RATIO = "feature.askDepthRatio";
    /** Slope of ln depth of both sides on ln distance. */
    public static final String DEPTH_SLOPE = "feature.depthSlope";

    private static final int[] LEVELS = {1, 5, 10};
    private static final int[] DISTANCES_BPS = {10, 25, 50};
    private static final int LEAST_BARS = 20;

    private static final List<String> NAMES = List.of(
            RELATIVE_SPREAD,
            MID_RETURN,
            MICROPRICE_OFFSET,
            IMBALANCE + 1,
            IMBALANCE + 5,
            IMBALANCE + 10,
            FLOW_IMBALANCE,
            BID_DEPTH_RATIO + 10,
            BID_DEPTH_RATIO + 25,
            BID_DEPTH_RATIO + 50,
            ASK_DEPTH_RATIO + 10,
            ASK_DEPTH_RATIO + 25,
            ASK_DEPTH_RATIO + 50,
            DEPTH_SLOPE);

    /**
     * Checks the span.
     *
     * @param medianSpan window of the rolling medians that depths are divided by; at least 20 bars are used
     */
    public BookFeatures {
        Check.that(medianSpan.toNanos() > 0, "medianSpan must be > 0, got " + medianSpan);
    }

    /**
     * Names of the features, in the order in which sampled books and anomaly models hold them.
     *
     * @return fourteen names
     */
    public static List<String> columns() {
        return NAMES;
    }

    /**
     * Thirty days.
     *
     * @return the default settings
     */
    public static BookFeatures defaults() {
        return new BookFeatures(Duration.ofDays(30));
    }

    /**
     * Whether a frame has a book at all: best prices and the sizes of the best level.
     *
     * @param bars the frame
     * @return true if all four columns exist
     */
    public static boolean hasBook(Frame bars) {
        return bars.has(Columns.BOOK_BID)
                && bars.has(Columns.BOOK_ASK)
                && bars.has(Columns.BOOK_BID_SIZE + 1)
                && bars.has(Columns.BOOK_ASK_SIZE + 1);
    }

    /**
     * Adds the features; a frame without a book is returned as it is.
     *
     * @param bars a frame, with the book columns of {@link Columns} if there is a book
     * @return the same rows with more columns
     */
    public Frame addTo(Frame bars) {
        if (!hasBook(bars)) {
            return bars;
        }
        Frame out = addTop(bars);
        for (int levels : LEVELS) {
            if (bars.has(Columns.BOOK_BID_SIZE + levels) && bars.has(Columns.BOOK_ASK_SIZE + levels)) {
                double[] imbalance = new double[bars.size()];
                OrderBook.imbalance(
                        bars.column(Columns.BOOK_BID_SIZE + levels).toArray(),
                        bars.column(Columns.BOOK_ASK_SIZE + levels).toArray(),
                        imbalance);
                out = out.with(IMBALANCE + levels, imbalance);
            }
        }
        return addSlope(addDepths(out));
    }

    private static Frame addTop(Frame bars) {
        double[][] prices = {
            bars.column(Columns.BOOK_BID).toArray(),
            bars.column(Columns.BOOK_ASK).toArray()
        };
        double[][] sizes = {
            bars.column(Columns.BOOK_BID_SIZE + 1).toArray(),
            bars.column(Columns.BOOK_ASK_SIZE + 1).toArray()
        };
        double[] out = new double[bars.size()];
        OrderBook.relativeSpread(prices[0], prices[1], out);
        Frame more = bars.with(RELATIVE_SPREAD, out);
        OrderBook.mid(prices[0], prices[1], out);
        Returns.log(out, out);
        more = more.with(MID_RETURN, out);
        OrderBook.imbalance(sizes[0], sizes[1], out);
        OrderBook.micropriceOffset(prices[0], prices[1], out.clone(), out);
        more = more.with(MICROPRICE_OFFSET, out);
        OrderBook.flowImbalance(prices, sizes, out);
        return more.with(FLOW_IMBALANCE, out);
    }

    private Frame addDepths(Frame bars) {
        int length = Math.max(LEAST_BARS, RollingWindow.bars(medianSpan, bars.barNanos()));
        RollingWindow window = new RollingWindow(length, (length + 2) / 3);
        Frame out = bars;
        double[] ratio = new double[bars.size()];
        for (int bps : DISTANCES_BPS) {
            if (bars.has(Columns.BOOK_BID_DEPTH + bps)) {
                Rolling.ratioToMedian(bars.column(Columns.BOOK_BID_DEPTH + bps).toArray(), window, ratio);
                out = out.with(BID_DEPTH_RATIO + bps, ratio);
            }
            if (bars.has(Columns.BOOK_ASK_DEPTH + bps)) {
                Rolling.ratioToMedian(bars.column(Columns.BOOK_ASK_DEPTH + bps).toArray(), window, ratio);
                out = out.with(ASK_DEPTH_RATIO + bps, ratio);
            }
        }
        return out;
    }

    private static Frame addSlope(Frame bars) {
        double[][] both = new double[DISTANCES_BPS.length][];
        for (int i = 0; i < both.length; i++) {
            String bid = Columns.BOOK_BID_DEPTH + DISTANCES_BPS[i];
            String ask = Columns.BOOK_ASK_DEPTH + DISTANCES_BPS[i];
            if (!bars.has(bid) || !bars.has(ask)) {
                return bars;
            }
            both[i] = bars.column(bid).toArray();
            double[] other = bars.column(ask).toArray();
            for (int t = 0; t < other.length; t++) {
                both[i][t] += other[t];
            }
        }
        double[] slope = new double[bars.size()];
        OrderBook.depthSlope(both[0], both[1], both[2], slope);
        return bars.with(DEPTH_SLOPE, slope);
    }
}
