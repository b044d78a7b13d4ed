package org.lama.backtest.engine;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.market.Columns;
import org.lama.core.series.Series;

/** An honest strategy for tests: long what rose over some bars, in equal shares; short the others if allowed. */
public record Momentum(int lookback, boolean shorts) implements Strategy {
    @Override
    public void onBar(Context context) {
        int n = context.symbols().size();
        for (int s = 0; s < n; s++) {
            if (context.isTradable(s)) {
                Series close = context.past(s).column(Columns.CLOSE);
                int rows = close.size();
                if (rows > lookback) {
                    double rise = close.last() - close.get(rows - 1 - lookback);
                    double weight = rise > 0 ? 1.0 / n : shorts && rise < 0 ? -1.0 / n : 0;
                    if (Math.abs(weight - context.weight(s)) > 0.1 / n) {
                        context.target(s, weight);
                    }
                }
            }
        }
    }
}
