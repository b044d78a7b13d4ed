package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/**
 * Every {@code rebalanceEvery} bars, first when {@code look} bars lie behind, ranks the symbols by close / close
 * {@code look} bars ago and gives each of the first {@code top} an equal part of the equity; all others go. Of equal
 * returns the earlier symbol wins. Symbols with too short a history do not take part.
 */
final class MomentumRotation implements Strategy {
    private final int look;
    private final int top;
    private final int rebalanceEvery;
    private int bar = -1;
    private double[] growth = new double[0];
    private boolean[] chosen = new boolean[0];

    MomentumRotation(Parameters parameters) {
        look = parameters.integer("look", 90, 1, 100_000);
        top = parameters.integer("top", 10, 1, 100_000);
        rebalanceEvery = parameters.integer("rebalanceEvery", 30, 1, 100_000);
    }

    @Override
    public int warmUpBars() {
        return look + 1;
    }

    @Override
    public void onStart(Context context) {
        growth = new double[context.symbols().size()];
        chosen = new boolean[growth.length];
    }

    @Override
    public void onBar(Context context) {
        bar++;
        if (bar < look || (bar - look) % rebalanceEvery != 0) {
            return;
        }
        for (int i = 0; i < growth.length; i++) {
            boolean known = context.isTradable(i) && context.bars(i) > look;
            growth[i] = known ? context.close(i, 0) / context.close(i, look) : Double.NaN;
            chosen[i] = false;
        }
        for (int k = 0; k < top; k++) {
            choose();
        }
        for (int i = 0; i < growth.length; i++) {
            if (chosen[i] || (context.isTradable(i) && context.bars(i) > look)) {
                context.target(i, chosen[i] ? 1.0 / top : 0);
            }
        }
    }

    /** The best of those that are not chosen yet; NaN is better than nothing of them. */
    private void choose() {
        int best = -1;
        for (int i = 0; i < growth.length; i++) {
            if (!chosen[i] && growth[i] > (best < 0 ? Double.NEGATIVE_INFINITY : growth[best])) {
                best = i;
            }
        }
        if (best >= 0) {
            chosen[best] = true;
        }
    }
}
