package org.lama.models.liquidity;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.features.BarFeatures;
import org.lama.core.features.BookFeatures;
import org.lama.core.features.ConstantProduct;
import org.lama.core.features.Illiquidity;
import org.lama.core.features.OrderBook;
import org.lama.core.features.Rolling;
import org.lama.core.features.RollingWindow;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * One part of the liquidity score: a causal column that says something about liquidity, and which way it points. Averages
 * run over one day, or over five bars where a day has fewer.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@SuppressWarnings("ImmutableEnumChecker") // the array is never handed out
public enum LiquidityComponent {
    /** Value locked in all pools; more is more liquid. */
    POOL_TVL(true, Columns.POOL_TVL),
    /** Change of the value locked over seven days, a fraction; more is more liquid. */
    POOL_TVL_CHANGE(true, Columns.POOL_TVL),
    /** Swap volume of a day over value locked; more is more liquid. */
    POOL_TURNOVER(true, Columns.POOL_VOLUME, Columns.POOL_TVL),
    /** Number of active pools; more is more liquid. */
    POOL_COUNT(true, Columns.POOL_COUNT),
    /** Herfindahl index of the pools' shares; less is more liquid. */
    POOL_CONCENTRATION(false, Columns.POOL_CONCENTRATION),
    /** Slippage of a swap of 10,000 in the largest pool; less is more liquid. */
    SLIPPAGE_10K(false, Columns.POOL_RESERVE_QUOTE),
    /** Slippage of a swap of 100,000 in the largest pool; less is more liquid. */
    SLIPPAGE_100K(false, Columns.POOL_RESERVE_QUOTE),
    /** Amihud's price impact, daily average; less is more liquid. */
    AMIHUD(false, Columns.CLOSE, Columns.VOLUME),
    /** Depth of both sides within 50 basis points; more is more liquid. */
    DEPTH_50(true, Columns.BOOK_BID_DEPTH + 50, Columns.BOOK_ASK_DEPTH + 50),
    /** Quoted spread where there is a book, else the Corwin-Schultz estimate, daily average; less is more liquid. */
    SPREAD(false, Columns.HIGH, Columns.LOW),
    /** Volume in quote currency, daily average; more is more liquid. */
    VOLUME(true, Columns.CLOSE, Columns.VOLUME),
    /** Volume of a day in quote currency over market capitalisation; more is more liquid. */
    VOLUME_TO_CAP(true, Columns.CLOSE, Columns.VOLUME, Columns.MARKET_CAP),
    /** Token transfers, daily average; more is more liquid. */
    TRANSFERS(true, Columns.CHAIN_TRANSFERS);

    private static final long WEEK_NANOS = 7 * 86_400_000_000_000L;

    private final boolean higherIsLiquid;
    private final String[] inputs;

    LiquidityComponent(boolean higherIsLiquid, String... inputs) {
        this.higherIsLiquid = higherIsLiquid;
        this.inputs = inputs;
    }

    /**
     * Which way the component points.
     *
     * @return true if a higher value means more liquidity; otherwise its rank enters as 1 - rank
     */
    public boolean higherIsLiquid() {
        return higherIsLiquid;
    }

    /**
     * Whether a frame has the columns that the component reads.
     *
     * @param bars the frame
     * @return true if it has
     */
    public boolean isIn(Frame bars) {
        return (this == SPREAD && BookFeatures.hasBook(bars))
                || Arrays.stream(inputs).allMatch(bars::has);
    }

    /**
     * The values of the component. Causal: row t depends on rows up to t.
     *
     * @param bars a frame that has the inputs
     * @return a new array, NaN where missing
     */
    double[] values(Frame bars) {
        return switch (this) {
            case POOL_TVL, POOL_COUNT, POOL_CONCENTRATION -> notNegative(column(bars, inputs[0]));
            case POOL_TVL_CHANGE -> weekChange(bars);
            case POOL_TURNOVER -> divided(daily(bars, column(bars, Columns.POOL_VOLUME)), column(bars, inputs[1]));
            case SLIPPAGE_10K -> slippage(bars, 1e4);
            case SLIPPAGE_100K -> slippage(bars, 1e5);
            case AMIHUD -> amihud(bars);
            case DEPTH_50 -> depth(bars);
            case SPREAD -> spread(bars);
            case VOLUME -> daily(bars, quoteVolume(bars));
            case VOLUME_TO_CAP -> divided(daily(bars, quoteVolume(bars)), column(bars, Columns.MARKET_CAP));
            case TRANSFERS -> daily(bars, notNegative(column(bars, inputs[0])));
        };
    }

    private static double[] column(Frame bars, String name) {
        return bars.column(name).toArray();
    }

    /** Mean over a day; a rank does not see the difference between the mean and the sum. */
    private static double[] daily(Frame bars, double[] values) {
        RollingWindow window = BarFeatures.defaults().shortWindow(bars.barNanos());
        Rolling.mean(values, window, values);
        return values;
    }

    private static double[] notNegative(double[] values) {
        for (int t = 0; t < values.length; t++) {
            values[t] = values[t] >= 0 ? values[t] : Double.NaN;
        }
        return values;
    }

    private static double[] divided(double[] values, double[] by) {
        for (int t = 0; t < values.length; t++) {
            values[t] = by[t] > 0 ? values[t] / by[t] : Double.NaN;
        }
        return values;
    }

    private static double[] quoteVolume(Frame bars) {
        double[] close = column(bars, Columns.CLOSE);
        double[] volume = column(bars, Columns.VOLUME);
        for (int t = 0; t < close.length; t++) {
            close[t] = close[t] > 0 && volume[t] >= 0 ? close[t] * volume[t] : Double.NaN;
        }
        return close;
    }

    private static double[] weekChange(Frame bars) {
        double[] tvl = column(bars, Columns.POOL_TVL);
        double[] change = new double[tvl.length];
        int lag = weekBars(bars.barNanos());
        for (int t = 0; t < change.length; t++) {
            change[t] = t >= lag && tvl[t - lag] > 0 && tvl[t] >= 0 ? tvl[t] / tvl[t - lag] - 1 : Double.NaN;
        }
        return change;
    }

    static int weekBars(long barNanos) {
        return (int) Math.max(1, WEEK_NANOS / barNanos);
    }

    private static double[] slippage(Frame bars, double notional) {
        double[] reserve = column(bars, Columns.POOL_RESERVE_QUOTE);
        ConstantProduct.slippage(reserve, notional, reserve);
        return reserve;
    }

    private static double[] amihud(Frame bars) {
        double[] impact = new double[bars.size()];
        Illiquidity.amihud(column(bars, Columns.CLOSE), column(bars, Columns.VOLUME), impact);
        return daily(bars, impact);
    }

    private static double[] depth(Frame bars) {
        double[] bid = notNegative(column(bars, Columns.BOOK_BID_DEPTH + 50));
        double[] ask = notNegative(column(bars, Columns.BOOK_ASK_DEPTH + 50));
        for (int t = 0; t < bid.length; t++) {
            bid[t] += ask[t];
        }
        return bid;
    }

    private static double[] spread(Frame bars) {
        double[] spread = new double[bars.size()];
        if (BookFeatures.hasBook(bars)) {
            OrderBook.relativeSpread(column(bars, Columns.BOOK_BID), column(bars, Columns.BOOK_ASK), spread);
        } else {
            Illiquidity.corwinSchultz(column(bars, Columns.HIGH), column(bars, Columns.LOW), spread);
        }
        return daily(bars, spread);
    }
}
