package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;

/**
 * Buys when Wilder's relative strength index of the closes falls below {@code low} and sells when it rises above
 * {@code high}. RSI = 100 · G / (G + L) with the smoothed gains G and losses L: the mean of the first {@code period}
 * changes, then G ← (G · (period − 1) + gain) / period (Wilder 1978).
 */
final class RsiReversion extends PerSymbol {
    private static final double NEUTRAL = 50;

    private final int period;
    private final double low;
    private final double high;
    private double[] gains = new double[0];
    private double[] losses = new double[0];
    private double[] last = new double[0];
    private int[] changes = new int[0];

    RsiReversion(Parameters parameters) {
        period = parameters.integer("period", 14, 2, 10_000);
        low = parameters.number("low", 30, 0, 100);
        high = parameters.number("high", 55, 0, 100);
        Check.that(low < high, "parameter low must be below high=" + high + ", got " + low);
    }

    @Override
    public int warmUpBars() {
        return period + 1;
    }

    @Override
    void prepare(int symbols) {
        gains = new double[symbols];
        losses = new double[symbols];
        last = new double[symbols];
        changes = new int[symbols];
    }

    @Override
    void forget(int symbol) {
        gains[symbol] = 0;
        losses[symbol] = 0;
        last[symbol] = 0;
        changes[symbol] = 0;
    }

    @Override
    double wish(Context context, int symbol, double before) {
        double close = context.close(symbol, 0);
        if (last[symbol] > 0) {
            double change = close - last[symbol];
            // the first changes have equal weight, later ones the share 1/period
            int weight = Math.min(++changes[symbol], period);
            gains[symbol] += (Math.max(change, 0) - gains[symbol]) / weight;
            losses[symbol] += (Math.max(-change, 0) - losses[symbol]) / weight;
        }
        last[symbol] = close;
        if (changes[symbol] < period) {
            return 0;
        }
        double moved = gains[symbol] + losses[symbol];
        double index = moved > 0 ? 100 * gains[symbol] / moved : NEUTRAL;
        return index < low ? 1 : index > high ? 0 : before;
    }
}
