package org.lama.backtest.walkforward;

import java.util.Arrays;
import java.util.List;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.signal.MarketState;

/**
 * The equal-weight index of the point-in-time universe (the bitcoin listing alone when fewer than five assets are there),
 * bar by bar. On bars of a day or more the volatility of 24 hours is a one-bar Parkinson estimate (Parkinson 1980).
 */
final class MarketIndex {
    private static final int SMALL_UNIVERSE = 5;
    private static final double PARKINSON = 1 / (4 * Math.log(2));

    private final List<Listing> listings;
    private final TimeGrid grid;
    private final double[][] close;
    private final double[][] high;
    private final double[][] low;
    private final int bitcoin;
    private final int window;
    private final double[] logLevel;
    private final double[] squares;
    private double parkinson;

    MarketIndex(List<Listing> listings, TimeGrid grid) {
        this.listings = listings;
        this.grid = grid;
        close = columns(Columns.CLOSE);
        high = columns(Columns.HIGH);
        low = columns(Columns.LOW);
        bitcoin = bitcoin();
        window = (int) Math.max(1, Math.round(grid.barsPerDay()));
        logLevel = new double[grid.size() + 1];
        squares = new double[grid.size() + 1];
    }

    private double[][] columns(String name) {
        double[][] columns = new double[listings.size()][];
        for (int l = 0; l < columns.length; l++) {
            Frame bars = listings.get(l).bars();
            columns[l] = bars.has(name) ? bars.column(name).toArray() : unknown(bars.size());
        }
        return columns;
    }

    private static double[] unknown(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private int bitcoin() {
        for (int l = 0; l < listings.size(); l++) {
            if (listings.get(l).asset().startsWith("BTC")) {
                return l;
            }
        }
        return -1;
    }

    /** The state at the close of one step; steps must be asked for in order. */
    MarketState state(int step, double liquidityScore, double anomalyRate) {
        boolean alone = bitcoin >= 0 && present(step) < SMALL_UNIVERSE && grid.row(bitcoin, step) >= 0;
        double mean = advance(step, alone);
        double logReturn = Double.isNaN(mean) ? 0 : Math.log1p(mean);
        logLevel[step + 1] = logLevel[step] + logReturn;
        squares[step + 1] = squares[step] + logReturn * logReturn;
        int from = Math.max(0, step + 1 - window);
        boolean known = step + 1 >= window && step > 0;
        double volatility = grid.barsPerDay() <= 1
                ? Math.sqrt(parkinson * 365 * grid.barsPerDay())
                : Math.sqrt(Math.max(0, squares[step + 1] - squares[from]) * 365);
        double return24h = Math.expm1(logLevel[step + 1] - logLevel[from]);
        return new MarketState(
                grid.close(step),
                known ? volatility : Double.NaN,
                liquidityScore,
                known ? return24h : Double.NaN,
                anomalyRate);
    }

    private int present(int step) {
        int count = 0;
        for (int l = 0; l < listings.size(); l++) {
            count += grid.row(l, step) >= 0 ? 1 : 0;
        }
        return count;
    }

    private double advance(int step, boolean alone) {
        double sum = 0;
        int count = 0;
        double ranges = 0;
        int ranged = 0;
        for (int l = 0; l < close.length; l++) {
            int row = grid.row(l, step);
            if (row < 0 || (alone && l != bitcoin)) {
                continue;
            }
            double range = Math.log(high[l][row] / low[l][row]);
            if (!Double.isNaN(range)) {
                ranges += range * range * PARKINSON;
                ranged++;
            }
            double gain = row > 0 ? close[l][row] / close[l][row - 1] - 1 : Double.NaN;
            if (!Double.isNaN(gain)) {
                sum += gain;
                count++;
            }
        }
        parkinson = ranged > 0 ? ranges / ranged : Double.NaN;
        return count > 0 ? sum / count : Double.NaN;
    }
}
