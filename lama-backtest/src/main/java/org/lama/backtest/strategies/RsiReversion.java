package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.indicators.Indicator;

/**
 * Buys when Wilder's relative strength index of the closes falls below {@code low} and sells when it rises above
 * {@code high}. RSI = 100 · G / (G + L) with the smoothed gains G and losses L: the mean of the first {@code period}
 * changes, then G ← (G · (period − 1) + gain) / period (Wilder 1978).
 */
final class RsiReversion extends PerSymbol {
    private final int period;
    private final double low;
    private final double high;
    private Indicator[] strengths = new Indicator[0];

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
        strengths = each(symbols, "rsi", period);
    }

    @Override
    void forget(int symbol) {
        strengths[symbol].reset();
    }

    @Override
    double wish(Context context, int symbol, double before) {
        double strength = strengths[symbol].update(context.close(symbol, 0));
        if (Double.isNaN(strength)) {
            return 0;
        }
        return strength < low ? 1 : strength > high ? 0 : before;
    }
}
