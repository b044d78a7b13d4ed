package org.lama.backtest.strategies;

import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookView;

/**
 * What a market maker must know of its market, from what came to it so far only:
 *
 * <ul>
 *   <li>the variance of the log mid price per second, from moves over at least a second, which leaves most of the bounce
 *       between levels out, and
 *   <li>how fast fills thin out with distance from the mid. If the chance that a market order reaches a distance d (a
 *       fraction of the mid) is exp(−kappa · d), the estimate of largest likelihood is one over the mean distance reached;
 *       prints of one time and side are one order, and each reaches at least half a tick.
 * </ul>
 *
 * NaN until 20 moves or orders were seen. O(1) for each call, allocates nothing. Not thread-safe.
 */
final class MarketPulse {
    static final int LEAST = 20;
    private static final long GRID_NANOS = 1_000_000_000;

    private final FadingMean variance;
    private final FadingMean reach;
    private double lastMid = Double.NaN;
    private long lastNanos;
    private long printNanos = Long.MIN_VALUE;
    private boolean printBought;
    private double printReach;

    MarketPulse(double halfLifeSeconds) {
        variance = new FadingMean(halfLifeSeconds, LEAST);
        reach = new FadingMean(halfLifeSeconds, LEAST);
    }

    /** Looks at the mid; a book that is not valid ends the move that was under way. */
    void look(long nowNanos, BookView book) {
        double mid = BookMeasures.mid(book);
        if (Double.isNaN(mid) || Double.isNaN(lastMid)) {
            lastMid = mid;
            lastNanos = nowNanos;
        } else if (nowNanos - lastNanos >= GRID_NANOS) {
            double move = Math.log(mid / lastMid);
            variance.add(nowNanos, move * move, (nowNanos - lastNanos) * 1e-9);
            lastMid = mid;
            lastNanos = nowNanos;
        }
    }

    /** A print: the aggressor bought or sold at this price. */
    void print(long nowNanos, boolean bought, double price, BookView book) {
        double mid = BookMeasures.mid(book);
        if (Double.isNaN(mid)) {
            return;
        }
        double half = 0.5 * book.scale().tickSize();
        double distance = Math.max(bought ? price - mid : mid - price, half) / mid;
        if (nowNanos == printNanos && bought == printBought) {
            printReach = Math.max(printReach, distance);
            return;
        }
        endOrder();
        printNanos = nowNanos;
        printBought = bought;
        printReach = distance;
    }

    /** The order that printed last counts once the next one shows that it has ended. */
    private void endOrder() {
        if (printNanos != Long.MIN_VALUE) {
            reach.add(printNanos, printReach, 1);
        }
    }

    /** Variance of the log mid per second. */
    double variancePerSecond() {
        return variance.value();
    }

    /** Decay of fills per unit of relative distance. */
    double kappa() {
        return 1 / reach.value();
    }
}
