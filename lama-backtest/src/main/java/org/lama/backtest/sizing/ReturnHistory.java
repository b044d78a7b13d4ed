package org.lama.backtest.sizing;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Keeps the last returns of several instruments while bars close, so that a window is at hand at every rebalance. Each
 * return is written twice, half a buffer apart, so that the last {@code windowBars} always lie in one piece. Mutable,
 * single-threaded; {@link #push} is O(instruments) and allocates nothing, {@link #window} is O(1).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReturnHistory {
    private final double[][] columns;
    private final double[] lastClose;
    private final int windowBars;
    private int next;
    private int rows;

    /**
     * An empty history.
     *
     * @param instruments how many instruments, at least 1
     * @param windowBars how many returns to keep of each, at least 1
     */
    public ReturnHistory(int instruments, int windowBars) {
        Check.atLeast(instruments, 1, "instruments");
        this.windowBars = Check.atLeast(windowBars, 1, "windowBars");
        columns = new double[instruments][2 * windowBars];
        lastClose = new double[instruments];
        Arrays.fill(lastClose, Double.NaN);
    }

    /**
     * Takes the closes of a bar. The return of an instrument is {@code close / close before − 1}; it is missing if either
     * close is missing or not above 0.
     *
     * @param closes one price per instrument, NaN where it did not trade
     */
    public void push(double[] closes) {
        Check.that(
                closes.length == lastClose.length,
                "closes must hold " + lastClose.length + " prices, got " + closes.length);
        for (int i = 0; i < closes.length; i++) {
            double close = closes[i] > 0 && closes[i] < Double.POSITIVE_INFINITY ? closes[i] : Double.NaN;
            double value = close / lastClose[i] - 1;
            columns[i][next] = value;
            columns[i][next + windowBars] = value;
            lastClose[i] = close;
        }
        next = next + 1 == windowBars ? 0 : next + 1;
        rows = Math.min(rows + 1, windowBars);
    }

    /**
     * How many rows there are.
     *
     * @return bars pushed, at most the length of the window; the first row is missing throughout
     */
    public int rows() {
        return rows;
    }

    /**
     * The rows kept, the newest last.
     *
     * @return a view that the next {@link #push} changes
     */
    public ReturnWindow window() {
        int from = rows < windowBars ? 0 : next;
        return new ReturnWindow(columns, from, from + rows);
    }
}
