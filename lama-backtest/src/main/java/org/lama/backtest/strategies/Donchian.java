package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.core.indicators.Indicator;

/**
 * Long from a close above the highest high of the {@code enter} bars before it to a close below the lowest low of the
 * {@code exit} bars before it; with {@code short=true} the mirror image too.
 */
final class Donchian extends PerSymbol {
    private static final int UPPER = 0;
    private static final int LOWER = 1;

    private final int enter;
    private final int exit;
    private final boolean both;
    private Indicator[] entries = new Indicator[0];
    private Indicator[] exits = new Indicator[0];

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
        entries = each(symbols, "donchian", enter);
        exits = each(symbols, "donchian", exit);
    }

    @Override
    void forget(int symbol) {
        entries[symbol].reset();
        exits[symbol].reset();
    }

    @Override
    double wish(Context context, int symbol, double before) {
        double close = context.close(symbol, 0);
        Indicator entry = entries[symbol];
        Indicator leave = exits[symbol];
        double wish = before;
        // the channels of the bars before: this bar is added only after the decision
        if (entry.isReady() && leave.isReady()) {
            if ((before > 0 && close < leave.value(LOWER)) || (before < 0 && close > leave.value(UPPER))) {
                wish = 0;
            }
            if (close > entry.value(UPPER)) {
                wish = 1;
            } else if (both && close < entry.value(LOWER)) {
                wish = -1;
            }
        }
        double high = price(context.high(symbol, 0), close);
        double low = price(context.low(symbol, 0), close);
        entry.update(high, low);
        leave.update(high, low);
        return wish;
    }

    /** Where a bar has no high or low, its close is one. */
    private static double price(double value, double close) {
        return Double.isNaN(value) ? close : value;
    }
}
