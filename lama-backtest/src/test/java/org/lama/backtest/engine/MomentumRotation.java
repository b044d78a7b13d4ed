package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.Comparator;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** Every so many bars the best of a past span in equal shares, the others out. Ties go to the first. */
final class MomentumRotation implements Strategy {
    private final int look;
    private final int top;
    private final int every;
    private final int lastBar;

    MomentumRotation(int look, int top, int every, int lastBar) {
        this.look = look;
        this.top = top;
        this.every = every;
        this.lastBar = lastBar;
    }

    @Override
    public void onBar(Context context) {
        int bar = context.bars(0) - 1;
        if (bar < look || bar >= lastBar || (bar - look) % every != 0) {
            return;
        }
        int n = context.symbols().size();
        double[] rise = new double[n];
        Integer[] order = new Integer[n];
        for (int s = 0; s < n; s++) {
            rise[s] = context.close(s, 0) / context.close(s, look) - 1;
            order[s] = s;
        }
        Arrays.sort(order, Comparator.comparingDouble(s -> -rise[s]));
        for (int k = 0; k < n; k++) {
            if (k < top || context.position(order[k]) != 0) {
                context.target(order[k], k < top ? 1.0 / top : 0);
            }
        }
    }
}
