package org.lama.backtest.walkforward;

import java.util.Arrays;
import org.lama.core.features.RollingRank;

/**
 * The per-asset flag of thin liquidity: it rises when the score's rank in its own past year falls below 0.10 and falls
 * again above 0.20; while it is up, size is halved.
 */
final class LowLiquidity {
    private static final double ENTER = 0.10;
    private static final double LEAVE = 0.20;
    private static final double FACTOR = 0.5;

    private LowLiquidity() {}

    /** The factor on size of every row, from the liquidity score known at its close; 1 where nothing is known. */
    static double[] factors(SignalPanel liquidity, int rows, long barNanos) {
        double[] score = new double[rows];
        Arrays.setAll(score, liquidity::level);
        double[] rank = new double[rows];
        RollingRank.rank(score, RollingRank.defaultWindow(barNanos), rank);
        double[] factors = new double[rows];
        boolean thin = false;
        for (int row = 0; row < rows; row++) {
            if (rank[row] < ENTER) {
                thin = true;
            } else if (rank[row] > LEAVE) {
                thin = false;
            }
            factors[row] = thin ? FACTOR : 1;
        }
        return factors;
    }
}
