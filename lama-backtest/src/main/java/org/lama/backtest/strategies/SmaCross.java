package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.indicators.Indicator;

/**
 * Long while the mean of the last {@code fast} closes is above that of the last {@code slow} closes, else flat. Two means
 * that agree to twelve digits are equal: prices are decimal numbers, and their binary forms must not break a tie.
 */
final class SmaCross extends PerSymbol {
    private static final double EQUAL = 1e-12;

    private final int fast;
    private final int slow;
    private Indicator[] fastMeans = new Indicator[0];
    private Indicator[] slowMeans = new Indicator[0];

    SmaCross(Parameters parameters) {
        fast = parameters.integer("fast", 20, 1, 1_000_000);
        slow = parameters.integer("slow", 100, 2, 1_000_000);
        Check.that(fast < slow, "parameter fast must be below slow=" + slow + ", got " + fast);
    }

    @Override
    public int warmUpBars() {
        return slow;
    }

    @Override
    void prepare(int symbols) {
        fastMeans = each(symbols, "sma", fast);
        slowMeans = each(symbols, "sma", slow);
    }

    @Override
    void forget(int symbol) {
        fastMeans[symbol].reset();
        slowMeans[symbol].reset();
    }

    @Override
    double wish(Context context, int symbol, double before) {
        double close = context.close(symbol, 0);
        double fastMean = fastMeans[symbol].update(close);
        double slowMean = slowMeans[symbol].update(close);
        // false while a mean is NaN, which is until its window is full
        return fastMean - slowMean > EQUAL * slowMean ? 1 : 0;
    }
}
