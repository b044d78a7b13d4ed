package org.lama.core.features;

import java.time.Duration;
import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/**
 * What a cost model asks of bars: the relative spread and the volatility of a day, known at the close of each row.
 *
 * <p>The spread is that of the columns {@code book.bid} and {@code book.ask} where they hold a quote. Elsewhere it is
 * estimated by {@link EdgeSpread} over the window, again after every {@code renewal}: the root of the squared spread where
 * that is more than {@code errors} standard errors above 0, and 0 where it is not: then the bars do not show that there is
 * a spread, and a cost model's floor must stand for it. Without that rule the noise of daily bars alone looks like 20 to 60
 * basis points. NaN until a twelfth of its window is present and renewed.
 *
 * <p>The volatility is the sample standard deviation of log returns over its window, times the root of the bars in a day; NaN while less
 * than a third of its window is present.
 * Causal, immutable and thread-safe.
 *
 * @param spreadWindow time over which the spread is estimated, above 0
 * @param errors standard errors that a squared spread must lie above 0, at least 0
 * @param renewal time between two estimates, above 0
 * @param volatilityWindow time over which volatility is measured, above 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TradingConditions(Duration spreadWindow, double errors, Duration renewal, Duration volatilityWindow) {
    /** Column of the relative spread, a fraction of the mid price. */
    public static final String SPREAD = "feature.tradingSpread";
    /** Column of the standard deviation of daily log returns. */
    public static final String VOLATILITY_DAY = "feature.volatilityDay";
    /** A year for the spread at 1.645 errors (5 % one-sided), renewed every week; 30 days for volatility. */
    public static final TradingConditions DEFAULT =
            new TradingConditions(Duration.ofDays(365), 1.645, Duration.ofDays(7), Duration.ofDays(30));

    /**
     * Standard deviation of daily returns that an engine takes for an asset whose own is not known yet, 4 %: about the middle
     * of what coins show.
     */
    public static final double PRIOR_VOLATILITY_DAY = 0.04;

    private static final double NANOS_PER_DAY = 86_400e9;
    private static final int LEAST_BARS = 20;

    /**
     * Checks ranges.
     *
     * @param spreadWindow time over which the spread is estimated, above 0
     * @param errors standard errors that a squared spread must lie above 0, at least 0
     * @param renewal time between two estimates, above 0
     * @param volatilityWindow time over which volatility is measured, above 0
     */
    public TradingConditions {
        RollingWindow.bars(spreadWindow, 1);
        Check.notNegative(errors, "errors");
        RollingWindow.bars(renewal, 1);
        RollingWindow.bars(volatilityWindow, 1);
    }

    /**
     * Adds both columns.
     *
     * @param bars a frame of one instrument with the column close; open, high and low serve the spread
     * @return the same rows with the columns {@value #SPREAD} and {@value #VOLATILITY_DAY}
     */
    public Frame addTo(Frame bars) {
        return bars.with(SPREAD, spread(bars)).with(VOLATILITY_DAY, volatilityDay(bars));
    }

    /**
     * The spread that is known at the close of each row.
     *
     * @param bars a frame of one instrument
     * @return a new array, fractions of the price, at least 0; NaN where nothing is known
     */
    public double[] spread(Frame bars) {
        double[] out = estimated(bars);
        if (bars.has(Columns.BOOK_BID) && bars.has(Columns.BOOK_ASK)) {
            Series bid = bars.column(Columns.BOOK_BID);
            Series ask = bars.column(Columns.BOOK_ASK);
            for (int t = 0; t < out.length; t++) {
                double quoted = quoted(bid.get(t), ask.get(t));
                out[t] = Double.isNaN(quoted) ? out[t] : quoted;
            }
        }
        return out;
    }

    /**
     * The volatility of a day that is known at the close of each row.
     *
     * @param bars a frame of one instrument
     * @return a new array, standard deviations of log returns; NaN where too few are known
     */
    public double[] volatilityDay(Frame bars) {
        double[] out = bars.column(Columns.CLOSE).toArray();
        Returns.log(out, out);
        int length = Math.max(LEAST_BARS, RollingWindow.bars(volatilityWindow, bars.barNanos()));
        Rolling.standardDeviation(out, new RollingWindow(length, (length + 2) / 3), out);
        double scale = Math.sqrt(NANOS_PER_DAY / bars.barNanos());
        for (int t = 0; t < out.length; t++) {
            out[t] *= scale;
        }
        return out;
    }

    private double[] estimated(Frame bars) {
        double[] out = new double[bars.size()];
        boolean whole = bars.has(Columns.OPEN) && bars.has(Columns.HIGH) && bars.has(Columns.LOW);
        if (!whole) {
            Arrays.fill(out, Double.NaN);
            return out;
        }
        Series open = bars.column(Columns.OPEN);
        Series high = bars.column(Columns.HIGH);
        Series low = bars.column(Columns.LOW);
        Series close = bars.column(Columns.CLOSE);
        int length = Math.max(LEAST_BARS, RollingWindow.bars(spreadWindow, bars.barNanos()));
        EdgeSpread edge = new EdgeSpread(new RollingWindow(length, Math.max(LEAST_BARS, length / 12)));
        int every = RollingWindow.bars(renewal, bars.barNanos());
        double last = Double.NaN;
        for (int t = 0; t < out.length; t++) {
            edge.add(open.get(t), high.get(t), low.get(t), close.get(t));
            if (t % every == every - 1) {
                last = edge.estimate() ? shown(edge) : last;
            }
            out[t] = last;
        }
        return out;
    }

    private double shown(EdgeSpread edge) {
        return edge.squared() > errors * edge.standardError() ? Math.sqrt(edge.squared()) : 0;
    }

    private static double quoted(double bid, double ask) {
        boolean sound = bid > 0 && ask >= bid && ask < Double.POSITIVE_INFINITY;
        return sound ? 2 * ((ask - bid) / (ask + bid)) : Double.NaN;
    }
}
