package org.lama.backtest.walkforward;

import org.lama.core.features.RollingRank;

/**
 * The per-asset flag of thin liquidity: it rises when the score's rank in its own past year falls below 0.10 and falls
 * again above 0.20; while it is up, size is halved.
 */
final class LowLiquidity {
    private static final double ENTER = 0.10;
    private static final double LEAVE = 0.20;
    private static final double FACTOR = 0.5;

    private final RollingRank rank;
    private boolean thin;

    LowLiquidity(double barsPerDay) {
        rank = new RollingRank((int) Math.round(365 * barsPerDay), (int) Math.round(90 * barsPerDay));
    }

    double factor(double score) {
        double position = rank.add(score);
        if (position < ENTER) {
            thin = true;
        } else if (position > LEAVE) {
            thin = false;
        }
        return thin ? FACTOR : 1;
    }
}
