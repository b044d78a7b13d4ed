package org.lama.backtest.walkforward;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/**
 * The benchmark: equal weights in the point-in-time universe, with the same entry costs. It trades only when the universe
 * changes: a listing enters with its first decision and leaves when its data end.
 */
final class BuyAndHold implements Strategy {
    private final SignalPanel[][] panels;
    private final boolean[] member;

    BuyAndHold(SignalPanel[][] panels) {
        this.panels = panels;
        member = new boolean[panels.length];
    }

    @Override
    public void onBar(Context context) {
        boolean changed = false;
        int count = 0;
        for (int l = 0; l < member.length; l++) {
            int row = context.bars(l) - 1;
            boolean enters = row >= 0 && context.isTradable(l) && panels[l][0].isSet(row);
            if (enters && !member[l]) {
                member[l] = true;
                changed = true;
            }
            count += member[l] && context.isTradable(l) ? 1 : 0;
        }
        if (!changed) {
            return;
        }
        for (int l = 0; l < member.length; l++) {
            if (member[l] && context.isTradable(l)) {
                context.target(l, 1.0 / count);
            }
        }
    }
}
