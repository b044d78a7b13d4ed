package org.lama.core.features;

import java.time.Duration;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Adds features of plain bars to a frame. Each feature is causal and free of any unit or made so by its own past; the
 * first rows are NaN until its window is filled. A feature is added where the columns it reads exist. Immutable and
 * thread-safe; O(n log n) for a frame of n rows.
 *
 * @param shortSpan window of averages and of volatility; at least 5 bars are used
 * @param longSpan window of the volume z-score and of rolling medians; at least 20 bars are used
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BarFeatures(Duration shortSpan, Duration longSpan) {
    /** Log return of the bar. */
    public static final String LOG_RETURN = "feature.logReturn";
    /** Rolling standard deviation of log returns over the short span, per bar. */
    public static final String VOLATILITY = "feature.volatility";
    /** Exponentially weighted volatility with the short span as half life, per bar. */
    public static final String EWMA_VOLATILITY = "feature.ewmaVolatility";
    /** Parkinson volatility over the short span, per bar. */
    public static final String PARKINSON = "feature.parkinson";
    /** Range ln(high / low). */
    public static final String RANGE = "feature.range";
    /** Body (close - open) / (high - low). */
    public static final String BODY = "feature.body";
    /** Upper wick over the range. */
    public static final String UPPER_WICK = "feature.upperWick";
    /** Lower wick over the range. */
    public static final String LOWER_WICK = "feature.lowerWick";
    /** Gap ln(open / last close). */
    public static final String GAP = "feature.gap";
    /** Corwin-Schultz spread, mean over the short span, a fraction of the price. */
    public static final String CORWIN_SCHULTZ = "feature.corwinSchultz";
    /** Amihud illiquidity, mean over the short span, per unit of quote currency. */
    public static final String AMIHUD = "feature.amihud";
    /** Amihud illiquidity divided by its own rolling median over the long span. */
    public static final String AMIHUD_RATIO = "feature.amihudRatio";
    /** z-score of the volume within the long span. */
    public static final String VOLUME_Z = "feature.volumeZ";

    private static final int LEAST_SHORT_BARS = 5;
    private static final int LEAST_LONG_BARS = 20;

    /**
     * Checks the spans.
     *
     * @param shortSpan window of averages and of volatility; at least 5 bars are used
     * @param longSpan window of the volume z-score and of rolling medians; at least 20 bars are used
     */
    public BarFeatures {
        Check.that(shortSpan.toNanos() > 0, "shortSpan must be > 0, got " + shortSpan);
        Check.that(
                longSpan.compareTo(shortSpan) >= 0, "longSpan must be >= shortSpan " + shortSpan + ", got " + longSpan);
    }

    /**
     * A day and thirty days.
     *
     * @return the default settings
     */
    public static BarFeatures defaults() {
        return new BarFeatures(Duration.ofDays(1), Duration.ofDays(30));
    }

    /**
     * Adds the features.
     *
     * @param bars a frame with the columns open, high, low and close, or some of them, and volume if there is one
     * @return the same rows with more columns
     */
    public Frame addTo(Frame bars) {
        Frame out = bars;
        if (bars.has(Columns.CLOSE)) {
            out = addReturns(out, bars.column(Columns.CLOSE).toArray());
        }
        if (bars.has(Columns.HIGH) && bars.has(Columns.LOW)) {
            out = addRanges(out, bars);
        }
        if (bars.has(Columns.OPEN) && bars.has(Columns.CLOSE)) {
            out = addCandles(out, bars);
        }
        if (bars.has(Columns.VOLUME)) {
            out = addVolume(out, bars);
        }
        return out;
    }

    /**
     * The window of averages and volatility; a third of its bars must be present.
     *
     * @param barNanos length of one bar in nanoseconds
     * @return the window
     */
    public RollingWindow shortWindow(long barNanos) {
        int bars = Math.max(LEAST_SHORT_BARS, RollingWindow.bars(shortSpan, barNanos));
        return new RollingWindow(bars, (bars + 2) / 3);
    }

    /**
     * The window of z-scores and medians; a third of its bars must be present.
     *
     * @param barNanos length of one bar in nanoseconds
     * @return the window
     */
    public RollingWindow longWindow(long barNanos) {
        int bars = Math.max(LEAST_LONG_BARS, RollingWindow.bars(longSpan, barNanos));
        return new RollingWindow(bars, (bars + 2) / 3);
    }

    private Frame addReturns(Frame to, double[] close) {
        double[] returns = new double[close.length];
        Returns.log(close, returns);
        RollingWindow window = shortWindow(to.barNanos());
        double[] rolling = new double[close.length];
        Volatility.rolling(returns, window, rolling);
        double[] ewma = new double[close.length];
        Volatility.ewma(returns, window.lengthBars(), ewma);
        return to.with(LOG_RETURN, returns).with(VOLATILITY, rolling).with(EWMA_VOLATILITY, ewma);
    }

    private Frame addRanges(Frame to, Frame bars) {
        double[] high = bars.column(Columns.HIGH).toArray();
        double[] low = bars.column(Columns.LOW).toArray();
        RollingWindow window = shortWindow(bars.barNanos());
        double[] range = new double[high.length];
        Candles.range(high, low, range);
        double[] parkinson = new double[high.length];
        Volatility.parkinson(high, low, window, parkinson);
        double[] spread = new double[high.length];
        Illiquidity.corwinSchultz(high, low, spread);
        Rolling.mean(spread, window, spread);
        return to.with(RANGE, range).with(PARKINSON, parkinson).with(CORWIN_SCHULTZ, spread);
    }

    private Frame addCandles(Frame to, Frame bars) {
        double[] open = bars.column(Columns.OPEN).toArray();
        double[] close = bars.column(Columns.CLOSE).toArray();
        double[] out = new double[open.length];
        Candles.gap(open, close, out);
        Frame more = to.with(GAP, out);
        if (!bars.has(Columns.HIGH) || !bars.has(Columns.LOW)) {
            return more;
        }
        double[][] prices = {
            open, bars.column(Columns.HIGH).toArray(), bars.column(Columns.LOW).toArray(), close
        };
        Candles.body(prices, out);
        more = more.with(BODY, out);
        Candles.upperWick(prices, out);
        more = more.with(UPPER_WICK, out);
        Candles.lowerWick(prices, out);
        return more.with(LOWER_WICK, out);
    }

    private Frame addVolume(Frame to, Frame bars) {
        double[] volume = bars.column(Columns.VOLUME).toArray();
        RollingWindow longer = longWindow(bars.barNanos());
        double[] out = new double[volume.length];
        Rolling.zScore(volume, longer, out);
        Frame more = to.with(VOLUME_Z, out);
        if (!bars.has(Columns.CLOSE)) {
            return more;
        }
        Illiquidity.amihud(bars.column(Columns.CLOSE).toArray(), volume, out);
        Rolling.mean(out, shortWindow(bars.barNanos()), out);
        more = more.with(AMIHUD, out);
        Rolling.ratioToMedian(out, longer, out);
        return more.with(AMIHUD_RATIO, out);
    }
}
