package org.lama.backtest.engine;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/**
 * Long while the fast average of closes is above the slow one, with running sums of integer cents, so that the comparison
 * is exact: {@code sumFast · slow > sumSlow · fast}.
 */
final class Crossover implements Strategy {
    private final int fast;
    private final int slow;
    private long sumFast;
    private long sumSlow;
    private boolean above;

    Crossover(int fast, int slow) {
        this.fast = fast;
        this.slow = slow;
    }

    @Override
    public void onBar(Context context) {
        long now = cents(context.close(0, 0));
        int bars = context.bars(0);
        sumFast += now;
        sumSlow += now;
        if (bars > fast) {
            sumFast -= cents(context.close(0, fast));
        }
        if (bars > slow) {
            sumSlow -= cents(context.close(0, slow));
        }
        if (bars >= slow) {
            boolean crossed = sumFast * slow > sumSlow * fast;
            if (crossed != above) {
                above = crossed;
                context.target(0, above ? 1 : 0);
            }
        }
    }

    private static long cents(double price) {
        return (long) (price * 100 + 0.5);
    }
}
