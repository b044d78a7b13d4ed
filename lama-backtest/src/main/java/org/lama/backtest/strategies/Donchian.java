package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;

/**
 * Long from a close above the highest high of the {@code enter} bars before it to a close below the lowest low of the
 * {@code exit} bars before it; with {@code short=true} the mirror image too.
 */
final class Donchian extends PerSymbol {
    private final int enter;
    private final int exit;
    private final boolean both;
    private Window[] highs = new Window[0];
    private Window[] lows = new Window[0];
    private Window[] exitHighs = new Window[0];
    private Window[] exitLows = new Window[0];

    Donchian(Parameters parameters) {
        enter = parameters.integer("enter", 20, 1, 10_000);
        exit = parameters.integer("exit", 10, 1, 10_000);
        both = parameters.flag("short", false);
    }

    @Override
    public int warmUpBars() {
        return Math.max(enter, exit) + 1;
    }

    @Override
    void prepare(int symbols) {
        highs = SmaCross.windows(symbols, enter);
        lows = SmaCross.windows(symbols, enter);
        exitHighs = SmaCross.windows(symbols, exit);
        exitLows = SmaCross.windows(symbols, exit);
    }

    @Override
    void forget(int symbol) {
        highs[symbol].clear();
        lows[symbol].clear();
        exitHighs[symbol].clear();
        exitLows[symbol].clear();
    }

    @Override
    double wish(Context context, int symbol, double before) {
        double close = context.close(symbol, 0);
        double wish = before;
        if (highs[symbol].isFull() && exitLows[symbol].isFull()) {
            if (before > 0 && close < exitLows[symbol].min() || before < 0 && close > exitHighs[symbol].max()) {
                wish = 0;
            }
            if (close > highs[symbol].max()) {
                wish = 1;
            } else if (both && close < lows[symbol].min()) {
                wish = -1;
            }
        }
        double high = price(context.high(symbol, 0), close);
        double low = price(context.low(symbol, 0), close);
        highs[symbol].add(high);
        exitHighs[symbol].add(high);
        lows[symbol].add(low);
        exitLows[symbol].add(low);
        return wish;
    }

    /** Where a bar has no high or low, its close is one. */
    private static double price(double value, double close) {
        return Double.isNaN(value) ? close : value;
    }
}
