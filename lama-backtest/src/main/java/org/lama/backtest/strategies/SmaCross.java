package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;

/**
 * Long while the mean of the last {@code fast} closes is above that of the last {@code slow} closes, else flat. Two means
 * that agree to twelve digits are equal: prices are decimal numbers, and their binary forms must not break a tie.
 */
final class SmaCross extends PerSymbol {
    private static final double EQUAL = 1e-12;

    private final int fast;
    private final int slow;
    private Window[] fastCloses = new Window[0];
    private Window[] slowCloses = new Window[0];

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
        fastCloses = windows(symbols, fast);
        slowCloses = windows(symbols, slow);
    }

    static Window[] windows(int symbols, int size) {
        Window[] all = new Window[symbols];
        for (int i = 0; i < symbols; i++) {
            all[i] = new Window(size);
        }
        return all;
    }

    @Override
    void forget(int symbol) {
        fastCloses[symbol].clear();
        slowCloses[symbol].clear();
    }

    @Override
    double wish(Context context, int symbol, double before) {
        double close = context.close(symbol, 0);
        fastCloses[symbol].add(close);
        slowCloses[symbol].add(close);
        if (!slowCloses[symbol].isFull()) {
            return 0;
        }
        double slowMean = slowCloses[symbol].mean();
        return fastCloses[symbol].mean() - slowMean > EQUAL * slowMean ? 1 : 0;
    }
}
