package org.lama.backtest.analytics;

import org.lama.core.base.Api;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * The prices that a position lived through, from bars: what the excursions of a {@link TradeOutcome} are measured on. A bar
 * that lies wholly between entry and exit counts with its high and low. Of the bar in which the entry fell only the close
 * counts, unless the entry was at its open; of the bar in which the exit fell only the open counts. What else happened in
 * those two bars may have been before the entry or after the exit, so the excursions are never overstated. Rows whose
 * prices are not finite are passed over. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PricePath {
    private final TimeIndex opens;
    private final long barNanos;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;

    private PricePath(Frame bars) {
        opens = bars.index();
        barNanos = bars.barNanos();
        close = bars.column(Columns.CLOSE).toArray();
        open = bars.has(Columns.OPEN) ? bars.column(Columns.OPEN).toArray() : close;
        high = bars.has(Columns.HIGH) ? bars.column(Columns.HIGH).toArray() : extreme(open, close, 1);
        low = bars.has(Columns.LOW) ? bars.column(Columns.LOW).toArray() : extreme(open, close, -1);
    }

    /**
     * The path of one symbol.
     *
     * @param bars rows with {@code close}; without {@code open} the close stands for it, without {@code high} and {@code
     *     low} the higher and the lower of open and close
     * @return the path; the columns are copied
     */
    public static PricePath of(Frame bars) {
        return new PricePath(bars);
    }

    private static double[] extreme(double[] a, double[] b, int sign) {
        double[] out = new double[a.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = sign * a[t] >= sign * b[t] || Double.isNaN(b[t]) ? a[t] : b[t];
        }
        return out;
    }

    /** The lowest and highest price seen in a span, and the bars it touches. */
    record Range(double low, double high, int bars) {}

    /** Prices of the span, widened to hold two given ones. O(log n + bars in the span). */
    Range between(long fromNanos, long toNanos, double firstPrice, double secondPrice) {
        double lowest = Math.min(firstPrice, secondPrice);
        double highest = Math.max(firstPrice, secondPrice);
        int from = Math.max(0, opens.floor(fromNanos));
        int to = opens.floor(toNanos);
        for (int row = from; row <= to; row++) {
            long start = opens.at(row);
            boolean begins = start >= fromNanos;
            boolean ends = start + barNanos <= toNanos;
            if (begins && ends) {
                lowest = smaller(lowest, low[row]);
                highest = larger(highest, high[row]);
            } else if (begins && start < toNanos) {
                lowest = smaller(lowest, open[row]);
                highest = larger(highest, open[row]);
            } else if (ends && start + barNanos > fromNanos) {
                lowest = smaller(lowest, close[row]);
                highest = larger(highest, close[row]);
            }
        }
        boolean exitAtOpen = to >= from && opens.at(to) == toNanos && to > from;
        return new Range(lowest, highest, Math.max(0, to - from + (exitAtOpen ? 0 : 1)));
    }

    private static double smaller(double a, double b) {
        return b < a ? b : a;
    }

    private static double larger(double a, double b) {
        return b > a ? b : a;
    }
}
