package org.lama.backtest.honesty;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * What a trader earns on a planted market who knows how the drift is made, but only past prices: the most that a model
 * could find there. The forecast of the drift is the Kalman filter's; the strength is tanh(forecast / its 90 % quantile),
 * the target weight strength / assets · min(1, wanted / current volatility), long only for spot; a target is traded at the
 * next open when it moves by a tenth, and each trade costs a fixed share of what is traded. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PerfectTrader {
    private static final double QUANTILE = 1.6448536269514722;
    private static final double BAND = 0.1;

    private PerfectTrader() {}

    /**
     * How the trader trades.
     *
     * @param longOnly whether a negative forecast means no position
     * @param cost share of the traded value that each trade costs
     * @param targetVolatility volatility a year at which a position is not scaled down
     */
    public record Terms(boolean longOnly, double cost, double targetVolatility) {}

    /**
     * The net Sharpe ratio a year.
     *
     * @param market a market drawn with the plant
     * @param plant the planted drift, of a strength above 0
     * @param firstRow first bar at whose open a position may stand; earlier ones only teach the filter
     * @param terms how to trade
     * @return mean over standard deviation of the returns per bar, times the root of bars a year; NaN without a trade
     */
    public static double sharpe(MarketData market, NullMarkets.Plant plant, int firstRow, Terms terms) {
        List<Frame> frames = market.frames();
        int rows = frames.get(0).size();
        double barsPerYear = 365 * 86_400e9 / market.barNanos();
        double[] returns = new double[Math.max(0, rows - firstRow - 1)];
        for (Frame frame : frames) {
            add(frame, plant, firstRow, terms, frames.size(), barsPerYear, returns);
        }
        double mean = 0;
        for (double r : returns) {
            mean += r / returns.length;
        }
        double square = 0;
        for (double r : returns) {
            square += (r - mean) * (r - mean) / (returns.length - 1);
        }
        return square > 0 ? mean / Math.sqrt(square) * Math.sqrt(barsPerYear) : Double.NaN;
    }

    private static void add(
            Frame frame,
            NullMarkets.Plant plant,
            int firstRow,
            Terms terms,
            int assets,
            double barsPerYear,
            double[] returns) {
        double[] open = frame.column(Columns.OPEN).toArray();
        double[] close = frame.column(Columns.CLOSE).toArray();
        double phi = plant.persistence();
        double k2 = plant.strength() * plant.strength();
        double forecast = 0;
        double error = k2;
        double weight = 0;
        double variance = firstVariance(open, close);
        for (int t = 0; t + 2 < open.length; t++) {
            double body = Math.log(close[t] / open[t]);
            double gain = error / (error + 1);
            forecast = phi * (forecast + gain * (body / Math.sqrt(variance) - forecast));
            error = phi * phi * (1 - gain) * error + (1 - phi * phi) * k2;
            variance = DrawnMoves.movingVariance(variance, body);
            double spread = Math.sqrt(Math.max(k2 - error, 1e-300));
            double strength = Math.tanh(forecast / (QUANTILE * spread));
            double target = (terms.longOnly() ? Math.max(0, strength) : strength)
                    / assets
                    * Math.min(1, terms.targetVolatility() / Math.sqrt(variance * barsPerYear));
            if (t + 1 >= firstRow) {
                double change = target - weight;
                boolean trades = Math.abs(change) > BAND * Math.abs(target);
                weight = trades ? target : weight;
                double move = open[t + 2] / open[t + 1] - 1;
                returns[t + 1 - firstRow] += weight * move - (trades ? terms.cost() * Math.abs(change) : 0);
            }
        }
    }

    /** A start for the moving variance from the first bars; the filter has forgotten it when trading begins. */
    private static double firstVariance(double[] open, double[] close) {
        int rows = Math.min(50, open.length);
        double sum = 0;
        for (int t = 0; t < rows; t++) {
            double body = Math.log(close[t] / open[t]);
            sum += body * body;
        }
        return Math.max(sum / rows, 1e-12);
    }
}
