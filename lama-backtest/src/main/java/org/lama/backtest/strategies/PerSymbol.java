package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.indicators.Indicator;
import org.lama.core.indicators.Indicators;

/**
 * A strategy that looks at each symbol alone and gives each an equal slot of the equity: a wish of 1 fills the slot. Bars
 * without a price are left out; a symbol that begins anew is forgotten first. Asks only when its wish changes.
 */
abstract class PerSymbol implements Strategy {
    private static final double FLAT = 0;

    private double[] wish = new double[0];
    private int[] bars = new int[0];

    /** One indicator per symbol. */
    static Indicator[] each(int symbols, String name, double... parameters) {
        Indicator[] all = new Indicator[symbols];
        for (int i = 0; i < symbols; i++) {
            all[i] = Indicators.of(name, parameters);
        }
        return all;
    }

    /** Makes room for so many symbols. */
    abstract void prepare(int symbols);

    /** Forgets what it knew of a symbol. */
    abstract void forget(int symbol);

    /** Takes the bar that just closed and says what share of the slot to hold, given what it wished before. */
    abstract double wish(Context context, int symbol, double before);

    @Override
    public final void onStart(Context context) {
        wish = new double[context.symbols().size()];
        bars = new int[wish.length];
        prepare(wish.length);
    }

    @Override
    public final void onBar(Context context) {
        for (int i = 0; i < wish.length; i++) {
            if (!context.isTradable(i)) {
                continue;
            }
            int closed = context.bars(i);
            if (closed < bars[i]) {
                forget(i);
                wish[i] = FLAT;
            }
            bars[i] = closed;
            double now = wish(context, i, wish[i]);
            if (now != wish[i]) {
                wish[i] = now;
                context.target(i, now / wish.length);
            }
        }
    }
}
